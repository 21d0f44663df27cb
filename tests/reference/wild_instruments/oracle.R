# SPDX-License-Identifier: Apache-2.0
# Wild restricted efficient bootstrap of 2SLS by explicit matrices and full enumeration: every replicate makes both
# equations anew and is a 2SLS regression on all dummies. Writes panel.csv and expected.csv.
#   Rscript oracle.R        (base R only)
set.seed(41)
units <- 18; years <- 5; G <- 6
panel <- expand.grid(year = 1:years, unit = 1:units)
panel$cluster <- (panel$unit - 1) %/% 3 + 1
panel$half <- (panel$cluster - 1) %/% 2 + 1
n <- nrow(panel)
common <- function() matrix(rnorm(G * years), G)[cbind(panel$cluster, panel$year)]
error <- rnorm(n) + 0.7 * common()
panel$z1 <- rnorm(n) + common(); panel$z2 <- rnorm(n) + 0.5 * common(); panel$z3 <- rnorm(n)
panel$x <- rnorm(n) + 0.3 * panel$z1
panel$d <- 0.5 * panel$z1 + 0.4 * panel$z2 + 0.3 * panel$x + 0.6 * error + rnorm(n) + rnorm(units)[panel$unit]
panel$e <- 0.6 * panel$z3 - 0.3 * panel$z2 - 0.4 * error + rnorm(n)
panel$w <- sample(1:3, n, TRUE) / 2
panel$y <- 0.5 * panel$d - 0.4 * panel$e + 0.3 * panel$x + rnorm(units)[panel$unit] + 0.2 * panel$year + error
for (name in c("z1", "z2", "z3", "x", "d", "e", "y")) panel[[name]] <- round(panel[[name]], 4)
write.csv(panel, "panel.csv", row.names = FALSE, quote = FALSE)

signs <- function(groups) 1 - 2 * (sapply(0:(2^groups - 1), function(r) bitwAnd(bitwShiftR(r, 0:(groups - 1)), 1)))
dummies <- function(effects) {
  D <- if ("unit" %in% effects) model.matrix(~ 0 + factor(unit), panel) else matrix(1, n, 1)
  if ("year" %in% effects) D <- cbind(D, model.matrix(~ factor(year), panel)[, -1])
  D
}
# Weighted by rows times the root of the weight, everywhere below.
fitted_by <- function(Z, A) qr.fitted(qr(Z, tol = 1e-11), A)
k_class <- function(y, X, Z, k) {
  M <- X - k * (X - fitted_by(Z, X))
  solve(crossprod(M, X), crossprod(M, y))
}
# Smallest root for the endogenous columns Y given the included exogenous ones.
liml_k <- function(y, Y, X1, Z) {
  W <- cbind(y, Y)
  min(Re(eigen(solve(crossprod(W - fitted_by(Z, W)), crossprod(W - fitted_by(X1, W))))$values))
}

run <- function(effects, weighted, endogenous, instruments, hypothesis, r, restricted, stat, draws = "cluster", ends = FALSE) {
  w <- if (weighted) panel$w / mean(panel$w) else rep(1, n); root <- sqrt(w)
  D <- dummies(effects) * root
  x <- panel$x * root; y <- panel$y * root
  Y2 <- as.matrix(panel[, endogenous, drop = FALSE]) * root
  Z1 <- as.matrix(panel[, instruments, drop = FALSE]) * root
  Z <- cbind(Z1, x, D); K1 <- ncol(Y2)
  X <- cbind(Y2, x, D)
  k <- K1 + 1 + ("year" %in% effects) * (years - 1) + 1      # nested effects do not count, one constant does
  contrast <- rep(0, ncol(X)); names(contrast) <- c(endogenous, "x", rep("", ncol(D)))
  for (name in strsplit(hypothesis, "+", fixed = TRUE)[[1]]) contrast[name] <- 1
  over <- length(instruments) > K1
  # The model under the hypothesis, by substitution of the first coefficient in it.
  structural <- function(r) {
    first <- which(contrast != 0)[1]; second <- setdiff(which(contrast != 0), first)
    X0 <- X; for (j in second) X0[, j] <- X[, j] - X[, first]
    y0 <- if (restricted) y - r * X[, first] else y
    keep <- if (restricted) setdiff(seq_len(ncol(X)), first) else seq_len(ncol(X))
    Xk <- if (restricted) X0[, keep, drop = FALSE] else X
    inside <- colSums((Xk - fitted_by(Z, Xk))^2) < 1e-18 * colSums(Xk^2)
    kappa <- if (over && any(!inside)) liml_k(y0, Xk[, !inside], Xk[, inside], Z) else 1
    phi <- as.vector(k_class(y0, Xk, Z, kappa))
    if (!restricted) return(phi)
    b <- rep(0, ncol(X)); b[keep] <- phi; b[first] <- r - sum(b[second])
    b
  }
  two_stage <- function(y, X) {
    Xh <- fitted_by(Z, X); B <- solve(crossprod(Xh)); b <- as.vector(B %*% crossprod(Xh, y))
    u <- as.vector(y - X %*% b)
    S <- rowsum(Xh * u, panel$cluster)
    V <- B %*% crossprod(S) %*% B * G / (G - 1) * (n - 1) / (n - k)
    c(sum(contrast * b), sqrt(drop(t(contrast) %*% V %*% contrast)))
  }
  # Wald statistic of the excluded instruments in the reduced form, no factor.
  anderson_rubin <- function(y0) {
    X1 <- cbind(x, D); Zt <- Z1 - fitted_by(X1, Z1); yt <- y0 - fitted_by(X1, y0)
    B <- solve(crossprod(Zt)); b <- B %*% crossprod(Zt, yt); u <- as.vector(yt - Zt %*% b)
    V <- B %*% crossprod(rowsum(Zt * u, panel$cluster)) %*% B
    drop(t(b) %*% solve(V, b))
  }
  v_all <- signs(max(panel[[draws]]))
  at <- function(r) {
    b <- structural(r); u1 <- as.vector(y - X %*% b)
    P <- qr.coef(qr(cbind(Z, u1), tol = 1e-11), Y2); P[is.na(P)] <- 0
    Pi <- P[seq_len(ncol(Z)), , drop = FALSE]; U2 <- Y2 - Z %*% Pi
    value <- if (restricted) r else sum(contrast * b)
    t_star <- apply(v_all, 2, function(v) {
      v <- v[panel[[draws]]]
      Y2s <- Z %*% Pi + v * U2; Xs <- cbind(Y2s, x, D); ys <- as.vector(Xs %*% b + v * u1)
      if (stat == "ar") return(anderson_rubin(as.vector(ys - value * Y2s)))
      s <- two_stage(ys, Xs); (s[1] - value) / s[2]
    })
    s <- two_stage(y, X)
    t0 <- if (stat == "ar") anderson_rubin(as.vector(y - r * Y2)) else (s[1] - r) / s[2]
    slack <- 1e-10 * abs(t0)
    list(t0 = t0, t_star = t_star, p = mean(abs(t_star) >= abs(t0) - slack),
         equal = min(1, 2 * min(mean(t_star <= t0 + slack), mean(t_star >= t0 - slack))), b = s[1], se = s[2])
  }
  one <- at(r)
  low <- high <- NA
  if (ends) {      # the first change of the verdict at 70 % on either side of the estimate, steps of a quarter
    kept <- function(v) at(v)$p > 0.3
    end <- function(sign) {
      inside <- one$b; outside <- one$b + sign * one$se / 4
      while (kept(outside)) { inside <- outside; outside <- outside + sign * one$se / 4 }
      for (i in 1:50) { middle <- (inside + outside) / 2; if (kept(middle)) inside <- middle else outside <- middle }
      (inside + outside) / 2
    }
    low <- end(-1); high <- end(1)
  }
  c(one$b, one$se, one$t0, one$p, if (stat == "ar") NA else one$equal, mean(abs(one$t_star)), one$t_star[2],
    one$t_star[length(one$t_star) - 2], low, high)
}

cases <- list()
add <- function(effects, weighted, endogenous, instruments, hypothesis, r, restricted, stat, draws = "cluster", ends = FALSE) {
  numbers <- run(strsplit(effects, " ")[[1]], weighted, endogenous, instruments, hypothesis, r, restricted, stat, draws, ends)
  cases[[length(cases) + 1]] <<- paste(c(effects, if (weighted) "weighted" else "plain", paste(endogenous, collapse = " + "),
    paste(instruments, collapse = " + "), hypothesis, r, restricted, stat, draws, format(numbers, digits = 17, trim = TRUE)), collapse = ",")
}
two <- c("z1", "z2"); three <- c("z1", "z2", "z3")
for (effects in c("none", "unit", "unit year")) {
  add(effects, FALSE, "d", "z1", "d", 0, TRUE, "t", ends = effects == "none")
  add(effects, FALSE, "d", two, "d", 0.4, TRUE, "t", ends = effects == "unit year")
  add(effects, FALSE, "d", two, "d", 0, FALSE, "t")
  add(effects, FALSE, "d", "z1", "d", 0.2, TRUE, "ar", ends = effects == "unit year")
  add(effects, FALSE, "d", two, "d", 0.2, TRUE, "ar", ends = effects == "none")
  add(effects, TRUE, "d", two, "d", 0.3, TRUE, "t")
  add(effects, FALSE, "d", two, "x", 0, TRUE, "t")
  add(effects, FALSE, "d", "z1", "x", 0.1, TRUE, "t")
  add(effects, FALSE, "d", two, "d+x", 0.5, TRUE, "t")
  add(effects, FALSE, c("d", "e"), three, "d", 0.3, TRUE, "t")
  add(effects, FALSE, c("d", "e"), three, "e", 0, FALSE, "t")
}
add("unit year", TRUE, "d", two, "d", 0.3, TRUE, "ar")
add("unit year", FALSE, "d", two, "d", 0.3, TRUE, "t", "half")
add("none", FALSE, "d", two, "d", 0.3, TRUE, "ar", "half")
writeLines(c("effects,weights,endogenous,instruments,hypothesis,value,restricted,stat,draws,estimate,se,statistic,p,p_equal,mean_abs,second,third_last,low,high",
             unlist(cases)), "expected.csv")
