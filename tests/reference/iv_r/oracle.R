# SPDX-License-Identifier: Apache-2.0
# Instruments by explicit matrices in base R: Rscript oracle.R > expected.csv (in this folder).
# Every statistic is written from its definition, without the program's algebra: GMM by solve() on moments, CUE by
# numerical minimisation, confidence sets by a grid and uniroot, conditional F by the regressions of their authors.
options(digits = 17)
d <- read.csv("../ivreg2_card/card.csv")
n <- nrow(d)
out <- function(spec, vcov, name, value) cat(spec, vcov, name, format(value, digits = 17), sep = ",", fill = TRUE)
cat("spec,vcov,name,value\n")
res <- function(A, Q) qr.resid(qr(Q), A)
meat <- function(Z, u, vcov, cl) switch(vcov,
  iid = sum(u^2) / n * crossprod(Z), hc0 = crossprod(Z * u), cluster = crossprod(rowsum(Z * u, cl)))
# ivreg2's conversion of a Wald statistic into an F.
to_f <- function(w, df1, L, vcov, G) if (vcov == "cluster") w / (n - 1) * (n - L) * (G - 1) / G / df1 else w / n * (n - L) / df1
wald <- function(e, Z, X2, vcov, cl) {
  ZZ <- cbind(Z, X2); q <- ncol(Z)
  b <- solve(crossprod(ZZ), crossprod(ZZ, e)); u <- drop(e - ZZ %*% b)
  B <- solve(crossprod(ZZ)); V <- B %*% meat(ZZ, u, vcov, cl) %*% B
  drop(t(b[1:q]) %*% solve(V[1:q, 1:q], b[1:q]))
}
tsls <- function(y, X, Z) { P <- qr.fitted(qr(Z), X); solve(crossprod(P, X), crossprod(P, y)) }
gmm <- function(y, X, Z, S) { A <- crossprod(Z, X); W <- solve(S); solve(t(A) %*% W %*% A, t(A) %*% W %*% crossprod(Z, y)) }
jstat <- function(b, y, X, Z, S) { g <- crossprod(Z, y - X %*% b); drop(t(g) %*% solve(S, g)) }
unit <- function(M) sweep(M, 2, sqrt(colSums(M^2)), "/")   # moments of unit length, for the digits

run <- function(spec, y, X1, X2, Z1, cl) {
  X <- cbind(X1, X2); Z <- unit(cbind(Z1, X2)); K1 <- ncol(X1); L1 <- ncol(Z1); L <- ncol(Z); G <- length(unique(cl))
  x1 <- res(X1, X2); z1 <- res(Z1, X2); y1 <- drop(res(y, X2))
  for (vcov in c("iid", "hc0", "cluster")) {
    b2 <- tsls(y, X, Z); u2 <- drop(y - X %*% b2)
    S <- meat(Z, u2, vcov, cl)
    # estimators
    bg <- gmm(y, X, Z, S); A <- crossprod(Z, X)
    out(spec, vcov, "gmm2s b", bg[1]); out(spec, vcov, "gmm2s se", sqrt(solve(t(A) %*% solve(S) %*% A)[1, 1]))
    b <- b2
    for (i in 1:500) b <- gmm(y, X, Z, meat(Z, drop(y - X %*% b), vcov, cl))
    out(spec, vcov, "igmm b", b[1]); out(spec, vcov, "igmm se", sqrt(solve(t(A) %*% solve(meat(Z, drop(y - X %*% b), vcov, cl)) %*% A)[1, 1]))
    if (L1 > K1) out(spec, vcov, "igmm j", jstat(b, y, X, Z, meat(Z, drop(y - X %*% b), vcov, cl)))
    se <- sqrt(diag(solve(t(A) %*% solve(S) %*% A)))
    f <- function(t) { b <- bg + se * t; jstat(b, y, X, Z, meat(Z, drop(y - X %*% b), vcov, cl)) }
    t <- rep(0, ncol(X))
    for (i in 1:6) t <- optim(t, f, method = "BFGS", control = list(reltol = 1e-16, maxit = 2000, ndeps = rep(1e-5, length(t))))$par
    out(spec, vcov, "cue b", (bg + se * t)[1]); if (L1 > K1) out(spec, vcov, "cue j", f(t))
    # conditional F
    Zall <- cbind(Z1, X2); Xh <- qr.fitted(qr(Zall), X1)
    for (j in seq_len(K1)) {
      if (K1 == 1) { sw <- ap <- X1[, 1] } else {
        c <- solve(crossprod(cbind(Xh[, -j], X2)), crossprod(cbind(Xh[, -j], X2), X1[, j]))
        sw <- drop(X1[, j] - cbind(X1[, -j], X2) %*% c); ap <- drop(X1[, j] - cbind(Xh[, -j], X2) %*% c)
      }
      out(spec, vcov, paste("sw", j), to_f(wald(sw, Z1, X2, vcov, cl), L1 - K1 + 1, L, vcov, G))
      out(spec, vcov, paste("ap", j), to_f(wald(ap, Z1, X2, vcov, cl), L1 - K1 + 1, L, vcov, G))
    }
    # C tests: the first endogenous; the first instrument
    ctest <- function(Zkept, Ztested) {
      Zr <- unit(cbind(Zkept, Ztested)); u <- drop(y - X %*% tsls(y, X, Zr)); S <- meat(Zr, u, vcov, cl); k <- seq_len(ncol(Zkept))
      jstat(gmm(y, X, Zr, S), y, X, Zr, S) - jstat(gmm(y, X, Zr[, k], S[k, k]), y, X, Zr[, k], S[k, k])
    }
    out(spec, vcov, "endog", ctest(cbind(Z1, X2), X1[, 1, drop = FALSE]))
    if (L1 > K1) {
      out(spec, vcov, "orthog", ctest(cbind(Z1[, -1], X2), Z1[, 1, drop = FALSE]))
      zr <- res(z1[, 1], z1[, -1, drop = FALSE]); xr <- res(x1, z1[, -1, drop = FALSE])
      g <- drop(crossprod(xr, zr)); s <- xr * zr
      M <- switch(vcov, iid = crossprod(xr) * sum(zr^2) / n, hc0 = crossprod(s), cluster = crossprod(rowsum(s, cl)))
      out(spec, vcov, "redundant", drop(t(g) %*% solve(M, g)))
    }
    # Wu-Hausman, without small-sample factors
    V <- res(X1, Zall); XX <- cbind(V, X); B <- solve(crossprod(unit(XX))); bb <- B %*% crossprod(unit(XX), y)
    e <- drop(y - unit(XX) %*% bb); VV <- if (vcov == "iid") sum(e^2) / n * B else B %*% meat(unit(XX), e, vcov, cl) %*% B
    out(spec, vcov, "wu_hausman", drop(t(bb[1:K1]) %*% solve(VV[1:K1, 1:K1], bb[1:K1])) / K1)
    e <- y1; out(spec, vcov, "stock_wright", { g <- crossprod(Z, e); drop(t(g) %*% solve(meat(Z, e, vcov, cl), g)) })
    if (K1 > 1) next
    # effective F and its critical values
    Q <- qr.Q(qr(z1)) * sqrt(n); v <- cbind(res(y1, Q), res(x1, Q))
    W <- if (vcov == "iid") kronecker(crossprod(v) / n, diag(L1)) else {
      s <- cbind(v[, 1] * Q, v[, 2] * Q); (if (vcov == "hc0") crossprod(s) else crossprod(rowsum(s, cl))) / n }
    W <- W * n / (n - L); i <- 1:L1; W1 <- W[i, i, drop = FALSE]; W12 <- W[i, L1 + i, drop = FALSE]; W2 <- W[L1 + i, L1 + i, drop = FALSE]
    tr <- function(M) sum(diag(M))
    feff <- sum(crossprod(Q, x1)^2) / n / tr(W2); if (vcov == "cluster") feff <- feff * n / (n - 1) * (G - 1) / G
    out(spec, vcov, "effective_f", feff)
    bias <- function(b) { S12 <- W12 - b * W2; S1 <- W1 - b * (W12 + t(W12)) + b^2 * W2
      ev <- eigen((S12 + t(S12)) / 2, symmetric = TRUE)$values
      max(abs(tr(S12) - 2 * range(ev))) / sqrt(tr(W2) * tr(S1)) }
    scale <- sqrt(tr(W1) / tr(W2)); at <- function(a) bias(scale * tan(a)); a <- seq(-pi / 2, pi / 2, length.out = 20001)[2:20000]
    m <- a[which.max(sapply(a, at))]; B <- optimize(at, m + c(-2, 2) * (a[2] - a[1]), maximum = TRUE, tol = 1e-12)$objective
    cv <- function(x) { K <- tr(W2)^2 * (1 + 2 * x) / (tr(W2 %*% W2) + 2 * x * tr(W2) * max(eigen(W2)$values)); qchisq(0.95, K, x * K) / K }
    out(spec, vcov, "mop 10%", cv(B / 0.1)); out(spec, vcov, "mop 5%", cv(B / 0.05)); out(spec, vcov, "mop simplified 10%", cv(10))
    # Anderson-Rubin set at three levels: where the F of the instruments in y - b x crosses its critical value
    df2 <- if (vcov == "cluster") G - 1 else n - L
    ar <- function(b) to_f(wald(y - b * X1[, 1], Z1, X2, vcov, cl), L1, L, vcov, G)
    for (level in c(0.8, 0.95, 0.99)) {
      h <- function(b) ar(b) - qf(level, L1, df2)
      s <- sqrt(sum(u2^2) / n / sum(qr.fitted(qr(z1), x1)^2)); g <- b2[1] + s * tan(seq(-pi / 2 + 1e-4, pi / 2 - 1e-4, length.out = 1501))
      hv <- sapply(g, h); k <- which(hv[-1] * hv[-length(hv)] < 0)
      out(spec, vcov, paste("ar ends", level), length(k)); out(spec, vcov, paste("ar outside", level), as.integer(h(1e9 * s) > 0))
      for (e in seq_along(k)) out(spec, vcov, paste("ar", level, e), uniroot(h, g[k[e] + 0:1], tol = 1e-13 * s)$root)
    }
  }
}
one <- rep(1, n)
with(d, {
  run("one", lwage, cbind(educ), cbind(one, exper, expersq, black, south), cbind(nearc2, nearc4), age)
  run("three", lwage, cbind(educ), cbind(one, exper, black, south), cbind(nearc2, nearc4, momdad14), age)
  run("weak", lwage, cbind(educ), cbind(one, exper, expersq, black, south, smsa, smsa66, reg662, reg663), cbind(nearc2), age)
  run("two", lwage, cbind(educ, smsa), cbind(one, exper, black, south), cbind(nearc2, nearc4, momdad14, smsa66), age)
})
