# SPDX-License-Identifier: Apache-2.0
# Rscript mediation.R CSV REPLICATES: a loop of refits. Each replicate draws provinces with replacement, takes out the two effects
# and fits the equations of M and of Y by lm.fit. What refits can spare is spared: base R alone, the panel is balanced and a
# province drawn twice is two units, so that province means are taken once and only year means in each replicate.
arguments <- commandArgs(TRUE); replicates <- as.integer(arguments[2])
d <- read.csv(arguments[1]); d <- d[order(d$prov, d$year), ]
names <- c("x", "c1", "c2", "c3", "c4", "m", "y"); units <- length(unique(d$prov)); years <- length(unique(d$year))
Z <- as.matrix(d[names]); Z <- Z - apply(Z, 2, function(v) ave(v, d$prov))
period <- rep(seq_len(years), units); rows <- matrix(seq_len(nrow(Z)), years)  # a column a province

indirect <- function(drawn) {
  S <- Z[rows[, drawn], ]
  S <- S - (rowsum(S, period) / length(drawn))[period, ]
  a <- lm.fit(S[, 1:5], S[, 6])$coefficients[[1]]
  b <- lm.fit(S[, 1:6], S[, 7])$coefficients[[6]]
  a * b
}
cat(sprintf("indirect %.9f\n", indirect(seq_len(units))))
set.seed(1)
draws <- vapply(seq_len(replicates), function(r) indirect(sample.int(units, replace = TRUE)), 0)
cat(sprintf("percentile %.4f %.4f\n", quantile(draws, .025), quantile(draws, .975)))
