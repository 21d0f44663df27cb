# SPDX-License-Identifier: Apache-2.0
# Kernel densities of two data sets of R, by their formula, with R's rule-of-thumb bandwidth. Rscript oracle.R
rows <- list()
for (name in c("precip", "islands")) {
  x <- as.numeric(get(name)); h <- bw.nrd0(x)
  grid <- seq(min(x) - 3 * h, max(x) + 3 * h, length.out = 256)
  f <- sapply(grid, function(at) mean(dnorm(at, x, h)))
  rows[[name]] <- rbind(data.frame(set = name, what = "value", at = seq_along(x), number = x),
                        data.frame(set = name, what = "bandwidth", at = 1, number = h),
                        data.frame(set = name, what = "x", at = seq_along(grid), number = grid),
                        data.frame(set = name, what = "density", at = seq_along(grid), number = f))
  kept <- density(x, bw = "nrd0", n = 256, cut = 3)
  cat(name, "largest difference to density():", max(abs(kept$y - f)) / max(f), "of the highest point\n")
}
all <- do.call(rbind, rows); all$number <- sprintf("%.17g", all$number)
write.csv(all, "expected.csv", row.names = FALSE, quote = FALSE)
