# SPDX-License-Identifier: Apache-2.0
# Oster (2019), proposition 3, by explicit regressions. Writes sample.csv and expected.csv beside itself.
args <- commandArgs(FALSE)
folder <- dirname(sub("--file=", "", grep("--file=", args, value = TRUE)))
set.seed(20190)
n <- 120
unit <- rep(1:12, each = 10)
level <- rnorm(12)[unit]
c1 <- rnorm(n) + 0.5 * level
c2 <- rnorm(n)
c3 <- 0.4 * c1 + rnorm(n)
x <- 0.6 * c1 + 0.3 * c2 - 0.2 * c3 + level + rnorm(n)
y <- 0.5 * x + c1 + 0.4 * c2 + 0.3 * c3 + level + rnorm(n)
w <- runif(n, 0.5, 2)
data <- round(data.frame(unit, y, x, c1, c2, c3, w), 6)
write.csv(data, file.path(folder, "sample.csv"), row.names = FALSE, quote = FALSE)

square <- function(u, w) sum(w * u^2)

# Residual of v on the columns of a formula's right side.
rest <- function(v, right, w) {
  data$v <- v
  data$w_used <- w
  residuals(lm(as.formula(paste("v ~", right)), data, weights = w_used))
}

bounds <- function(case, inside, controls, weighted, delta, beta, times = NA, r_max = NA) {
  # What stands in both is taken out of everything first: R2 and variances are those of what is left.
  w <- if (weighted) data$w * n / sum(data$w) else rep(1, n)
  yr <- rest(data$y, inside, w)
  xr <- rest(data$x, inside, w)
  # Overall R2 of models without effects: only the mean (and a kept control stays in R2).
  total <- square(yr, w)
  full_right <- paste(c(inside, controls), collapse = " + ")
  e <- rest(data$x, full_right, w)
  b <- sum(w * e * data$y) / square(e, w)
  b0 <- sum(w * xr * data$y) / square(xr, w)
  rss <- square(rest(data$y, paste(full_right, "+ x"), w), w)
  rss0 <- square(rest(data$y, paste(inside, "+ x"), w), w)
  base <- if (case == "kept") square(rest(data$y, "1", w), w) else total
  r <- 1 - rss / base
  r0 <- 1 - rss0 / base
  rm <- if (is.na(r_max)) min(1, times * r) else r_max
  D <- (r - r0) * base
  T <- (rm - r) * base
  s <- square(xr, w)
  t <- square(e, w)
  d <- b0 - b
  v <- b - beta
  found <- (v * D * t + v * s * t * d^2 + 2 * v^2 * t * d * s + v^3 * (t * s - t^2)) /
    (T * d * s + v * T * (s - t) + v^2 * t * d * s + v^3 * (t * s - t^2))
  p <- c(delta * T * d * s, delta * T * (s - t) - D * t - s * t * d^2, (delta - 2) * t * d * s,
         (delta - 1) * (t * s - t^2))
  if (delta == 1) p <- p[1:3]
  z <- polyroot(p)
  bias <- Re(z[abs(Im(z)) < 1e-8 * (1 + abs(z))])
  # A root and the inverse of it to full precision by Newton's steps.
  value <- function(a) sum(p * a^(seq_along(p) - 1))
  slope <- function(a) sum(p[-1] * seq_along(p[-1]) * a^(seq_along(p[-1]) - 1))
  for (step in 1:50) bias <- sapply(bias, function(a) a - value(a) / slope(a))
  adjusted <- b - bias
  on <- sign(adjusted - b) == sign(b - b0)
  order <- order(!on, abs(bias))
  data.frame(case, delta_given = delta, beta_given = beta, times, r_max_given = r_max, b0, b, r0, r, r_max = rm,
             delta = found, adjusted = adjusted[order][1], roots = length(bias), on = on[order][1])
}

controls <- c("c1", "c2", "c3")
rows <- rbind(
  bounds("plain", "1", controls, FALSE, 1, 0, times = 1.1),
  bounds("plain", "1", controls, FALSE, 1, 0.2, r_max = 0.95),
  bounds("plain", "1", controls, FALSE, 0.5, 0, times = 1.05),
  bounds("plain", "1", controls, FALSE, 2, 0, times = 1.1),
  bounds("plain", "1", controls, FALSE, -1, 0, times = 1.1),
  bounds("effects", "factor(unit)", controls, FALSE, 1, 0, times = 1.1),
  bounds("effects", "factor(unit)", controls, FALSE, 1.5, 0.3, times = 1.1),
  bounds("kept", "c1", c("c2", "c3"), FALSE, 1, 0, times = 1.1),
  bounds("weights", "1", controls, TRUE, 1, 0, times = 1.1),
  bounds("weights", "1", controls, TRUE, 0.8, 0.1, times = 1.1))
write.csv(format(rows, digits = 16), file.path(folder, "expected.csv"), row.names = FALSE, quote = FALSE)
