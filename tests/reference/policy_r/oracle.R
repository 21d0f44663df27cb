# SPDX-License-Identifier: Apache-2.0
# Staggered policies by explicit means and matrices, base R without packages: `Rscript oracle.R` here makes panel.csv
# and expected.csv anew.
options(digits = 15)
set.seed(20261122)
units <- 40; years <- 2001:2010
cohort_of <- c(rep(2004, 8), rep(2006, 9), rep(2008, 6), rep(0, 17))
d <- expand.grid(year = years, unit = 1:units)
d$first <- cohort_of[d$unit]
d$treated <- as.numeric(d$first > 0 & d$year >= d$first)
d$group <- (d$unit - 1) %/% 2 + 1                      # clusters of two units
fe <- rnorm(units); te <- cumsum(rnorm(length(years), 0, .3))
d$x <- round(rnorm(nrow(d)) + .3 * fe[d$unit], 4)
effect <- ifelse(d$treated == 1, .5 + .2 * (d$year - d$first) + .1 * (d$first - 2004), 0)
d$y <- round(fe[d$unit] + te[match(d$year, years)] + .4 * d$x + effect + rnorm(nrow(d), 0, .5), 5)
d$kept <- as.numeric(runif(nrow(d)) > .08)             # an unbalanced panel
d$w <- round(.5 + runif(nrow(d)), 3)
d$block <- (d$unit - 1) %% 8 + 1                        # few clusters: all sign changes can be listed
write.csv(d, "panel.csv", row.names = FALSE)

out <- data.frame(case = character(), name = character(), value = numeric())
put <- function(case, name, value) out[nrow(out) + 1, ] <<- list(case, name, as.numeric(value))
rel <- function(d) ifelse(d$first > 0, d$year - d$first, NA)

# --- regressions: b and clustered V with fixest's factor G/(G-1) (n-1)/(n-k), k without effects nested in clusters ------
regression <- function(d, X, cluster, w = rep(1, nrow(d))) {
  D <- model.matrix(~ factor(unit) + factor(year), d)
  Z <- cbind(X, D); s <- sqrt(w)
  q <- qr(Z * s); stopifnot(q$rank == ncol(Z))
  b <- qr.coef(q, d$y * s); u <- d$y - Z %*% b
  XX <- qr.resid(qr(D * s), X * s)                     # without the effects
  B <- solve(crossprod(XX)); S <- rowsum(XX * as.vector(u * s), cluster); G <- nrow(S)
  k <- ncol(X) + length(unique(d$year))                # unit effects nested: years - 1 + 1
  V <- B %*% crossprod(S) %*% B * G / (G - 1) * (nrow(d) - 1) / (nrow(d) - k)
  list(b = b[seq_len(ncol(X))], V = V, G = G)
}
wald <- function(b, V, G) { f <- drop(t(b) %*% solve(V) %*% b) / length(b); c(f, pf(f, length(b), G - 1, lower.tail = FALSE)) }

two_way <- function(case, d, low, high, cluster) {
  r <- pmin(pmax(rel(d), low), high); times <- setdiff(low:high, -1)
  X <- sapply(times, function(t) as.numeric(!is.na(r) & r == t)); X <- cbind(X, d$x)
  m <- regression(d, X, cluster)
  for (i in seq_along(times)) { put(case, paste0("b", times[i]), m$b[i]); put(case, paste0("se", times[i]), sqrt(m$V[i, i])) }
  before <- which(times < -1); p <- wald(m$b[before], m$V[before, before], m$G)
  put(case, "pre", p[1]); put(case, "pre_p", p[2])
  m <- regression(d, cbind(d$treated, d$x), cluster); put(case, "att", m$b[1]); put(case, "att_se", sqrt(m$V[1, 1]))
}
k <- d$kept == 1
two_way("twfe", d, -4, 5, d$unit)
two_way("twfe_unbalanced", d[k, ], -4, 5, d$unit[k])

# --- interaction-weighted -------------------------------------------------------------------------------------------------
# shares: "estimated" adds the variance of the cohorts' shares, summed over clusters
sun_abraham <- function(case, d, cluster, last = FALSE, w = rep(1, nrow(d)), estimated = FALSE) {
  if (last) { l <- max(d$first); keep <- d$year < l & d$first > 0; cluster <- cluster[keep]; d <- d[keep, ]; d$first[d$first == l] <- 0 }
  r <- rel(d); cells <- unique(data.frame(g = d$first, r = r)[!is.na(r) & r != -1, ]); cells <- cells[order(cells$g, cells$r), ]
  X <- sapply(seq_len(nrow(cells)), function(i) as.numeric(d$first == cells$g[i] & !is.na(r) & r == cells$r[i]))
  m <- regression(d, cbind(X, d$x), cluster, w); n <- colSums(X * w); K <- ncol(X) + 1
  weights <- function(pick) c(ifelse(pick, n, 0) / sum(n[pick]), 0)
  part <- function(pick) {                             # by cluster: derivative of the mean by the shares
    if (!estimated) return(numeric(length(unique(cluster))))
    b <- sum(weights(pick) * m$b); k <- X[, pick, drop = FALSE]
    tapply(w * as.vector(k %*% (m$b[seq_len(ncol(X))][pick] - b)) / sum(n[pick]), cluster, sum)
  }
  error <- function(pick) { a <- weights(pick); sqrt(t(a) %*% m$V %*% a + sum(part(pick)^2)) }
  for (t in sort(unique(cells$r))) { pick <- cells$r == t; put(case, paste0("b", t), sum(weights(pick) * m$b)); put(case, paste0("se", t), error(pick)) }
  put(case, "att", sum(weights(cells$r >= 0) * m$b)); put(case, "att_se", error(cells$r >= 0))
  before <- sort(unique(cells$r[cells$r < -1]))
  R <- t(sapply(before, function(t) weights(cells$r == t))); H <- sapply(before, function(t) part(cells$r == t))
  p <- wald(R %*% m$b, R %*% m$V %*% t(R) + crossprod(H), m$G); put(case, "pre", p[1]); put(case, "pre_p", p[2])
}
sun_abraham("sun_abraham", d, d$unit)
sun_abraham("sun_abraham_unbalanced", d[k, ], d$unit[k])
sun_abraham("sun_abraham_last", d, d$unit, last = TRUE)
sun_abraham("sun_abraham_shares", d, d$unit, estimated = TRUE)
sun_abraham("sun_abraham_shares_group", d[k, ], d$group[k], w = d$w[k], estimated = TRUE)

# --- imputation: explicit least squares on untreated rows; weights of every row in every mean -----------------------------
imputation <- function(case, d, cluster, w = rep(1, nrow(d)), controls = TRUE, slope = NULL) {
  Z <- model.matrix(~ factor(unit) + factor(year), d); if (controls) Z <- cbind(Z, d$x)
  if (!is.null(slope)) {                               # a slope of each unit, on untreated rows alone as everything else
    Z <- cbind(Z, model.matrix(~ 0 + factor(unit), d) * slope)
  }
  t1 <- d$treated == 1; Z0 <- Z[!t1, ]; Z1 <- Z[t1, ]; w0 <- w[!t1]
  s <- svd(Z0 * sqrt(w0), nv = ncol(Z0)); full <- seq_len(sum(s$d > 1e-10 * s$d[1])); r <- rel(d)
  A <- s$v[, full] %*% (t(s$v[, full]) / s$d[full]^2); b <- A %*% crossprod(Z0, w0 * d$y[!t1])
  e <- as.vector(d$y - Z %*% b)
  if (length(full) < ncol(Z0)) {                       # treated rows outside the span of untreated ones have no prediction
    outside <- rowSums((Z %*% s$v[, -full])^2) > 1e-14 * rowSums(Z^2); keep <- !(t1 & outside); put(case, "lost", sum(!keep))
    d <- d[keep, ]; Z <- Z[keep, ]; w <- w[keep]; cluster <- cluster[keep]; e <- e[keep]; r <- r[keep]; t1 <- t1[keep]; Z1 <- Z[t1, ]
  }
  estimate <- function(pick) {
    a <- ifelse(pick, w, 0) / sum(w[pick]); v <- numeric(nrow(d)); v[t1] <- a[t1]
    v[!t1] <- -w0 * as.vector(Z0 %*% (A %*% crossprod(Z1, a[t1])))
    res <- e
    for (cell in unique(paste(d$first, r)[t1])) {
      at <- which(paste(d$first, r) == cell & t1)
      av <- tapply(v[at], cluster[at], sum); bv <- tapply((v * e)[at], cluster[at], sum)
      if (sum(av^2) > 0) res[at] <- e[at] - sum(av * bv) / sum(av^2)
    }
    c(sum(a * e), sqrt(sum(tapply(v * res, cluster, sum)^2)))
  }
  for (t in sort(unique(r[t1]))) { p <- estimate(t1 & r == t); put(case, paste0("b", t), p[1]); put(case, paste0("se", t), p[2]) }
  p <- estimate(t1); put(case, "att", p[1]); put(case, "att_se", p[2])
  if (!is.null(slope)) return(invisible())
  u <- d[!t1, ]; ru <- rel(u); leads <- -4:-1
  X <- sapply(leads, function(t) as.numeric(!is.na(ru) & ru == t)); if (controls) X <- cbind(X, u$x)
  m <- regression(u, X, cluster[!t1], w0)
  for (i in seq_along(leads)) { put(case, paste0("b", leads[i]), m$b[i]); put(case, paste0("se", leads[i]), sqrt(m$V[i, i])) }
  p <- wald(m$b[1:4], m$V[1:4, 1:4], m$G); put(case, "pre", p[1]); put(case, "pre_p", p[2])
}
imputation("imputation", d, d$unit)
imputation("imputation_group", d, d$group)
imputation("imputation_unbalanced", d[k, ], d$unit[k])
imputation("imputation_weighted", d, d$unit, d$w)
imputation("imputation_trend", d, d$unit, slope = d$year - 2005)
imputation("imputation_trend_weighted", d[k, ], d$group[k], d$w[k], slope = d$year[k] - 2005)
imputation("imputation_slope", d, d$unit, controls = FALSE, slope = d$x)

# --- group-time means -----------------------------------------------------------------------------------------------------
group_time <- function(case, d, not_yet, cluster_of = NULL) {
  Y <- tapply(d$y, list(d$unit, d$year), mean); N <- nrow(Y); first <- tapply(d$first, d$unit, max); ys <- as.numeric(colnames(Y))
  if (is.null(cluster_of)) cluster_of <- seq_len(N)
  cohorts <- sort(unique(first[first > 0])); p <- sapply(cohorts, function(g) mean(first == g))
  cells <- expand.grid(t = ys, g = cohorts); att <- numeric(nrow(cells)); IF <- matrix(0, N, nrow(cells))
  for (c in seq_len(nrow(cells))) {
    g <- cells$g[c]; t <- cells$t[c]; base <- g - 1; if (t == base) next
    D <- Y[, as.character(t)] - Y[, as.character(base)]; ok <- !is.na(D)
    C <- first == 0 | (not_yet & first > max(t, base) & first != g)
    G <- which(ok & first == g); K <- which(ok & C)
    att[c] <- mean(D[G]) - mean(D[K])
    IF[G, c] <- N / length(G) * (D[G] - mean(D[G])); IF[K, c] <- -N / length(K) * (D[K] - mean(D[K]))
    put(case, paste("att", g, t, sep = "_"), att[c])
    put(case, paste("se", g, t, sep = "_"), sqrt(sum(tapply(IF[, c], cluster_of, sum)^2)) / N)
  }
  pg <- p[match(cells$g, cohorts)]; r <- cells$t - cells$g
  mean_by_size <- function(pick) {
    k <- which(pick); P <- sum(pg[k]); f <- IF[, k, drop = FALSE] %*% (pg[k] / P)
    member <- sapply(k, function(c) as.numeric(first == cells$g[c]) - pg[c])
    f <- f + member %*% att[k] / P - rowSums(member) * sum(pg[k] * att[k]) / P^2
    list(b = sum(pg[k] * att[k]) / P, f = as.vector(f))
  }
  report <- function(name, m) { put(case, name, m$b); put(case, paste0(name, "_se"), sqrt(sum(tapply(m$f, cluster_of, sum)^2)) / N) }
  plain <- function(ms) list(b = mean(sapply(ms, `[[`, "b")), f = rowMeans(sapply(ms, `[[`, "f")))
  events <- lapply(sort(unique(r)), function(t) mean_by_size(r == t)); names(events) <- sort(unique(r))
  for (t in names(events)) report(paste0("event", t), events[[t]])
  report("att", mean_by_size(r >= 0)); report("dynamic", plain(events[as.numeric(names(events)) >= 0]))
  by_cohort <- lapply(cohorts, function(g) plain(lapply(which(cells$g == g & r >= 0), function(c) list(b = att[c], f = IF[, c]))))
  for (i in seq_along(cohorts)) report(paste0("cohort", cohorts[i]), by_cohort[[i]])
  P <- sum(p); b <- sapply(by_cohort, `[[`, "b"); f <- sapply(by_cohort, `[[`, "f") %*% (p / P)
  member <- sapply(seq_along(cohorts), function(i) as.numeric(first == cohorts[i]) - p[i])
  report("cohorts", list(b = sum(p * b) / P, f = as.vector(f + member %*% b / P - rowSums(member) * sum(p * b) / P^2)))
  calendar <- lapply(ys[ys >= min(cohorts)], function(t) mean_by_size(cells$t == t & r >= 0))
  for (i in seq_along(calendar)) report(paste0("calendar", ys[ys >= min(cohorts)][i]), calendar[[i]])
  report("calendar", plain(calendar))
  before <- which(as.numeric(names(events)) < -1); F <- sapply(events[before], `[[`, "f")
  V <- crossprod(rowsum(F, cluster_of)) / N^2; e <- sapply(events[before], `[[`, "b"); q <- drop(e %*% solve(V) %*% e)
  put(case, "pre", q); put(case, "pre_p", pchisq(q, length(e), lower.tail = FALSE))
}
group_time("callaway_santanna", d, FALSE)
group_time("callaway_santanna_not_yet", d, TRUE)
group_time("callaway_santanna_group", d, FALSE, tapply(d$group, d$unit, max))
group_time("callaway_santanna_unbalanced", d[k, ], FALSE)

# --- group-time comparisons with covariates and weights of the base year, Sant'Anna and Zhao (2020) --------------------------
# parts: what each unit adds to the error of the estimate, those of the regression and of the logit included
compare <- function(D, w, G, X, adjust) {
  X <- cbind(1, X); C <- 1 - G; res <- D; v <- w * C; mG <- function(z) sum(w * G * z) / sum(w * G)
  if (adjust %in% c("regression", "dr")) { B <- solve(crossprod(X * sqrt(w * C))); res <- D - as.vector(X %*% (B %*% crossprod(X, w * C * D))) }
  if (adjust %in% c("ipw", "dr")) {
    g <- numeric(ncol(X))
    for (step in 1:100) { p <- as.vector(1 / (1 + exp(-X %*% g))); H <- solve(crossprod(X * sqrt(w * p * (1 - p)))); g <- g + as.vector(H %*% crossprod(X, w * (G - p))) }
    if (max(p[C == 1]) >= .999) return(NULL)
    v <- v * p / (1 - p)
  }
  a <- v / sum(v); if (adjust == "regression") a <- 0 * a
  mC <- sum(a * res); parts <- w * G * (res - mG(res)) / sum(w * G) - a * (res - mC)
  if (adjust %in% c("regression", "dr")) parts <- parts - w * C * res * as.vector(X %*% (B %*% (crossprod(X, w * G) / sum(w * G) - crossprod(X, a))))
  if (adjust %in% c("ipw", "dr")) parts <- parts - w * (G - p) * as.vector(X %*% (H %*% crossprod(X, a * (res - mC))))
  list(b = mG(res) - mC, parts = parts)
}
adjusted <- function(case, d, adjust, not_yet = FALSE, w = rep(1, nrow(d)), cluster = d$unit, multipliers = FALSE) {
  table_of <- function(v) tapply(v, list(d$unit, d$year), mean)
  Y <- table_of(d$y); X <- table_of(d$x); W <- table_of(w); N <- nrow(Y); ys <- as.numeric(colnames(Y))
  first <- tapply(d$first, d$unit, max); cl <- tapply(cluster, d$unit, max); size <- rowMeans(W, na.rm = TRUE); size <- size / mean(size)
  cohorts <- sort(unique(first[first > 0])); p <- sapply(cohorts, function(g) sum(size[first == g]) / N)
  cells <- expand.grid(t = ys, g = cohorts); att <- numeric(nrow(cells)); IF <- matrix(0, N, nrow(cells)); kept <- rep(TRUE, nrow(cells))
  for (c in seq_len(nrow(cells))) {
    g <- cells$g[c]; t <- cells$t[c]; if (t == g - 1) next
    base <- as.character(g - 1); D <- Y[, as.character(t)] - Y[, base]
    use <- which(!is.na(D) & (first == g | first == 0 | (not_yet & first > max(t, g - 1))))
    m <- compare(D[use], W[use, base], as.numeric(first[use] == g), X[use, base], adjust)
    if (is.null(m)) { kept[c] <- FALSE; next }
    att[c] <- m$b; IF[use, c] <- N * m$parts
    put(case, paste("att", g, t, sep = "_"), att[c]); put(case, paste("se", g, t, sep = "_"), sqrt(sum(tapply(IF[, c], cl, sum)^2)) / N)
  }
  put(case, "lost", sum(!kept))
  pg <- p[match(cells$g, cohorts)]; r <- cells$t - cells$g
  mean_by_size <- function(pick) {
    k <- which(pick & kept); P <- sum(pg[k]); member <- sapply(k, function(c) size * (first == cells$g[c]) - pg[c])
    f <- IF[, k, drop = FALSE] %*% (pg[k] / P) + member %*% att[k] / P - rowSums(member) * sum(pg[k] * att[k]) / P^2
    list(b = sum(pg[k] * att[k]) / P, f = as.vector(f))
  }
  times <- sort(unique(r[kept & r != -1])); events <- lapply(times, function(t) mean_by_size(r == t)); all <- mean_by_size(r >= 0)
  S <- rowsum(cbind(sapply(events, `[[`, "f"), all$f), cl) / N; se <- sqrt(colSums(S^2))
  if (multipliers) {                                   # all sign changes of the clusters, each once
    signs <- as.matrix(expand.grid(rep(list(c(1, -1)), nrow(S)))); R <- signs %*% S
    se <- apply(R, 2, function(x) diff(quantile(x, c(.25, .75), type = 2))) / (qnorm(.75) - qnorm(.25))
    own <- seq_along(times); largest <- apply(abs(R[, own]) / rep(se[own], each = nrow(R)), 1, max)
    put(case, "band", max(qnorm(.975), quantile(largest, .95, type = 2)))
  }
  for (i in seq_along(times)) { put(case, paste0("event", times[i]), events[[i]]$b); put(case, paste0("event", times[i], "_se"), se[i]) }
  put(case, "att", all$b); put(case, "att_se", se[length(se)])
  before <- which(times < -1); V <- crossprod(S)[before, before]; e <- sapply(events[before], `[[`, "b"); q <- drop(e %*% solve(V) %*% e)
  put(case, "pre", q); put(case, "pre_p", pchisq(q, length(e), lower.tail = FALSE))
}
for (how in c("regression", "ipw", "dr")) {
  adjusted(paste0("adjusted_", how), d, how)
  adjusted(paste0("adjusted_", how, "_weighted"), d[k, ], how, TRUE, d$w[k], d$group[k])
}
adjusted("callaway_santanna_weighted", d, "none", w = d$w)
adjusted("multipliers", d, "dr", cluster = d$block, multipliers = TRUE)

# --- two by two comparisons -----------------------------------------------------------------------------------------------
goodman_bacon <- function(case, d) {
  Y <- tapply(d$y, list(d$unit, d$year), mean); first <- tapply(d$first, d$unit, max); ys <- as.numeric(colnames(Y)); T <- length(ys)
  D <- outer(first, ys, function(f, t) as.numeric(f > 0 & t >= f))
  Dt <- D - rowMeans(D) - rep(colMeans(D), each = nrow(D)) + mean(D); VD <- mean(Dt^2)
  put(case, "twfe", sum(Dt * Y) / sum(Dt^2))
  cohorts <- sort(unique(first)); n <- sapply(cohorts, function(g) mean(first == g))
  share <- sapply(cohorts, function(g) if (g == 0) 0 else mean(ys >= g)); names(n) <- names(share) <- cohorts
  m <- function(g, t) mean(Y[first == g, ys %in% t])
  sum_w <- 0; sum_wb <- 0
  for (k in cohorts[cohorts > 0]) for (l in cohorts[cohorts != k]) {
    nk <- n[[as.character(k)]]; nl <- n[[as.character(l)]]; Dk <- share[[as.character(k)]]; Dl <- share[[as.character(l)]]; f <- nk / (nk + nl)
    if (l == 0) {
      w <- (nk + nl)^2 * f * (1 - f) * Dk * (1 - Dk) / VD
      b <- (m(k, ys[ys >= k]) - m(k, ys[ys < k])) - (m(l, ys[ys >= k]) - m(l, ys[ys < k])); type <- "never"
    } else if (k < l) {
      w <- ((nk + nl) * (1 - Dl))^2 * f * (1 - f) * (Dk - Dl) / (1 - Dl) * (1 - Dk) / (1 - Dl) / VD
      mid <- ys[ys >= k & ys < l]; b <- (m(k, mid) - m(k, ys[ys < k])) - (m(l, mid) - m(l, ys[ys < k])); type <- "later"
    } else {
      w <- ((nk + nl) * Dl)^2 * f * (1 - f) * Dk / Dl * (Dl - Dk) / Dl / VD
      mid <- ys[ys >= l & ys < k]; b <- (m(k, ys[ys >= k]) - m(k, mid)) - (m(l, ys[ys >= k]) - m(l, mid)); type <- "earlier"
    }
    put(case, paste("weight", k, l, sep = "_"), w); put(case, paste("estimate", k, l, sep = "_"), b)
    sum_w <- sum_w + w; sum_wb <- sum_wb + w * b
  }
  put(case, "sum_weights", sum_w); put(case, "sum_weighted", sum_wb)
}
goodman_bacon("bacon", d)
write.csv(out, "expected.csv", row.names = FALSE)
