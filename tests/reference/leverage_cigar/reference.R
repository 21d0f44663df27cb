# SPDX-License-Identifier: Apache-2.0
# Run in this folder: Rscript reference.R [library of fixest]. Writes se.csv, effects.csv and fitted.csv.
arguments <- commandArgs(trailingOnly = TRUE)
.libPaths(c(arguments, .libPaths()))
suppressMessages({library(fixest); library(sandwich)})
setFixest_nthreads(1)
d <- read.csv("../cigar_fe/cigar.csv")
d$lS <- log(d$Sales); d$lP <- log(d$Price); d$lN <- log(d$NDI); d$t <- d$Year - 77
d$S <- factor(d$State); d$Y <- factor(d$Year)
small <- d[d$State <= 12 & d$Year >= 80 & !(d$State == 3 & d$Year > 85), ]
number <- function(x) sprintf("%.15g", x)

## standard errors: HC2 and HC3 by fixest, all three by sandwich on lm with dummies, hc3 once more by hand
models <- list(
  list("none", lS ~ lP + lN, lS ~ lP + lN, NULL),
  list("unit", lS ~ lP + lN | State, lS ~ lP + lN + S, NULL),
  list("two_way", lS ~ lP + lN | State + Year, lS ~ lP + lN + S + Y, NULL),
  list("weighted", lS ~ lP + lN | State + Year, lS ~ lP + lN + S + Y, "Pop"),
  list("slopes", lS ~ lP + lN | State[t], lS ~ lP + lN + S + S:t, NULL))
rows <- "model,kind,term,source,se"
for (m in models) {
  w <- if (is.null(m[[4]])) NULL else d[[m[[4]]]]
  d$w <- if (is.null(w)) 1 else w
  full <- if (is.null(w)) lm(m[[3]], d) else lm(m[[3]], d, weights = w)
  fe <- if (is.null(w)) feols(m[[2]], d, fixef.tol = 1e-11) else
    feols(m[[2]], d, weights = w, fixef.tol = 1e-11)
  for (kind in c("HC2", "HC3", "HC4")) {
    by_lm <- sqrt(diag(vcovHC(full, type = kind)))
    for (term in c("lP", "lN"))
      rows <- c(rows, paste(m[[1]], tolower(kind), term, "sandwich", number(by_lm[[term]]), sep = ","))
    if (kind == "HC4" || m[[1]] == "slopes") next
    by_fixest <- se(fe, vcov = kind)
    for (term in c("lP", "lN"))
      rows <- c(rows, paste(m[[1]], tolower(kind), term, "fixest", number(by_fixest[[term]]), sep = ","))
  }
  X <- model.matrix(full); X <- X[, !is.na(coef(full))]
  A <- solve(crossprod(X * sqrt(d$w))); u <- resid(full); h <- hatvalues(full)
  by_hand <- sqrt(diag(A %*% crossprod(X * (d$w * u / (1 - h))) %*% A))
  for (term in c("lP", "lN"))
    rows <- c(rows, paste(m[[1]], "hc3", term, "hand", number(by_hand[[term]]), sep = ","))
}
writeLines(rows, "se.csv")

## effects of a small unbalanced panel: level of the first factor plus the mean of the second; the second less its mean
effects_of <- function(model, weights) {
  s <- droplevels(small); s$w <- weights
  m <- lm(lS ~ 0 + S + Y + lP, s, weights = w)
  b <- coef(m); V <- vcov(m)
  years <- grep("^Y", names(b)); all_years <- nlevels(s$Y)
  out <- NULL
  one <- function(factor, level, contrast)
    out <<- c(out, paste(model, factor, level, number(sum(contrast * b)),
                         number(sqrt(drop(contrast %*% V %*% contrast))), sep = ","))
  for (l in levels(s$S)) { c0 <- 0 * b; c0[paste0("S", l)] <- 1; c0[years] <- 1 / all_years; one("State", l, c0) }
  for (l in levels(s$Y)) {
    c0 <- 0 * b; c0[years] <- -1 / all_years
    if (paste0("Y", l) %in% names(b)) c0[paste0("Y", l)] <- c0[paste0("Y", l)] + 1
    one("Year", l, c0)
  }
  out
}
writeLines(c("model,factor,level,estimate,std_error", effects_of("plain", rep(1, nrow(small))),
             effects_of("weighted", small$Pop / mean(small$Pop))), "effects.csv")

## fitted means of the same panel
s <- droplevels(small)
fitted_of <- function(model, m) {
  p <- predict(m, se.fit = TRUE); i <- predict(m, interval = "confidence")
  paste(model, s$State, s$Year, number(p$fit), number(p$se.fit), number(i[, "lwr"]), number(i[, "upr"]), sep = ",")
}
s$w <- s$Pop / mean(s$Pop)
writeLines(c("model,state,year,fit,se,low,high", fitted_of("none", lm(lS ~ lP, s)),
             fitted_of("plain", lm(lS ~ S + Y + lP, s)),
             fitted_of("weighted", lm(lS ~ S + Y + lP, s, weights = w))), "fitted.csv")
cat(R.version.string, "fixest", as.character(packageVersion("fixest")), "sandwich",
    as.character(packageVersion("sandwich")), nrow(small), "rows\n")
