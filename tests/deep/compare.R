# SPDX-License-Identifier: Apache-2.0
# Rscript compare.R KEPT NEW: every csv of folder KEPT stands in NEW with the same texts, its numbers equal to 1e-8 relative
# (or 1e-11, where only rounding is left). Rows of `bootstrap_...` quantities are random and left out.
folders <- commandArgs(TRUE)
numbers <- cells <- 0
for (name in list.files(folders[1], "\\.csv$")) {
  read <- function(folder) as.matrix(read.csv(file.path(folder, name), colClasses = "character", header = FALSE, encoding = "UTF-8", fill = TRUE))
  kept <- read(folders[1]); new <- read(folders[2])
  if (!identical(dim(kept), dim(new))) { cat(name, ": other rows or columns\n"); quit(status = 1) }
  a <- suppressWarnings(as.numeric(kept)); b <- suppressWarnings(as.numeric(new))
  number <- !is.na(a) & !is.na(b)
  same <- ifelse(number, a == b | abs(a - b) <= pmax(1e-8 * abs(a), 1e-11), kept == new)
  random <- row(kept) %in% which(apply(kept, 1, function(r) any(grepl("^bootstrap_(low|high|sd)", r))))
  wrong <- which(!same & !random)
  if (length(wrong)) { print(data.frame(file = name, row = row(kept)[wrong], kept = kept[wrong], new = new[wrong])[seq_len(min(20, length(wrong))), ]); quit(status = 1) }
  numbers <- numbers + sum(number & !random); cells <- cells + length(kept)
}
stopifnot(numbers > 0)
cat(basename(folders[1]), ":", numbers, "numbers recomputed\n")
