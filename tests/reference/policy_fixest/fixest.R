# SPDX-License-Identifier: Apache-2.0
# Prints what fixest makes of ../policy_r/panel.csv and carbon_digital.csv (needs the package fixest; run by hand).
suppressMessages(library(fixest)); options(digits = 15)
d <- read.csv("../policy_r/panel.csv"); d$cohort <- ifelse(d$first == 0, 10000, d$first)
out <- data.frame(case = character(), name = character(), value = numeric())
put <- function(case, table) for (i in seq_len(nrow(table))) {
  out[nrow(out) + 1, ] <<- list(case, rownames(table)[i], table[i, 1]); out[nrow(out) + 1, ] <<- list(case, paste0(rownames(table)[i], "_se"), table[i, 2])
}
for (case in c("balanced", "unbalanced", "weighted")) {
  s <- if (case == "unbalanced") d[d$kept == 1, ] else d
  w <- if (case == "weighted") ~w else NULL
  m <- feols(y ~ x + sunab(cohort, year) | unit + year, s, cluster = ~unit, weights = w)
  put(paste0("sunab_", case), summary(m, agg = "period")$coeftable); put(paste0("sunab_", case), aggregate(m, "att"))
  put(paste0("sunab_", case, "_cohort"), aggregate(m, "cohort"))
  s$r <- ifelse(s$first == 0, -1, pmin(pmax(s$year - s$first, -4), 5))
  m <- feols(y ~ i(r, ref = -1) + x | unit + year, s, cluster = ~unit, weights = w); put(paste0("twfe_", case), coeftable(m))
}
m <- feols(y ~ sunab(cohort, year) | unit + year, d, cluster = ~group); put("sunab_group", aggregate(m, "att"))
c <- read.csv("carbon_digital.csv"); c$did <- c$Policy * (c$year >= 2014)
put("carbon", coeftable(feols(digeco ~ did | prov_name + year, c, cluster = ~prov_name)))
put("carbon_controls", coeftable(feols(digeco ~ did + lnedu + lnfdi + lnpgdp + lnpwage + gov | prov_name + year, c, cluster = ~prov_name)))
c$r <- ifelse(c$Policy == 0, -1, c$year - 2014)
put("carbon_event", coeftable(feols(digeco ~ i(r, ref = -1) | prov_name + year, c, cluster = ~prov_name)))
cat("# fixest", as.character(packageVersion("fixest")), "R", as.character(getRversion()), "\n")
write.csv(out, "expected.csv", row.names = FALSE)
