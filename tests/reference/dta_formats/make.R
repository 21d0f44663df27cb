# SPDX-License-Identifier: Apache-2.0
# Writes the files but format119.dta. Rscript make.R, in this folder.
library(haven)
d <- data.frame(unit = c("Anhui", "Beijing", "Hebei"), year = c(2019L, 2020L, 2021L), gdp = c(1.5, NA, -2.25e10))
d$region <- labelled(c(1, 2, NA), c(East = 1, West = 2), label = "Region")
d$day <- as.Date(c("2019-12-31", "1959-12-31", NA))
attr(d$gdp, "label") <- "Gross product"
for (version in c("8", "10", "12", "13", "14")) {
  format <- c("8" = 113, "10" = 114, "12" = 115, "13" = 117, "14" = 118)[[version]]
  write_dta(d, paste0("format", format, ".dta"), version = as.numeric(version))
}
