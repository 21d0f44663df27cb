# SPDX-License-Identifier: Apache-2.0
# Rscript oracle.R > expected.csv, in this folder.
suppressMessages({library(plm); library(urca)})
grunfeld <- read.csv("../stata_grunfeld_cluster/grunfeld.csv")
cigar <- read.csv("../cigar_fe/cigar.csv")
grunfeld$number <- match(grunfeld$firm, unique(grunfeld$firm))
ragged <- grunfeld[grunfeld$year >= 1935 + grunfeld$number %% 4, ]
panels <- list(grunfeld = split(grunfeld$invest, grunfeld$firm), cigar = split(log(cigar$Sales), cigar$State),
               ragged = split(ragged$invest, ragged$firm))
say <- function(...) { a <- list(...); cat(sprintf("%s,%.17g\n", paste(a[-length(a)], collapse = " "), unname(a[[length(a)]]))) }
cat("quantity,value\n")

# Individuals as columns of different length: plm's own list method takes series of a pdata.frame.
purtests <- function(name, test, ...) {
  series <- panels[[name]]
  long <- data.frame(id = rep(names(series), lengths(series)), t = unlist(lapply(lengths(series), seq_len)), y = unlist(series))
  suppressWarnings(purtest(pdata.frame(long, index = c("id", "t"))$y, test = test, p.approx = "MacKinnon1994", ...))
}
words <- c(none = "none", intercept = "constant", trend = "trend")
for (name in c("grunfeld", "cigar")) for (exo in names(words)) for (lags in 0:2)
  say(name, "llc", words[exo], lags, purtests(name, "levinlin", exo = exo, lags = lags)$statistic$statistic)
for (name in c("grunfeld", "cigar", "ragged")) for (exo in c("intercept", "trend")) for (lags in 0:2) {
  say(name, "ips", words[exo], lags, purtests(name, "ips", exo = exo, lags = lags, dfcor = TRUE)$statistic$statistic)
  say(name, "ips rows", words[exo], lags, purtests(name, "ips", exo = exo, lags = lags, dfcor = FALSE)$statistic$statistic)
}
for (name in c("grunfeld", "cigar", "ragged")) for (exo in names(words)) for (test in c("madwu", "Pm", "invnormal", "logit")) {
  if (name == "cigar" && exo == "trend") next
  one <- purtests(name, test, exo = exo, lags = 1, dfcor = TRUE)$statistic
  say(name, test, words[exo], one$statistic); say(name, paste(test, "p"), words[exo], one$p.value)
}
# States with t above 0.7, where MacKinnon's polynomial for trends turns down: p is that of 0.7 there.
t <- sapply(purtests("cigar", "madwu", exo = "trend", lags = 1, dfcor = TRUE)$idres, function(x) x$trho)
p <- plm:::padf(pmin(t, 0.7), "trend", p.approx = "MacKinnon1994"); N <- length(p); df <- 5 * N + 4
say("cigar madwu trend", -2 * sum(log(p))); say("cigar madwu p trend", pchisq(-2 * sum(log(p)), 2 * N, lower.tail = FALSE))
z <- sum(qnorm(p)) / sqrt(N); say("cigar invnormal trend", z); say("cigar invnormal p trend", pnorm(z))
l <- sqrt(3 * df / (pi^2 * N * (5 * N + 2))) * sum(log(p / (1 - p)))
say("cigar logit trend", l); say("cigar logit p trend", pt(l, df))
pm <- sum(-2 * log(p) - 2) / (2 * sqrt(N)); say("cigar Pm trend", pm); say("cigar Pm p trend", pnorm(-pm))
for (method in c("AIC", "SIC")) {
  chosen <- purtests("cigar", "ips", exo = "intercept", lags = method, pmax = 4, dfcor = TRUE)
  say("cigar ips", method, chosen$statistic$statistic)
  say("cigar lags", method, mean(sapply(chosen$idres, function(x) x$lags)))
}

# LLC with moments at the rows of the regressions: explicit, mean and deviation by hand from their table 2.
llc <- function(series, p, mu, sigma, q) {
  parts <- lapply(series, function(y) {
    T <- length(y); at <- (p + 2):T
    d <- y[at] - y[at - 1]; l <- y[at - 1]
    Z <- cbind(rep(1, length(at)), if (p > 0) sapply(1:p, function(j) y[at - j] - y[at - j - 1]))
    s <- sqrt(mean(lm.fit(cbind(l, Z), d)$residuals^2))
    dy <- diff(y) - mean(diff(y)); n <- T - 1
    lr <- sum(dy^2) / n + 2 * sum(sapply(1:q, function(L) (1 - L / (q + 1)) * sum(dy[(L + 1):n] * dy[1:(n - L)]) / n))
    list(e = lm.fit(Z, d)$residuals / s, v = lm.fit(Z, l)$residuals / s, ratio = sqrt(lr) / s)
  })
  e <- unlist(lapply(parts, `[[`, "e")); v <- unlist(lapply(parts, `[[`, "v"))
  b <- sum(e * v) / sum(v^2); s2 <- sum((e - b * v)^2) / length(e); se <- sqrt(s2 / sum(v^2))
  (b / se - length(e) * mean(sapply(parts, `[[`, "ratio")) / s2 * se * mu) / sigma
}
# cigar: 30 years, one lag: 28 rows a state, 3/5 of the way from 25 to 30.
at28 <- function(low, high) low + 3 / 5 * (high - low)
say("cigar llc rows constant 1", llc(panels$cigar, 1, at28(-0.554, -0.546), at28(0.919, 0.889), round(3.21 * 30^(1 / 3))))
say("cigar llc bandwidth 2", llc(panels$cigar, 1, at28(-0.554, -0.546), at28(0.919, 0.889), 2))

# Less the means of the years.
less_means <- function(data, y, id, t) split(y - ave(y, data[[t]]), data[[id]])
panels$demeaned <- less_means(ragged, ragged$invest, "firm", "year")
say("ragged ips demean", purtests("demeaned", "ips", exo = "intercept", lags = 1, dfcor = TRUE)$statistic$statistic)

# One series.
y <- panels$grunfeld[["General Motors"]]
types <- c(none = "none", constant = "drift", trend = "trend")
for (type in names(types)) for (lags in 0:2)
  say("series adf", type, lags, ur.df(y, type = types[type], lags = lags)@teststat[1])
for (t in c(-25, -4.5, -2.2, -0.3, 0.5, 3)) for (exo in names(words))
  if (t > -16 && t < 0.6) say("p", words[exo], t, plm:::padf(t, exo, p.approx = "MacKinnon1994"))
