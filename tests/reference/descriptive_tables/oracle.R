# SPDX-License-Identifier: Apache-2.0
# Rscript oracle.R, in this folder: writes airquality.csv (R's own data set) and expected.csv.
out <- c("quantity,value")
say <- function(what, value) out <<- c(out, sprintf("%s,%.17g", what, as.numeric(value)))

a <- airquality; a$group <- as.integer(a$Month >= 7)
write.csv(a, "airquality.csv", row.names = FALSE, quote = FALSE, na = "nan")
names <- c("Ozone", "Solar.R", "Wind", "Temp")
for (i in 2:4) for (j in 1:(i - 1)) for (kind in c("pearson", "spearman")) {
  x <- a[[names[i]]]; y <- a[[names[j]]]
  test <- if (kind == "pearson") cor.test(x, y) else cor.test(x, y, method = "spearman", exact = FALSE)
  key <- paste(kind, names[i], names[j])
  say(paste(key, "r"), test$estimate); say(paste(key, "p"), test$p.value); say(paste(key, "n"), sum(complete.cases(x, y)))
}
common <- a[complete.cases(a[names]), names]
for (i in 2:4) for (j in 1:(i - 1)) say(paste("common", names[i], names[j], "r"), cor(common)[i, j])

for (v in names) {
  x <- a[[v]][a$group == 0]; y <- a[[v]][a$group == 1]; x <- x[!is.na(x)]; y <- y[!is.na(y)]
  test <- t.test(x, y); key <- paste("balance", v)
  say(paste(key, "n1"), length(x)); say(paste(key, "mean1"), mean(x)); say(paste(key, "sd1"), sd(x))
  say(paste(key, "n2"), length(y)); say(paste(key, "mean2"), mean(y)); say(paste(key, "sd2"), sd(y))
  say(paste(key, "difference"), mean(x) - mean(y)); say(paste(key, "std_error"), test$stderr)
  say(paste(key, "t"), test$statistic); say(paste(key, "df"), test$parameter); say(paste(key, "p"), test$p.value)
  say(paste(key, "normalised"), (mean(x) - mean(y)) / sqrt((var(x) + var(y)) / 2))
}

# Clusters that lie in both groups: the days of the month. fixest as PEER_RLIB or the usual library has it.
.libPaths(c(Sys.getenv("PEER_RLIB"), .libPaths()))
for (v in names) {
  fit <- fixest::feols(as.formula(paste0(v, " ~ first")), transform(a, first = 1 - group), cluster = ~Day, notes = FALSE)
  line <- fit$coeftable["first", ]; key <- paste("clustered", v)
  say(paste(key, "difference"), line[[1]]); say(paste(key, "std_error"), line[[2]]); say(paste(key, "t"), line[[3]])
  say(paste(key, "p"), line[[4]]); say(paste(key, "clusters"), length(unique(a$Day[!is.na(a[[v]])])))
}

ranks <- rank(-a$Ozone, ties.method = "min", na.last = "keep")
for (i in seq_along(ranks)) if (!is.na(ranks[i])) say(paste("rank Ozone", i - 1), ranks[i])

d <- read.csv("../cigar_fe/cigar.csv"); d <- d[order(d$State, d$Year), ]
classes <- function(x, k) 1 + findInterval(x, quantile(x, (1:(k - 1)) / k, type = 2), left.open = TRUE)
moves <- function(key, state, k, steps, rows) {
  later <- state[match(paste(d$State, d$Year + steps), paste(d$State, d$Year))]
  counts <- table(factor(state[rows], 1:k), factor(later[rows], 1:k))
  for (i in 1:k) for (j in 1:k) say(paste("moves", key, i, j), counts[i, j])
}
all <- rep(TRUE, nrow(d)); of_year <- function(k) ave(d$Sales, d$Year, FUN = function(x) classes(x, k))
moves("pooled", classes(d$Sales, 4), 4, 1, all)
moves("three_steps", classes(d$Sales, 5), 5, 3, all)
moves("by_period", of_year(3), 3, 1, all)
moves("low_states", classes(d$Sales, 4), 4, 1, d$State <= 30)
writeLines(out, "expected.csv")
