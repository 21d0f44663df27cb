# SPDX-License-Identifier: Apache-2.0
# Indirect effects under correlated errors (Imai, Keele & Yamamoto 2010) from explicit residuals; standard errors by moving the
# weight of each unit (or row) a little and looking what the effect does (infinitesimal jackknife, no factors).
# Base R only, data of ../gelbach_r. Run in this folder: Rscript oracle.R
d <- read.csv("../gelbach_r/panel.csv"); n <- nrow(d)
dummies <- function(v) { v <- factor(v); model.matrix(~ v - 1) }
residual <- function(y, X, w) { q <- qr(X * sqrt(w)); drop(y - X %*% qr.coef(q, y * sqrt(w))) }
slope <- function(y, X, w) qr.coef(qr(X * sqrt(w)), y * sqrt(w))[[1]]

# X: x in the first column, controls and dummies; others: further mediators, which stand in the equations of Y and of M given them
parts <- function(X, m, others, w) {
  e1 <- residual(d$y, cbind(X, others), w); e2 <- residual(m, cbind(X, others), w)
  s <- function(e) sqrt(sum(w * e^2) / sum(w))
  list(a = slope(m, X, w), ratio = s(e1) / s(e2), r = sum(w * e1 * e2) / sqrt(sum(w * e1^2) * sum(w * e2^2)))
}
acme <- function(p, rho) p$a * p$ratio * (p$r - rho * sqrt((1 - p$r^2) / (1 - rho^2)))
se <- function(X, m, others, w, rho, unit) {
  h <- 1e-5
  moved <- vapply(unique(unit), function(g) { up <- w * ifelse(unit == g, 1 + h, 1); down <- w * ifelse(unit == g, 1 - h, 1)
    (acme(parts(X, m, others, up), rho) - acme(parts(X, m, others, down), rho)) / (2 * h) }, 0)
  sqrt(sum(moved^2))
}
left <- function(y, X, base, w) { # share of the variance that X leaves; around the mean or within the effects of base
  sum(w * residual(y, X, w)^2) / sum(w * residual(y, base, w)^2) }

one <- matrix(1, n, 1); unit <- dummies(d$unit); two <- cbind(unit, dummies(d$year)[, -1])
M <- cbind(d$m1, d$m2, d$m3); out <- NULL
for (ways in 0:2) for (weighted in c("none", "a")) for (K in c(1, 3)) {
  base <- list(one, unit, two)[[ways + 1]]; X <- cbind(d$x, d$z, base); w <- if (weighted == "a") d$w / mean(d$w) else rep(1, n)
  for (j in seq_len(K)) {
    others <- M[, setdiff(seq_len(K), j), drop = FALSE]; m <- M[, j]
    p <- parts(X, m, others, w)
    total <- p$r^2 * left(m, cbind(X, others), base, w) * left(d$y, cbind(X, others, m), base, w)
    for (rho in c(-.5, 0, .3, .9))
      out <- rbind(out, data.frame(case = paste(ways, weighted, K), mediator = paste0("m", j), rho, estimate = acme(p, rho),
        se_hc0 = se(X, m, others, w, rho, seq_len(n)), se_cluster = se(X, m, others, w, rho, d$unit), at_zero = p$r,
        residual_product = p$r^2, total_product = total))
  }
}
for (name in names(out)[-(1:3)]) out[[name]] <- sprintf("%.15g", out[[name]])
write.csv(out, "expected.csv", row.names = FALSE, quote = FALSE)
