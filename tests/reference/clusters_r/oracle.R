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
# 2SLS without each cluster, explicit projections (a cluster may hold all that an instrument says).
left_out_iv <- function(formula, regressors, instruments, cluster, weights = NULL) {
  r <- if (is.null(weights)) rep(1, nrow(gr)) else sqrt(gr[[weights]])
  X <- model.matrix(regressors, gr) * r; Z <- model.matrix(instruments, gr) * r; y <- gr$invest * r
  coefficients <- function(keep) {
    Xh <- qr.fitted(qr(Z[keep, ], tol = 1e-11), X[keep, ]); b <- qr.coef(qr(Xh, tol = 1e-11), y[keep]); b[c("value", "capital")] }
  b <- coefficients(rep(TRUE, nrow(gr))); names <- unique(gr[[cluster]]); G <- length(names)
  left <- sapply(names, function(g) coefficients(gr[[cluster]] != g))
  around <- function(centre) { d <- left - centre; V <- (G - 1) / G * d %*% t(d); dimnames(V) <- list(rownames(left), rownames(left)); V }
  df <- c(value = G - 1, capital = G - 1)
  rows <<- list()
  add("2SLS without each cluster", formula, sprintf("cr3(%s)", cluster), around(b), df, weights = if (is.null(weights)) "" else weights)
  add("2SLS without each cluster", formula, sprintf("jackknife(%s)", cluster), around(rowMeans(left)), df, weights = if (is.null(weights)) "" else weights)
  do.call(rbind, rows)
}
both <- list()
for (cluster in c("firm", "region")) for (weights in list(NULL, "w")) {
  both <- c(both, list(left_out_iv("invest ~ value | 0 | capital ~ year + only", ~ value + capital, ~ value + year + only, cluster, weights)))
  both <- c(both, list(left_out_iv("invest ~ value | firm | capital ~ year + only", ~ value + capital + factor(firm), ~ value + year + only + factor(firm), cluster, weights)))
}
both <- c(both, list(left_out_iv("invest ~ value | firm + year | capital ~ only + I(value^2)", ~ value + capital + factor(firm) + factor(year), ~ value + only + I(value^2 / 1e6) + factor(firm) + factor(year), "firm", NULL)))
both <- c(both, list(left_out_iv("invest ~ value | firm + year | capital ~ only + I(value^2)", ~ value + capital + factor(firm) + factor(year), ~ value + only + I(value^2 / 1e6) + factor(firm) + factor(year), "region", "w")))
write.csv(do.call(rbind, both), "instruments.csv", row.names = FALSE, quote = TRUE)
# Joint tests: Hotelling's T2 of Pustejovsky and Tipton.
joint <- list()
hotelling <- function(m, formula, cluster, terms, weights = "", prefix = identity) {
  V <- vcovCR(m, cluster = gr[[cluster]], type = "CR2")
  at <- match(prefix(terms), names(coef(m)))
  t <- Wald_test(m, constraints = constrain_zero(at), vcov = V, test = "HTZ")
  joint[[length(joint) + 1]] <<- data.frame(formula = formula, vcov = sprintf("cr2(%s)", cluster), weights = weights,
    terms = paste(terms, collapse = " "), f = sprintf("%.15g", t$Fstat), df1 = t$df_num, df2 = sprintf("%.15g", t$df_denom), p = sprintf("%.15g", t$p_val))
}
vc <- c("value", "capital"); vco <- c("value", "capital", "only")
for (cluster in c("firm", "region", "year")) {
  hotelling(lm(invest ~ value + capital, gr), "invest ~ value + capital", cluster, vc)
  hotelling(lm(invest ~ value + capital + only, gr), "invest ~ value + capital + only", cluster, vco)
  hotelling(lm(invest ~ value + capital + factor(firm), gr), "invest ~ value + capital | firm", cluster, vc)
}
hotelling(lm(invest ~ value + capital + factor(firm) + factor(year), gr), "invest ~ value + capital | firm + year", "firm", vc)
hotelling(lm(invest ~ value + capital + factor(firm) + factor(year), gr), "invest ~ value + capital | firm + year", "region", vc)
r <- sqrt(gr$w)
scaled <- data.frame(y = r * gr$invest, value = r * gr$value, capital = r * gr$capital, one = r * model.matrix(~ 0 + factor(firm), gr))
hotelling(lm(y ~ 0 + ., scaled), "invest ~ value + capital | firm", "firm", vc, weights = "w")
m <- ivreg(invest ~ value + capital | value + year + only, data = gr)
hotelling(m, "invest ~ value | 0 | capital ~ year + only", "firm", vc)
write.csv(do.call(rbind, joint), "joint.csv", row.names = FALSE, quote = TRUE)
# The same with the working covariance of Imbens and Kolesar, whole matrices.
hotelling_ik <- function(m, formula, cluster, terms) {
  X <- model.matrix(m); n <- nrow(X); u <- residuals(m); g <- as.character(gr[[cluster]]); names <- unique(g); q <- length(terms)
  A <- solve(crossprod(X)); M <- diag(n) - X %*% A %*% t(X)
  power <- function(B) { e <- eigen(B, symmetric = TRUE); e$vectors %*% (ifelse(e$values > 1e-9, e$values^-.5, 0) * t(e$vectors)) }
  T <- lapply(names, function(s) M[, g == s] %*% power(M[g == s, g == s]) %*% X[g == s, , drop = FALSE] %*% A[, terms])
  rho <- (sum(tapply(u, g, sum)^2) - sum(u^2)) / (sum(table(g)^2) - n); Omega <- max(mean(u^2) - rho, 0) * diag(n) + rho * outer(g, g, "==")
  P <- lapply(T, function(a) lapply(T, function(b) t(a) %*% Omega %*% b))
  mean <- Reduce(`+`, lapply(seq_along(names), function(i) P[[i]][[i]])); e <- eigen(mean); N <- e$vectors %*% diag(e$values^-.5) %*% t(e$vectors)
  total <- 0
  for (i in seq_along(names)) for (j in seq_along(names)) { B <- N %*% P[[i]][[j]] %*% N; total <- total + sum(diag(B))^2 + sum(B * t(B)) }
  data.frame(formula = formula, vcov = sprintf("cr2(%s, ik)", cluster), terms = paste(terms, collapse = " "), eta = sprintf("%.15g", q * (q + 1) / total))
}
write.csv(rbind(hotelling_ik(lm(invest ~ value + capital, gr), "invest ~ value + capital", "firm", vc),
  hotelling_ik(lm(invest ~ value + capital + factor(firm) + factor(year), gr), "invest ~ value + capital | firm + year", "region", vc)),
  "joint_ik.csv", row.names = FALSE, quote = TRUE)
