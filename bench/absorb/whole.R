# SPDX-License-Identifier: Apache-2.0
# A csv to one printed regression in R. Rscript whole.R CSV FORMULA THREADS: errors clustered by firm_id.
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
print(feols(as.formula(words[2]), data, vcov = ~firm_id))
