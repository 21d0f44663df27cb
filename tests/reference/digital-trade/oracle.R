# SPDX-License-Identifier: Apache-2.0
# The ten tables of examples/digital-trade, computed from its csv files. Run in this folder: Rscript oracle.R
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
save_book("expected.csv"); cat(length(book$rows), "numbers\n"); print(R.version.string); for (p in c("fixest", "plm", "AER")) cat(p, as.character(packageVersion(p)), "\n")
