# SPDX-License-Identifier: Apache-2.0
# Tests by name on Grunfeld's data. Rscript oracle.R, in this folder: writes expected.csv.
suppressMessages({library(car); library(sandwich); library(plm); library(clubSandwich)})
gr <- read.csv("../stata_grunfeld_cluster/grunfeld.csv"); gr$firm <- factor(gr$firm)
rows <- list(); put <- function(test, vcov, quantity, value) rows[[length(rows) + 1]] <<- data.frame(test = test, vcov = vcov, quantity = quantity, value = sprintf("%.17g", value))
m <- lm(invest ~ value + capital + year, gr)
vcovs <- list(iid = vcov(m), hc1 = vcovHC(m, "HC1"), `cluster(firm)` = vcovCL(m, ~ firm, type = "HC1", cadjust = TRUE))
df <- c(iid = m$df.residual, hc1 = m$df.residual, `cluster(firm)` = nlevels(gr$firm) - 1)
for (v in names(vcovs)) {
  joint <- linearHypothesis(m, c("value = 0", "capital = 0"), vcov. = vcovs[[v]], test = "F")
  f <- joint$F[2]; put("wald(value, capital)", v, "statistic", f); put("wald(value, capital)", v, "p_value", pf(f, 2, df[[v]], lower.tail = FALSE))
  a <- c(0, 1, -2, 0); b <- sum(a * coef(m)); se <- sqrt(drop(t(a) %*% vcovs[[v]] %*% a)); h <- qt(.975, df[[v]]) * se
  combination <- linearHypothesis(m, "value = 2 * capital", vcov. = vcovs[[v]], test = "F"); stopifnot(abs(combination$F[2] - (b / se)^2) < 1e-8 * (b / se)^2)
  name <- "lincom(value - 2*capital)"; put(name, v, "estimate", b); put(name, v, "std_error", se); put(name, v, "p_value", 2 * pt(-abs(b / se), df[[v]])); put(name, v, "conf_low", b - h); put(name, v, "conf_high", b + h)
}
for (x in names(vif(m))) put("vif", "iid", x, vif(m)[[x]])
within <- plm(invest ~ value + capital, gr, index = c("firm", "year"), model = "within"); pooled <- update(within, model = "pooling")
e <- pFtest(within, pooled); put("effects_f", "iid", "statistic", e$statistic); put("effects_f", "iid", "p_value", e$p.value)
lm_test <- plmtest(pooled, type = "bp"); put("lm", "iid", "statistic", lm_test$statistic); put("lm", "iid", "p_value", lm_test$p.value)
h <- plmtest(pooled, type = "honda"); put("honda", "iid", "statistic", h$statistic); put("honda", "iid", "p_value", h$p.value)
for (test in c(pesaran_cd = "cd", bp_cd = "lm")) { r <- pcdtest(pooled, test = test); name <- names(which(c(pesaran_cd = "cd", bp_cd = "lm") == test)); put(name, "iid", "statistic", r$statistic); put(name, "iid", "p_value", r$p.value) }
# Instruments: Card's wages, two instruments; Basmann from Sargan's statistic, the likelihood ratio from LIML's root
suppressMessages(library(AER)); card <- read.csv("../ivreg2_card/card.csv")
iv <- ivreg(lwage ~ exper + expersq + black + south + educ | exper + expersq + black + south + nearc2 + nearc4, data = card)
s <- summary(iv, diagnostics = TRUE)$diagnostics["Sargan", "statistic"]; n <- nobs(iv); put("basmann", "iid", "statistic", s * (n - 7) / (n - s))
X2 <- model.matrix(~ exper + expersq + black + south, card); Z <- cbind(X2, card$nearc2, card$nearc4); Y <- cbind(card$lwage, card$educ)
root <- min(Re(eigen(solve(crossprod(qr.resid(qr(Z), Y)), crossprod(qr.resid(qr(X2), Y))))$values)); put("liml_overid", "iid", "statistic", n * log(root))
just <- ivreg(lwage ~ exper + expersq + black + south + educ | exper + expersq + black + south + nearc4, data = card)
put("tf", "hc1", "statistic", coef(just)[["educ"]] / sqrt(vcovHC(just, "HC1")["educ", "educ"]))
out <- do.call(rbind, rows); out$test <- paste0("\"", out$test, "\""); out$vcov <- paste0("\"", out$vcov, "\"")
write.csv(out, "expected.csv", row.names = FALSE, quote = FALSE)
