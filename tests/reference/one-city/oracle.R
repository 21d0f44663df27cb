# SPDX-License-Identifier: Apache-2.0
# The tables of examples/one-city, computed from its csv file. Run in this folder: Rscript oracle.R
source("../oracle.R"); d <- read_panel("../../../examples/one-city/data/guangdong.csv"); d <- d[order(d$year), ]
gap <- is.na(d$hitech_revenue_100m); stopifnot(identical(d$year[gap], 2017L)); d$hitech_revenue_100m[gap] <- approx(d$year[!gap], d$hitech_revenue_100m[!gap], d$year[gap])$y
put(0, "", "imputed", "hitech_revenue_100m:2017", d$hitech_revenue_100m[gap])
d <- within(d, { population <- urban_pop_10k + rural_pop_10k; lnGDP <- log(gdp_100m / population * 10000); LF <- budget_exp_100m / gdp_100m; GAP <- disp_income_pc_urban_yuan / disp_income_pc_rural_yuan
  edu_share <- budget_edu_100m / budget_exp_100m * 100; sci_share <- budget_sci_100m / budget_exp_100m * 100 })
d <- d[d$year %in% 2011:2021, ]; stopifnot(nrow(d) == 11); key <- paste(d$province, d$year, sep = ":")
system <- list(Foundations = c("+ rd_fte_personyear", "+ edu_share"), Innovation = c("+ sci_share", "+ patent_valid_invention", "+ sci_papers"), Industries = "+ hitech_revenue_100m", Green = c("- so2_10kt", "- nox_10kt", "+ forest_cover_pct"))
e <- entropy_index(d, system, 1, "DNQP", key); d$DNQP <- e$score
for (v in c("lnGDP", "DNQP", "LF", "GAP")) { x <- d[[v]]; s <- c(n = length(x), mean = mean(x), sd = sd(x), min = min(x), max = max(x)); for (q in names(s)) put(2, "", q, v, s[[q]]) }
v <- put_vif(3, "", d, c("DNQP", "LF", "GAP")); stopifnot(all(abs(v - car::vif(lm(lnGDP ~ DNQP + LF + GAP, d))) < 1e-8 * v))
f <- regress(d, "lnGDP", c("DNQP", "LF", "GAP"), vcov = "iid"); put_fit(4, 1, f); s <- summary(lm(lnGDP ~ DNQP + LF + GAP, d)); close_to(coef(s)[, 2], f$se[rownames(coef(s))]); close_to(s$fstatistic[[1]], f$Fstat); close_to(s$adj.r.squared, f$r2a)
for (i in seq_along(system)) { D <- paste0("D", i); d[[D]] <- e[[names(system)[i]]]; book$names[D] <- paste0("DNQP[", names(system)[i], "]"); put_fit(5, i, regress(d, "lnGDP", c(D, "LF", "GAP"), vcov = "iid")); put_vif(5, i, d, c(D, "LF", "GAP")) }
save_book("expected.csv"); cat(length(book$rows), "numbers; VIF", v, "\n"); print(f$b); print(f$se)
