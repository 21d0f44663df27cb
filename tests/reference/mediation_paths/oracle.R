# SPDX-License-Identifier: Apache-2.0
# Serial mediators, contrasts of indirect effects and numeric moderators in base R, with explicit matrices. Run in this folder:
# Rscript oracle.R. panel.csv: 16 units, 7 years (some rows missing), x, control z, moderator q, mediators m1 -> m2 -> m3, y, weight w.
set.seed(20250302)
U <- 16; T <- 7
d <- expand.grid(year = 2009 + seq_len(T), unit = sprintf("u%02d", seq_len(U)))[, 2:1]
u <- as.integer(factor(d$unit)); a <- rnorm(U)[u]; n <- nrow(d)
d$x <- round(rnorm(n) + .5 * a, 4); d$z <- round(rnorm(n) + .1 * (d$year - 2010), 4); d$q <- round(2 + .6 * rnorm(n) + .3 * a, 4)
d$m1 <- round((.3 + .3 * d$q) * d$x + .2 * d$z + a + rnorm(n), 4); d$m2 <- round(-.3 * d$x + .6 * d$m1 + .1 * d$q + rnorm(n), 4)
d$m3 <- round(.2 * d$x - .3 * d$m1 + .4 * d$m2 + a + rnorm(n), 4)
d$y <- round(.3 * d$x + .5 * d$m1 + .2 * d$q * d$m1 - .4 * d$m2 + .3 * d$m3 + .1 * d$z + a + .05 * (d$year - 2010) + rnorm(n), 4); d$w <- round(.5 + runif(n), 3)
d <- d[sort(sample(n, n - 9)), ]; rownames(d) <- NULL
write.csv(d, "panel.csv", row.names = FALSE, quote = FALSE)
out <- data.frame(); put <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = as.numeric(value)))

# Least squares of y on the columns of X (a named matrix) beside dummies of unit and year, or a constant. psi: what each row adds to
# each coefficient. The factor is that of a cluster-robust covariance where the units' dummies lie within the clusters.
ols <- function(s, y, X, effects, w) {
  D <- if (effects) cbind(model.matrix(~ 0 + factor(s$.copy)), model.matrix(~ factor(s$year))[, -1]) else matrix(1, nrow(s), 1)
  k <- ncol(X); Z <- cbind(X, D); q <- qr(Z * sqrt(w)); Z <- Z[, sort(q$pivot[seq_len(q$rank)])]; A <- solve(crossprod(Z * sqrt(w)))
  b <- drop(A %*% crossprod(Z, w * y)); r <- drop(y - Z %*% b); G <- length(unique(s$unit)); N <- nrow(s)
  K <- k + if (effects) length(unique(s$year)) else 1
  list(b = setNames(b[seq_len(k)], colnames(X)), psi = (Z %*% A[, seq_len(k)]) * w * r, factor = G / (G - 1) * (N - 1) / (N - K))
}
columns <- function(s, names) { X <- sapply(names, function(t) Reduce(`*`, s[strsplit(t, ":", fixed = TRUE)[[1]]])); colnames(X) <- names; X }
# equations: list(list(y =, x = c(...))); theta: list(c(equation, term)). Coefficients, and their covariance by units' sums.
system_of <- function(s, equations, theta, effects = TRUE, w = rep(1, nrow(s)), covariance = TRUE) {
  if (is.null(s$.copy)) s$.copy <- s$unit
  fits <- lapply(equations, function(e) ols(s, s[[e$y]], columns(s, e$x), effects, w))
  b <- sapply(theta, function(t) fits[[t$e]]$b[[t$x]]); if (!covariance) return(b)
  P <- sapply(theta, function(t) fits[[t$e]]$psi[, match(t$x, names(fits[[t$e]]$b))] * sqrt(fits[[t$e]]$factor))
  list(b = b, V = crossprod(rowsum(P, s$unit)), fits = fits)
}
th <- function(e, x) list(e = e, x = x)
gradient <- function(f, b) sapply(seq_along(b), function(i) { h <- 1e-4; up <- down <- b; up[i] <- b[i] + h; down[i] <- b[i] - h; (f(up) - f(down)) / (2 * h) })
# Central differences are exact up to the third derivative along one coefficient; every effect here is linear in each coefficient.
effect <- function(case, name, f, m) { g <- gradient(f, m$b); put(case, paste(name, "estimate"), f(m$b)); put(case, paste(name, "delta_se"), sqrt(drop(g %*% m$V %*% g))); put(case, paste(name, "sobel_se"), sqrt(sum(g^2 * diag(m$V)))) }
contrasts_of <- function(case, paths, m) { nm <- names(paths); for (i in seq_along(nm)) for (j in seq_along(nm)) if (i < j) effect(case, paste(nm[i], "less", nm[j]), function(t) paths[[i]](t) - paths[[j]](t), m) }
sum_of <- function(paths) function(t) sum(sapply(paths, function(p) p(t)))
check <- function(case, m, paths, s, total, direct, effects, w) { c0 <- system_of(s, list(total), list(th(1, "x")), effects, w, FALSE); c1 <- system_of(s, list(direct), list(th(1, "x")), effects, w, FALSE)
  stopifnot(abs(c0 - c1 - sum_of(paths)(m$b)) < 1e-9); put(case, "total", c0); put(case, "direct", c1) }

# --- two mediators in a row: theta = a1 a2 b1 b2 d12 --------------------------------------------------------------------------
two <- list(list(y = "m1", x = c("x", "z")), list(y = "m2", x = c("x", "z", "m1")), list(y = "y", x = c("x", "z", "m1", "m2")))
t2 <- list(th(1, "x"), th(2, "x"), th(3, "m1"), th(3, "m2"), th(2, "m1"))
p2 <- list("m1" = function(t) t[1] * t[3], "m2" = function(t) t[2] * t[4], "m1 -> m2" = function(t) t[1] * t[5] * t[4])
serial <- function(case, equations, theta, paths, effects, w) { m <- system_of(d, equations, theta, effects, w); for (p in names(paths)) effect(case, p, paths[[p]], m); effect(case, "sum", sum_of(paths), m)
  contrasts_of(case, paths, m); check(case, m, paths, d, list(y = "y", x = c("x", "z")), equations[[length(equations)]], effects, w) }
one <- rep(1, nrow(d))
serial("two", two, t2, p2, TRUE, one); serial("two weighted", two, t2, p2, TRUE, d$w); serial("two plain", two, t2, p2, FALSE, one)
# --- three: theta = a1 a2 a3 b1 b2 b3 d12 d13 d23 ------------------------------------------------------------------------------
three <- list(two[[1]], two[[2]], list(y = "m3", x = c("x", "z", "m1", "m2")), list(y = "y", x = c("x", "z", "m1", "m2", "m3")))
t3 <- list(th(1, "x"), th(2, "x"), th(3, "x"), th(4, "m1"), th(4, "m2"), th(4, "m3"), th(2, "m1"), th(3, "m1"), th(3, "m2"))
p3 <- list("m1" = function(t) t[1] * t[4], "m2" = function(t) t[2] * t[5], "m3" = function(t) t[3] * t[6], "m1 -> m2" = function(t) t[1] * t[7] * t[5], "m1 -> m3" = function(t) t[1] * t[8] * t[6],
  "m2 -> m3" = function(t) t[2] * t[9] * t[6], "m1 -> m2 -> m3" = function(t) t[1] * t[7] * t[9] * t[6])
serial("three", three, t3, p3, TRUE, one)
# --- in parallel: theta = a1 a2 a3 b1 b2 b3 -------------------------------------------------------------------------------------
side <- c(lapply(c("m1", "m2", "m3"), function(m) list(y = m, x = c("x", "z"))), list(three[[4]])); ts <- list(th(1, "x"), th(2, "x"), th(3, "x"), th(4, "m1"), th(4, "m2"), th(4, "m3"))
ps <- list("m1" = function(t) t[1] * t[4], "m2" = function(t) t[2] * t[5], "m3" = function(t) t[3] * t[6]); serial("parallel", side, ts, ps, TRUE, d$w)

# --- a numeric moderator q: theta = a0, a1 (first, both), b0, b1 (second, both) ----------------------------------------------------
at <- mean(d$q) + c(-1, 0, 1) * sd(d$q); names(at) <- c("low", "mean", "high"); for (h in names(at)) put("moderator", h, at[[h]])
stages <- list(
  first = list(equations = list(list(y = "m1", x = c("x", "z", "q", "x:q")), list(y = "y", x = c("x", "z", "q", "m1"))), theta = list(th(1, "x"), th(1, "x:q"), th(2, "m1")), at = function(w) function(t) (t[1] + t[2] * w) * t[3], index = function(t) t[2] * t[3]),
  second = list(equations = list(list(y = "m1", x = c("x", "z", "q")), list(y = "y", x = c("x", "z", "q", "m1", "m1:q"))), theta = list(th(1, "x"), th(2, "m1"), th(2, "m1:q")), at = function(w) function(t) t[1] * (t[2] + t[3] * w), index = function(t) t[1] * t[3]),
  both = list(equations = list(list(y = "m1", x = c("x", "z", "q", "x:q")), list(y = "y", x = c("x", "z", "q", "m1", "m1:q"))), theta = list(th(1, "x"), th(1, "x:q"), th(2, "m1"), th(2, "m1:q")), at = function(w) function(t) (t[1] + t[2] * w) * (t[3] + t[4] * w), index = NULL))
for (weighted in c(FALSE, TRUE)) for (stage in names(stages)) { s <- stages[[stage]]; case <- paste0(stage, if (weighted) " weighted" else ""); m <- system_of(d, s$equations, s$theta, TRUE, if (weighted) d$w else one)
  for (h in names(at)) effect(case, h, s$at(at[[h]]), m); effect(case, "high less low", function(t) s$at(at[["high"]])(t) - s$at(at[["low"]])(t), m); if (!is.null(s$index)) effect(case, "index", s$index, m) }

# --- the same draws of units: copies of a unit have dummies of their own -------------------------------------------------------------
ids <- unique(d$unit); counts <- t(replicate(25, tabulate(sample.int(U, U, TRUE), U))); write.table(counts, "draws.txt", row.names = FALSE, col.names = FALSE)
drawn <- function(n) { rows <- copy <- c(); k <- 0; for (g in seq_len(U)) for (r in seq_len(n[g])) { k <- k + 1; i <- which(d$unit == ids[g]); rows <- c(rows, i); copy <- c(copy, rep(k, length(i))) }; s <- d[rows, ]; s$.copy <- copy; s }
for (r in seq_len(nrow(counts))) { s <- drawn(counts[r, ]); case <- paste("draw", r)
  for (weighted in c(FALSE, TRUE)) { w <- if (weighted) s$w else rep(1, nrow(s)); tail <- if (weighted) " weighted" else ""
    b <- system_of(s, two, t2, TRUE, w, FALSE); for (p in names(p2)) put(case, paste0(p, tail), p2[[p]](b))
    b <- system_of(s, stages$first$equations, stages$first$theta, TRUE, w, FALSE); put(case, paste0("index", tail), stages$first$index(b))
    b <- system_of(s, stages$both$equations, stages$both$theta, TRUE, w, FALSE); put(case, paste0("high less low", tail), stages$both$at(at[["high"]])(b) - stages$both$at(at[["low"]])(b)) } }
write.table(transform(out, value = sprintf("%.17g", value)), "expected.csv", sep = ",", row.names = FALSE, quote = FALSE)
cat(nrow(out), "numbers\n")
