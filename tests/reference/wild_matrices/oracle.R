# SPDX-License-Identifier: Apache-2.0
# Wild cluster bootstrap by explicit matrices and full enumeration: every replicate is a regression on all dummies, and
# every leave-one-cluster-out fit is a regression without the cluster's rows. Writes panel.csv and expected.csv.
#   Rscript oracle.R        (base R only)
set.seed(20)
units <- 18; years <- 5; G <- 6
panel <- expand.grid(year = 1:years, unit = 1:units)
panel$cluster <- (panel$unit - 1) %/% 3 + 1
panel$half <- (panel$cluster - 1) %/% 2 + 1
shock <- matrix(rnorm(G * years), G)
panel$x1 <- rnorm(nrow(panel)) + shock[cbind(panel$cluster, panel$year)]
panel$x2 <- rnorm(nrow(panel)) + 0.3 * panel$x1
panel$w <- sample(1:3, nrow(panel), TRUE) / 2
panel$y <- 0.4 * panel$x1 - panel$x2 + rnorm(units)[panel$unit] + 0.2 * panel$year +
  0.8 * matrix(rnorm(G * years), G)[cbind(panel$cluster, panel$year)] + rnorm(nrow(panel))
for (name in c("x1", "x2", "y")) panel[[name]] <- round(panel[[name]], 4)
write.csv(panel, "panel.csv", row.names = FALSE, quote = FALSE)

signs <- function(groups) 1 - 2 * (sapply(0:(2^groups - 1), function(r) bitwAnd(bitwShiftR(r, 0:(groups - 1)), 1)))
inverse <- function(A) {            # generalised, on unit diagonal
  d <- ifelse(diag(A) > 1e-12 * max(diag(A)), 1 / sqrt(diag(A)), 0); e <- eigen(A * outer(d, d), symmetric = TRUE)
  keep <- e$values > 1e-10 * max(e$values)
  V <- e$vectors[, keep, drop = FALSE]
  (V %*% (t(V) / e$values[keep])) * outer(d, d)
}

design <- function(effects) {
  Z <- as.matrix(panel[, c("x1", "x2")])
  if ("unit" %in% effects) Z <- cbind(Z, model.matrix(~ 0 + factor(unit), panel)) else Z <- cbind(Z, 1)
  if ("year" %in% effects) Z <- cbind(Z, model.matrix(~ factor(year), panel)[, -1])
  Z
}

ls <- function(Z, y, w, keep = rep(TRUE, length(y))) {
  Zk <- Z[keep, , drop = FALSE]
  inverse(crossprod(Zk, w[keep] * Zk)) %*% crossprod(Zk, w[keep] * y[keep])
}

# Rows of `R` restrict the coefficients of x1, x2; the particular solution and free directions by substitution.
restricted_ls <- function(Z, y, w, R, r, keep = rep(TRUE, length(y))) {
  Rf <- cbind(R, matrix(0, nrow(R), ncol(Z) - 2))
  N <- qr.Q(qr(t(Rf)), complete = TRUE)[, -(1:nrow(R)), drop = FALSE]
  b0 <- t(Rf) %*% solve(Rf %*% t(Rf), r)
  b0 + N %*% ls(Z %*% N, y - Z %*% b0, w, keep)
}

statistic <- function(Z, y, w, R, r, cv3, k, cluster) {
  b <- ls(Z, y, w); Rf <- cbind(R, matrix(0, nrow(R), ncol(Z) - 2)); n <- length(y)
  u <- as.vector(y - Z %*% b)
  if (cv3) {
    V <- 0
    for (g in 1:G) { d <- Rf %*% (ls(Z, y, w, cluster != g) - b); V <- V + d %*% t(d) }
    V <- V * (G - 1) / G
  } else {
    B <- inverse(crossprod(Z, w * Z)); S <- rowsum(Z * (w * u), cluster)
    V <- Rf %*% B %*% crossprod(S) %*% B %*% t(Rf) * G / (G - 1) * (n - 1) / (n - k)
  }
  d <- Rf %*% b - r
  if (nrow(R) == 1) as.numeric(d / sqrt(V)) else as.numeric(t(d) %*% solve(V, d)) / nrow(R)
}

residuals_for_draws <- function(Z, y, w, R, r, restricted, jackknife, cluster) {
  fit <- function(keep) if (restricted) restricted_ls(Z, y, w, R, r, keep) else ls(Z, y, w, keep)
  b <- fit(rep(TRUE, length(y))); u <- as.vector(y - Z %*% b)
  if (jackknife) for (g in 1:G) u[cluster == g] <- as.vector(y - Z %*% fit(cluster != g))[cluster == g]
  list(fitted = as.vector(Z %*% b), u = u, b = b)
}

run <- function(effects, weighted, R, r, type, restricted, draws = "cluster") {
  Z <- design(effects); y <- panel$y; w <- if (weighted) panel$w / mean(panel$w) else rep(1, nrow(panel))
  k <- 2 + ("year" %in% effects) * (years - 1) + 1      # nested effects do not count, one constant does
  jackknife <- type %in% c(31, 33); cv3 <- type %in% c(13, 33)
  t0 <- statistic(Z, y, w, R, r, cv3, k, panel$cluster)
  parts <- residuals_for_draws(Z, y, w, R, r, restricted, jackknife, panel$cluster)
  r_star <- if (restricted) r else as.vector(cbind(R, matrix(0, nrow(R), ncol(Z) - 2)) %*% parts$b)
  V <- signs(max(panel[[draws]]))
  t_star <- apply(V, 2, function(v)
    statistic(Z, parts$fitted + v[panel[[draws]]] * parts$u, w, R, r_star, cv3, k, panel$cluster))
  slack <- 1e-10 * abs(t0)
  c(t0, mean(abs(t_star) >= abs(t0) - slack),
    if (nrow(R) == 1) min(1, 2 * min(mean(t_star <= t0 + slack), mean(t_star >= t0 - slack))) else NA,
    mean(abs(t_star)), mean(t_star^3), t_star[2], t_star[length(t_star) - 2])
}

one <- matrix(c(1, 0), 1); sum_of_two <- matrix(c(1, 1), 1); both <- diag(2)
cases <- list()
add <- function(name, ...) cases[[length(cases) + 1]] <<- c(name, format(run(...), digits = 17, trim = TRUE))
for (restricted in c(TRUE, FALSE)) for (type in c(11, 31, 13, 33)) for (effects in c("none", "unit", "unit year")) {
  fe <- strsplit(effects, " ")[[1]]
  if (restricted || effects != "none") for (value in c(0, 0.5)) {
    if (!restricted && value != 0) next
    add(paste(effects, "plain x1", value, type, restricted, "cluster", sep = ","), fe, FALSE, one, value, type, restricted)
  }
}
for (type in c(11, 33)) {
  add(paste("unit year,weighted,x1", 0.2, type, TRUE, "cluster", sep = ","), c("unit", "year"), TRUE, one, 0.2, type, TRUE)
  add(paste("unit year,plain,x1+x2", -0.5, type, TRUE, "cluster", sep = ","), c("unit", "year"), FALSE, sum_of_two, -0.5, type, TRUE)
  add(paste("unit year,plain,both", "0.3;-1", type, TRUE, "cluster", sep = ","), c("unit", "year"), FALSE, both, c(0.3, -1), type, TRUE)
}
add(paste("unit,plain,both", "0.3;-1", 31, TRUE, "cluster", sep = ","), "unit", FALSE, both, c(0.3, -1), 31, TRUE)
add(paste("unit year,plain,x1", 0.2, 11, TRUE, "half", sep = ","), c("unit", "year"), FALSE, one, 0.2, 11, TRUE, "half")
add(paste("unit year,plain,x1", 0.2, 13, TRUE, "half", sep = ","), c("unit", "year"), FALSE, one, 0.2, 13, TRUE, "half")
header <- "effects,weights,term,value,type,restricted,draws,statistic,p,p_equal,mean_abs,mean_cube,second,third_last"
lines <- sapply(cases, function(case) paste(case, collapse = ","))
lines <- sub("plain x1", "plain,x1", lines)
writeLines(c(header, lines), "expected.csv")
