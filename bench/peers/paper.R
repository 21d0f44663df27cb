# SPDX-License-Identifier: Apache-2.0
# Rscript paper.R CSV REPLICATES: the work of an applied paper on 30 provinces, whole process: four regressions with effects,
# two IV with their tests, six robustness columns, nine subgroups, mediation, five LaTeX tables, and the cluster bootstrap
# of the mediated effect by demeaned refits (fixest's demean and .lm.fit; a loop of feols takes about three times as long).
suppressMessages({library(fixest); library(data.table)})
setFixest_nthreads(1); setFixest_notes(FALSE)
a <- commandArgs(TRUE); replicates <- as.integer(a[2]); out <- tempdir()
d <- as.data.frame(fread(a[1]))
w <- function(v) { q <- quantile(v, c(.01, .99)); pmin(pmax(v, q[1]), q[2]) }
d$hi1 <- d$c1 > median(d$c1); d$hi2 <- d$c2 > median(d$c2); d$late <- d$year > 2015; d$yw <- w(d$y); d$xw <- w(d$x)
setDT(d)[, lx := shift(x), by = prov]; d <- as.data.frame(d)

main <- list(feols(y ~ x | prov, d, vcov = ~prov), feols(y ~ x + c1 + c2 + c3 + c4 | prov, d, vcov = ~prov),
  feols(y ~ x | prov + year, d, vcov = ~prov), feols(y ~ x + c1 + c2 + c3 + c4 | prov + year, d, vcov = ~prov))
iv <- list(feols(y ~ c1 + c2 + c3 + c4 | prov + year | x ~ z, d, vcov = ~prov),
  feols(y ~ c1 + c2 + c3 + c4 | prov + year | x ~ z + z2, d, vcov = ~prov))
tests <- lapply(iv, fitstat, ~ n + ivf1 + ivwald1 + cd + wh + sargan + r2 + ar2 + wr2)
kp <- lapply(iv, function(m) tryCatch(fitstat(m, "kpr"), error = identity))  # some versions refuse it for two instruments
robust <- list(feols(y ~ x + c1 + c2 + c3 + c4 | prov + year, d[d$prov > 4, ], vcov = ~prov),
  feols(yw ~ xw + c1 + c2 + c3 + c4 | prov + year, d, vcov = ~prov), feols(y ~ lx + c1 + c2 + c3 + c4 | prov + year, d, vcov = ~prov),
  feols(m ~ x + c1 + c2 + c3 + c4 | prov + year, d, vcov = ~prov), feols(y ~ x + c1 + c2 + c3 + c4 | prov[year] + year, d, vcov = ~prov),
  feols(y ~ x + c1 + c2 + c3 + c4 | prov + year, d, panel.id = ~prov + year, vcov = "DK"))
samples <- c(lapply(1:3, function(r) d$region == r), list(d$late, !d$late, d$hi1, !d$hi1, d$hi2, !d$hi2))
subgroups <- lapply(samples, function(s) feols(y ~ x + c1 + c2 + c3 + c4 | prov + year, d[s, ], vcov = ~prov))
mediation <- list(feols(m ~ x + c1 + c2 + c3 + c4 | prov + year, d, vcov = ~prov),
  feols(y ~ x + m + c1 + c2 + c3 + c4 | prov + year, d, vcov = ~prov))
for (t in c("main", "iv", "robust", "subgroups", "mediation")) etable(get(t), tex = TRUE, file = file.path(out, paste0(t, ".tex")), replace = TRUE)

P <- 30L; T <- 9L; d <- d[order(d$prov, d$year), ]; rows <- split(seq_len(nrow(d)), d$prov); set.seed(1)
V <- as.matrix(d[c("y", "m", "x", "c1", "c2", "c3", "c4")])
indirect <- vapply(1:replicates, function(b) {
  s <- sample.int(P, P, TRUE); X <- fixest::demean(V[unlist(rows[s]), ], list(rep(1:P, each = T), rep(1:T, P)), nthreads = 1, notes = FALSE)
  .lm.fit(X[, 3:7], X[, 2])$coefficients[1] * .lm.fit(X[, c(3, 2, 4:7)], X[, 1])$coefficients[2] }, 0)
cat("indirect effect", coef(mediation[[1]])[["x"]] * coef(mediation[[2]])[["m"]], quantile(indirect, c(.025, .975)), "\n")
