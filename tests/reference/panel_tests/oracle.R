# SPDX-License-Identifier: Apache-2.0
# Rscript oracle.R > expected.csv, in this folder.
suppressMessages({library(plm); library(lmtest)})
d <- read.csv("../stata_grunfeld_cluster/grunfeld.csv")
d$number <- match(d$firm, unique(d$firm))
full <- pdata.frame(d, index = c("firm", "year"))
short <- pdata.frame(d[(d$number + d$year) %% 7 != 0, ], index = c("firm", "year"))
say <- function(design, quantity, value) cat(sprintf("%s,%s,%.17g\n", design, quantity, unname(value)))
cat("design,quantity,value\n")

xttest3 <- function(e, unit) {
  s2 <- mean(e^2)
  sum(tapply(e, unit, function(u) {
    v <- sum((u^2 - mean(u^2))^2) / length(u) / (length(u) - 1)
    (mean(u^2) - s2)^2 / v
  }))
}
# Differences of neighbouring years, by explicit matching.
before <- function(data) {
  key <- paste(data$firm, data$year)
  match(paste(data$firm, as.integer(as.character(data$year)) - 1), key)
}
xtserial <- function(data) {
  data <- as.data.frame(data)
  at <- before(data); own <- which(!is.na(at)); at <- at[own]
  dy <- data$invest[own] - data$invest[at]
  dx <- cbind(data$value[own] - data$value[at], data$capital[own] - data$capital[at])
  b <- solve(crossprod(dx), crossprod(dx, dy))
  e <- drop(dy - dx %*% b)
  at <- before(data[own, ]); use <- which(!is.na(at))
  x <- e[at[use]]; y <- e[use]; g <- as.character(data$firm[own][use])
  r <- sum(x * y) / sum(x^2)
  G <- length(unique(g))
  v <- sum(tapply(x * (y - r * x), g, sum)^2) / sum(x^2)^2 * G / (G - 1)
  list(fd = b, rss = sum(e^2), n = length(e), r = r, F = (r + 0.5)^2 / v, df = G - 1)
}
# Swamy and Arora's components as xtreg, re takes them, harmonic mean of the periods.
xtreg_re <- function(data) {
  data <- as.data.frame(data)
  g <- as.character(data$firm); y <- data$invest; X <- cbind(1, data$value, data$capital)
  n <- length(y); N <- length(unique(g)); Ti <- ave(y, g, FUN = length)
  mean_of <- function(v) ave(v, g)
  Xm <- apply(X, 2, mean_of); ym <- mean_of(y)
  Xd <- (X - Xm)[, -1]; yd <- y - ym
  s2e <- sum(lm.fit(Xd, yd)$residuals^2) / (n - N - 2)
  first <- !duplicated(g)
  s2b <- sum(lm.fit(Xm[first, ], ym[first])$residuals^2) / (N - 3)
  s2u <- max(0, s2b - s2e * mean(1 / Ti[first]))
  theta <- 1 - sqrt(s2e / (Ti * s2u + s2e))
  Xs <- X - theta * Xm; ys <- y - theta * ym
  fit <- lm.fit(Xs, ys)
  V <- sum(fit$residuals^2) / (n - 3) * solve(crossprod(Xs))
  b_fe <- lm.fit(Xd, yd)$coefficients; V_fe <- s2e * solve(crossprod(Xd))
  q <- b_fe - fit$coefficients[-1]
  H <- drop(t(q) %*% solve(V_fe - V[-1, -1]) %*% q)
  s2r <- sum(fit$residuals^2) / (n - 3)
  Hm <- drop(t(q) %*% solve(s2r * solve(crossprod(Xd)) - V[-1, -1]) %*% q)
  # Mundlak: unit means added to the random-effects regression, same theta; clustered Wald, factor G/(G-1)(n-1)/(n-k)
  Z <- cbind(X, Xm[, -1]); Zm <- apply(Z, 2, mean_of); Zs <- Z - theta * Zm
  m <- lm.fit(Zs, ys); B <- solve(crossprod(Zs)); S <- rowsum(Zs * m$residuals, g)
  Vm <- B %*% crossprod(S) %*% B * N / (N - 1) * (n - 1) / (n - ncol(Z))
  w <- m$coefficients[4:5]
  list(b = fit$coefficients, se = sqrt(diag(V)), s2e = s2e, s2u = s2u, theta = range(theta), H = H, Hm = Hm,
       mundlak = drop(t(w) %*% solve(Vm[4:5, 4:5]) %*% w) / 2, mundlak_means = w)
}
for (design in c("full", "short")) {
  data <- get(design)
  f <- invest ~ value + capital
  fe <- plm(f, data, model = "within")
  pooled <- plm(f, data, model = "pooling")
  say(design, "pesaran_cd fe", pcdtest(fe, test = "cd")$statistic)
  say(design, "pesaran_cd pooled", pcdtest(pooled, test = "cd")$statistic)
  say(design, "bp_cd fe", pcdtest(fe, test = "lm")$statistic)
  say(design, "bp_cd df", pcdtest(fe, test = "lm")$parameter)
  say(design, "mean_correlation fe", pcdtest(fe, test = "rho")$statistic)
  say(design, "mean_absolute_correlation fe", pcdtest(fe, test = "absrho")$statistic)
  say(design, "modified_wald fe", xttest3(as.numeric(resid(fe)), as.character(index(fe)[[1]])))
  w <- xtserial(data)
  say(design, "wooldridge", w$F); say(design, "wooldridge lag_coefficient", w$r); say(design, "wooldridge df", w$df)
  say(design, "fd value", w$fd[1]); say(design, "fd capital", w$fd[2]); say(design, "fd rss", w$rss); say(design, "fd n", w$n)
  say(design, "dw fe", pbnftest(fe)$statistic)
  X <- cbind(1, data$value, data$capital); s <- svd(sweep(X, 2, sqrt(colSums(X^2)), "/"))$d
  say(design, "condition pooled", s[1] / s[3])
  re <- xtreg_re(data)
  for (j in 1:3) { say(design, paste("re coef", j), re$b[j]); say(design, paste("re se", j), re$se[j]) }
  say(design, "re sigma_e", sqrt(re$s2e)); say(design, "re sigma_u", sqrt(re$s2u))
  say(design, "re theta_min", re$theta[1]); say(design, "re theta_max", re$theta[2])
  say(design, "hausman", re$H); say(design, "hausman sigmamore", re$Hm)
  say(design, "mundlak", re$mundlak)
  be <- plm(f, data, model = "between")
  for (j in 1:3) { say(design, paste("be coef", j), coef(be)[j]); say(design, paste("be se", j), sqrt(diag(vcov(be)))[j]) }
  rows <- if (design == "full") d else d[(d$number + d$year) %% 7 != 0, ]
  fm <- pmg(f, pdata.frame(rows, index = c("year", "firm")))  # a panel of years, each with its firms
  for (j in 1:3) { say(design, paste("fmb coef", j), coef(fm)[j]); say(design, paste("fmb se", j), sqrt(diag(vcov(fm)))[j]) }
}
fd <- plm(invest ~ value + capital - 1, full, model = "fd")
for (j in 1:2) { say("full", paste("plm fd coef", j), coef(fd)[j]); say("full", paste("plm fd se", j), sqrt(diag(vcov(fd)))[j]) }
swar <- plm(invest ~ value + capital, full, model = "random", random.method = "swar")
walhus <- plm(invest ~ value + capital, full, model = "random", random.method = "walhus")
for (j in 1:3) { say("full", paste("plm swar coef", j), coef(swar)[j]); say("full", paste("plm swar se", j), sqrt(diag(vcov(swar)))[j]) }
for (j in 1:3) { say("full", paste("walhus coef", j), coef(walhus)[j]); say("full", paste("walhus se", j), sqrt(diag(vcov(walhus)))[j]) }
say("full", "walhus sigma2_e", ercomp(walhus)$sigma2["idios"]); say("full", "walhus sigma2_u", ercomp(walhus)$sigma2["id"])
say("full", "walhus theta", ercomp(walhus)$theta)
say("full", "swar r2", summary(swar)$r.squared["rsq"])
say("full", "plm hausman", phtest(plm(invest ~ value + capital, full, model = "within"), swar)$statistic)

one <- d[d$firm == "General Motors", ]
m <- lm(invest ~ value + capital, one)
say("series", "dw", dwtest(m)$statistic); say("series", "dw p", dwtest(m)$p.value)
for (p in 1:3) { t <- bgtest(m, order = p); say("series", paste("bg", p), t$statistic); say("series", paste("bg p", p), t$p.value) }
X <- model.matrix(m); s <- svd(sweep(X, 2, sqrt(colSums(X^2)), "/"))$d
say("series", "condition", s[1] / s[3])
