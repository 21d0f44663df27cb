# SPDX-License-Identifier: Apache-2.0
# Rscript compare.R KEPT NEW: the same rows, numbers equal to 1e-9 relative; resampled rows apart.
files <- commandArgs(TRUE)
kept <- read.csv(files[1], colClasses = c(value = "numeric"), encoding = "UTF-8")
new <- read.csv(files[2], colClasses = c(value = "numeric"), encoding = "UTF-8")
key <- setdiff(names(kept), "value")
stopifnot(identical(kept[key], new[key]))
steady <- !grepl("^bootstrap", kept$quantity)
off <- abs(kept$value - new$value) > 1e-9 * pmax(abs(kept$value), 1e-9)
wrong <- which((is.na(kept$value) != is.na(new$value) | (!is.na(off) & off)) & steady)
if (length(wrong)) { print(cbind(kept, new = new$value)[head(wrong, 20), ]); quit(status = 1) }
cat(basename(dirname(files[1])), ":", sum(steady), "reference numbers recomputed\n")
