# SPDX-License-Identifier: Apache-2.0
# Delta standard errors of indirect effects from one long regression: the equations of the mediators and of the outcome below
# one another, every regressor (and dummy) interacted with its equation, clustered by unit across equations.
# Base R only, data of ../gelbach_r. Run in this folder: Rscript oracle.R
d <- read.csv("../gelbach_r/panel.csv"); n <- nrow(d)
dummies <- function(v) { v <- factor(v); model.matrix(~ v - 1) }
zero <- list(cbind(1, d$x, d$z), 2)
one <- list(cbind(d$x, d$z, dummies(d$unit)), 1)
two <- list(cbind(d$x, d$z, dummies(d$unit), dummies(d$year)[, -1]), 1)

# counted: parameters of an equation beside the mediators, for the factor (n - 1)/(n - K) G/(G - 1) or n/(n - K).
long <- function(base, x_at, mediators, w, vcov, counted, factors) {
  K <- ncol(mediators); p <- ncol(base)
  outcome <- cbind(base, mediators)
  regressors <- c(rep(list(base), K), list(outcome))
  responses <- c(lapply(seq_len(K), function(j) mediators[, j]), list(d$y))
  size <- vapply(regressors, ncol, 0L); start <- cumsum(c(0, size))[seq_len(K + 1)]
  X <- matrix(0, n * (K + 1), sum(size)); y <- numeric(0); W <- rep(w, K + 1); equation <- rep(seq_len(K + 1), each = n)
  for (e in seq_len(K + 1)) { X[equation == e, start[e] + seq_len(size[e])] <- regressors[[e]]; y <- c(y, responses[[e]]) }
  A <- solve(crossprod(X, W * X)); beta <- drop(A %*% crossprod(X, W * y)); u <- drop(y - X %*% beta)
  k <- rep(counted, K + 1) + c(rep(0, K), K)
  if (vcov == "iid") {
    U <- matrix(u, n); df <- n - k
    sigma <- crossprod(U, w * U) / sqrt(outer(df, df))
    B <- crossprod(X * sqrt(W), 0 * X)
    for (e in seq_len(K + 1)) for (f in seq_len(K + 1)) {
      own <- start[e] + seq_len(size[e]); other <- start[f] + seq_len(size[f])
      B[own, other] <- sigma[e, f] * crossprod(regressors[[e]], w * regressors[[f]]) }
  } else {
    unit <- if (vcov == "cluster") rep(d$unit, K + 1) else rep(seq_len(n), K + 1)
    G <- length(unique(unit))
    f <- if (!factors) rep(1, K + 1) else if (vcov == "cluster") G / (G - 1) * (n - 1) / (n - k) else n / (n - k)
    B <- crossprod(rowsum(sqrt(f[equation]) * W * u * X, unit))
  }
  V <- A %*% B %*% A
  a_at <- start[seq_len(K)] + x_at; b_at <- start[K + 1] + p + seq_len(K)
  a <- beta[a_at]; b <- beta[b_at]
  gradient <- function(paths) { g <- numeric(ncol(X)); g[a_at[paths]] <- b[paths]; g[b_at[paths]] <- a[paths]; sqrt(drop(g %*% V %*% g)) }
  rbind(data.frame(path = paste0("m", seq_len(K)), estimate = a * b, se = vapply(seq_len(K), gradient, 0),
                   cov_ab = V[cbind(a_at, b_at)]),
        data.frame(path = "all", estimate = sum(a * b), se = gradient(seq_len(K)), cov_ab = NA))
}

units <- length(unique(d$unit)); years <- length(unique(d$year)); out <- NULL
designs <- list("0" = zero, "1" = one, "2" = two)
for (ways in names(designs)) for (weighted in c("none", "a")) for (vcov in c("iid", "hc1", "cluster"))
  for (ssc in c("none", "fixest")) for (K in c(1, 3)) {
    if (vcov == "iid" && ssc == "none") next
    full <- c("0" = 3, "1" = 2 + units, "2" = 2 + units + years - 1)[[ways]]
    counted <- if (vcov == "cluster") c("0" = 3, "1" = 3, "2" = 3 + years - 1)[[ways]] else full
    w <- if (weighted == "a") d$w / mean(d$w) else rep(1, n)
    r <- long(designs[[ways]][[1]], designs[[ways]][[2]], cbind(d$m1, d$m2, d$m3)[, seq_len(K), drop = FALSE], w,
              vcov, counted, ssc == "fixest")
    out <- rbind(out, cbind(case = paste(ways, weighted, vcov, ssc, K), r))
  }
for (name in c("estimate", "se", "cov_ab")) out[[name]] <- sprintf("%.15g", out[[name]])
write.csv(out, "expected.csv", row.names = FALSE, quote = FALSE)
