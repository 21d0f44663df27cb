# SPDX-License-Identifier: Apache-2.0
# transport.csv: thirteen invented cities over 2013-2017, twelve indicators in three systems. Size, wealth and dirt of a city are
# drawn once; each indicator is a power of them times a trend and a disturbance, rounded as yearbooks round. Run here: Rscript simulate.R
suppressWarnings(RNGversion("4.0.0")); set.seed(20131)
cities <- sprintf("City %02d", 1:13); years <- 2013:2017
size <- c(2.1, 1.6, rnorm(11, 0, 0.5)); wealth <- 0.6 * size + rnorm(13, 0, 0.4); dirt <- 0.3 * size - 0.5 * wealth + rnorm(13, 0, 0.5)
grid <- expand.grid(year = years, city = seq_along(cities)); k <- grid$city; t <- grid$year - 2013; e <- function(s) exp(rnorm(nrow(grid), 0, s))
panel <- data.frame(city = cities[k], year = grid$year,
  investment = round(200 * exp(0.7 * size[k] + 0.08 * t) * e(0.15), 1),
  output = round(220 * exp(0.6 * size[k] + 0.3 * wealth[k] + 0.06 * t) * e(0.08), 1),
  passengers = round(5000 * exp(0.9 * size[k] - 0.05 * t) * e(0.3)),
  freight = round(11000 * exp(0.5 * size[k] + 0.03 * t) * e(0.12)),
  density = round(500 * exp(0.4 * size[k] + 0.01 * t) * e(0.02), 2),
  employment = round(70000 * exp(0.8 * size[k] + 0.02 * t) * e(0.1)),
  roads = round(22 * exp(-0.6 * size[k] + 0.02 * t) * e(0.05), 2),
  urbanisation = round(100 * plogis(0.1 + 0.5 * wealth[k] + 0.06 * t + rnorm(nrow(grid), 0, 0.02)), 2),
  noise = round(64 + 2.5 * dirt[k] + 0.2 * t + rnorm(nrow(grid), 0, 0.6), 1),
  pm10 = round(150 * exp(0.4 * dirt[k] - 0.09 * t) * e(0.06), 1),
  so2 = round(50 * exp(0.5 * dirt[k] - 0.2 * t) * e(0.1), 1),
  no2 = round(50 * exp(0.25 * dirt[k] - 0.02 * t) * e(0.05), 1))
write.csv(panel, "transport.csv", row.names = FALSE, quote = FALSE)
