# SPDX-License-Identifier: Apache-2.0
# Marginal effects, the U-shape test and panel thresholds in base R, with explicit matrices. Run in this folder: Rscript oracle.R
# panel.csv: 25 units, 8 years, balanced: x, z, moderator w, region by unit, threshold variable q.
set.seed(20240915)
N <- 25; T <- 8
d <- expand.grid(year = 2009 + seq_len(T), unit = sprintf("u%02d", seq_len(N)))[, 2:1]
u <- as.integer(factor(d$unit)); n <- nrow(d); a <- rnorm(N)[u]
d$region <- c("East", "Middle", "West")[u %% 3 + 1]
d$x <- round(runif(n, 0, 4) + .2 * a, 4); d$z <- round(rnorm(n), 4); d$w <- round(rnorm(n) + .3 * a, 4)
d$q <- round(runif(n) + .05 * a, 4)
d$y <- round((.4 + 1.1 * (d$q > .35) + .9 * (d$q > .7)) * d$x + .3 * d$z + a + .1 * (d$year - 2010) + .6 * rnorm(n), 4)
d$v <- round(1.2 * d$x - .3 * d$x^2 + .5 * d$w * d$x + .3 * (d$region == "West") * d$x + .2 * d$z + a + .7 * rnorm(n), 4)
write.csv(d, "panel.csv", row.names = FALSE, quote = FALSE)
out <- data.frame(); put <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = as.numeric(value)))

D <- cbind(model.matrix(~ 0 + factor(unit), d), model.matrix(~ factor(year), d)[, -1])
M <- function(v) { v <- as.matrix(v); qr.resid(qr(D), v) }
# y on X after unit and year effects, clustered by unit, no small-sample factor, t(N - 1)
fit <- function(y, X) { Xt <- M(X); yt <- drop(M(y)); A <- solve(crossprod(Xt)); b <- drop(A %*% crossprod(Xt, yt)); r <- yt - drop(Xt %*% b)
  S <- rowsum(Xt * r, u); list(b = b, V = A %*% crossprod(S) %*% A, rss = sum(r^2), r = r, Xt = Xt, yt = yt) }

# --- marginal effects: v on x, x w, w, z
f <- fit(d$v, cbind(x = d$x, w = d$w, xw = d$x * d$w, z = d$z))
pct <- function(x, p) { s <- sort(x); h <- length(s) * p / 100; if (abs(h - round(h)) < 1e-9) mean(s[c(h, min(h + 1, length(s)))]) else s[ceiling(h)] }
for (p in c(10, 25, 50, 75, 90)) { v <- pct(d$w, p); g <- c(1, 0, v, 0); e <- sum(g * f$b); se <- sqrt(drop(g %*% f$V %*% g)); k <- paste("w", p)
  put("marginal", paste(k, "value"), v); put("marginal", paste(k, "estimate"), e); put("marginal", paste(k, "std_error"), se)
  put("marginal", paste(k, "low"), e - qt(.975, N - 1) * se); put("marginal", paste(k, "p"), 2 * pt(-abs(e / se), N - 1)) }
# groups: v on x and x in Middle and West
R <- cbind(x = d$x, m = d$x * (d$region == "Middle"), w = d$x * (d$region == "West"), z = d$z); f <- fit(d$v, R)
for (k in 1:3) { g <- c(1, k == 2, k == 3, 0); put("groups", paste(c("East", "Middle", "West")[k], "estimate"), sum(g * f$b)); put("groups", paste(c("East", "Middle", "West")[k], "std_error"), sqrt(drop(g %*% f$V %*% g))) }
# along x itself: v on x, x^2, z, at 1, 2, 3
f <- fit(d$v, cbind(x = d$x, x2 = d$x^2, z = d$z))
for (v in 1:3) { g <- c(1, 2 * v, 0); put("along", paste(v, "estimate"), sum(g * f$b)); put("along", paste(v, "std_error"), sqrt(drop(g %*% f$V %*% g))) }

# --- U shape (Lind & Mehlum): the same regression
b <- f$b; V <- f$V; lo <- min(d$x); hi <- max(d$x); sl <- function(v) b[1] + 2 * v * b[2]; ses <- function(v) { g <- c(1, 2 * v); sqrt(drop(g %*% V[1:2, 1:2] %*% g)) }
t1 <- sl(lo) / ses(lo); t2 <- sl(hi) / ses(hi)
put("ushape", "slope_low", sl(lo)); put("ushape", "t_low", t1); put("ushape", "slope_high", sl(hi)); put("ushape", "t_high", t2)
put("ushape", "t", min(abs(t1), abs(t2))); put("ushape", "p", max(pt(-abs(t1), N - 1), pt(-abs(t2), N - 1)))
e <- -b[1] / (2 * b[2]); g <- c(-1 / (2 * b[2]), b[1] / (2 * b[2]^2)); put("ushape", "extreme", e); put("ushape", "extreme_se", sqrt(drop(g %*% V[1:2, 1:2] %*% g)))
tq <- qt(.975, N - 1); fi <- function(m) sl(m)^2 - tq^2 * ses(m)^2   # Fieller: roots by bisection, not by the quadratic
put("ushape", "fieller_low", uniroot(fi, c(e - 20, e), tol = 1e-13)$root); put("ushape", "fieller_high", uniroot(fi, c(e, e + 20), tol = 1e-13)$root)

# --- thresholds: y on x by regimes of q, z; brute force
ssr <- function(cuts) { X <- sapply(seq_len(length(cuts) + 1), function(r) d$x * (d$q > c(-Inf, cuts)[r] & d$q <= c(cuts, Inf)[r])); fit(d$y, cbind(X, z = d$z)) }
trim <- .1; least <- ceiling(trim * n); s <- sort(unique(d$q)); cand <- s[sapply(s, function(v) sum(d$q <= v) >= least && sum(d$q > v) >= least)]
room <- function(cuts) all(diff(c(0, sapply(sort(cuts), function(v) sum(d$q <= v)), n)) >= least)
path <- function(fixed) sapply(cand, function(v) if (room(c(fixed, v))) ssr(sort(c(fixed, v)))$rss else Inf)
S0 <- ssr(numeric(0))$rss; p1 <- path(numeric(0)); g1 <- cand[which.min(p1)]; S1 <- min(p1)
p2 <- path(g1); g2 <- cand[which.min(p2)]; p1r <- path(g2); g1r <- cand[which.min(p1r)]; S2 <- min(p1r)
p3 <- path(c(g1r, g2)); g3 <- cand[which.min(p3)]; S3 <- min(p3); df <- N * (T - 1)
put("threshold", "candidates", length(cand)); put("threshold", "ssr 0", S0); put("threshold", "ssr 1", S1); put("threshold", "ssr 2", S2); put("threshold", "ssr 3", S3)
put("threshold", "f 1", (S0 - S1) / (S1 / df)); put("threshold", "f 2", (S1 - S2) / (S2 / df)); put("threshold", "f 3", (S2 - S3) / (S3 / df))
put("threshold", "one", g1); cc <- -2 * log(1 - sqrt(.95)); put("threshold", "critical", cc)
LR <- (p1 - S1) / (S1 / df); put("threshold", "one low", min(cand[LR <= cc])); put("threshold", "one high", max(cand[LR <= cc])); for (i in c(1, 20, 60, length(cand))) { put("threshold", paste("at", i), cand[i]); put("threshold", paste("ratio", i), LR[i]) }
two <- sort(c(g1r, g2)); put("threshold", "two first", two[1]); put("threshold", "two second", two[2])
for (k in 1:2) { p <- path(two[-k]); L <- (p - min(p)) / (S2 / df); put("threshold", paste("two", k, "low"), min(cand[L <= cc])); put("threshold", paste("two", k, "high"), max(cand[L <= cc])) }
m <- ssr(two); for (r in 1:3) { put("threshold", paste("regime", r, "estimate"), m$b[r]); put("threshold", paste("regime", r, "std_error"), sqrt(m$V[r, r])) }
for (r in 1:3) put("threshold", paste("regime", r, "n"), sum(d$q > c(-Inf, two)[r] & d$q <= c(two, Inf)[r]))
write.csv(transform(out, value = format(value, digits = 16, trim = TRUE)), "expected.csv", row.names = FALSE, quote = FALSE)
