# SPDX-License-Identifier: Apache-2.0
# The fifteen tables of examples/digital-trade and its studies of the digital environment, computed from its csv files. Run in this folder: Rscript oracle.R
source("../oracle.R"); data <- "../../../examples/digital-trade/data/"
a <- merge(read_panel(paste0(data, "economy.csv")), read_panel(paste0(data, "digital.csv")), by = c("province", "year"), all = TRUE); a <- a[order(a$province, a$year), ]
a <- within(a, { population <- urban_pop_10k + rural_pop_10k; LP <- log(population); LF <- budget_exp_100m / gdp_100m; UL <- urban_pop_10k / population; MED <- medical_staff_10k / population * 1000
  GAP <- disp_income_pc_urban_yuan / disp_income_pc_rural_yuan; AGR <- budget_agri_100m / budget_exp_100m; gdp_pc <- gdp_100m / population * 10000; rd_gdp <- rd_exp_100m / gdp_100m * 100
  firm_rd_gdp <- rd_firm_funds_10k / gdp_100m / 100; invention_pc <- patent_valid_invention / population; papers_pc <- sci_papers / population; sci_share <- budget_sci_100m / budget_exp_100m * 100
  so2_gdp <- so2_10kt * 10000 / gdp_100m; mobile_pc <- mobile_internet_users_10k / population * 100; grant_rate <- patent_grant / patent_app * 100; talent <- rd_fte_personyear / population })
east <- c("Beijing", "Tianjin", "Hebei", "Liaoning", "Shanghai", "Jiangsu", "Zhejiang", "Fujian", "Shandong", "Guangdong", "Guangxi", "Hainan")
central <- c("Shanxi", "Inner Mongolia", "Jilin", "Heilongjiang", "Anhui", "Jiangxi", "Henan", "Hubei", "Hunan")
a$region <- ifelse(a$province %in% east, "East", ifelse(a$province %in% central, "Central", "West"))
a$edu2010 <- by_mean(ifelse(a$year == 2010, a$edu_years_census, NA), a$province); a$net_users <- by_sum(a$broadband_users_10k, a$year) / 10000; a$Z <- a$edu2010 * lagged(a, a$net_users)
d <- a[a$year %in% 2015:2021 & a$province != "Tibet", ]; stopifnot(nrow(d) == 210); key <- paste(d$province, d$year, sep = ":")

nqp <- list("New quality workers" = c("+ budget_edu_100m", "+ rd_fte_personyear"), "New quality labour objects" = c("- so2_gdp", "+ forest_cover_pct"),
  "New quality labour materials" = c("+ rd_gdp", "+ invention_pc", "+ papers_pc", "+ sci_share"), "Economic support" = "+ gdp_pc")
dt <- list("Potential" = c("+ gdp_100m", "+ disp_income_pc_yuan"), "Environment" = c("+ websites_per100firms", "+ ecom_sales_100m", "+ ecom_purch_100m", "+ mobile_pc", "+ broadband_users_10k"), "Technology" = "+ patent_grant")
dti <- list("Digital technology innovation" = c("+ grant_rate", "+ techmarket_out_10k", "+ firm_rd_gdp"))
d$NQP <- entropy_index(d, nqp, 1, "NQP", key)$score; d$DT <- entropy_index(d, dt, 2, "DT", key)$score; d$DTI <- entropy_index(d, dti, 3, "DTI", key)$score
d[["NQP@pca"]] <- pca_index(d, nqp, 7, "NQP@pca", key); d[["DT@pca"]] <- pca_index(d, dt, 7, "DT@pca", key); d[["L.DT"]] <- lagged(d, d$DT)
controls <- c("LP", "LF", "UL", "MED", "GAP", "AGR"); fe <- c("province", "year")

for (v in c("NQP", "DT", "DTI", controls)) { x <- d[[v]]; s <- c(n = length(x), mean = mean(x), p50 = pctile(x, 50), sd = sd(x), min = min(x), max = max(x)); for (q in names(s)) put(4, "", q, v, s[[q]]) }

put_fit(5, 1, regress(d, "NQP", "DT")); put_fit(5, 2, regress(d, "NQP", "DT", fe)); put_fit(5, 3, regress(d, "NQP", c("DT", controls), "province"))
main <- regress(d, "NQP", c("DT", controls), fe); put_fit(5, 4, main)

for (i in 1:2) { f <- regress(d, "NQP", controls, fe, "DT", c("L.DT", "Z")[i]); put_fit(6, i, f); st <- put_iv(6, i, f); cat("iv", i, unlist(st[c("kp_lm", "kp_f", "cragg_donald_f", "first_stage_f")]), "\n") }

put_fit(7, 1, regress(d, "NQP", c("DT@pca", controls), fe)); put_fit(7, 2, regress(d, "NQP@pca", c("DT", controls), fe))
w <- d; w$NQP <- winsorise(d$NQP, 1); w$DT <- winsorise(d$DT, 1); put_fit(7, 3, regress(w, "NQP", c("DT", controls), fe)); put(7, 3, "winsorised", "NQP", sum(w$NQP != d$NQP)); put(7, 3, "winsorised", "DT", sum(w$DT != d$DT))
put_fit(7, 4, regress(d[!d$province %in% c("Beijing", "Tianjin", "Shanghai", "Chongqing"), ], "NQP", c("DT", controls), fe))
put_fit(7, 5, regress(d[d$year <= 2017, ], "NQP", c("DT", controls), fe)); put_fit(7, 6, regress(d[d$year >= 2018, ], "NQP", c("DT", controls), fe))

groups <- function(table, label, group, names) { fits <- lapply(names, function(h) regress(d[group == h, ], "NQP", c("DT", controls), fe)); names(fits) <- names; e <- d; e$.group <- group
  for (h in names) put_fit(table, h, fits[[h]]); put_equality(table, label, fits, "DT", ".group", e, "NQP", c("DT", controls), fe); cat(table, label, sapply(fits, function(f) f$b[["DT"]]), "\n") }
groups(8, "region", d$region, c("East", "Central", "West"))
halves <- function(table, v, low, high) groups(table, v, ifelse(high_units(d[[v]], d$province), high, low), c(low, high))
halves(8, "UL", "Lower urbanisation", "Higher urbanisation"); halves(9, "gdp_pc", "Lower GDP per head", "Higher GDP per head"); halves(9, "talent", "Fewer researchers", "More researchers")

m <- put_mediation(10, d, "NQP", "DT", "DTI", controls, fe, 50000); cat("mediation", m$mediators[[1]]$b[["DT"]], m$outcome$b[["DTI"]], m$outcome$b[["DT"]], "\n")
# the main model under other standard errors: CR2 by clubSandwich on every dummy, CR3 by leaving each province out, Driscoll-Kraay by
# fixest; the wild bootstrap (Webb, null imposed) refitted draw by draw
put_terms <- function(column, b, se, df) for (t in names(b)) { h <- qt(.975, df[[t]]) * se[[t]]; put(11, column, "estimate", t, b[[t]]); put(11, column, "std_error", t, se[[t]])
  put(11, column, "p_value", t, 2 * pt(-abs(b[[t]] / se[[t]]), df[[t]])); put(11, column, "conf_low", t, b[[t]] - h); put(11, column, "conf_high", t, b[[t]] + h) }
put_fit(11, 1, main); terms <- names(main$b)
full <- lm(reformulate(c(terms, "factor(province)", "factor(year)"), "NQP"), d); cr2 <- clubSandwich::coef_test(full, "CR2", cluster = factor(d$province), test = "Satterthwaite", coefs = terms)
put_terms(2, main$b, setNames(cr2$SE, terms), setNames(cr2$df, terms))
left <- sapply(unique(d$province), function(p) coef(lm(formula(full), d[d$province != p, ]))[terms]); deviation <- left - main$b
put_terms(3, main$b, setNames(sqrt(29 / 30 * rowSums(deviation^2)), terms), setNames(rep(29, length(terms)), terms))
dk <- feols(reformulate(terms, "NQP"), d, panel.id = ~ province + year, fixef = c("province", "year"), fixef.tol = 1e-11); dk_table <- coeftable(dk, vcov = DK(2) ~ year)
put_terms(4, main$b, setNames(dk_table[terms, 2], terms), setNames(rep(6, length(terms)), terms))
X <- model.matrix(full); q <- qr(X); A <- solve(crossprod(X)); j <- match("DT", colnames(X)); g <- as.integer(factor(d$province)); restricted <- lm.fit(X[, -j], d$NQP); set.seed(11)
t_of <- function(y) { b <- qr.coef(q, y); u <- qr.resid(q, y); b[[j]] / sqrt(sum(rowsum((X %*% A[, j])[, 1] * u, g)^2)) }
webb <- c(-1, 1) %o% sqrt(c(.5, 1, 1.5)); t0 <- t_of(d$NQP); drawn <- replicate(9999, t_of(restricted$fitted.values + restricted$residuals * sample(webb, 30, TRUE)[g])); p <- mean(abs(drawn) >= abs(t0))
for (column in 1:3) { put(11, column, "wild_p", "wild(DT, reps=9999, weights=webb)", p); put(11, column, "wild_p_sd", "wild(DT, reps=99999, weights=webb)", sqrt(p * (1 - p) * 2 / 9999)) }
cat("wild bootstrap p", p, "\n")

v <- c("NQP", "DT", "DTI", controls); for (i in 2:length(v)) for (j in 1:(i - 1)) for (kind in c("pearson", "spearman")) { test <- cor.test(d[[v[i]]], d[[v[j]]], method = kind, exact = FALSE)
  put(12, v[i], kind, v[j], test$estimate); put(12, v[i], paste0(kind, "_p"), v[j], test$p.value) }

# scores by province and year, and dimensions by their means over the years, best first
place <- function(x) rank(-x, ties.method = "min")
by_province <- function(x) tapply(x, d$province, mean)
for (i in seq_len(nrow(d))) put(13, "", "score", key[i], d$DT[i])
m <- by_province(d$DT); for (p in names(m)) { put(13, "", "mean", p, m[[p]]); put(13, "", "rank", p, place(m)[[p]]) }
m <- by_province(d$NQP); dims <- entropy_index(d, nqp, 0, "", key); book$rows <- Filter(function(r) r[[1]] != 0L, book$rows)
for (p in names(m)) { put(14, "", "mean", p, m[[p]]); put(14, "", "rank", p, place(m)[[p]]); for (g in names(nqp)) put(14, g, "mean_score", p, by_province(dims[[g]])[[p]]) }

# the main model with digital trade built by every convention, each index on the mean and standard deviation of the one as built
X <- as.matrix(d[codes(unlist(dt, use.names = FALSE))]); stopifnot(all(signs(unlist(dt)) > 0)); own <- d$DT
cells <- list(minmax = function(x) (x - min(x)) / (max(x) - min(x)), zscore = function(x) (x - mean(x)) / sd(x), rank = function(x) (rank(x) - 1) / (length(x) - 1), percentile = function(x) (rank(x, ties.method = "min") - 1) / (length(x) - 1))
share <- function(w) w / sum(w)
weights <- list(entropy = function(Z, shift) { z <- Z + shift; P <- sweep(z, 2, colSums(z), "/"); share(1 + colSums(ifelse(P > 0, P * log(P), 0)) / log(nrow(z))) }, equal = function(Z, shift) rep(1 / ncol(Z), ncol(Z)),
  critic = function(Z, shift) share(apply(Z, 2, sd) * colSums(1 - cor(Z))), cv_normalised = function(Z, shift) share(apply(Z, 2, sd) / colMeans(Z)), sd = function(Z, shift) share(apply(Z, 2, sd)))
means <- list(arithmetic = function(Z, w) drop(Z %*% w), geometric = function(Z, w) apply(Z, 1, function(x) prod(x^w)))
no_meaning <- function(scale, weight, mean) scale == "zscore" && (weight %in% c("entropy", "cv_normalised") || mean == "geometric")   # shares and means of values below zero
build <- function(X, scale, weight, mean, pool, shift) { s <- numeric(nrow(X)); for (g in split(seq_len(nrow(X)), if (pool == "year") d$year else rep(1, nrow(X)))) { Z <- apply(X[g, , drop = FALSE], 2, cells[[scale]]); s[g] <- means[[mean]](Z, weights[[weight]](Z, shift)) }; s }
under <- function(s, column) { e <- d; e$DT <- mean(own) + sd(own) / sd(s) * (s - mean(s)); f <- regress(e, "NQP", c("DT", controls), fe); h <- qt(.975, f$df) * f$se[["DT"]]; b <- f$b[["DT"]]
  put(15, column, "estimate", "DT", b); put(15, column, "std_error", "DT", f$se[["DT"]]); put(15, column, "p_value", "DT", f$p[["DT"]]); put(15, column, "conf_low", "DT", b - h); put(15, column, "conf_high", "DT", b + h)
  put(15, column, "n", "DT", f$n); put(15, column, "rank_correlation", "DT", cor(rank(round(s, 12)), rank(round(own, 12)))); data.frame(b = b, p = f$p[["DT"]]) }
found <- list(); refused <- 0
for (scale in names(cells)) for (weight in names(weights)) for (mean_name in names(means)) for (pool in c("all", "year")) for (zero in if (weight == "entropy") c("limit", "1e-4", "0.01") else "") {
  if (no_meaning(scale, weight, mean_name)) { refused <- refused + 1; next }
  choices <- c(paste("normalise:", scale), paste("weights:", weight), paste("mean:", mean_name), paste("pool:", pool), if (weight == "entropy") paste("zero:", zero))
  s <- build(X, scale, weight, mean_name, pool, if (zero %in% c("", "limit")) 0 else as.numeric(zero))
  found[[length(found) + 1]] <- cbind(under(s, paste(choices, collapse = "; ")), choices = I(list(choices))) }
found <- do.call(rbind, found); put(15, "", "refused", "", refused)
summarise <- function(what, r) { put(15, what, "runs", "", nrow(r)); put(15, what, "least", "", min(r$b)); put(15, what, "median", "", pctile(r$b, 50)); put(15, what, "most", "", max(r$b)); put(15, what, "significant", "", mean(r$p < .05 & (r$b > 0) == (main$b[["DT"]] > 0))) }
summarise("all", found); for (choice in unique(unlist(found$choices))) summarise(choice, found[sapply(found$choices, function(k) choice %in% k), ])
without <- lapply(colnames(X), function(v) under(build(X[, colnames(X) != v], "minmax", "entropy", "arithmetic", "all", 0), paste("without:", v))); summarise("left out", do.call(rbind, without))
cat("conventions", nrow(found), "refused", refused, "range", range(found$b), "\n")
save_book("expected.csv"); cat(length(book$rows), "numbers\n")

# the digital environment: goalposts and weights of 2015-2021, and the year 2022 scored by them
de <- list("Enterprises" = c("+ websites_per100firms", "+ ecom_sales_100m", "+ ecom_purch_100m"), "Networks" = c("+ broadband_users_10k", "+ mobile_internet_users_10k"))
g <- read_panel(paste0(data, "digital.csv")); g <- g[g$province != "Tibet", ]; first <- g[g$year %in% 2015:2021, ]; first <- first[order(first$province, first$year), ]; later <- g[g$year == 2022, ]; stopifnot(nrow(first) == 210, nrow(later) == 30)
put_scores <- function(who, s) { m <- tapply(s, who$province, mean); for (i in seq_along(s)) put(2, "", "score", paste(who$province[i], who$year[i], sep = ":"), s[i]); for (p in names(m)) { put(2, "", "mean", p, m[[p]]); put(2, "", "rank", p, place(m)[[p]]) } }
book$rows <- list(); learned <- entropy_index(first, de, 1, "DE", paste(first$province, first$year, sep = ":")); put_scores(first, learned$score); kept <- book$rows; save_book("environment.csv"); cat(length(book$rows), "numbers\n")
learned_of <- function(quantity) sapply(codes(unlist(de, use.names = FALSE)), function(v) Filter(function(r) r[[3]] == quantity && r[[4]] == v, kept)[[1]][[5]])
low <- learned_of("min"); high <- learned_of("max"); w <- learned_of("weight"); Z <- sweep(sweep(as.matrix(later[names(w)]), 2, low), 2, high - low, "/"); s <- drop(Z %*% w); where <- paste(later$province, later$year, sep = ":"); book$rows <- list()
for (v in names(w)) { put(1, "DE", "weight", v, w[[v]]); put(1, "DE", "min", v, low[[v]]); put(1, "DE", "max", v, high[[v]]) }
for (i in seq_along(s)) { put(1, "DE", "score", where[i], s[i]); for (n in names(de)) { J <- codes(de[[n]]); C <- sum(Z[i, J] * w[J]); put(1, "DE", "dimension_contribution", paste(where[i], n, sep = ":"), C); put(1, "DE", "dimension_score", paste(where[i], n, sep = ":"), C / sum(w[J])) } }
put_scores(later, s); save_book("environment-2022.csv"); cat(length(book$rows), "numbers; best score of 2022", max(s), "\n"); print(R.version.string); for (p in c("fixest", "plm", "AER")) cat(p, as.character(packageVersion(p)), "\n")
