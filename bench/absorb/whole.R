# SPDX-License-Identifier: Apache-2.0
# A csv to one printed regression in R. Rscript whole.R CSV FORMULA THREADS CLUSTER FAMILY; also prints how long the
# estimation took within the process.
suppressMessages(library(fixest))
words <- commandArgs(TRUE)
threads <- as.integer(words[3])
setFixest_nthreads(threads)
if (requireNamespace("data.table", quietly = TRUE)) {
  data.table::setDTthreads(threads)
  data <- data.table::fread(words[1])
} else {
  data <- read.csv(words[1])
}
formula <- as.formula(words[2])
cluster <- as.formula(paste("~", words[4]))
start <- proc.time()[["elapsed"]]
fit <- if (words[5] == "poisson") fepois(formula, data, vcov = cluster) else feols(formula, data, vcov = cluster)
printed <- capture.output(print(fit))
cat("estimation", proc.time()[["elapsed"]] - start, "\n")
cat(printed, sep = "\n")
