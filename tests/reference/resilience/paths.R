# SPDX-License-Identifier: Apache-2.0
# Serial paths, contrasts, moderators, channels and the decomposition of a coefficient, from the regressions of ../oracle.R.
# theta: list of (fit, term). Own influence of each row, times the root of the equation's factor; covariance by sums of clusters.
influence_of <- function(f, term) drop(f$Xs %*% f$Bs[, match(term, names(f$b))]) * f$u
theta_of <- function(fits, places) list(b = sapply(places, function(p) fits[[p$e]]$b[[p$x]]),
  V = crossprod(rowsum(sapply(places, function(p) influence_of(fits[[p$e]], p$x) * sqrt(fits[[p$e]]$factor)), fits[[1]]$d[[fits[[1]]$vcov]])))
at_ <- function(e, x) list(e = e, x = x)
# Every effect is linear in each coefficient: central differences are exact.
slope_of <- function(f, b) sapply(seq_along(b), function(i) { h <- 1e-3 * max(abs(b[i]), 1e-3); u <- l <- b; u[i] <- b[i] + h; l[i] <- b[i] - h; (f(u) - f(l)) / (2 * h) })
put_effect <- function(table, column, term, f, m) { g <- slope_of(f, m$b); s <- sqrt(drop(g %*% m$V %*% g)); put(table, column, "indirect", term, f(m$b)); put(table, column, "delta_se", term, s); put(table, column, "delta_z", term, f(m$b) / s); put(table, column, "delta_p", term, 2 * pnorm(-abs(f(m$b) / s))) }
# Units drawn with new ids, as bootstrap_indirect; of(S) gives effects from the cross products of (y, x, mediators, controls).
bootstrap_effects <- function(table, column, d, vars, effects, unit, reps, of) {
  set.seed(20240102); M <- as.matrix(d[vars]); t <- d[[setdiff(effects, unit)]]; o <- order(d[[unit]], t); M <- M[o, ]; u <- d[[unit]][o]; P <- length(unique(u)); T <- nrow(M) / P; stopifnot(all(table(u) == T)); p <- ncol(M)
  W <- M - rowsum(M, u)[as.character(u), ] / T; r <- split(seq_len(nrow(M)), match(u, unique(u))); C <- matrix(vapply(r, function(i) crossprod(W[i, ]), matrix(0, p, p)), p * p); Q <- t(vapply(r, function(i) c(W[i, ]), numeric(T * p)))
  draws <- t(vapply(seq_len(reps), function(i) { n <- tabulate(sample.int(P, P, TRUE), P); Y <- matrix(colSums(n * Q) / P, T); S <- matrix(C %*% n, p) - P * crossprod(Y); dimnames(S) <- list(vars, vars); of(S) }, of(crossprod(W))))
  for (e in colnames(draws)) { put(table, column, "bootstrap_low", e, quantile(draws[, e], .025)); put(table, column, "bootstrap_high", e, quantile(draws[, e], .975)); put(table, column, "bootstrap_sd", e, sd(draws[, e])) }
}
ls_of <- function(S, y, x) setNames(drop(solve(S[x, x], S[x, y])), x)

put_contrasts <- function(table, d, y, x, mediators, controls, effects, reps) {
  d <- d[complete.cases(d[unique(c(y, x, mediators, controls, effects))]), ]; k <- length(mediators); nm <- book$names[mediators]
  fits <- c(lapply(mediators, function(m) regress(d, m, c(x, controls), effects)), list(regress(d, y, c(x, mediators, controls), effects)))
  m <- theta_of(fits, c(lapply(seq_len(k), function(j) at_(j, x)), lapply(mediators, function(j) at_(k + 1, j))))
  pairs <- combn(k, 2, simplify = FALSE); names(pairs) <- sapply(pairs, function(p) paste(nm[p[1]], "less", nm[p[2]]))
  for (e in names(pairs)) { p <- pairs[[e]]; put_effect(table, "effects", e, function(t) t[p[1]] * t[k + p[1]] - t[p[2]] * t[k + p[2]], m) }
  bootstrap_effects(table, "effects", d, c(y, x, mediators, controls), effects, "province", reps, function(S) { b <- ls_of(S, y, c(x, mediators, controls)); ab <- sapply(mediators, function(j) ls_of(S, j, c(x, controls))[[x]] * b[[j]]); sapply(pairs, function(p) ab[[p[1]]] - ab[[p[2]]]) })
}
put_serial <- function(table, d, y, x, first, second, controls, effects, reps) {
  total <- regress(d, y, c(x, controls), effects); fits <- list(regress(d, first, c(x, controls), effects), regress(d, second, c(x, first, controls), effects), regress(d, y, c(x, first, second, controls), effects))
  put_fit(table, 1, total); for (e in 1:3) put_fit(table, e + 1, fits[[e]]); put(table, "effects", "total", x, total$b[x]); put(table, "effects", "direct", x, fits[[3]]$b[x])
  m <- theta_of(fits, list(at_(1, x), at_(2, x), at_(3, first), at_(3, second), at_(2, first))); n1 <- book$names[[first]]; n2 <- book$names[[second]]; chain <- paste(n1, "->", n2)
  paths <- list(function(t) t[1] * t[3], function(t) t[2] * t[4], function(t) t[1] * t[5] * t[4]); names(paths) <- c(n1, n2, chain); all <- function(t) sum(sapply(paths, function(p) p(t))); close_to(total$b[[x]] - fits[[3]]$b[[x]], all(m$b), 1e-9)
  for (e in names(paths)) { put_effect(table, "effects", e, paths[[e]], m); put(table, "effects", "share", e, paths[[e]](m$b) / total$b[[x]]) }; put_effect(table, "effects", "total", all, m)
  for (p in combn(3, 2, simplify = FALSE)) put_effect(table, "effects", paste(names(paths)[p[1]], "less", names(paths)[p[2]]), function(t) paths[[p[1]]](t) - paths[[p[2]]](t), m)
  bootstrap_effects(table, "effects", d, c(y, x, first, second, controls), effects, "province", reps, function(S) { b <- ls_of(S, y, c(x, first, second, controls)); a <- ls_of(S, second, c(x, first, controls)); a1 <- ls_of(S, first, c(x, controls))[[x]]; setNames(c(a1 * b[[first]], a[[x]] * b[[second]], a1 * a[[first]] * b[[second]]), names(paths)) })
}
# The first link moves with w, which stands among the controls.
put_moderated <- function(table, d, y, x, mediator, w, controls, effects) {
  xw <- paste0(x, "_by_", w); book$names[[xw]] <- paste(x, w, sep = ":"); d[[xw]] <- d[[x]] * d[[w]]; total <- regress(d, y, c(x, controls, w), effects); fits <- list(regress(d, mediator, c(x, controls, w, xw), effects), regress(d, y, c(x, controls, w, mediator), effects))
  put_fit(table, 1, total); put_fit(table, 2, fits[[1]]); put_fit(table, 3, fits[[2]]); m <- theta_of(fits, list(at_(1, x), at_(1, xw), at_(2, mediator))); values <- mean(d[[w]]) + c(-1, 0, 1) * sd(d[[w]])
  for (v in 1:3) { put(table, "effects", "value", v, values[v]); put_effect(table, "effects", as.character(v), function(t) (t[1] + t[2] * values[v]) * t[3], m) }
  put_effect(table, "effects", "difference", function(t) t[2] * t[3] * (values[3] - values[1]), m); put_effect(table, "effects", "index", function(t) t[2] * t[3], m)
}
put_channels <- function(table, d, y, x, channels, controls, effects) { d <- d[complete.cases(d[unique(c(y, x, channels, controls, effects))]), ]; put_fit(table, 1, regress(d, y, c(x, controls), effects)); p <- c()
  for (j in seq_along(channels)) { f <- regress(d, channels[j], c(x, controls), effects); put_fit(table, j + 1, f); p[channels[j]] <- f$p[[x]] }; h <- p.adjust(p, "holm"); for (n in names(h)) put(table, "channels", "corrected_p", n, h[[n]]) }
put_by_group <- function(table, d, y, x, mediator, controls, effects, group, names) { own <- list()
  for (g in names) { s <- d[d[[group]] == g, ]; fits <- list(regress(s, mediator, c(x, controls), effects), regress(s, y, c(x, mediator, controls), effects)); m <- theta_of(fits, list(at_(1, x), at_(2, mediator))); put_effect(table, g, mediator, function(t) t[1] * t[2], m)
    put(table, g, "a", mediator, m$b[1]); put(table, g, "b", mediator, m$b[2]); put(table, g, "direct", x, fits[[2]]$b[x]); sl <- slope_of(function(t) t[1] * t[2], m$b); own[[g]] <- c(m$b[1] * m$b[2], drop(sl %*% m$V %*% sl)) }
  dif <- own[[1]][1] - own[[2]][1]; s <- sqrt(own[[1]][2] + own[[2]][2]); col <- paste(names[1], "-", names[2]); put(table, col, "indirect", mediator, dif); put(table, col, "delta_se", mediator, s); put(table, col, "delta_z", mediator, dif / s) }
# Gelbach: parts of b_short - b_full; V = G'V(b)G + f (B + C + C'), f = G/(G - 1).
put_gelbach <- function(table, d, y, x, base, groups, effects) { every <- unlist(groups, use.names = FALSE); short <- regress(d, y, c(x, base), effects); full <- regress(d, y, c(x, base, every), effects); g <- d$province; f <- length(unique(g)) / (length(unique(g)) - 1)
  aux <- setNames(lapply(every, function(k) regress(d, k, c(x, base), effects)), every); put(table, "short", "estimate", x, short$b[x]); put(table, "full", "estimate", x, full$b[x]); put(table, "short", "std_error", x, short$se[x]); put(table, "full", "std_error", x, full$se[x])
  for (n in c(names(groups), "total")) { k <- if (n == "total") every else groups[[n]]; gamma <- sapply(k, function(v) aux[[v]]$b[[x]]); b <- full$b[k]; part <- sum(gamma * b); one <- rowsum(drop(sapply(k, function(v) influence_of(full, v)) %*% gamma), g); two <- rowsum(drop(sapply(k, function(v) influence_of(aux[[v]], x)) %*% b), g)
    V <- drop(gamma %*% full$V[k, k] %*% gamma) + f * (sum(two^2) + 2 * sum(one * two)); put(table, n, "estimate", "part", part); put(table, n, "std_error", "part", sqrt(V)); put(table, n, "share", "part", part / (short$b[[x]] - full$b[[x]])) }
  close_to(short$b[[x]] - full$b[[x]], part, 1e-8) }
