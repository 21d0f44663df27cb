# SPDX-License-Identifier: Apache-2.0
# Rscript oracle.R, in this folder: writes firms.csv and expected.csv. R 4.2.2, clubSandwich 0.5.8, AER 1.2-10.
suppressMessages({library(clubSandwich); library(AER)})
gr <- read.csv("../stata_grunfeld_cluster/grunfeld.csv")
gr$region <- c("East", "West", "North", "South")[as.integer(factor(gr$firm)) %% 4 + 1]
gr$w <- round(1 + gr$value / 1000, 3)
gr <- gr[!(gr$firm == "IBM" & gr$year < 1940) & !(gr$firm == "Chrysler" & gr$year > 1950), ]
gr$only <- as.integer(gr$firm == "IBM" & gr$year >= 1945)
write.csv(gr, "firms.csv", row.names = FALSE, quote = TRUE)
rows <- list()
add <- function(source, formula, vcov, V, df, weights = "") {
  terms <- intersect(c("(Intercept)", "value", "capital", "only"), rownames(V))
  if (grepl("|", formula, fixed = TRUE)) terms <- setdiff(terms, "(Intercept)")
  V <- V[terms, terms, drop = FALSE]
  for (i in seq_along(terms)) rows[[length(rows) + 1]] <<- data.frame(source = source, formula = formula, vcov = vcov,
    weights = weights, term = terms[i], se = sprintf("%.15g", sqrt(V[i, i])), df = sprintf("%.15g", df[[terms[i]]]))
}
satterthwaite <- function(m, V) { t <- coef_test(m, vcov = V, test = "Satterthwaite"); setNames(t$df_Satt, if (is.null(t$Coef)) rownames(t) else t$Coef) }
compare <- function(m, formula, cluster) {
  G <- length(unique(gr[[cluster]]))
  V <- vcovCR(m, cluster = gr[[cluster]], type = "CR2")
  add("clubSandwich", formula, sprintf("cr2(%s)", cluster), as.matrix(V), satterthwaite(m, V))
  left <- sapply(unique(gr[[cluster]]), function(g) coef(update(m, data = gr[gr[[cluster]] != g, ]))[c("value", "capital")])
  around <- function(centre) { d <- left - centre; V <- (G - 1) / G * d %*% t(d); dimnames(V) <- list(rownames(left), rownames(left)); V }
  df <- c(value = G - 1, capital = G - 1)
  add("lm without each cluster", formula, sprintf("cr3(%s)", cluster), around(coef(m)[c("value", "capital")]), df)
  add("lm without each cluster", formula, sprintf("jackknife(%s)", cluster), around(rowMeans(left)), df)
}
compare(lm(invest ~ value + capital, gr), "invest ~ value + capital", "firm")
compare(lm(invest ~ value + capital, gr), "invest ~ value + capital", "year")
compare(lm(invest ~ value + capital, gr), "invest ~ value + capital", "region")
compare(lm(invest ~ value + capital + factor(firm), gr), "invest ~ value + capital | firm", "firm")
compare(lm(invest ~ value + capital + factor(firm), gr), "invest ~ value + capital | firm", "region")
compare(lm(invest ~ value + capital + factor(firm), gr), "invest ~ value + capital | firm", "year")
compare(lm(invest ~ value + capital + factor(firm) + factor(year), gr), "invest ~ value + capital | firm + year", "firm")
compare(lm(invest ~ value + capital + factor(firm) + factor(year), gr), "invest ~ value + capital | firm + year", "region")
compare(lm(invest ~ value + capital + factor(firm) + factor(firm):I(year - 1944), gr), "invest ~ value + capital | firm[year]", "firm")
compare(lm(invest ~ value + capital + factor(firm):year + factor(year), gr), "invest ~ value + capital | firm[[year]] + year", "region")
# Every row a cluster: HC2 with the degrees of freedom of Bell and McCaffrey.
gr$row <- seq_len(nrow(gr))
# Weights: the same regression times the square root of the weight.
for (cluster in c("firm", "region")) {
  r <- sqrt(gr$w)
  scaled <- data.frame(y = r * gr$invest, value = r * gr$value, capital = r * gr$capital, one = r * model.matrix(~ 0 + factor(firm), gr))
  m <- lm(y ~ 0 + ., scaled)
  V <- vcovCR(m, cluster = gr[[cluster]], type = "CR2")
  add("clubSandwich", "invest ~ value + capital | firm", sprintf("cr2(%s)", cluster), as.matrix(V), satterthwaite(m, V), weights = "w")
  G <- length(unique(gr[[cluster]]))
  left <- sapply(unique(gr[[cluster]]), function(g) coef(lm(invest ~ value + capital + factor(firm), gr[gr[[cluster]] != g, ], weights = w))[c("value", "capital")])
  d <- left - coef(m)[c("value", "capital")]
  V <- (G - 1) / G * d %*% t(d); dimnames(V) <- list(c("value", "capital"), c("value", "capital"))
  add("lm without each cluster", "invest ~ value + capital | firm", sprintf("cr3(%s)", cluster), V, c(value = G - 1, capital = G - 1), weights = "w")
}
# Imbens and Kolesar (2016), formulas of their paper with whole matrices.
imbens_kolesar <- function(m, cluster) {
  X <- model.matrix(m); n <- nrow(X); u <- residuals(m); g <- as.character(cluster); names <- unique(g)
  A <- solve(crossprod(X)); H <- X %*% A %*% t(X); M <- diag(n) - H
  power <- function(B) { e <- eigen(B, symmetric = TRUE); e$vectors %*% (ifelse(e$values > 1e-9, e$values^-.5, 0) * t(e$vectors)) }
  adjust <- lapply(names, function(s) power(M[g == s, g == s]))
  meat <- Reduce(`+`, lapply(seq_along(names), function(i) { s <- t(X[g == names[i], , drop = FALSE]) %*% adjust[[i]] %*% u[g == names[i]]; s %*% t(s) }))
  same <- outer(g, g, "==")
  rho <- (sum(tapply(u, g, sum)^2) - sum(u^2)) / (sum(table(g)^2) - n); sig <- max(mean(u^2) - rho, 0)
  Omega <- sig * diag(n) + rho * same
  df <- sapply(colnames(X), function(term) {
    P <- sapply(seq_along(names), function(i) M[, g == names[i]] %*% adjust[[i]] %*% X[g == names[i], , drop = FALSE] %*% A[, term])
    G <- t(P) %*% Omega %*% P; sum(diag(G))^2 / sum(G^2) })
  list(V = A %*% meat %*% A, df = df)
}
for (cluster in c("firm", "region")) {
  r <- imbens_kolesar(lm(invest ~ value + capital, gr), gr[[cluster]])
  add("base R", "invest ~ value + capital", sprintf("cr2(%s, ik)", cluster), r$V, r$df)
  r <- imbens_kolesar(lm(invest ~ value + capital + factor(firm) + factor(year), gr), gr[[cluster]])
  add("base R", "invest ~ value + capital | firm + year", sprintf("cr2(%s, ik)", cluster), r$V, r$df)
}
# Two-stage least squares.
for (cluster in c("firm", "region")) {
  m <- ivreg(invest ~ value + capital | value + year + only, data = gr)
  V <- vcovCR(m, cluster = gr[[cluster]], type = "CR2")
  add("clubSandwich", "invest ~ value | 0 | capital ~ year + only", sprintf("cr2(%s)", cluster), as.matrix(V), satterthwaite(m, V))
}
m <- ivreg(invest ~ value + capital + factor(firm) | value + I(year - 1944) + factor(firm), data = gr)
V <- vcovCR(m, cluster = gr$firm, type = "CR2")
add("clubSandwich", "invest ~ value | firm | capital ~ year", "cr2(firm)", as.matrix(V), satterthwaite(m, V))
write.csv(do.call(rbind, rows), "expected.csv", row.names = FALSE, quote = TRUE)
# Effective number of clusters (Carter, Schnepel & Steigerwald 2017, no correlation within), smallest of the slopes.
X <- model.matrix(~ value + capital, gr); A <- solve(crossprod(X))
gamma <- sapply(split(seq_len(nrow(gr)), gr$firm), function(i) colSums((X[i, ] %*% A)^2))
G <- ncol(gamma)
effective <- min(apply(gamma[-1, ], 1, function(g) G / (1 + mean((g / mean(g) - 1)^2))))
h <- tapply(hatvalues(lm(invest ~ value + capital, gr)), gr$firm, sum)
write.csv(data.frame(effective_clusters = sprintf("%.15g", effective), largest_leverage_share = sprintf("%.15g", max(h) / sum(h))), "evenness.csv", row.names = FALSE)
