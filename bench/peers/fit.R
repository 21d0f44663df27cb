# SPDX-License-Identifier: Apache-2.0
# Rscript fit.R CSV: one regression with two effects, clustered.
suppressMessages({library(fixest); library(data.table)})
setFixest_nthreads(1); setFixest_notes(FALSE)
d <- as.data.frame(fread(commandArgs(TRUE)[1]))
print(coeftable(feols(y ~ x + c1 + c2 + c3 + c4 | prov + year, d, vcov = ~prov)))
