# SPDX-License-Identifier: Apache-2.0
# Writes counts.csv and expected.csv: run in this folder. fixest is taken from R_LIBS.
library(fixest)
library(MASS)
set.seed(20240817)
n <- 600
d <- data.frame(firm = sample(40, n, TRUE), year = sample(8, n, TRUE), x1 = round(rnorm(n), 4),
                x2 = round(runif(n, -1, 1), 4), treat = rbinom(n, 1, .4), hours = round(runif(n, 1, 20), 2),
                w = sample(3, n, TRUE), a = round(runif(n, .2, 3), 3))
effect <- rnorm(40, 0, .4)[d$firm] + seq(-.3, .3, length.out = 8)[d$year]
eta <- .5 * d$x1 - .4 * d$x2 + .3 * d$treat + effect
d$events <- rnbinom(n, size = 2.5, mu = d$hours / 8 * exp(eta))
d$yes <- as.integer(runif(n) < plogis(eta))
d$late <- as.integer(runif(n) < pnorm(.8 * eta))
# Every level of an effect has both outcomes and some events, and more than one row.
for (v in c("firm", "year")) for (y in c("yes", "late")) {
  m <- ave(d[[y]], d[[v]])
  d <- d[m > 0 & m < 1, ]
}
d <- d[ave(d$events, d$firm) > 0, ]
write.csv(d, "counts.csv", row.names = FALSE, quote = FALSE)

rows <- list()
add <- function(case, quantity, term, value)
  rows[[length(rows) + 1]] <<- data.frame(case = case, quantity = quantity, term = term, value = sprintf("%.17g", value))

tight <- glm.control(epsilon = 1e-15, maxit = 200)
clean <- function(names) sub("factor\\((.*)\\)", "\\1::", names)

# glm keeps the weights of the step before its last, which are off by the square root of its tolerance: these are those
# of the coefficients it returns.
parts <- function(m) {
  X <- model.matrix(m)
  eta <- m$linear.predictors
  mu <- m$family$linkinv(eta)
  slope <- m$family$mu.eta(eta)
  prior <- weights(m, "prior")
  w <- prior * slope^2 / m$family$variance(mu)
  list(X = X, B = solve(crossprod(X, X * w)), s = X * (prior * (m$y - mu) * slope / m$family$variance(mu)))
}

# R's glm with dummies: coefficients, information, sandwiches without small-sample factors.
plain <- function(case, m, keep, cluster, w = rep(1, nrow(d)), copies = NULL) {
  at <- parts(m)
  B <- at$B
  s <- at$s
  add(case, "deviance", "", deviance(m))
  add(case, "null_deviance", "", m$null.deviance)
  add(case, "log_likelihood", "", as.numeric(logLik(m)))
  part <- function(M) sqrt(diag(B %*% M %*% B))
  meat <- if (is.null(copies)) crossprod(s) else crossprod(s / sqrt(copies))
  for (kind in c("iid", "hc0", "cluster")) {
    se <- switch(kind, iid = sqrt(diag(B)), hc0 = part(meat), cluster = part(crossprod(rowsum(s, cluster))))
    for (t in keep) add(case, kind, t, se[[t]])
  }
  for (t in keep) add(case, "estimate", t, coef(m)[[t]])
}

one <- c("(Intercept)", "x1", "x2", "treat")
slopes <- one[-1]
plain("poisson_plain", glm(events ~ x1 + x2 + treat, poisson, d, control = tight), one, d$firm)
plain("poisson_exposure", glm(events ~ x1 + x2 + treat + offset(log(hours)), poisson, d, control = tight), one, d$firm)
plain("poisson_two_way", glm(events ~ x1 + x2 + treat + factor(firm) + factor(year) + offset(log(hours)), poisson, d,
                             control = tight), slopes, d$firm)
plain("poisson_frequency", glm(events ~ x1 + x2 + treat + factor(firm), poisson, d, weights = w, control = tight),
      slopes, d$year, copies = d$w)
plain("logit_plain", glm(yes ~ x1 + x2 + treat, binomial, d, control = tight), one, d$firm)
plain("logit_two_way", glm(yes ~ x1 + x2 + treat + factor(firm) + factor(year), binomial, d, control = tight), slopes,
      d$firm)
plain("probit_plain", glm(late ~ x1 + x2 + treat, binomial("probit"), d, control = tight), one, d$firm)
plain("probit_two_way", glm(late ~ x1 + x2 + treat + factor(firm) + factor(year), binomial("probit"), d, control = tight),
      slopes, d$firm)

negbin <- function(case, f) {
  m <- glm.nb(f, d, control = glm.control(epsilon = 1e-14, maxit = 1000))
  for (t in slopes) add(case, "estimate", t, coef(m)[[t]])
  se <- sqrt(diag(vcov(m)))
  for (t in slopes) add(case, "iid", t, se[[t]])
  add(case, "dispersion", "", 1 / m$theta)
  add(case, "deviance", "", deviance(m))
  add(case, "null_deviance", "", m$null.deviance)
  add(case, "log_likelihood", "", as.numeric(logLik(m)))
  robust <- sqrt(diag(sandwich::sandwich(m)))
  grouped <- sqrt(diag(sandwich::vcovCL(m, cluster = d$firm, type = "HC0", cadjust = FALSE)))
  for (t in slopes) add(case, "hc0", t, robust[[t]])
  for (t in slopes) add(case, "cluster", t, grouped[[t]])
}
negbin("negbin_plain", events ~ x1 + x2 + treat + offset(log(hours)))
negbin("negbin_two_way", events ~ x1 + x2 + treat + factor(firm) + factor(year) + offset(log(hours)))

# fixest with its own small-sample rules.
absorbed <- function(case, m) {
  for (t in slopes) add(case, "estimate", t, coef(m)[[t]])
  kinds <- list(iid = "iid", hc1 = "hetero", cluster = ~firm, two_way = ~ firm + year)
  for (kind in names(kinds)) {
    se <- sqrt(diag(vcov(m, vcov = kinds[[kind]])))
    for (t in slopes) add(case, kind, t, se[[t]])
  }
  # With an offset fixest compares with a constant without it; Stata's r2_p, held elsewhere, keeps it.
  if (case != "fixest_poisson") add(case, "pseudo_r2", "", as.numeric(r2(m, "pr2")))
  add(case, "log_likelihood", "", as.numeric(logLik(m)))
}
absorbed("fixest_poisson", fepois(events ~ x1 + x2 + treat | firm + year, d, offset = ~ log(hours), glm.tol = 1e-12,
                                  fixef.tol = 1e-11))
absorbed("fixest_logit", feglm(yes ~ x1 + x2 + treat | firm + year, d, family = binomial(), glm.tol = 1e-12,
                               fixef.tol = 1e-11))
absorbed("fixest_probit", feglm(late ~ x1 + x2 + treat | firm + year, d, family = binomial("probit"), glm.tol = 1e-12,
                                fixef.tol = 1e-11))

# Observed information: of all parameters, theta among them (fixest), and of probit, written out.
observed <- function(case, m) {
  for (t in slopes) add(case, "estimate", t, coef(m)[[t]])
  none <- ssc(adj = FALSE, cluster.adj = FALSE)
  kinds <- list(iid = "iid", hc0 = "hetero", cluster = ~firm)
  for (kind in names(kinds)) {
    se <- sqrt(diag(vcov(m, vcov = kinds[[kind]], ssc = none)))
    for (t in slopes) add(case, kind, t, se[[t]])
  }
  add(case, "dispersion", "", 1 / m$theta)
  add(case, "log_likelihood", "", as.numeric(logLik(m)))
}
observed("observed_negbin_plain", fenegbin(events ~ x1 + x2 + treat, d, offset = ~ log(hours)))
# With absorbed effects fixest gives the same iid errors, but leaves what the effects explain of theta's score in it, so that
# its robust errors differ from its own with dummies by up to 0.2 %.
observed("observed_negbin_two_way", fenegbin(events ~ x1 + x2 + treat + factor(firm) + factor(year), d,
                                             offset = ~ log(hours)))
hessian <- function(case, m) {
  X <- model.matrix(m)
  q <- 2 * m$y - 1
  lambda <- dnorm(q * m$linear.predictors) / pnorm(q * m$linear.predictors)
  B <- solve(crossprod(X, X * (lambda * (lambda + q * m$linear.predictors))))
  s <- X * (q * lambda)
  for (t in slopes) add(case, "iid", t, sqrt(diag(B))[[t]])
  for (t in slopes) add(case, "cluster", t, sqrt(diag(B %*% crossprod(rowsum(s, d$firm)) %*% B))[[t]])
}
hessian("observed_probit_two_way", glm(late ~ x1 + x2 + treat + factor(firm) + factor(year), binomial("probit"), d,
                                       control = tight))

# Average marginal effects with delta-method standard errors, all parameters random.
margins <- function(case, m, dens, slope, F, kinds) {
  at <- parts(m)
  X <- at$X; b <- coef(m); e <- as.vector(X %*% b)
  B <- at$B
  s <- at$s
  C <- B %*% crossprod(rowsum(s, d$firm)) %*% B
  for (t in slopes) {
    if (t == "treat") {
      X1 <- X0 <- X; X1[, t] <- 1; X0[, t] <- 0
      e1 <- as.vector(X1 %*% b); e0 <- as.vector(X0 %*% b)
      value <- mean(F(e1) - F(e0)); g <- colMeans(X1 * dens(e1) - X0 * dens(e0))
    } else {
      value <- b[[t]] * mean(dens(e)); g <- colMeans(X * slope(e)) * b[[t]]
      g[[t]] <- g[[t]] + mean(dens(e))
    }
    add(case, "margin", t, value)
    add(case, "margin_iid", t, sqrt(as.numeric(t(g) %*% B %*% g)))
    add(case, "margin_cluster", t, sqrt(as.numeric(t(g) %*% C %*% g)))
  }
}
dl <- function(e) dlogis(e); sl <- function(e) dlogis(e) * (1 - 2 * plogis(e))
dp <- function(e) dnorm(e); sp <- function(e) -e * dnorm(e)
margins("logit_plain", glm(yes ~ x1 + x2 + treat, binomial, d, control = tight), dl, sl, plogis)
margins("logit_two_way", glm(yes ~ x1 + x2 + treat + factor(firm) + factor(year), binomial, d, control = tight), dl, sl,
        plogis)
margins("probit_two_way", glm(late ~ x1 + x2 + treat + factor(firm) + factor(year), binomial("probit"), d,
                              control = tight), dp, sp, pnorm)

write.csv(do.call(rbind, rows), "expected.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "fixest", as.character(packageVersion("fixest")), "MASS", as.character(packageVersion("MASS")), nrow(d), "rows\n")
