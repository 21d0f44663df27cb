# SPDX-License-Identifier: Apache-2.0
# Rscript oracle.R > expected.csv, in this folder.
suppressMessages({library(lmtest); library(tseries)})
d <- read.csv("../stata_grunfeld_cluster/grunfeld.csv")
say <- function(what, test) cat(sprintf("%s,%.17g,%.17g,%g\n", what, test$statistic, test$p.value, test$parameter[1]))
cat("quantity,statistic,p_value,df\n")
models <- list(pooled = lm(invest ~ value + capital, d), effects = lm(invest ~ value + capital + firm, d),
               no_constant = lm(invest ~ 0 + value + capital, d))
for (name in c("pooled", "effects")) {
  m <- models[[name]]
  say(paste(name, "breusch_pagan"), bptest(m))
  say(paste(name, "breusch_pagan normal"), bptest(m, studentize = FALSE))
  say(paste(name, "breusch_pagan fitted"), bptest(m, ~ fitted(m)))
  say(paste(name, "breusch_pagan fitted normal"), bptest(m, ~ fitted(m), studentize = FALSE))
  say(paste(name, "white fitted"), bptest(m, ~ fitted(m) + I(fitted(m)^2)))
  say(paste(name, "reset"), resettest(m, power = 2:3, type = "fitted"))
  say(paste(name, "reset 234"), resettest(m, power = 2:4, type = "fitted"))
  say(paste(name, "jarque_bera"), jarque.bera.test(resid(m)))
}
say("pooled white", bptest(models$pooled, ~ value * capital + I(value^2) + I(capital^2), data = d))
say("no_constant reset", resettest(models$no_constant, power = 2:3, type = "fitted"))
say("no_constant jarque_bera", jarque.bera.test(resid(models$no_constant)))
