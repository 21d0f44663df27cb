# SPDX-License-Identifier: Apache-2.0
# Gelbach's parts and their covariance by explicit matrices: all equations as one system of moments, effects as dummies.
# Base R only. Run in this folder: Rscript oracle.R
set.seed(2016)
units <- 14; years <- 7
d <- expand.grid(year = 2010 + seq_len(years), unit = seq_len(units))
u <- rnorm(units)[d$unit]
d$x <- rnorm(nrow(d)) + 0.6 * u
d$z <- rnorm(nrow(d)) + 0.1 * (d$year - 2013)
d$m1 <- 0.8 * d$x + 0.3 * d$z + u + rnorm(nrow(d))
d$m2 <- -0.5 * d$x + d$z + rnorm(nrow(d))
d$m3 <- 0.2 * d$x + 0.4 * d$m1 + rnorm(nrow(d))
d$y <- 0.4 * d$x + 0.6 * d$m1 + 0.3 * d$m2 - 0.5 * d$m3 + 0.2 * d$z + u + rnorm(nrow(d)) * (1 + 0.5 * abs(d$x))
d$w <- 0.5 + runif(nrow(d))
d$f <- sample(1:3, nrow(d), TRUE)
d <- d[runif(nrow(d)) > 0.12, ]
for (name in c("x", "z", "m1", "m2", "m3", "y", "w")) d[[name]] <- round(d[[name]], 6)
write.csv(d, "panel.csv", row.names = FALSE, quote = FALSE)

# base: matrix whose column `x_at` is x; channels: matrix; groups: list of columns of channels. k: parameters counted.
parts <- function(base, x_at, channels, groups, w, vcov, cluster, k, n) {
  y <- d$y
  full <- cbind(base, channels)
  W <- w
  A_full <- solve(crossprod(full, W * full)); b <- A_full %*% crossprod(full, W * y)
  A_base <- solve(crossprod(base, W * base)); G <- A_base %*% crossprod(base, W * channels)
  u <- as.vector(y - full %*% b); E <- channels - base %*% G
  K <- ncol(channels); p <- ncol(base)
  # One system: the full model, then each auxiliary equation; block-diagonal bread.
  scores <- W * u * full
  for (j in seq_len(K)) scores <- cbind(scores, W * E[, j] * base)
  bread <- matrix(0, ncol(scores), ncol(scores))
  own <- seq_len(ncol(full)); bread[own, own] <- A_full
  for (j in seq_len(K)) { at <- ncol(full) + (j - 1) * p + seq_len(p); bread[at, at] <- A_base }
  if (vcov == "cluster") { sums <- rowsum(scores, cluster); g <- nrow(sums)
    f <- g / (g - 1); f_full <- f * (n - 1) / (n - k) }
  if (vcov == "hc1") { sums <- scores; if (weight_type == "f") sums <- scores / sqrt(W)
    f <- n / (n - 1); f_full <- n / (n - k) }
  if (vcov == "hc0") { sums <- scores; f <- f_full <- 1 }
  if (vcov == "iid") {
    V <- matrix(0, ncol(scores), ncol(scores)); V[own, own] <- sum(W * u^2) / (n - k) * A_full
    for (i in seq_len(K)) for (j in seq_len(K)) {
      at <- ncol(full) + (i - 1) * p + seq_len(p); to <- ncol(full) + (j - 1) * p + seq_len(p)
      V[at, to] <- sum(W * E[, i] * E[, j]) / (n - k + K) * A_base }
  } else {
    V <- f * bread %*% crossprod(sums) %*% bread
    V[own, own] <- V[own, own] / f * f_full
  }
  delta <- NULL; gradient <- NULL
  for (columns in groups) {
    g <- numeric(ncol(scores)); value <- 0
    for (j in columns) {
      value <- value + G[x_at, j] * b[p + j]
      g[p + j] <- G[x_at, j]
      g[ncol(full) + (j - 1) * p + x_at] <- b[p + j]
    }
    delta <- c(delta, value); gradient <- rbind(gradient, g)
  }
  V <- gradient %*% V %*% t(gradient)
  short <- A_base %*% crossprod(base, W * y)
  list(delta = c(delta, sum(delta)), se = sqrt(c(diag(V), sum(V))), cov12 = V[1, 2],
       moved = short[x_at] - b[x_at])
}

dummies <- function(v) { v <- factor(v); model.matrix(~ v - 1) }
one <- rep(1, nrow(d)); zero <- cbind(d$x, d$z)
two_way <- cbind(d$x, d$z, dummies(d$unit), dummies(d$year)[, -1])
one_way <- cbind(d$x, d$z, dummies(d$unit))
M <- cbind(d$m1, d$m2, d$m3)
out <- NULL
add <- function(case, r) out <<- rbind(out, data.frame(case = case, term = c("g1", "g2", "total"),
  part = r$delta, se = r$se, cov12 = r$cov12, moved = r$moved))
# K as counted: full parameters, of clusters without the effects nested in them but for one (Panelist's preset fixest).
n <- nrow(d); levels_u <- length(unique(d$unit)); levels_t <- length(unique(d$year))
groups <- list(c(1, 3), 2)
for (type in c("none", "a", "f")) {
  weight_type <- type
  w <- if (type == "none") one else if (type == "a") d$w / mean(d$w) else d$f
  size <- if (type == "f") sum(d$f) else n
  for (v in c("iid", "hc0", "hc1", "cluster")) {
    if (type == "f" && v == "hc0") next
    add(paste(type, v, "0"), parts(cbind(one, zero), 2, M, groups, w, v, d$unit, 6, size))
    add(paste(type, v, "1"), parts(one_way, 1, M, groups, w, v, d$unit, if (v == "cluster") 5 + 1 else 5 + levels_u, size))
    add(paste(type, v, "2"), parts(two_way, 1, M, groups, w, v, d$unit,
        if (v == "cluster") 5 + 1 + levels_t - 1 else 5 + levels_u + levels_t - 1, size))
  }
}
for (name in names(out)[-(1:2)]) out[[name]] <- sprintf("%.15g", out[[name]])
write.csv(out, "expected.csv", row.names = FALSE, quote = FALSE)
