# SPDX-License-Identifier: Apache-2.0
# What other conventions, fewer indicators, disturbed weights, missing cells and later rows do to an index, by explicit formulas in
# base R. Data: ../index_methods/data.csv. Run here: Rscript oracle.R
options(digits = 17)
p <- read.csv("../index_methods/data.csv")
v <- setdiff(names(p), c("province", "year")); m <- length(v); X <- as.matrix(p[v]); n <- nrow(X)
sign <- c(1, 1, -1, 1, -1, 1, 1); names(sign) <- v
dimension <- c("money", "money", "digital", "money", "money", "digital", "digital")
shown <- seq(1, n, 10); out <- list()
put <- function(quantity, name, item, value) out[[length(out) + 1]] <<- data.frame(quantity, name, item, value = sprintf("%.17g", value))
share <- function(w) w / sum(w)
steady <- function(s) round(s, 12)                       # ties up to rounding are ties
ranks <- function(s, year = p$year) { r <- numeric(length(s)); for (g in split(seq_along(s), year)) r[g] <- rank(-steady(s[g]), ties.method = "min"); r }

# --- one pool: cells, weights, mean -------------------------------------------------------------------------------------
oriented <- function(X, s) sweep(X, 2, s, "*")
cells <- list(
  minmax = function(x, s) { r <- (x - min(x)) / (max(x) - min(x)); if (s > 0) r else 1 - r },
  zscore = function(x, s) (s * x - mean(s * x)) / sd(x),
  rank = function(x, s) (rank(s * x) - 1) / (length(x) - 1),
  percentile = function(x, s) (rank(s * x, ties.method = "min") - 1) / (length(x) - 1))
entropies <- function(z) { P <- sweep(z, 2, colSums(z), "/"); -colSums(ifelse(P > 0, P * log(P), 0)) / log(nrow(z)) }
weights <- list(entropy = function(Z, a = 0, slope = 1) share(1 - entropies(a + slope * Z)), equal = function(Z, ...) rep(1 / ncol(Z), ncol(Z)),
  critic = function(Z, ...) share(apply(Z, 2, sd) * colSums(1 - cor(Z))), cv_normalised = function(Z, ...) share(apply(Z, 2, sd) / colMeans(Z)),
  sd = function(Z, ...) share(apply(Z, 2, sd)))
means <- list(arithmetic = function(Z, w) drop(Z %*% w), geometric = function(Z, w) apply(Z, 1, function(x) prod(x^w)))
normalised <- function(X, s, scale) { Z <- sapply(seq_len(ncol(X)), function(j) cells[[scale]](X[, j], s[j])); colnames(Z) <- colnames(X); Z }
score <- function(keep = v, scale = "minmax", weight = "entropy", mean = "arithmetic", pool = "all", a = 0, slope = 1, s = sign, D = X) {
  r <- numeric(n); for (g in split(seq_len(n), switch(pool, all = rep(1, n), year = p$year, unit = p$province))) {
    Z <- normalised(D[g, keep, drop = FALSE], s[keep], scale); r[g] <- means[[mean]](Z, weights[[weight]](Z, a, slope)) }
  r }
base <- score()

# --- every convention of a curve: scores, and Spearman's correlation with the index ----------------------------------------
no_meaning <- function(scale, weight, mean) scale == "zscore" && (weight %in% c("entropy", "cv_normalised") || mean == "geometric")
for (scale in names(cells)) for (weight in names(weights)) for (mean in names(means)) for (pool in c("all", "year")) for (zero in if (weight == "entropy") c("limit", "1e-4", "0.01") else "") {
  choices <- paste(c(paste("normalise:", scale), paste("weights:", weight), paste("mean:", mean), paste("pool:", pool), if (weight == "entropy") paste("zero:", zero)), collapse = "; ")
  if (no_meaning(scale, weight, mean)) { put("refused", choices, "", 1); next }
  s <- score(scale = scale, weight = weight, mean = mean, pool = pool, a = if (zero %in% c("", "limit")) 0 else as.numeric(zero))
  put("rank_correlation", choices, "", cor(rank(steady(s)), rank(steady(base)))); for (i in shown) put("score", choices, i, s[i]) }

# --- one convention at a time: what `--sensitivity` compares --------------------------------------------------------------
compare <- function(quantity, what, s) { moved <- abs(ranks(s) - ranks(base))
  put(quantity, what, "correlation", cor(s, base)); put(quantity, what, "rank_correlation", cor(rank(steady(s)), rank(steady(base)))); put(quantity, what, "largest_change", max(abs(s - base)))
  put(quantity, what, "mean_rank_change", mean(moved)); put(quantity, what, "largest_rank_change", max(moved)) }
for (w in c("equal", "critic", "cv_normalised", "sd")) compare("compared", paste("method", w), score(weight = w))
pca <- function(X, s, rows = seq_len(nrow(X))) {        # learned on `rows`, applied to all
  Y <- oriented(X, s); centre <- colMeans(Y[rows, ]); spread <- apply(Y[rows, ], 2, sd); e <- eigen(cor(Y[rows, ]), symmetric = TRUE); k <- max(1, sum(e$values > 1)); L <- e$vectors[, 1:k, drop = FALSE]
  L <- sweep(L, 2, ifelse(colSums(L) < 0, -1, 1), "*"); b <- drop(L %*% share(e$values[1:k])); f <- drop(sweep(sweep(Y, 2, centre), 2, spread, "/") %*% b); r <- range(f[rows])
  list(score = (f - r[1]) / (r[2] - r[1]), b = b, kept = k) }
compare("compared", "method pca", pca(X, sign)$score)
for (pool in c("year", "unit")) compare("compared", paste("pool", pool), score(pool = pool))
compare("compared", "zero 1e-4", score(a = 1e-4)); compare("compared", "zero 0.01", score(a = 0.01)); compare("compared", "zero smooth:0.01", score(a = 0.01, slope = 0.99))
for (scale in c("rank", "percentile")) compare("compared", paste("normalise", scale), score(scale = scale))
compare("compared", "aggregate geometric", score(mean = "geometric"))
compare("compared", "every direction positive", score(s = abs(sign)))
quantile_stata <- function(x, q) { x <- sort(x); i <- length(x) * q; if (abs(i - round(i)) < 1e-9) (x[round(i)] + x[round(i) + 1]) / 2 else x[ceiling(i)] }
W <- apply(X, 2, function(x) pmin(pmax(x, quantile_stata(x, 0.01)), quantile_stata(x, 0.99))); compare("compared", "winsor 0.01", score(D = W))
Z <- normalised(X, sign, "minmax"); years <- length(unique(p$year))
compare("compared", "k = 1/ln T (a mistake)", drop(Z %*% share(1 - entropies(Z) * log(n) / log(years))))
two_step <- function(again) { u <- sapply(unique(dimension), function(g) { J <- dimension == g; s <- drop(Z[, J] %*% weights$entropy(Z[, J])); if (again) (s - min(s)) / (max(s) - min(s)) else s }); drop(u %*% weights$entropy(u)) }
compare("compared", "levels two-step", two_step(FALSE)); compare("compared", "levels two-step, renormalised", two_step(TRUE))

# --- without one indicator ------------------------------------------------------------------------------------------------
for (j in v) { s <- score(keep = setdiff(v, j)); compare("left_out", j, s); for (i in shown) put("left_out_score", j, i, s[i]) }

# --- scores and ranks under a weight vector drawn: the index's weights times 1 + (2u - 1)/4, one left out -------------------
u <- matrix(c(.1, .9, .4, .6, .2, .8, .5,  .7, .3, .95, .05, .5, .25, .65), 2, byrow = TRUE)
for (d in 1:2) { w <- weights$entropy(Z) * (1 + 0.25 * (2 * u[d, ] - 1)); if (d == 2) w[4] <- 0; w <- share(w); for (j in 1:m) put("draw_weight", d, v[j], w[j])
  C <- 0.05 + 0.95 * Z; best <- apply(Z, 2, max); worst <- apply(Z, 2, min)
  inner <- sapply(unique(dimension), function(g) { J <- dimension == g; drop(C[, J] %*% share(w[J])) }); W2 <- sapply(unique(dimension), function(g) sum(w[dimension == g]))
  top <- { p1 <- sqrt(rowSums(sweep(sweep(Z, 2, best), 2, w, "*")^2)); p0 <- sqrt(rowSums(sweep(sweep(Z, 2, worst), 2, w, "*")^2)); p0 / (p0 + p1) }
  drawn <- list(arithmetic = drop(Z %*% w), tree = apply(inner, 1, function(x) prod(x^W2)), topsis = top)
  for (k in names(drawn)) { r <- ranks(drawn[[k]]); for (i in shown) { put("draw_score", paste(d, k), i, drawn[[k]][i]); put("draw_rank", paste(d, k), i, r[i]) } } }

# --- cells that are not there: goalposts by each indicator's own cells, weights by the rows without gaps, rescaled ----------
H <- X; for (i in seq(3, n, 11)) H[i, 1 + i %% 5] <- NA; for (i in seq(3, n, 22)) H[i, 7] <- NA
ZH <- sapply(1:m, function(j) { x <- H[, j]; a <- min(x, na.rm = TRUE); b <- max(x, na.rm = TRUE); r <- (x - a) / (b - a); if (sign[j] > 0) r else 1 - r })
w <- weights$entropy(ZH[complete.cases(ZH), ]); for (j in 1:m) put("available_weight", "", v[j], w[j])
observed <- function(Z, w, mean) sapply(seq_len(n), function(i) { k <- !is.na(Z[i, ]); if (!any(k)) NA else { q <- share(w[k]); if (mean == "arithmetic") sum(q * Z[i, k]) else if (mean == "harmonic") { if (any(Z[i, k] == 0)) 0 else 1 / sum(q / Z[i, k]) } else prod(Z[i, k]^q) } })
for (mean in c("arithmetic", "geometric", "harmonic")) { s <- observed(ZH, w, mean); for (i in sort(c(shown, seq(3, n, 11)))) put("available_score", mean, i, s[i]) }
for (g in unique(dimension)) { J <- dimension == g; s <- observed(ZH[, J], w[J], "arithmetic"); for (i in sort(c(shown, seq(3, n, 11)))) if (!is.na(s[i])) put("available_node", g, i, s[i]) }

# --- principal components of 2015-2018, applied to all years; and pools by unit of those years applied to 2019 --------------
first <- which(p$year <= 2018); f <- pca(X, sign, first); put("frozen_kept", "", "", f$kept); for (j in 1:m) put("frozen_coefficient", "", v[j], f$b[j]); for (i in shown) put("frozen_score", "pca", i, f$score[i])
low <- apply(X[first, ], 2, min); high <- apply(X[first, ], 2, max); w <- weights$entropy(normalised(X[first, ], sign, "minmax"))
ZF <- sapply(1:m, function(j) { r <- (X[, j] - low[j]) / (high[j] - low[j]); if (sign[j] > 0) r else 1 - r }); s <- drop(ZF %*% w); for (i in shown) put("frozen_score", "entropy", i, s[i])
for (g in unique(p$province)) { a <- which(p$province == g & p$year <= 2018); b <- which(p$province == g); lo <- apply(X[a, ], 2, min); hi <- apply(X[a, ], 2, max); q <- weights$entropy(normalised(X[a, ], sign, "minmax"))
  ZG <- sapply(1:m, function(j) { r <- (X[b, j] - lo[j]) / (hi[j] - lo[j]); if (sign[j] > 0) r else 1 - r }); s <- drop(ZG %*% q); for (i in intersect(b, shown)) put("frozen_score", "unit", i, s[match(i, b)]) }

write.csv(do.call(rbind, out), "expected.csv", row.names = FALSE, quote = FALSE)
