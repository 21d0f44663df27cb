# SPDX-License-Identifier: Apache-2.0
# Rscript oracle.R LIBRARY_OF_FIXEST, in this folder: writes se.csv. R 4.2.2, sandwich 3.0-2, plm 2.6-2, fixest 0.14.2.
.libPaths(c(.libPaths(), commandArgs(TRUE)))
suppressMessages({library(fixest); library(plm); library(sandwich); library(AER)})
setFixest_nthreads(1); setFixest_estimation(fixef.tol = 1e-11)
gr <- read.csv("../stata_grunfeld_cluster/grunfeld.csv")
rows <- list()
add <- function(source, formula, vcov, ssc, V, weights = "", df = NA, where = "", data = "grunfeld") {
  se <- sqrt(diag(as.matrix(V)))
  for (term in names(se)) rows[[length(rows) + 1]] <<- data.frame(source = source, data = data, formula = formula, vcov = vcov,
    ssc = ssc, weights = weights, where = where, term = sub("fit_", "", term), se = sprintf("%.15g", se[[term]]), df = df)
}
ols <- lm(invest ~ value + capital, gr)
fe <- feols(invest ~ value + capital | firm, gr, panel.id = ~ firm + year)
both <- feols(invest ~ value + capital | firm + year, gr, panel.id = ~ firm + year)
weighted <- feols(invest ~ value + capital | firm, gr, weights = ~ value, panel.id = ~ firm + year)
pois <- fepois(invest ~ log(value) + log(capital) | firm, gr, panel.id = ~ firm + year, glm.tol = 1e-12)
part <- gr[!(gr$firm == "IBM" & gr$year %in% c(1940, 1941)) & !(gr$firm == "Chrysler" & gr$year == 1950), ]
for (lag in c(1, 3)) for (kind in c("nw", "dk")) {
  V <- function(m) if (kind == "nw") vcov(m, NW(lag) ~ firm + year) else vcov(m, DK(lag) ~ year)
  name <- sprintf("%s(%d)", kind, lag)
  add("fixest", "invest ~ value + capital | firm", name, "fixest", V(fe), df = 19)
  add("fixest", "invest ~ value + capital | firm + year", name, "fixest", V(both), df = 19)
  add("fixest", "invest ~ value + capital | firm", name, "fixest", V(weighted), weights = "value", df = 19)
  add("fixest", "invest ~ log(value) + log(capital) | firm", name, "fixest", V(pois))
}
iv <- feols(invest ~ value | firm | capital ~ l(capital, 1) + l(capital, 2), gr, panel.id = ~ firm + year)
add("fixest", "invest ~ value | firm | capital ~ l(capital,1) + l(capital,2)", "nw(2)", "fixest", vcov(iv, NW(2) ~ firm + year), df = 17)
add("fixest", "invest ~ value | firm | capital ~ l(capital,1) + l(capital,2)", "dk(2)", "fixest", vcov(iv, DK(2) ~ year), df = 17)
within <- plm(invest ~ value + capital, gr, index = c("firm", "year"), model = "within")
pooled <- plm(invest ~ value + capital, gr, index = c("firm", "year"), model = "pooling")
add("plm vcovSCC", "invest ~ value + capital | firm", "dk(3)", "none", vcovSCC(within, maxlag = 3, type = "HC0"))
add("plm vcovSCC", "invest ~ value + capital", "dk(2)", "none", vcovSCC(pooled, maxlag = 2, type = "HC0"))
add("plm vcovNW", "invest ~ value + capital", "nw(2)", "none", vcovNW(pooled, maxlag = 2, type = "HC0"))
add("sandwich vcovPL", "invest ~ value + capital", "dk(2)", "none",
    vcovPL(ols, cluster = ~ firm, order.by = ~ year, lag = 2, aggregate = TRUE, adjust = FALSE))
gm <- gr[gr$firm == "General Motors", ]
one <- lm(invest ~ value + capital, gm)
for (lag in c(1, 4)) add("sandwich NeweyWest", "invest ~ value + capital", sprintf("nw(%d)", lag), "none",
  NeweyWest(one, lag = lag, prewhite = FALSE, adjust = FALSE), where = "firm == 'General Motors'")
add("sandwich kernHAC", "invest ~ value + capital", "nw(3, parzen)", "none",
  kernHAC(one, kernel = "Parzen", bw = 4, prewhite = FALSE, adjust = FALSE), where = "firm == 'General Motors'")
add("sandwich kernHAC", "invest ~ value + capital", "nw(3, qs)", "none",
  kernHAC(one, kernel = "Quadratic Spectral", bw = 4, prewhite = FALSE, adjust = FALSE, tol = 0), where = "firm == 'General Motors'")
# Explicit sums in base R, gaps in the panel: lags by year.
gaps <- lm(invest ~ value + capital, part)
missing <- "not (firm == 'IBM' and 1940 <= year <= 1941) and not (firm == 'Chrysler' and year == 1950)"
year <- part$year; firm <- part$firm
sums <- function(m, W) { X <- model.matrix(m); s <- X * residuals(m); A <- solve(crossprod(X)); A %*% t(s) %*% W %*% s %*% A }
lag <- abs(outer(year, year, "-")); same <- outer(firm, firm, "==")
parzen <- function(z) ifelse(z >= 1, 0, ifelse(z <= .5, 1 - 6 * z^2 + 6 * z^3, 2 * (1 - z)^3))
add("base R", "invest ~ value + capital", "nw(2)", "none", sums(gaps, same * pmax(1 - lag / 3, 0)), where = missing)
add("base R", "invest ~ value + capital", "nw(2, truncated)", "none", sums(gaps, same * (lag <= 2)), where = missing)
add("base R", "invest ~ value + capital", "dk(2)", "none", sums(gaps, pmax(1 - lag / 3, 0)), where = missing)
add("base R", "invest ~ value + capital", "dk(2, parzen)", "none", sums(gaps, parzen(lag / 3)), where = missing)
# Conley: places of a small cross-section, and a panel of them.
set.seed(11)
places <- data.frame(unit = 1:60, lat = round(runif(60, 20, 45), 4), lon = round(runif(60, 75, 130), 4))
panel <- merge(places, data.frame(time = 1:3))
panel$x <- round(rnorm(180), 6); panel$y <- round(1 + panel$x + rnorm(180) + sin(panel$lat), 6); panel$w <- round(runif(180, .5, 2), 3)
panel$count <- rpois(180, exp(.2 + .3 * panel$x))
write.csv(panel, "places.csv", row.names = FALSE, quote = FALSE)
cross <- panel[panel$time == 1, ]
add("fixest", "y ~ x", "conley(lat, lon, 500km)", "fixest", vcov(feols(y ~ x, cross), conley(500, distance = "spherical") ~ lat + lon), df = 58, where = "time == 1", data = "places")
add("fixest", "y ~ x", "conley(lat, lon, 900km)", "fixest", vcov(feols(y ~ x, cross, weights = ~ w), conley(900, distance = "spherical") ~ lat + lon), weights = "w", df = 58, where = "time == 1", data = "places")
add("fixest", "count ~ x", "conley(lat, lon, 700km)", "fixest", vcov(fepois(count ~ x, cross, glm.tol = 1e-12), conley(700, distance = "spherical") ~ lat + lon), where = "time == 1", data = "places")
kilometres <- function(a) { r <- pi / 180; s <- function(z) sin(z / 2)^2
  2 * 6371 * asin(pmin(1, sqrt(s(outer(a$lat, a$lat, "-") * r) + outer(cos(a$lat * r), cos(a$lat * r)) * s(outer(a$lon, a$lon, "-") * r)))) }
D <- kilometres(panel); together <- outer(panel$time, panel$time, "==")
m <- lm(y ~ x, panel)
add("base R", "y ~ x", "conley(lat, lon, 400km)", "none", sums(m, together * (D < 400)), data = "places")
add("base R", "y ~ x", "conley(lat, lon, 800km, bartlett)", "none", sums(m, together * pmax(1 - D / 800, 0)), data = "places")
result <- do.call(rbind, rows)
write.csv(result, "se.csv", row.names = FALSE, quote = TRUE)
# Heteroskedastic kinds.
rows <- list()
for (type in c("HC0", "HC1", "HC2", "HC3", "HC4")) add("sandwich vcovHC", "invest ~ value + capital", tolower(type), "stata", vcovHC(ols, type = type))
write.csv(do.call(rbind, rows), "heteroskedastic.csv", row.names = FALSE, quote = TRUE)
