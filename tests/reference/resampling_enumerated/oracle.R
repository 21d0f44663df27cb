# SPDX-License-Identifier: Apache-2.0
# Pairs cluster bootstrap and randomisation inference with every draw listed: 462 different draws of 6 clusters with their
# multinomial chances, 6^6 permutations of units within clusters. Reads ../wild_matrices/panel.csv, writes expected.csv.
#   Rscript oracle.R        (base R only)
panel <- read.csv("../wild_matrices/panel.csv"); G <- 6; n <- nrow(panel); tie <- 1 - 1e-10
rows <- list()
put <- function(test, model, quantity, value, error)
  rows[[length(rows) + 1]] <<- data.frame(test, model, quantity, value = sprintf("%.17g", value), error = sprintf("%.6g", error))

# Units out of a column by their means, weighted: copies of a cluster bring units of their own.
less_units <- function(x, w) x - (rowsum(w * x, panel$unit) / rowsum(w, panel$unit)[, 1])[panel$unit]
design <- function(model, w) {
  X <- cbind(panel$x1, panel$x2)
  if (model == "none") return(list(X = cbind(X, 1), y = panel$y, k = 3))
  D <- model.matrix(~ factor(year), panel)[, -1]
  list(X = apply(cbind(X, D), 2, less_units, w), y = less_units(panel$y, w), k = 7)
}

draws <- as.matrix(expand.grid(rep(list(0:G), G))); draws <- draws[rowSums(draws) == G, ]
chance <- factorial(G) / apply(factorial(draws), 1, prod) / G^G
stopifnot(nrow(draws) == 462, abs(sum(chance) - 1) < 1e-12)

# The value of x that a share of the chances does not pass; a simulated share strays from it by at most 5 standard errors.
quantile_of <- function(x, p, share) { o <- order(x); x[o][which(cumsum(p[o]) >= share)[1]] }
ends <- function(x, p, share) { stray <- 5 * sqrt(share * (1 - share) / 99999); c(least = quantile_of(x, p, share - stray), most = quantile_of(x, p, share + stray)) }

for (model in c("none", "unit year", "weighted")) {
  w <- if (model == "weighted") panel$w else rep(1, n)
  d <- design(model, w); factor <- G / (G - 1) * (n - 1) / (n - d$k)
  fitted <- function(m) {
    v <- w * m[panel$cluster]; inverse <- solve(crossprod(d$X, v * d$X)); b <- inverse %*% crossprod(d$X, v * d$y)
    scores <- rowsum(w * as.vector(d$y - d$X %*% b) * d$X, panel$cluster) %*% inverse[, 1]
    c(b[1], sqrt(factor * sum(m * scores^2)))
  }
  sample <- fitted(rep(1, G)); t0 <- sample[1] / sample[2]
  all <- apply(draws, 1, function(m) if (sum(m > 0) == 1) c(NA, NA) else tryCatch(fitted(m), error = function(e) c(NA, NA)))
  known <- !is.na(all[1, ]); stopifnot(sum(!known) == G)      # six copies of one cluster leave no variance
  p <- chance[known] / sum(chance[known]); b <- all[1, known]; t <- (b - sample[1]) / all[2, known]
  share <- sum(p[abs(t) >= abs(t0) * tie]); mean_b <- sum(p * b); deviation <- sqrt(sum(p * (b - mean_b)^2))
  put("pairs", model, "statistic", t0, 0); put("pairs", model, "estimate", sample[1], 0); put("pairs", model, "std_error", sample[2], 0)
  put("pairs", model, "p", share, sqrt(share * (1 - share)))
  put("pairs", model, "bootstrap_error", deviation, sqrt(sum(p * ((b - mean_b)^2 - deviation^2)^2)) / (2 * deviation))
  size <- ends(abs(t), p, .95)
  for (end in names(size)) put("pairs", model, paste("conf_high", end), sample[1] + size[[end]] * sample[2], 0)
  for (q in c(percentile_low = .025, percentile_high = .975)) {
    between <- ends(b, p, q)
    for (end in names(between)) put("pairs", model, paste(if (q < .5) "percentile_low" else "percentile_high", end), between[[end]], 0)
  }
}

# Each unit takes the path of x1 of a unit of its cluster; the effects are those of unit and year.
orders <- rbind(c(1, 2, 3), c(1, 3, 2), c(2, 1, 3), c(2, 3, 1), c(3, 1, 2), c(3, 2, 1))
Z <- cbind(panel$x2, model.matrix(~ 0 + factor(unit), panel), model.matrix(~ factor(year), panel)[, -1])
out <- diag(n) - Z %*% solve(crossprod(Z), t(Z))
X <- matrix(panel$x1, 5); y <- as.vector(out %*% panel$y)
choices <- as.matrix(expand.grid(rep(list(1:6), G)))
both <- apply(choices, 1, function(one) {
  from <- as.vector(t(orders[one, ])) + rep(3 * (0:(G - 1)), each = 3)
  z <- as.vector(out %*% as.vector(X[, from])); b <- sum(z * y) / sum(z^2)
  c(b, b * sum(z^2) / sqrt(18 / 17 * sum(rowsum(z * (y - b * z), panel$unit)^2)))
})
for (statistic in c("b", "t")) {
  s <- both[if (statistic == "b") 1 else 2, ]; s0 <- s[1]     # the first choice moves nothing
  name <- paste0("randomise ", statistic)
  put(name, "unit year", "statistic", s0, 0)
  shares <- c(p = mean(abs(s) >= abs(s0) * tie), p_greater = mean(s >= s0 - abs(s0) * 1e-10), p_less = mean(s <= s0 + abs(s0) * 1e-10))
  for (q in names(shares)) put(name, "unit year", q, shares[[q]], sqrt(shares[[q]] * (1 - shares[[q]])))
}
write.csv(do.call(rbind, rows), "expected.csv", row.names = FALSE, quote = FALSE)
