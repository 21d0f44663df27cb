# SPDX-License-Identifier: Apache-2.0
# Where the share of the 256 sign changes with |t*| >= |t| (ties from (1 - 1e-10)|t| on) passes .05, by bisection.
# The data are single precision in Stata: rounded to the nearest float here.
single <- function(x) readBin(writeBin(as.numeric(x), raw(), size = 4), "numeric", length(x), size = 4)
d <- na.omit(read.csv("collapsed.csv")); for (name in names(d)) d[[name]] <- single(d[[name]])
Z <- cbind(1, d$selfemployed, d$post, d$post_self); y <- d$hasinsurance; g <- match(d$year, sort(unique(d$year)))
B <- solve(crossprod(Z)); n <- nrow(Z); k <- ncol(Z); G <- max(g)
V <- 1 - 2 * sapply(0:255, function(r) bitwAnd(bitwShiftR(r, 0:7), 1))
statistics <- function(Y, r, j) {
  b <- B %*% t(Z) %*% Y; u <- Y - Z %*% b; S <- rowsum(as.vector(Z %*% B[, j]) * u, g)
  (b[j, ] - r) / sqrt(colSums(S^2) * G / (G - 1) * (n - 1) / (n - k))
}
kept <- function(r, j) {
  u <- lm.fit(Z[, -j], y - r * Z[, j])$residuals
  t <- statistics(as.matrix(y), r, j)
  mean(abs(statistics((y - u) + V[g, ] * u, r, j)) >= abs(t) * (1 - 1e-10)) > 0.05
}
change <- function(inside, outside, j) {
  for (step in 1:60) { m <- (inside + outside) / 2; if (kept(m, j)) inside <- m else outside <- m }
  format(inside, digits = 15)
}
b <- B %*% t(Z) %*% y
writeLines(c("term,low,high",
  paste("post_self", change(.0385, .0370, 4), change(.0710, .0725, 4), sep = ","),
  paste("post", change(-.0290, -.0305, 3), change(-.0135, -.0120, 3), sep = ",")), "limits.csv")
