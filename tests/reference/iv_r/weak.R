# SPDX-License-Identifier: Apache-2.0
# Conditional likelihood ratio, K and Pagan-Hall tests from their definitions: Rscript weak.R > weak.csv (base R, in this
# folder). Sets by uniroot on the p-value at each value, p of the conditional likelihood ratio by integration over
# the chi2(k - 1) part (not the formula of the program).
options(digits = 17)
d <- read.csv("../ivreg2_card/card.csv")
cat("spec,name,value\n")
out <- function(spec, name, value) cat(spec, name, format(value, digits = 17), sep = ",", fill = TRUE)
res <- function(A, Q) qr.resid(qr(Q), A)
conditional_p <- function(m, t, k) {
  if (m <= 0) return(1)
  if (k == 1) return(pchisq(m, 1, lower.tail = FALSE))
  # LR <= m when Q1 <= m (1 - w/(m + t)), w ~ chi2(k - 1) below m + t
  f <- function(w) pchisq(m * (1 - w / (m + t)), 1, lower.tail = FALSE) * dchisq(w, k - 1)
  # w = s^2: no pole at zero
  g <- function(s) f(s^2) * 2 * s
  top <- sqrt(m + t); cuts <- c(0, 1, 3, 6, 12, top); cuts <- sort(unique(cuts[cuts <= top]))
  sum(sapply(seq_len(length(cuts) - 1), function(i) integrate(g, cuts[i], cuts[i + 1], rel.tol = 1e-12, abs.tol = 1e-16)$value)) +
    pchisq(m + t, k - 1, lower.tail = FALSE)
}
run <- function(spec, y, x, X2, Z1, w = NULL) {
  r <- if (is.null(w)) rep(1, length(y)) else sqrt(w / mean(w))
  y <- res(y * r, X2 * r); x <- res(x * r, X2 * r); Z <- res(Z1 * r, X2 * r); k <- ncol(Z); n <- length(y)
  Y <- cbind(y, x); Omega <- crossprod(res(Y, Z)) / (n - k - ncol(X2))
  half <- function(M) { e <- eigen(M, symmetric = TRUE); e$vectors %*% diag(1 / sqrt(e$values), nrow(M)) %*% t(e$vectors) }
  ZY <- half(crossprod(Z)) %*% crossprod(Z, Y)
  at <- function(b) {
    b0 <- c(1, -b); a0 <- c(b, 1)
    S <- ZY %*% b0 / sqrt(drop(t(b0) %*% Omega %*% b0)); T <- ZY %*% solve(Omega, a0) / sqrt(drop(t(a0) %*% solve(Omega, a0)))
    QS <- sum(S^2); QT <- sum(T^2); QST <- sum(S * T)
    LR <- 0.5 * (QS - QT + sqrt((QS + QT)^2 - 4 * (QS * QT - QST^2)))
    list(lr = LR, qt = QT, k = QST^2 / QT, p_lr = conditional_p(LR, QT, k), p_k = pchisq(QST^2 / QT, 1, lower.tail = FALSE))
  }
  for (b in c(0, 0.1)) {
    s <- at(b)
    for (name in names(s)) out(spec, paste(name, b), s[[name]])
  }
  estimate <- sum(ZY[, 1] * ZY[, 2]) / sum(ZY[, 2]^2); scale <- sqrt(Omega[1, 1] / sum(ZY[, 2]^2))
  grid <- estimate + scale * sort(c(seq(-30, 30, by = 0.05), c(-1, 1) * rep(40 * 1.2^(0:60), each = 2)))
  for (which in c("p_lr", "p_k")) for (level in c(0.9, 0.95)) {
    f <- function(b) at(b)[[which]] - (1 - level)
    v <- sapply(grid, f); ends <- c()
    for (i in which(v[-1] * v[-length(v)] < 0)) ends <- c(ends, uniroot(f, grid[i + 0:1], tol = 1e-14)$root)
    out(spec, paste("ends", which, level), length(ends)); out(spec, paste("far", which, level), as.numeric(v[1] > 0))
    for (i in seq_along(ends)) out(spec, paste("end", which, level, i), ends[i])
  }
}
pagan_hall <- function(spec, y, X, Z, P) {
  n <- length(y); Xh <- qr.fitted(qr(Z), X); b <- solve(crossprod(Xh, X), crossprod(Xh, y)); u <- drop(y - X %*% b)
  P <- scale(P, scale = FALSE); s2 <- mean(u^2); m3 <- mean(u^3); m4 <- mean(u^4)
  D <- crossprod(P, u^2 - s2) / n; G <- crossprod(P, X * u) / n; A <- solve(crossprod(Xh) / n)
  B <- (m4 - s2^2) * crossprod(P) / n - 2 * m3 * (crossprod(P, Xh) / n) %*% A %*% t(G)
  B <- B - 2 * m3 * G %*% A %*% t(crossprod(P, Xh) / n) + 4 * s2 * G %*% A %*% t(G)
  out(spec, "pagan_hall", n * drop(t(D) %*% solve(B, D))); out(spec, "pagan_hall df", ncol(P))
}
one <- rep(1, nrow(d)); X2 <- cbind(one, d$exper, d$expersq, d$black, d$south)
run("one", d$lwage, d$educ, X2, cbind(d$nearc2, d$nearc4))
run("just", d$lwage, d$educ, X2, cbind(d$nearc4))
run("three", d$lwage, d$educ, X2, cbind(d$nearc2, d$nearc4, d$momdad14))
run("weighted", d$lwage, d$educ, X2, cbind(d$nearc2, d$nearc4), d$weight)
region <- cbind(d$reg661, d$reg662, d$reg663, d$reg664, d$reg665, d$reg666, d$reg667, d$reg668)
run("weak", d$lwage, d$educ, cbind(X2, region), cbind(d$nearc2))
run("weak two", d$lwage, d$educ, cbind(X2, region, d$smsa), cbind(d$nearc2, d$sinmom14))
Z <- cbind(d$nearc2, d$nearc4, X2)
pagan_hall("one", d$lwage, cbind(d$educ, X2), Z, Z[, -3])
pagan_hall("one named", d$lwage, cbind(d$educ, X2), Z, cbind(d$nearc2, d$black))
