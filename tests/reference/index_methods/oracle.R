# SPDX-License-Identifier: Apache-2.0
# Weightings, normalisations, aggregations, treatments and imputations of an index by explicit formulas.
# Base R; quadprog for the weights of largest correlation. Run here: Rscript oracle.R
options(digits = 17)
p <- read.csv("data.csv")
v <- setdiff(names(p), c("province", "year"))
sign <- c(1, 1, -1, 1, -1, 1, 1)                     # websites and purchases: less is better, to have both directions
dimension <- c("money", "money", "digital", "money", "money", "digital", "digital")
X <- as.matrix(p[v]); n <- nrow(X); m <- ncol(X); shown <- seq(1, n, 10)
out <- list()
put <- function(quantity, name, item, value) out[[length(out) + 1]] <<- data.frame(quantity, name, item, value = sprintf("%.17g", value))
put_rows <- function(quantity, name, s) for (i in shown) put(quantity, name, i, s[i])
share <- function(w) w / sum(w)

# --- normalisations -----------------------------------------------------------------------------------------------
target <- 0.9 * apply(X, 2, max) + 0.1 * apply(X, 2, min); target[sign < 0] <- (0.1 * apply(X, 2, max) + 0.9 * apply(X, 2, min))[sign < 0]
Y <- sweep(X, 2, sign, "*")
each <- function(f) sapply(seq_len(m), f)
N <- list(
  minmax = each(function(j) { x <- X[, j]; r <- (x - min(x)) / (max(x) - min(x)); if (sign[j] > 0) r else 1 - r }),
  zscore = each(function(j) (Y[, j] - mean(Y[, j])) / sd(Y[, j])),
  rank = each(function(j) (rank(Y[, j]) - 1) / (n - 1)),
  percentile = each(function(j) (rank(Y[, j], ties.method = "min") - 1) / (n - 1)),
  borda = each(function(j) rank(Y[, j], ties.method = "min") - 1),
  target = each(function(j) { x <- X[, j]; pmin(if (sign[j] > 0) (x - min(x)) / (target[j] - min(x)) else (max(x) - x) / (max(x) - target[j]), 1) }),
  max = each(function(j) if (sign[j] > 0) X[, j] / max(X[, j]) else min(X[, j]) / X[, j]),
  none = Y)
for (k in names(N)) for (j in 1:m) for (i in shown) put("normalised", k, paste(i, v[j], sep = ":"), N[[k]][i, j])
for (j in 1:m) put("target", "target", v[j], target[j])
low <- apply(X, 2, quantile, 0.3, type = 1); high <- apply(X, 2, quantile, 0.6, type = 1)
for (j in 1:m) { put("interval_low", "", v[j], low[j]); put("interval_high", "", v[j], high[j])
  d <- ifelse(X[, j] < low[j], low[j] - X[, j], ifelse(X[, j] > high[j], X[, j] - high[j], 0))
  for (i in shown) put("interval", "", paste(i, v[j], sep = ":"), 1 - d[i] / max(d)) }
# goalposts of 2015 for all years
b <- p$year == 2015
base <- each(function(j) { x <- X[, j]; r <- (x - min(x[b])) / (max(x[b]) - min(x[b])); if (sign[j] > 0) r else 1 - r })
for (j in 1:m) for (i in shown) put("normalised", "base", paste(i, v[j], sep = ":"), base[i, j])

# --- weights on min-max cells --------------------------------------------------------------------------------------
Z <- N$minmax; R <- cor(Z); s <- apply(Z, 2, sd)
entropy <- function(Z) { P <- sweep(Z, 2, colSums(Z), "/"); e <- -colSums(ifelse(P > 0, P * log(P), 0)) / log(nrow(Z)); share(1 - e) }
gini <- function(x) sum(abs(outer(x, x, "-"))) / (2 * length(x)^2 * mean(x))
merec <- function() { q <- abs(log(each(function(j) if (sign[j] > 0) min(X[, j]) / X[, j] else X[, j] / max(X[, j])))); S <- log(1 + rowSums(q) / m)
  share(each(function(j) sum(abs(log(1 + rowSums(q[, -j]) / m) - S)))) }
# varimax stops where the criterion no longer grows, 1e-8 from its maximum: the last turn is the root of the criterion's slope
turned <- function(L) { stopifnot(ncol(L) == 2); h <- sqrt(rowSums(L^2)); B <- L / h; at <- function(a) cbind(cos(a) * B[, 1] + sin(a) * B[, 2], cos(a) * B[, 2] - sin(a) * B[, 1])
  slope <- function(a) { b <- at(a); mean(b[, 1]^3 * b[, 2]) - mean(b[, 1]^2) * mean(b[, 1] * b[, 2]) - mean(b[, 2]^3 * b[, 1]) + mean(b[, 2]^2) * mean(b[, 1] * b[, 2]) }
  h * at(uniroot(slope, c(-1e-3, 1e-3), tol = 1e-16)$root) }
factor_weights <- function() { e <- eigen(R, symmetric = TRUE); k <- max(1, sum(e$values > 1)); L <- e$vectors[, 1:k, drop = FALSE] %*% diag(sqrt(e$values[1:k]), k)
  if (k > 1) L <- turned(unclass(varimax(L, normalize = TRUE, eps = 1e-15)$loadings)); share(apply(L^2, 1, max)) }
optimised <- function() { q <- quadprog::solve.QP(R, rep(1, m), diag(m), rep(0, m)); u <- ifelse(abs(q$solution) < 1e-10, 0, q$solution); share(u / s) }
A <- outer(c(3, 1, 2, 4, 1, 2, 5), c(3, 1, 2, 4, 1, 2, 5), "/"); A[1, 2] <- 5; A[2, 1] <- 1/5; A[3, 7] <- 1/4; A[7, 3] <- 4
ahp <- eigen(A); lambda <- Re(ahp$values[1])
W <- list(equal = rep(1/m, m), entropy = entropy(Z), critic = share(s * colSums(1 - R)), sd = share(s), cv = share(apply(X, 2, sd) / abs(colMeans(X))),
  cv_normalised = share(s / colMeans(Z)), gini = share(apply(Z, 2, gini)), merec = merec(), factor = factor_weights(), correlation = optimised(),
  ahp = share(abs(Re(ahp$vectors[, 1]))))
pair <- cbind(W$entropy, W$critic, W$gini)
W$linear <- drop(pair %*% c(0.5, 0.3, 0.2))
W$product <- share(exp(rowMeans(log(pair))))
W$game <- { a <- abs(solve(crossprod(pair), diag(crossprod(pair)))); share(drop(pair %*% (a / sum(a)))) }
for (k in names(W)) for (j in 1:m) put("weight", k, v[j], W[[k]][j])
put("cr", "ahp", "", (lambda - m) / (m - 1) / 1.32)

# --- aggregations under entropy weights ------------------------------------------------------------------------------
w <- W$entropy; C <- 0.05 + 0.95 * Z                 # positive cells for means: fixed goalposts that leave 0.05 below the minimum
best <- apply(Z, 2, max); worst <- apply(Z, 2, min)
topsis <- { p1 <- sqrt(rowSums(sweep(sweep(Z, 2, best), 2, w, "*")^2)); p0 <- sqrt(rowSums(sweep(sweep(Z, 2, worst), 2, w, "*")^2)); p0 / (p0 + p1) }
vikor <- { D <- sweep(sweep(-Z, 2, best, "+"), 2, w / (best - worst), "*"); S <- rowSums(D); Q <- apply(D, 1, max)
  1 - (0.5 * (S - min(S)) / (max(S) - min(S)) + 0.5 * (Q - min(Q)) / (max(Q) - min(Q))) }
grey <- { D <- sweep(-Z, 2, best, "+"); drop(((min(D) + 0.5 * max(D)) / (D + 0.5 * max(D))) %*% w) }
rsr <- drop(apply(Z, 2, rank) %*% w) / n
pareto <- function(z) { M <- rowMeans(z); S <- sqrt(rowMeans((z - M)^2)); M - S * (S / M) }
G <- list(arithmetic = drop(Z %*% w), geometric = apply(C, 1, function(x) prod(x^w)), harmonic = apply(C, 1, function(x) 1 / sum(w / x)),
  topsis = topsis, vikor = vikor, grey = grey, rsr = rsr, mpi = pareto(100 + 10 * N$zscore), ampi = pareto(70 + 60 * Z))
for (k in names(G)) put_rows("score", k, G[[k]])
for (j in 1:m) { r <- range(X[, j]); pad <- (r[2] - r[1]) / 19; put("goalpost_min", "", v[j], r[1] - ifelse(sign[j] > 0, pad, 0)); put("goalpost_max", "", v[j], r[2] + ifelse(sign[j] < 0, pad, 0)) }
# a tree: arithmetic means within dimensions, a geometric mean across, entropy weights of each node's children
inner <- sapply(unique(dimension), function(d) { J <- dimension == d; drop(C[, J] %*% entropy(C[, J])) })
u <- entropy(inner); put_rows("tree", "score", apply(inner, 1, function(x) prod(x^u)))
for (k in seq_along(u)) put("tree", "weight", unique(dimension)[k], u[k])

# --- treatments ------------------------------------------------------------------------------------------------------
skewness <- function(x) { d <- x - mean(x); g <- mean(d^3) / mean(d^2)^1.5; k <- length(x); g * sqrt(k * (k - 1)) / (k - 2) }
kurtosis <- function(x) { d <- x - mean(x); g <- mean(d^4) / mean(d^2)^2 - 3; k <- length(x); ((k + 1) * g + 6) * (k - 1) / ((k - 2) * (k - 3)) }
bad <- function(x) abs(skewness(x)) > 2 && kurtosis(x) > 3.5
skew_rule <- function(x) { y <- x; moved <- 0
  while (bad(y) && moved < 5) { if (skewness(y) > 0) y[y == max(y)] <- max(y[y != max(y)]) else y[y == min(y)] <- min(y[y != min(y)]); moved <- moved + 1 }
  if (!bad(y)) y else if (skewness(x) > 0) log(x - min(x) + (max(x) - min(x)) / 100) else -log(max(x) - x + (max(x) - min(x)) / 100) }
profile <- function(l, x) { g <- log(x) - mean(log(x)); y <- if (l == 0) g else expm1(l * g) / l; -length(x) / 2 * log(mean((y - mean(y))^2)) }
for (j in 1:m) { put("skewness", "", v[j], skewness(X[, j])); put("kurtosis", "", v[j], kurtosis(X[, j]))
  g <- log(X[, j]) - mean(log(X[, j])); slope <- function(l) cov(expm1(l * g) / l, (exp(l * g) * (l * g - 1) + 1) / l^2)
  l <- optimize(profile, c(-2, 2), x = X[, j], maximum = TRUE, tol = 1e-12)$maximum; l <- uniroot(slope, l + c(-0.01, 0.01), tol = 1e-15)$root
  put("lambda", "", v[j], l); y <- skew_rule(X[, j]); for (i in shown) put("skew", "", paste(i, v[j], sep = ":"), y[i]) }
x <- c(X[1:40, 1], 60 * max(X)); y <- skew_rule(x); for (i in c(1, 20, 41)) put("one_point", "", i, y[i])

# --- imputations -----------------------------------------------------------------------------------------------------
H <- X; for (i in seq(3, n, 11)) H[i, 1 + i %% 5] <- NA          # the last two columns stay complete
hole <- which(is.na(H), arr.ind = TRUE)
full <- cbind(1, H[, 6:7])
reg <- H; for (j in 1:5) { g <- is.na(H[, j]); reg[g, j] <- full[g, , drop = FALSE] %*% qr.solve(full[!g, ], H[!g, j]) }
em <- function(H) { centre <- apply(H, 2, mean, na.rm = TRUE); spread <- apply(H, 2, function(x) sqrt(mean((x - mean(x, na.rm = TRUE))^2, na.rm = TRUE)))
  S <- sweep(sweep(H, 2, centre), 2, spread, "/"); mu <- rep(0, m); V <- diag(m); Q <- S
  for (r in 1:5000) { E <- matrix(0, m, m)
    for (i in which(rowSums(is.na(S)) > 0)) { g <- is.na(S[i, ]); B <- V[g, !g, drop = FALSE] %*% solve(V[!g, !g]); Q[i, g] <- mu[g] + B %*% (S[i, !g] - mu[!g]); E[g, g] <- E[g, g] + V[g, g] - B %*% V[!g, g] }
    mu2 <- colMeans(Q); D <- sweep(Q, 2, mu2); V2 <- (crossprod(D) + E) / n; change <- max(abs(V2 - V), abs(mu2 - mu)); mu <- mu2; V <- V2; if (change < 1e-13) break }
  sweep(sweep(Q, 2, spread, "*"), 2, centre, "+") }
filled <- em(H)
for (k in seq_len(nrow(hole))) { i <- hole[k, 1]; j <- hole[k, 2]; item <- paste(i, v[j], sep = ":")
  put("regression", "", item, reg[i, j]); put("em", "", item, filled[i, j]); put("mean", "", item, mean(H[, j], na.rm = TRUE)); put("median", "", item, median(H[, j], na.rm = TRUE))
  put("year_mean", "", item, mean(H[p$year == p$year[i], j], na.rm = TRUE)) }

# --- benefit of the doubt: the largest score over the corners of the feasible set, for three indicators ----------------------
T3 <- Z[, c(1, 2, 6)]; corners <- list(); F3 <- T3[!duplicated(T3), ]
keep <- sapply(seq_len(nrow(F3)), function(i) !any(sapply(seq_len(nrow(F3)), function(k) k != i && all(F3[k, ] >= F3[i, ]))))
F3 <- rbind(F3[keep, ], diag(3)); rhs <- c(rep(1, sum(keep)), 0, 0, 0)
for (a in combn(nrow(F3), 3, simplify = FALSE)) { M <- F3[a, ]; if (abs(det(M)) > 1e-12) { q <- solve(M, rhs[a]); if (all(q >= -1e-12) && all(F3[1:sum(keep), ] %*% q <= 1 + 1e-12)) corners[[length(corners) + 1]] <- q } }
Q <- do.call(rbind, corners); put_rows("bod", "score", apply(T3 %*% t(Q), 1, max))

write.csv(do.call(rbind, out), "expected.csv", row.names = FALSE, quote = FALSE)
