# SPDX-License-Identifier: Apache-2.0
# Differences between groups in base R, with explicit matrices. Run in this folder: Rscript oracle.R
# panel.csv: 24 units, 8 years (some rows missing), x, z, y, weight w, three sides by unit, `late` (2004 and after), and
# `rich`, a split by row under which some units change group; latitude and longitude by unit.
set.seed(20240611)
U <- 24; T <- 8
d <- expand.grid(year = 1999 + seq_len(T), unit = sprintf("u%02d", seq_len(U)))[, 2:1]
u <- as.integer(factor(d$unit)); a <- rnorm(U)[u]; n <- nrow(d)
d$x <- round(rnorm(n) + .4 * a, 4); d$z <- round(rnorm(n) + .1 * (d$year - 2000), 4); d$side <- c("East", "Middle", "West")[u %% 3 + 1]
d$late <- ifelse(d$year >= 2004, 1, 0); d$w <- round(.5 + runif(n), 3)
d$rich <- ifelse(.8 * a + .5 * rnorm(n) > 0, "high", "low")
d$lat <- round(20 + 20 * runif(U)[u], 3); d$lon <- round(100 + 20 * runif(U)[u], 3)
e <- rnorm(n); for (i in seq_len(n)[-1]) if (d$unit[i] == d$unit[i - 1]) e[i] <- .5 * e[i - 1] + e[i]
d$y <- round((.3 + .5 * (d$side == "West")) * d$x + .2 * d$late * d$x - .2 * d$z + a + .05 * (d$year - 2000) + e, 4)
d <- d[sort(sample(n, n - 14)), ]
write.csv(d, "panel.csv", row.names = FALSE, quote = FALSE)

out <- data.frame(); put <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = as.numeric(value)))

# x after unit and year dummies (or a constant), w the weights; influence of each row on the coefficient of x
own <- function(s, effects = TRUE, w = rep(1, nrow(s))) {
  X <- if (effects) cbind(x = s$x, z = s$z, model.matrix(~ 0 + factor(unit), s), model.matrix(~ factor(year), s)[, -1]) else cbind(x = s$x, z = s$z, 1)
  q <- qr(X * sqrt(w)); X <- X[, sort(q$pivot[seq_len(q$rank)])]; A <- solve(crossprod(X * sqrt(w))); b <- drop(A %*% crossprod(X, w * s$y)); r <- drop(s$y - X %*% b)
  list(b = b[[1]], psi = drop(X %*% A[, 1]) * w * r, rows = as.integer(rownames(s)), s = s, X = X, A = A, r = r, coef = b)
}
# without units and years of a single row, again and again
used <- function(s) repeat { keep <- ave(s$x, s$unit, FUN = length) > 1 & ave(s$x, s$year, FUN = length) > 1; if (all(keep)) return(s); s <- s[keep, ] }
# scores of K groups side by side, one row a row of the data
stack <- function(fits) { rows <- unlist(lapply(fits, `[[`, "rows")); P <- matrix(0, length(rows), length(fits)); at <- 0
  for (g in seq_along(fits)) { k <- length(fits[[g]]$psi); P[at + seq_len(k), g] <- fits[[g]]$psi; at <- at + k }; list(P = P, s = do.call(rbind, lapply(fits, `[[`, "s"))) }
# V without factor; factor(i, j) of a pair, factor(1 .. K) of the joint test
tests <- function(case, b, V, group, factor = function(...) 1) {
  K <- length(b); p <- c(); k <- 0
  for (i in seq_len(K - 1)) for (j in (i + 1):K) { dif <- b[i] - b[j]; v <- factor(c(i, j)) * (V[i, i] + V[j, j] - 2 * V[i, j]); nm <- paste(group[i], group[j], sep = " - ")
    put(case, paste(nm, "difference"), dif); put(case, paste(nm, "std_error"), sqrt(v)); put(case, paste(nm, "statistic"), dif^2 / v); k <- k + 1; p[k] <- pchisq(dif^2 / v, 1, lower.tail = FALSE); put(case, paste(nm, "p"), p[k]); names(p)[k] <- nm }
  if (K > 2) { V <- factor(seq_len(K)) * V; R <- cbind(1, -diag(K - 1)); q <- drop(t(R %*% b) %*% solve(R %*% V %*% t(R), R %*% b)); put(case, "joint statistic", q); put(case, "joint p", pchisq(q, K - 1, lower.tail = FALSE))
    for (m in c("holm", "hochberg", "bonferroni", "BH", "BY")) { a <- p.adjust(p, m); for (nm in names(p)) put(case, paste(nm, tolower(m)), a[[nm]]) }
    for (nm in names(p)) put(case, paste(nm, "sidak"), 1 - (1 - p[[nm]])^length(p)) }
}
suest <- function(case, by, groups, effects = TRUE, weighted = FALSE, meat, factor) {
  fits <- lapply(groups, function(g) { s <- if (effects) used(d[d[[by]] == g, ]) else d[d[[by]] == g, ]; own(s, effects, if (weighted) s$w / mean(s$w) else rep(1, nrow(s))) }); S <- stack(fits)
  tests(case, sapply(fits, `[[`, "b"), meat(S$P, S$s), groups, function(k) factor(do.call(rbind, lapply(fits[k], `[[`, "s"))))
}
by_unit <- function(P, s) crossprod(rowsum(P, as.character(s$unit))); G <- function(s) { g <- length(unique(s$unit)); g / (g - 1) }
rows <- function(P, s) crossprod(P); N <- function(s) nrow(s) / (nrow(s) - 1)
two_way <- function(P, s) by_unit(P, s) + crossprod(rowsum(P, s$year)) - crossprod(rowsum(P, paste(s$unit, s$year)))
GT <- function(s) { g <- min(length(unique(s$unit)), length(unique(s$year))); g / (g - 1) }
kernel <- function(P, id, t, m) { S <- matrix(0, ncol(P), ncol(P)); for (i in seq_len(nrow(P))) for (j in seq_len(nrow(P))) if (id[i] == id[j] && abs(t[i] - t[j]) <= m) S <- S + (1 - abs(t[i] - t[j]) / (m + 1)) * tcrossprod(P[i, ], P[j, ]); S }
nw <- function(P, s) kernel(P, s$unit, s$year, 2)
dk <- function(P, s) { Q <- rowsum(P, s$year); kernel(Q, rep(1, nrow(Q)), as.integer(rownames(Q)), 2) }
TT <- function(s) { t <- length(unique(s$year)); t / (t - 1) }
km <- function(a, b, c, e) { r <- pi / 180; 2 * 6371 * asin(sqrt(sin((c - a) * r / 2)^2 + cos(a * r) * cos(c * r) * sin((e - b) * r / 2)^2)) }
conley <- function(P, s) { S <- matrix(0, ncol(P), ncol(P)); for (i in seq_len(nrow(P))) for (j in seq_len(nrow(P))) if (s$year[i] == s$year[j] && (i == j || km(s$lat[i], s$lon[i], s$lat[j], s$lon[j]) < 600)) S <- S + tcrossprod(P[i, ], P[j, ]); S }

three <- c("East", "Middle", "West")
suest("suest side cluster", "side", three, meat = by_unit, factor = G)
suest("suest side weighted", "side", three, weighted = TRUE, meat = by_unit, factor = G)
suest("suest side hc1", "side", three, effects = FALSE, meat = rows, factor = N)
suest("suest late cluster", "late", c(0, 1), meat = by_unit, factor = G)
suest("suest late two-way", "late", c(0, 1), meat = two_way, factor = GT)
suest("suest rich cluster", "rich", c("high", "low"), meat = by_unit, factor = G)
suest("suest rich nw", "rich", c("high", "low"), meat = nw, factor = N)
suest("suest rich dk", "rich", c("high", "low"), meat = dk, factor = TT)
suest("suest side conley", "side", three, meat = conley, factor = N)
# two-stage least squares (x by z and w, effects as dummies), and logit
iv <- function(s) { D <- cbind(model.matrix(~ 0 + factor(unit), s), model.matrix(~ factor(year), s)[, -1]);
  q <- qr(D); D <- D[, sort(q$pivot[seq_len(q$rank)])]; Z <- cbind(s$z, s$w, D); X <- cbind(s$x, D); H <- Z %*% solve(crossprod(Z), crossprod(Z, X)); A <- solve(crossprod(H)); b <- drop(A %*% crossprod(H, s$y))
  list(b = b[[1]], psi = drop(H %*% A[, 1]) * drop(s$y - X %*% b), rows = as.integer(rownames(s)), s = s) }
logit <- function(s) { f <- glm(late ~ x + z, binomial, s, epsilon = 1e-15, maxit = 100); X <- model.matrix(f); p <- plogis(drop(X %*% coef(f))); A <- solve(crossprod(X * sqrt(p * (1 - p))))
  list(b = coef(f)[["x"]], psi = drop(X %*% A[, 2]) * (s$late - p), rows = as.integer(rownames(s)), s = s) }
of_fits <- function(case, groups, fits, meat, factor) { S <- stack(fits); tests(case, sapply(fits, `[[`, "b"), meat(S$P, S$s), groups, function(k) factor(do.call(rbind, lapply(fits[k], `[[`, "s")))) }
of_fits("suest side iv", three, lapply(three, function(g) iv(used(d[d$side == g, ]))), by_unit, G)
of_fits("suest rich iv", c("high", "low"), lapply(c("high", "low"), function(g) iv(used(d[d$rich == g, ]))), by_unit, G)
of_fits("suest side logit", three, lapply(three, function(g) logit(d[d$side == g, ])), by_unit, G)
of_fits("suest rich logit hc1", c("high", "low"), lapply(c("high", "low"), function(g) logit(d[d$rich == g, ])), rows, N)
for (by in c("rich", "late")) { put(paste("shared", by), "units", length(unique(d$unit))); put(paste("shared", by), "in several", { s <- do.call(rbind, lapply(unique(d[[by]]), function(g) used(d[d[[by]] == g, ]))); sum(tapply(s[[by]], s$unit, function(v) length(unique(v))) > 1) }) }

# z of separate estimates, clustered with G/(G - 1) (n - 1)/(n - K) as fixest counts: unit effects are nested in the clusters
own_se <- function(s) { f <- own(s); g <- length(unique(s$unit)); K <- 2 + length(unique(s$year)); c(f$b, sqrt(g / (g - 1) * (nrow(s) - 1) / (nrow(s) - K) * sum(rowsum(f$psi, as.character(s$unit))^2))) }
E <- sapply(three, function(g) own_se(d[d$side == g, ])); V <- diag(E[2, ]^2); tests("disjoint side cluster", E[1, ], V, three)

# one regression with everything interacted, clustered, no small-sample factor: the stacked regression
group_dummies <- function(by, groups) sapply(groups, function(g) as.numeric(d[[by]] == g))
stacked <- function(case, by, groups, what) {
  D <- group_dummies(by, groups); K <- length(groups)
  X <- D * d$x
  controls <- if (what == "term") cbind(d$z) else D * d$z
  effects <- if (what == "everything") model.matrix(~ 0 + interaction(unit, d[[by]], drop = TRUE), d) else cbind(model.matrix(~ 0 + unit, d), D[, -1])
  years <- if (what == "everything") model.matrix(~ 0 + interaction(year, d[[by]], drop = TRUE), d) else model.matrix(~ 0 + factor(year), d)
  M <- cbind(X, controls, effects, years); q <- qr(M); keep <- sort(q$pivot[seq_len(q$rank)]); M <- M[, keep]; A <- solve(crossprod(M)); b <- drop(A %*% crossprod(M, d$y)); r <- drop(d$y - M %*% b)
  V <- A %*% crossprod(rowsum(M * r, as.character(d$unit))) %*% A
  ix <- seq_len(K); R <- cbind(1, -diag(K - 1)); dif <- R %*% b[ix]; W <- R %*% V[ix, ix] %*% t(R)
  put(case, "f", t(dif) %*% solve(W, dif) / (K - 1)); put(case, "p", pf(t(dif) %*% solve(W, dif) / (K - 1), K - 1, length(unique(d$unit)) - 1, lower.tail = FALSE))
  put(case, "difference", dif[1]); put(case, "std_error", sqrt(W[1, 1]))
  if (what == "everything") { L <- cbind(rbind(R, 0 * R), rbind(0 * R, R)); c2 <- L %*% b[seq_len(2 * K)]; W2 <- L %*% V[seq_len(2 * K), seq_len(2 * K)] %*% t(L); f <- drop(t(c2) %*% solve(W2, c2)) / nrow(L); put(case, "chow f", f); put(case, "chow p", pf(f, nrow(L), length(unique(d$unit)) - 1, lower.tail = FALSE)) }
}
stacked("interaction side", "side", three, "everything")
stacked("interaction rich", "rich", c("high", "low"), "everything")
stacked("interaction late", "late", c("0", "1"), "everything")
stacked("slopes side", "side", three, "slopes")
stacked("slopes rich", "rich", c("high", "low"), "slopes")
stacked("term side", "side", three, "term")
stacked("term rich", "rich", c("high", "low"), "term")
# the interacted model has the groups' own coefficients
for (g in three) put("interaction side", paste("coefficient", g), own(d[d$side == g, ])$b)

# Fisher's test over all assignments: 8 units (4 of East, 4 of West), pooled regression on each half without effects
s <- d[d$unit %in% c(unique(d$unit[d$side == "East"])[1:4], unique(d$unit[d$side == "West"])[1:4]), ]; ids <- unique(s$unit); east <- ids %in% s$unit[s$side == "East"]
half <- function(units) own(s[s$unit %in% units, ], FALSE)$b
obs <- half(ids[east]) - half(ids[!east]); A <- combn(length(ids), 4); dd <- apply(A, 2, function(i) half(ids[i]) - half(ids[-i]))
put("permutation", "difference", obs); put("permutation", "assignments", length(dd)); put("permutation", "p two-sided", mean(abs(dd) >= abs(obs) * (1 - 1e-10)))
put("permutation", "p one-sided", min(mean(dd >= obs - 1e-10 * abs(obs)), mean(dd <= obs + 1e-10 * abs(obs)))); write(as.character(ids), "eight_units.txt", ncolumns = 8)

# Bootstrap by units within groups: every one of the 4^4 draws of each side's units; the spread of the difference, and the
# standard deviation of what one simulated draw adds to its estimate
every <- function(units) { i <- as.matrix(expand.grid(rep(list(1:4), 4))); apply(i, 1, function(r) own(do.call(rbind, lapply(units[r], function(q) s[s$unit == q, ])), FALSE)$b) }
be <- every(ids[east]); bw <- every(ids[!east]); gap <- as.vector(outer(be - mean(be), bw - mean(bw), "-"))
put("bootstrap", "std_error", sqrt(mean(gap^2))); put("bootstrap", "error", sd(gap^2) / (2 * sqrt(mean(gap^2))))

# p.adjust on its own
p <- c(.001, .04, .012, .3, .012, .9)
for (m in c("holm", "hochberg", "bonferroni", "BH", "BY")) { a <- p.adjust(p, m); for (i in seq_along(p)) put("adjust", paste(tolower(m), i), a[i]) }
for (i in seq_along(p)) put("adjust", paste("sidak", i), 1 - (1 - p[i])^6)
out$value <- format(out$value, digits = 17, trim = TRUE); write.csv(out, "expected.csv", row.names = FALSE, quote = FALSE)
