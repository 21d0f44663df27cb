# SPDX-License-Identifier: Apache-2.0
# The tables of examples/resilience, computed from its csv file. Run in this folder: Rscript oracle.R
source("../oracle.R"); source("paths.R"); a <- read_panel("../../../examples/resilience/data/provinces.csv")
a <- within(a, { population <- urban_pop_10k + rural_pop_10k; LP <- log(population); LF <- budget_exp_100m / gdp_100m; UL <- urban_pop_10k / population; MED <- medical_staff_10k / population * 1000
  GAP <- disp_income_pc_urban_yuan / disp_income_pc_rural_yuan; rd_gdp <- rd_exp_100m / gdp_100m * 100; firm_rd_gdp <- rd_firm_funds_10k / gdp_100m / 100; invention_pc <- patent_valid_invention / population
  papers_pc <- sci_papers / population; so2_gdp <- so2_10kt * 10000 / gdp_100m; mobile_pc <- mobile_internet_users_10k / population * 100; period <- ifelse(year >= 2018, "2018年及以后", "2018年以前") })
east <- c("Beijing", "Tianjin", "Hebei", "Liaoning", "Shanghai", "Jiangsu", "Zhejiang", "Fujian", "Shandong", "Guangdong", "Guangxi", "Hainan"); a$coast <- ifelse(a$province %in% east, "东部", "中西部")
a$national <- by_sum(a$gdp_100m, a$year); g <- a$gdp_100m / lagged(a, a$gdp_100m, 3) - 1; n <- a$national / lagged(a, a$national, 3) - 1; a$RES <- ifelse(abs(n) >= .05, (g - n) / abs(n), NA)
in_sample <- a$year %in% 2015:2021 & a$province != "Tibet"; cat("national rate over three years", range(n[in_sample]), "\n"); d <- a[in_sample, ]; stopifnot(nrow(d) == 210, !anyNA(d$RES)); key <- paste(d$province, d$year, sep = ":")
nqp <- list("劳动者" = c("+ budget_edu_100m", "+ rd_fte_personyear"), "劳动资料" = c("+ rd_gdp", "+ invention_pc", "+ papers_pc"), "劳动对象" = c("- so2_gdp", "+ forest_cover_pct"))
dt <- list("潜力" = "+ disp_income_pc_yuan", "环境" = c("+ websites_per100firms", "+ ecom_sales_100m", "+ ecom_purch_100m", "+ mobile_pc", "+ broadband_users_10k"), "技术" = "+ patent_grant")
e <- entropy_index(d, nqp, 1, "NQP", key); d$NQP <- e$score; d$DT <- entropy_index(d, dt, 2, "DT", key)$score; d[["DT@pca"]] <- pca_index(d, dt, 6, "DT@pca", key); d[["L.DT"]] <- lagged(d, d$DT)
d$Labour <- e[["劳动者"]]; d$Objects <- e[["劳动对象"]]; d$LMeans <- lagged(d, e[["劳动资料"]]); book$names <- c(Labour = "NQP[劳动者]", Objects = "NQP[劳动对象]", LMeans = "L.NQP[劳动资料]")
controls <- c("LP", "LF", "UL", "MED", "GAP"); fe <- c("province", "year")
for (v in c("RES", "NQP", "DT", controls)) { x <- d[[v]]; s <- c(n = length(x), mean = mean(x), p50 = pctile(x, 50), sd = sd(x), min = min(x), max = max(x)); for (q in names(s)) put(3, "", q, v, s[[q]]) }
put_fit(4, 1, regress(d, "RES", "DT")); put_fit(4, 2, regress(d, "RES", "DT", fe)); main <- regress(d, "RES", c("DT", controls), fe); put_fit(4, 3, main)
f <- regress(d, "RES", controls, fe, "DT", "L.DT"); put_fit(5, 1, f); invisible(put_iv(5, 1, f))
put_fit(6, 1, regress(d, "RES", c("DT@pca", controls), fe)); put_fit(6, 2, regress(d, "RES", c("L.DT", controls), fe))
w <- d; w$RES <- winsorise(d$RES, 1); w$DT <- winsorise(d$DT, 1); put_fit(6, 3, regress(w, "RES", c("DT", controls), fe))
put_fit(6, 4, regress(d[!d$province %in% c("Beijing", "Tianjin", "Shanghai", "Chongqing"), ], "RES", c("DT", controls), fe))
show <- function(m) cat(sapply(m$mediators, function(x) x$b[["DT"]]), "|", m$outcome$b[1:4], "\n")
show(put_mediation(7, d, "RES", "DT", "NQP", controls, fe, 50000)); show(put_mediation(8, d, "RES", "DT", c("Labour", "Objects", "LMeans"), controls, fe, 50000))
groups <- function(label, group, names) { fits <- lapply(names, function(h) regress(d[group == h, ], "RES", c("DT", controls), fe)); names(fits) <- names; d$.group <- group
  for (h in names) put_fit(9, h, fits[[h]]); put_equality(9, label, fits, "DT", ".group", d, "RES", c("DT", controls), fe); cat(label, sapply(fits, function(f) f$b[["DT"]]), "\n") }
groups("period", d$period, c("2018年以前", "2018年及以后")); groups("firm_rd_gdp", ifelse(high_units(d$firm_rd_gdp, d$province), "企业研发较强", "企业研发较弱"), c("企业研发较弱", "企业研发较强")); groups("coast", d$coast, c("东部", "中西部"))
show(put_mediation(10, d[d$coast == "中西部", ], "RES", "DT", "NQP", controls, fe, 50000))
put_contrasts(8, d, "RES", "DT", c("Labour", "Objects", "LMeans"), controls, fe, 50000)
put_by_group(12, d, "RES", "DT", "NQP", controls, fe, "coast", c("东部", "中西部"))
put_serial(15, d, "RES", "DT", "Labour", "Objects", controls, fe, 50000)
put_moderated(16, d, "RES", "DT", "NQP", "firm_rd_gdp", controls, fe)
put_channels(17, d, "RES", "DT", c("Labour", "Objects", "LMeans"), controls, fe)
put_gelbach(18, d, "RES", "DT", character(), list("人口与城镇化" = c("LP", "UL"), "财政与医疗" = c("LF", "MED"), "城乡差距" = "GAP"), fe)
save_book("expected.csv"); cat(length(book$rows), "numbers\n"); print(main$b)
