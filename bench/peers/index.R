# SPDX-License-Identifier: Apache-2.0
# Rscript index.R ROWS COLUMNS REPETITIONS: entropy weights, scores and ranks within years by data.table, on the cells of
# bench/index. Prints the median seconds, the first and the last weight and the last score.
suppressMessages(library(data.table))
setDTthreads(2)
size <- as.numeric(commandArgs(TRUE))
i <- seq_len(size[1]) - 1
cells <- setNames(lapply(seq_len(size[2]) - 1, function(j) {
  x <- ((i * (7919 + 104729 * j) + 31 * j) %% 1000003) / 1000003
  if (j %% 3 == 0) x else if (j %% 3 == 1) x * x else x * x * x
}), sprintf("x%d", seq_len(size[2])))
table <- as.data.table(cells)
table[, year := i %% 20]
columns <- names(cells)
rm(cells)

index <- function() {
  z <- table[, lapply(.SD, function(x) { low <- min(x); (x - low) / (max(x) - low) }), .SDcols = columns]
  e <- vapply(z, function(x) {
    p <- x / sum(x)
    p <- p[p > 0]
    -sum(p * log(p)) / log(length(x))
  }, 0)
  w <- (1 - e) / sum(1 - e)
  score <- numeric(nrow(z))
  for (column in columns) score <- score + w[[column]] * z[[column]]
  ranked <- data.table(year = table$year, score = score)
  ranked[, rank := frankv(score, order = -1L, ties.method = "min"), by = year]
  list(w = w, score = score, rank = ranked$rank)
}

seconds <- numeric(size[3])
for (k in seq_along(seconds)) seconds[k] <- system.time(result <- index())[["elapsed"]]
cat(sprintf("%.17g %.17g %.17g %.17g\n", median(seconds), result$w[1], result$w[length(result$w)],
            result$score[length(result$score)]))
