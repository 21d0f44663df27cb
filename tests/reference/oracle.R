# SPDX-License-Identifier: Apache-2.0
# What the oracles of the example studies share: indices, regressions and tests by explicit matrices, each regression checked
# against fixest (and 2SLS against AER, one-way effects against plm) before it is written. Nothing here is the program's code.
suppressMessages({library(fixest); library(plm); library(AER)})
setFixest_notes(FALSE); setFixest_nthreads(1)

book <- new.env(); book$rows <- list(); book$names <- c()   # names: internal term -> the term as the program prints it
put <- function(table, column, quantity, term, value) {
  if (term %in% names(book$names)) term <- book$names[[term]]
  book$rows[[length(book$rows) + 1]] <- list(as.integer(table), as.character(column), quantity, as.character(term), as.numeric(value))
}
save_book <- function(file) {
  part <- function(k) vapply(book$rows, function(r) r[[k]], if (k == 5) 0 else if (k == 1) 0L else "")
  all <- data.frame(table = part(1), column = part(2), quantity = part(3), term = part(4), value = part(5))
  stopifnot(!anyDuplicated(all[1:4]))
  field <- function(s) ifelse(grepl("[,\"]", s), paste0("\"", gsub("\"", "\"\"", s), "\""), s)
  lines <- paste(all$table, field(all$column), field(all$quantity), field(all$term), ifelse(is.na(all$value), "", sprintf("%.17g", all$value)), sep = ",")
  con <- file(file, "w", encoding = "UTF-8"); writeLines(c("table,column,quantity,term,value", enc2utf8(lines)), con, useBytes = TRUE); close(con)
}
close_to <- function(a, b, tol = 1e-8) stopifnot(all(abs(a - b) <= tol * pmax(abs(a), abs(b), 1e-10)))

# --- columns -----------------------------------------------------------------------------------------------------------
read_panel <- function(file) read.csv(file, fileEncoding = "UTF-8", check.names = FALSE, na.strings = c("", "NA"))
lagged <- function(d, x, k = 1, unit = "province") { key <- paste(d[[unit]], d$year); x[match(paste(d[[unit]], d$year - k), key)] }
by_sum <- function(x, g) { s <- tapply(x, g, function(v) if (all(is.na(v))) NA else sum(v, na.rm = TRUE)); as.vector(s[as.character(g)]) }
by_mean <- function(x, g) { s <- tapply(x, g, function(v) if (all(is.na(v))) NA else mean(v, na.rm = TRUE)); as.vector(s[as.character(g)]) }
pctile <- function(x, p) { x <- sort(x); i <- length(x) * p / 100; if (abs(i - round(i)) < 1e-9) (x[round(i)] + x[round(i) + 1]) / 2 else x[ceiling(i)] }
winsorise <- function(x, p) pmin(pmax(x, pctile(x, p)), pctile(x, 100 - p))
high_units <- function(x, unit) { m <- tapply(x, unit, mean); as.vector(m[as.character(unit)] > median(m)) }

# --- indices: a system is a list dimension -> c("+ x", "- y") -------------------------------------------------------------
signs <- function(items) ifelse(substr(items, 1, 1) == "-", -1, 1)
codes <- function(items) substring(items, 3)
oriented <- function(d, items) { X <- as.matrix(d[codes(items)]); sg <- signs(items)
  sapply(seq_along(items), function(j) { x <- X[, j]; r <- (x - min(x)) / (max(x) - min(x)); if (sg[j] < 0) (max(x) - x) / (max(x) - min(x)) else r }) }
entropy_index <- function(d, system, table, name, key) {
  items <- unlist(system, use.names = FALSE); of <- rep(names(system), lengths(system)); Z <- oriented(d, items); N <- nrow(Z)
  P <- sweep(Z, 2, colSums(Z), "/"); e <- -colSums(ifelse(P > 0, P * log(P), 0)) / log(N); w <- (1 - e) / sum(1 - e); S <- drop(Z %*% w)
  for (j in seq_along(items)) { x <- d[[codes(items)[j]]]; t <- codes(items)[j]
    put(table, name, "min", t, min(x)); put(table, name, "max", t, max(x)); put(table, name, "entropy", t, e[j])
    put(table, name, "redundancy", t, 1 - e[j]); put(table, name, "weight", t, w[j]) }
  out <- data.frame(score = S)
  for (g in unique(of)) { W <- sum(w[of == g]); C <- drop(Z[, of == g, drop = FALSE] %*% w[of == g]); put(table, name, "dimension_weight", g, W)
    for (i in seq_len(N)) { put(table, name, "dimension_contribution", paste(key[i], g, sep = ":"), C[i]); put(table, name, "dimension_score", paste(key[i], g, sep = ":"), C[i] / W) }
    out[[g]] <- C / W }
  for (i in seq_len(N)) put(table, name, "score", key[i], S[i])
  out
}
pca_index <- function(d, system, table, name, key) {
  items <- unlist(system, use.names = FALSE); X <- sweep(as.matrix(d[codes(items)]), 2, signs(items), "*"); m <- ncol(X); N <- nrow(X)
  R <- cor(X); ev <- eigen(R, symmetric = TRUE); keep <- ev$values > 1; L <- ev$vectors[, keep, drop = FALSE]
  L <- sweep(L, 2, ifelse(colSums(L) < 0, -1, 1), "*"); share <- ev$values[keep] / sum(ev$values[keep])
  f <- drop(scale(X) %*% L %*% share); s <- (f - min(f)) / (max(f) - min(f))
  Q <- solve(R); A <- -Q / sqrt(outer(diag(Q), diag(Q))); diag(A) <- 0; R0 <- R; diag(R0) <- 0
  for (k in seq_len(m)) put(table, name, "eigenvalue", k, ev$values[k])
  put(table, name, "kmo", "", sum(R0^2) / (sum(R0^2) + sum(A^2)))
  put(table, name, "bartlett_chi2", "", -(N - 1 - (2 * m + 5) / 6) * as.numeric(determinant(R)$modulus)); put(table, name, "bartlett_df", "", m * (m - 1) / 2)
  for (i in seq_len(N)) put(table, name, "score", key[i], s[i])
  s
}

# --- regression by explicit matrices ---------------------------------------------------------------------------------------
dummies <- function(d, effects) do.call(cbind, lapply(effects, function(f) { v <- factor(interaction(d[strsplit(f, "^", fixed = TRUE)[[1]]], drop = TRUE)); model.matrix(~ v - 1) }))
# y ~ x (| effects) (| endo ~ iv); vcov "iid" or the name of the cluster column; the small-sample rule is fixest's default (0.13+)
regress <- function(d, y, x, effects = character(), endo = character(), iv = character(), vcov = "province") {
  cols <- unique(c(y, x, endo, iv, effects, if (vcov != "iid") vcov)); cols <- unlist(strsplit(cols, "^", fixed = TRUE)); d <- d[complete.cases(d[cols]), ]; n <- nrow(d)
  D <- if (length(effects)) dummies(d, effects) else matrix(1, n, 1); q <- qr(D, tol = 1e-11); a <- q$rank
  absorb <- function(M) qr.resid(q, as.matrix(M))
  Y <- drop(absorb(d[[y]])); E <- if (length(endo)) absorb(d[endo]) else matrix(0, n, 0); X2 <- if (length(x)) absorb(d[x]) else matrix(0, n, 0)
  Z <- if (length(iv)) absorb(d[iv]) else E
  W <- cbind(E, X2); I <- cbind(Z, X2); Xh <- if (length(endo)) qr.fitted(qr(I), W) else W; colnames(Xh) <- c(endo, x)
  k <- ncol(W); B <- solve(crossprod(Xh)); b <- drop(B %*% crossprod(Xh, Y)); u <- drop(Y - W %*% b); names(b) <- c(endo, x)
  levels <- if (length(effects)) sapply(effects, function(f) ncol(dummies(d, f))) else integer()
  nparams <- if (length(effects)) k + sum(levels) - (length(effects) - 1) else k + 1
  dfr <- n - k - a; intercept <- !length(effects)
  if (intercept) { Xh1 <- cbind(1, qr.fitted(qr(cbind(1, as.matrix(d[iv]), as.matrix(d[x]))), as.matrix(d[c(endo, x)]))); W1 <- cbind(1, as.matrix(d[c(endo, x)]))
    b0 <- mean(d[[y]]) - sum(colMeans(as.matrix(d[c(endo, x)])) * b); Xs <- if (length(endo)) Xh1 else W1; Bs <- solve(crossprod(Xs)); bs <- c(`(Intercept)` = b0, b) } else { Xs <- Xh; Bs <- B; bs <- b }
  if (vcov == "iid") { V <- Bs * sum(u^2) / dfr; K <- nparams; df <- dfr; factor <- n / dfr; G <- NA } else {
    g <- factor(d[[vcov]]); G <- nlevels(g); nested <- if (length(effects)) sapply(effects, function(f) { v <- interaction(d[strsplit(f, "^", fixed = TRUE)[[1]]], drop = TRUE); all(tapply(as.integer(g), v, function(z) length(unique(z))) == 1) }) else logical()
    K <- if (any(nested)) { if (all(nested)) nparams - sum(levels) + length(effects) else nparams - (sum(levels[nested]) - sum(nested)) } else nparams
    if (length(effects) && all(nested)) K <- k + 1
    factor <- G / (G - 1) * (n - 1) / (n - K); M <- crossprod(rowsum(Xs * u, g)); V <- factor * Bs %*% M %*% Bs; df <- G - 1 }
  se <- sqrt(diag(V)); names(se) <- names(bs); yy <- d[[y]]; rss <- sum(u^2); tss <- sum((yy - mean(yy))^2); tssw <- sum(Y^2)
  r2 <- 1 - rss / tss; r2w <- 1 - rss / tssw; keep <- seq_along(bs) + 0; sl <- if (intercept) keep[-1] else keep
  wald <- drop(t(bs[sl]) %*% solve(V[sl, sl], bs[sl]))
  f <- list(d = d, y = y, x = x, effects = effects, endo = endo, iv = iv, vcov = vcov, n = n, k = k, a = a, b = bs, se = se, V = V, t = bs / se, p = 2 * pt(-abs(bs / se), df), df = df, K = K, factor = factor, G = G,
    rss = rss, dfr = if (intercept) n - k - 1 else dfr, r2 = r2, r2a = 1 - (1 - r2) * (n - 1) / dfr, r2w = if (intercept) NA else r2w, r2wa = if (intercept) NA else 1 - (1 - r2w) * (n - a) / dfr,
    ll = -n / 2 * (log(2 * pi) + log(rss / n) + 1), mean_y = mean(yy), Fstat = wald / length(sl), Fdf1 = length(sl), u = u, Xs = Xs, Bs = Bs, Y = Y, E = E, X2 = X2, Z = Z, levels = levels, slopes = sl, intercept = intercept)
  against_fixest(f); f
}
against_fixest <- function(f) {
  q <- function(v) paste0("`", v, "`"); fe <- if (length(f$effects)) paste("|", paste(f$effects, collapse = "+")) else ""; ivp <- if (length(f$endo)) paste("|", paste(q(f$endo), collapse = "+"), "~", paste(q(f$iv), collapse = "+")) else ""
  rhs <- if (length(f$x)) paste(q(f$x), collapse = "+") else "1"
  m <- feols(as.formula(paste(q(f$y), "~", rhs, fe, ivp)), f$d, vcov = if (f$vcov == "iid") "iid" else as.formula(paste("~", f$vcov)), fixef.tol = 1e-11, fixef.iter = 1e5, collin.tol = 1e-12)
  ct <- coeftable(m); names <- gsub("`", "", sub("^fit_", "", gsub("`", "", rownames(ct)))); rownames(ct) <- names; i <- match(names(f$b), names); stopifnot(!anyNA(i), m$nobs == f$n)
  close_to(ct[i, 1], f$b, 1e-7); close_to(ct[i, 2], f$se, 1e-7); close_to(ct[i, 4], f$p, 1e-6); if (!length(f$endo)) close_to(r2(m, "r2"), f$r2, 1e-7); if (!f$intercept && !length(f$endo)) close_to(r2(m, "wr2"), f$r2w, 1e-7)
  if (length(f$endo) && f$vcov != "iid") { s1 <- coeftable(summary(m, stage = 1)); f1 <- first_stage(f); close_to(s1[1, 1], f1$b[1], 1e-7); close_to(s1[1, 2], f1$se[1], 1e-7) }
  if (length(f$endo)) { fd <- if (length(f$effects)) paste("+", paste0("factor(", f$effects, ")", collapse = "+")) else ""
    a <- ivreg(as.formula(paste(q(f$y), "~", paste(q(c(f$endo, f$x)), collapse = "+"), fd, "|", paste(q(c(f$iv, f$x)), collapse = "+"), fd)), data = f$d); close_to(coef(a)[gsub("^([^`].*)$", "\\1", f$endo)], f$b[f$endo], 1e-6); close_to(summary(a)$r.squared, f$r2, 1e-6) }
  if (identical(f$effects, "province") && !length(f$endo)) close_to(coef(plm(as.formula(paste(q(f$y), "~", rhs)), f$d, index = c("province", "year"), model = "within"))[1], f$b[1], 1e-7)
}
first_stage <- function(f) regress(f$d, f$endo, c(f$iv, f$x), f$effects, vcov = f$vcov)
# the constant a panel program prints beside absorbed effects: mean(y) - mean(x)'b, and its SE from the data shifted to its means
panel_constant <- function(f) { d <- f$d; xb <- colMeans(as.matrix(d[names(f$b)])); X1 <- cbind(1, sweep(f$Xs, 2, xb, "+")); B <- solve(crossprod(X1))
  V <- if (f$vcov == "iid") B * f$rss / f$dfr else f$factor * B %*% crossprod(rowsum(X1 * f$u, d[[f$vcov]])) %*% B
  c(estimate = f$mean_y - sum(xb * f$b), se = sqrt(V[1, 1])) }
put_fit <- function(table, column, f, unit = "province", rename = identity) {
  for (t in names(f$b)) { r <- rename(t); h <- qt(.975, f$df) * f$se[t]; put(table, column, "estimate", r, f$b[t]); put(table, column, "std_error", r, f$se[t]); put(table, column, "statistic", r, f$t[t])
    put(table, column, "p_value", r, f$p[t]); put(table, column, "conf_low", r, f$b[t] - h); put(table, column, "conf_high", r, f$b[t] + h) }
  s <- function(q, v) put(table, column, q, "", v)
  s("n", f$n); s("n_units", length(unique(f$d[[unit]]))); s("n_clusters", f$G); s("df", f$df); s("k", f$K); s("factor", f$factor); s("df_absorbed", if (f$intercept) 0 else f$a); s("df_residual", f$dfr); s("rss", f$rss)
  s("sigma", sqrt(f$rss / f$dfr)); s("r2", f$r2); s("r2_adjusted", f$r2a); s("r2_within", f$r2w); s("r2_within_adjusted", f$r2wa); s("log_likelihood", f$ll); s("mean_outcome", f$mean_y)
  s("f_statistic", f$Fstat); s("f_df1", f$Fdf1); s("f_df2", f$df); s("f_p", pf(f$Fstat, f$Fdf1, f$df, lower.tail = FALSE))
  if (!f$intercept && !length(f$endo)) { k <- panel_constant(f); put(table, column, "constant", "estimate", k[1]); put(table, column, "constant", "std_error", k[2]) }
}

# --- instruments: ivreg2's rules, ivreghdfe's degrees of freedom under absorbed effects ------------------------------------
# One endogenous variable, L1 instruments, cluster-robust. s = absorbed degrees of effects NOT nested in the cluster, each with
# one level redundant once a nested effect is there; 1 when nothing is left. L = all instruments without constant and effects.
iv_statistics <- function(f) {
  g <- f$d[[f$vcov]]; n <- f$n; G <- f$G; L1 <- ncol(f$Z); L <- L1 + ncol(f$X2); k1 <- 1
  nested <- sapply(f$effects, function(v) all(tapply(as.integer(factor(g)), f$d[[v]], function(z) length(unique(z))) == 1)); s <- sum(f$levels[!nested] - 1); if (s == 0) s <- 1
  X2 <- qr(f$X2); x <- qr.resid(X2, f$E); z <- qr.resid(X2, f$Z); y <- qr.resid(X2, f$Y)
  Pi <- solve(crossprod(z), crossprod(z, x)); v <- x - z %*% Pi
  Rz <- chol(crossprod(z) / n); Rx <- chol(crossprod(x) / n); theta <- Rz %*% Pi %*% solve(Rx); sv <- svd(theta, nu = L1, nv = k1)
  # rank test of H0: rank = 0 (one endogenous): q = 0, so A = U (U U')^(-1/2)... = I up to rotation, lambda = vec(theta)
  rk <- function(score) { S <- crossprod(rowsum(score, g)) / n; K <- kronecker(solve(t(Rx)), solve(t(Rz))); Om <- K %*% S %*% t(K); n * drop(t(c(theta)) %*% solve(Om, c(theta))) }
  lm <- rk(z * drop(x)); if (L1 == 1) close_to(lm, sum(z * drop(x))^2 / sum(rowsum(z * drop(x), g)^2)); wald <- rk(z * drop(v)); cc2 <- sv$d[1]^2; conv <- (n - L - s) / (n - 1) * (G - 1) / G / L1
  Vz <- solve(crossprod(z)) %*% crossprod(rowsum(z * drop(v), g)) %*% solve(crossprod(z)); wf <- drop(t(Pi) %*% solve(Vz, Pi))
  pr <- solve(crossprod(z), crossprod(z, y)); e <- drop(y - z %*% pr); Va <- solve(crossprod(z)) %*% crossprod(rowsum(z * e, g)) %*% solve(crossprod(z)); wa <- drop(t(pr) %*% solve(Va, pr))
  # endogeneity: J of the model that takes the regressor as exogenous, S from its OLS residuals (the model itself is just identified)
  A <- cbind(f$E, f$X2); I <- cbind(f$Z, f$E, f$X2); u0 <- qr.resid(qr(A), f$Y); S <- crossprod(rowsum(I * u0, g)) / n; Si <- solve(S)
  b2 <- solve(t(A) %*% I %*% Si %*% t(I) %*% A, t(A) %*% I %*% Si %*% t(I) %*% f$Y); gb <- crossprod(I, f$Y - A %*% b2) / n; C <- n * drop(t(gb) %*% Si %*% gb)
  list(kp_lm = lm, kp_lm_df = L1, kp_lm_p = pchisq(lm, L1, lower.tail = FALSE), kp_f = wald * conv, cragg_donald_f = cc2 / (1 - cc2) * (n - L - s) / L1, first_stage_f = wf * conv, first_stage_f_df2 = G - 1,
    first_stage_f_p = pf(wf * conv, L1, G - 1, lower.tail = FALSE), partial_r2 = cc2, anderson_rubin_f = wa * conv, anderson_rubin_f_p = pf(wa * conv, L1, G - 1, lower.tail = FALSE),
    anderson_rubin_chi2 = wa, anderson_rubin_chi2_p = pchisq(wa, L1, lower.tail = FALSE), endogeneity = C, endogeneity_p = pchisq(C, 1, lower.tail = FALSE), s = s, L = L)
}
put_iv <- function(table, column, f) { st <- iv_statistics(f); for (q in names(st)) put(table, column, q, "", st[[q]]); put_fit(table, paste0(column, ":first"), first_stage(f)); st }

# --- equality of a coefficient in two or more groups --------------------------------------------------------------------------
# fits: named list of regressions on the groups, in the order of the table; difference = first - second.
put_equality <- function(table, label, fits, term, group, d, y, x, effects, vcov = "province") {
  nm <- names(fits); disjoint <- !any(duplicated(unlist(lapply(fits, function(f) unique(f$d[[vcov]])))))
  for (i in seq_along(nm)) for (j in seq_along(nm)) if (i < j) { col <- paste(nm[i], "-", nm[j]); a <- fits[[i]]; b <- fits[[j]]; dif <- a$b[[term]] - b$b[[term]]; put(table, col, "difference", term, dif)
    if (disjoint) { z <- dif / sqrt(a$se[[term]]^2 + b$se[[term]]^2); put(table, col, "disjoint_z", term, z); put(table, col, "disjoint_p", term, 2 * pnorm(-abs(z))) }
    sc <- function(f) { s <- rowsum(drop(f$Xs %*% f$Bs[, match(term, names(f$b))]) * f$u, f$d[[vcov]]); s[, 1] }
    sa <- sc(a); sb <- sc(b); ids <- union(names(sa), names(sb)); G <- length(ids); g0 <- function(s) ifelse(is.na(s[ids]), 0, s[ids]); v <- sum((g0(sa) - g0(sb))^2) * G / (G - 1)
    put(table, col, "suest_chi2", term, dif^2 / v); put(table, col, "suest_p", term, pchisq(dif^2 / v, 1, lower.tail = FALSE)) }
  # interaction form: every term and every effect times the group
  dd <- d[complete.cases(d[c(y, x, effects, vcov)]), ]; gg <- dd[[group]]; e2 <- unlist(lapply(effects, function(f) { v <- paste0(f, ".g"); dd[[v]] <<- paste(dd[[f]], gg); v }))
  xs <- character(); for (h in nm) for (t in x) { v <- paste0(t, ".", match(h, nm)); dd[[v]] <- ifelse(gg == h, dd[[t]], 0); xs <- c(xs, v) }
  f <- regress(dd, y, xs, e2, vcov = vcov); ix <- match(paste0(term, ".", seq_along(nm)), names(f$b)); R <- cbind(1, -diag(length(nm) - 1)); dv <- R %*% f$b[ix]; V <- R %*% f$V[ix, ix] %*% t(R); q <- length(nm) - 1
  Fs <- drop(t(dv) %*% solve(V, dv)) / q; put(table, label, "interaction_f", term, Fs); put(table, label, "interaction_df1", term, q); put(table, label, "interaction_df2", term, f$df); put(table, label, "interaction_p", term, pf(Fs, q, f$df, lower.tail = FALSE))
  put(table, label, "interaction_k", term, f$K); put(table, label, "interaction_factor", term, f$factor)
  exact <- f$K - (sum(f$levels) - (length(effects) - 1) - f$a); Fx <- Fs * f$factor / (f$G / (f$G - 1) * (f$n - 1) / (f$n - exact)); put(table, label, "interaction_k_exact_rank", term, exact); put(table, label, "interaction_f_exact_rank", term, Fx)
}

# --- mediation ------------------------------------------------------------------------------------------------------------------
put_mediation <- function(table, d, y, x, mediators, controls, effects, reps, vcov = "province", prefix = "") {
  d <- d[complete.cases(d[unique(c(y, x, mediators, controls, effects))]), ]
  total <- regress(d, y, c(x, controls), effects, vcov = vcov); ms <- lapply(mediators, function(m) regress(d, m, c(x, controls), effects, vcov = vcov)); out <- regress(d, y, c(x, mediators, controls), effects, vcov = vcov)
  put_fit(table, paste0(prefix, "1"), total); for (i in seq_along(ms)) put_fit(table, paste0(prefix, i + 1), ms[[i]]); put_fit(table, paste0(prefix, length(ms) + 2), out)
  col <- paste0(prefix, "effects"); put(table, col, "total", x, total$b[x]); put(table, col, "direct", x, out$b[x])
  M <- as.matrix(d[c(y, x, mediators, controls)]); boot <- bootstrap_indirect(d, M, length(mediators), length(controls), effects, vcov, reps); ab <- c()
  for (i in seq_along(mediators)) { m <- mediators[i]; a <- ms[[i]]$b[[x]]; sa <- ms[[i]]$se[[x]]; b <- out$b[[m]]; sb <- out$se[[m]]; ab[i] <- a * b
    put(table, col, "a", m, a); put(table, col, "b", m, b); put(table, col, "indirect", m, a * b); put(table, col, "share", m, a * b / total$b[[x]])
    s <- sqrt(a^2 * sb^2 + b^2 * sa^2); z <- a * b / s; put(table, col, "sobel_se", m, s); put(table, col, "sobel_z", m, z); put(table, col, "sobel_p", m, 2 * pnorm(-abs(z)))
    put(table, col, "aroian_se", m, sqrt(s^2 + sa^2 * sb^2)); put(table, col, "goodman_se", m, if (s^2 > sa^2 * sb^2) sqrt(s^2 - sa^2 * sb^2) else NA)
    ga <- rowsum(drop(ms[[i]]$Xs %*% ms[[i]]$Bs[, 1]) * ms[[i]]$u, d[[vcov]])[, 1]; gb <- rowsum(drop(out$Xs %*% out$Bs[, match(m, names(out$b))]) * out$u, d[[vcov]])[, 1]
    cab <- sum(ga * gb) * sqrt(ms[[i]]$factor * out$factor); sd <- sqrt(s^2 + 2 * a * b * cab); put(table, col, "delta_se", m, sd); put(table, col, "delta_z", m, a * b / sd)
    put(table, col, "bootstrap_low", m, quantile(boot[, i], .025)); put(table, col, "bootstrap_high", m, quantile(boot[, i], .975)); put(table, col, "bootstrap_sd", m, sd(boot[, i])) }
  close_to(total$b[[x]] - out$b[[x]], sum(ab), 1e-9)
  if (length(mediators) > 1) { put(table, col, "indirect", "total", sum(ab)); t <- rowSums(boot); put(table, col, "bootstrap_low", "total", quantile(t, .025)); put(table, col, "bootstrap_high", "total", quantile(t, .975)); put(table, col, "bootstrap_sd", "total", sd(t)) }
  list(total = total, mediators = ms, outcome = out)
}
# units resampled with new ids; both effects (unit, time) re-absorbed by closed form on the weighted cross products of a balanced panel
bootstrap_indirect <- function(d, M, k, controls, effects, unit, reps) {
  set.seed(20240101); d$.t <- d[[setdiff(effects, unit)]]; o <- order(d[[unit]], d$.t); M <- M[o, ]; u <- d[[unit]][o]; P <- length(unique(u)); T <- nrow(M) / P; stopifnot(all(table(u) == T)); p <- ncol(M)
  W <- M - rowsum(M, u)[as.character(u), ] / T; r <- split(seq_len(nrow(M)), match(u, unique(u))); C <- matrix(vapply(r, function(i) crossprod(W[i, ]), matrix(0, p, p)), p * p); Q <- t(vapply(r, function(i) c(W[i, ]), numeric(T * p)))
  med <- 2 + seq_len(k); con <- if (controls) 2 + k + seq_len(controls) else integer()
  out <- t(vapply(seq_len(reps), function(i) { n <- tabulate(sample.int(P, P, TRUE), P); Y <- matrix(colSums(n * Q) / P, T); S <- matrix(C %*% n, p) - P * crossprod(Y)
    xa <- c(2, con); a <- solve(S[xa, xa], S[xa, med, drop = FALSE])[1, ]; xb <- c(2, med, con); b <- solve(S[xb, xb], S[xb, 1])[1 + seq_len(k)]; a * b }, numeric(k)))
  if (k == 1) matrix(out, reps) else out
}

# --- variance inflation ------------------------------------------------------------------------------------------------------------
put_vif <- function(table, column, d, x) { X <- as.matrix(d[x]); v <- sapply(seq_along(x), function(j) { y <- X[, j]; e <- qr.resid(qr(cbind(1, X[, -j])), y); sum((y - mean(y))^2) / sum(e^2) })
  for (j in seq_along(x)) { put(table, column, "vif", x[j], v[j]); put(table, column, "tolerance", x[j], 1 / v[j]) }; put(table, column, "mean_vif", "", mean(v)); v }
versions <- function(file) writeLines(c(R.version.string, paste("fixest", packageVersion("fixest")), paste("plm", packageVersion("plm")), paste("AER", packageVersion("AER"))), file)
