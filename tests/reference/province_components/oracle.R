# SPDX-License-Identifier: Apache-2.0
# KMO, MSA, Bartlett, standardised alpha, components and their score of seven indicators, 30 provinces 2015-2021.
# Base R only. Run here: Rscript oracle.R
options(digits = 17)
p <- read.csv("data.csv")
v <- setdiff(names(p), c("province", "year"))
X <- as.matrix(p[, v]); R <- cor(X); n <- nrow(X); k <- length(v)
out <- NULL
put <- function(quantity, item, value) {
  out <<- rbind(out, data.frame(quantity, item, value = sprintf("%.17g", value)))
}
iR <- solve(R); A <- -iR / sqrt(outer(diag(iR), diag(iR))); diag(A) <- 0; R0 <- R; diag(R0) <- 0
put("kmo", "", sum(R0^2) / (sum(R0^2) + sum(A^2)))
for (j in 1:k) put("msa", v[j], sum(R0[, j]^2) / (sum(R0[, j]^2) + sum(A[, j]^2)))
chi2 <- -(n - 1 - (2 * k + 5) / 6) * log(det(R))
put("bartlett_chi2", "", chi2); put("bartlett_df", "", k * (k - 1) / 2)
put("alpha", "", k / (k - 1) * (1 - k / sum(R)))
e <- eigen(R)
for (j in 1:k) put("eigenvalue", j, e$values[j])
kept <- max(1, sum(e$values > 1))
L <- e$vectors[, 1:kept, drop = FALSE]
L <- L %*% diag(ifelse(colSums(L) < 0, -1, 1), kept)
for (m in 1:kept) for (j in 1:k) put(paste0("loading", m), v[j], L[j, m])
F <- scale(X) %*% L %*% (e$values[1:kept] / sum(e$values[1:kept]))
S <- (F - min(F)) / (max(F) - min(F))
for (i in 1:n) put("score", paste0(p$province[i], ":", p$year[i]), S[i])
write.csv(out, "expected.csv", row.names = FALSE, quote = FALSE)
