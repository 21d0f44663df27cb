// SPDX-License-Identifier: Apache-2.0
#include "report/equivalent_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace panelist {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

CodedModel model_of(const std::string& formula, const std::string& vcov) {
  CodedModel model;
  Diagnostics problems;
  model.formula = parse_formula(formula, {}, {}, problems).at(0);
  model.vcov = parse_vcov(vcov, {}, problems);
  problems.throw_first_error();
  model.unit = "province";
  model.time = "year";
  model.text_columns = {"province", "region"};
  model.small_sample = "fixest";
  return model;
}

ReportCode code_in(const std::string& language, const CodedModel& model) {
  for (const ReportCode& code : equivalent_code(model))
    if (code.language == language) return code;
  return {};
}

TEST(EquivalentCode, SaysLeastSquares) {
  CodedModel model = model_of("y ~ x + z", "hc1");
  model.small_sample = "stata";
  EXPECT_EQ(code_in("Stata", model).text, "regress y x z, vce(robust)");
  EXPECT_THAT(code_in("Stata", model).remarks, IsEmpty());
  EXPECT_EQ(code_in("R", model).text,
            "library(fixest)\nfeols(y ~ x + z,\n  data = data,\n  vcov = \"hetero\")");
  EXPECT_EQ(
      code_in("Python", model).text,
      "import numpy as np\nimport pyfixest as pf\npf.feols(\"y ~ x + z\",\n  data=df,\n  vcov=\"hetero\")");
  EXPECT_THAT(code_in("R", model).remarks, SizeIs(1));
}

TEST(EquivalentCode, SaysTwoWayEffectsUnderClusters) {
  CodedModel model = model_of("y ~ x | province + year", "cluster(province)");
  EXPECT_EQ(code_in("Stata", model).text,
            "egen long province_id = group(province)\n"
            "reghdfe y x, absorb(province_id year) vce(cluster province_id)");
  EXPECT_EQ(code_in("R", model).text,
            "library(fixest)\nfeols(y ~ x | province + year,\n  data = data,\n  cluster = ~province,\n"
            "  fixef.rm = \"singletons\")");
  EXPECT_THAT(code_in("R", model).remarks, IsEmpty());
  EXPECT_THAT(code_in("Python", model).text, HasSubstr("pf.feols(\"y ~ x | province + year\",\n  data=df,\n"
                                                       "  vcov={\"CRV1\": \"province\"},\n"));
  model.drops_singletons = false;
  EXPECT_THAT(code_in("Stata", model).text, HasSubstr("absorb(province_id year) keepsingletons"));
}

TEST(EquivalentCode, SaysInstrumentsWithAbsorbedEffects) {
  const CodedModel model = model_of("y ~ x | province + year | d ~ z1 + z2", "cluster(province)");
  CodedModel instrumented = model;
  instrumented.method = "2sls";
  EXPECT_THAT(
      code_in("Stata", instrumented).text,
      HasSubstr("ivreghdfe y x (d = z1 z2), absorb(province_id year) cluster(province_id) small first"));
  EXPECT_THAT(code_in("R", instrumented).text, HasSubstr("feols(y ~ x | province + year | d ~ z1 + z2,"));
  EXPECT_THAT(code_in("Python", instrumented).text, HasSubstr("\"y ~ x | province + year | d ~ z1 + z2\""));
  instrumented.method = "liml";
  EXPECT_THAT(code_in("Stata", instrumented).text, HasSubstr(" liml cluster("));
  EXPECT_THAT(code_in("R", instrumented).remarks, Contains(HasSubstr("liml has no equivalent in fixest")));
}

TEST(EquivalentCode, SaysWeightsOfEachType) {
  CodedModel model = model_of("y ~ x", "iid");
  model.weights = "pop/1000";
  EXPECT_EQ(code_in("Stata", model).text, "regress y x [aweight=pop / 1000]");
  EXPECT_THAT(code_in("R", model).text, HasSubstr("weights = ~ pop / 1000"));
  EXPECT_THAT(code_in("Python", model).text, HasSubstr("df[\"weight\"] = df.eval(\"pop / 1000\")"));
  model.weights = "pop";
  model.weight_type = WeightType::frequency;
  EXPECT_EQ(code_in("Stata", model).text, "regress y x [fweight=pop]");
  EXPECT_THAT(code_in("Python", model).text, HasSubstr("weights=\"pop\",\n  weights_type=\"fweights\""));
}

TEST(EquivalentCode, SaysPoissonWithExposure) {
  CodedModel model = model_of("deaths ~ x | region", "cluster(region)");
  model.method = "poisson";
  model.exposure = "pop";
  EXPECT_THAT(code_in("Stata", model).text,
              HasSubstr("ppmlhdfe deaths x, absorb(region_id) exposure(pop) vce(cluster region_id)"));
  EXPECT_THAT(code_in("R", model).text,
              HasSubstr("fepois(deaths ~ x | region,\n  data = data,\n  offset = ~ log(pop)"));
  EXPECT_THAT(code_in("Python", model).text, HasSubstr("pf.fepois("));
  EXPECT_THAT(code_in("Python", model).remarks, Contains(HasSubstr("exposure pop")));
}

TEST(EquivalentCode, SaysDummiesAndTheirProducts) {
  const CodedModel model = model_of("y ~ i(year, ref=2014):treat + a:b | province", "iid");
  EXPECT_THAT(code_in("Stata", model).text, HasSubstr("reghdfe y ib2014.year#c.treat c.a#c.b,"));
  EXPECT_THAT(code_in("R", model).text, HasSubstr("y ~ i(year, treat, ref = 2014) + a:b | province"));
  EXPECT_THAT(code_in("Python", model).text, HasSubstr("y ~ i(year, treat, ref=2014) + a:b | province"));
}

TEST(EquivalentCode, SaysLagsByPanelTime) {
  const CodedModel model = model_of("y ~ L.x + L2.x", "iid");
  EXPECT_EQ(code_in("Stata", model).text,
            "egen long province_id = group(province)\nxtset province_id year\nregress y L.x L2.x");
  EXPECT_THAT(code_in("R", model).text, HasSubstr("y ~ l(x, 1) + l(x, 2)"));
  EXPECT_THAT(code_in("R", model).text, HasSubstr("panel.id = ~ province + year"));
  const std::string python = code_in("Python", model).text;
  EXPECT_THAT(python, HasSubstr(".assign(year=df[\"year\"] + 1).rename(columns={\"x\": \"x_L1\"})"));
  EXPECT_THAT(python, HasSubstr("\"y ~ x_L1 + x_L2\""));
}

TEST(EquivalentCode, SaysConditionsAndArithmetic) {
  CodedModel model = model_of("log(y) ~ I(x^2)", "iid");
  model.where = {"2014 <= year <= 2020", "province not in ('A', 'B') and x is not missing"};
  EXPECT_EQ(
      code_in("Stata", model).text,
      "generate double v1 = x^2\ngenerate double v2 = ln(y)\n"
      "regress v2 v1 if (2014 <= year & year <= 2020) & (!inlist(province, \"A\", \"B\") & !missing(x))");
  EXPECT_THAT(
      code_in("R", model).text,
      HasSubstr("subset = ~ (2014 <= year & year <= 2020) & (!(province %in% c(\"A\", \"B\")) & !is.na(x))"));
  EXPECT_THAT(code_in("R", model).text, HasSubstr("feols(log(y) ~ I(x^2),"));
  EXPECT_THAT(code_in("Python", model).text, HasSubstr("np.log(y) ~ I(x**2)"));
  EXPECT_THAT(
      code_in("Python", model).text,
      HasSubstr(
          "df.query(\"(2014 <= year <= 2020) and (province not in [\\\"A\\\", \\\"B\\\"] and x.notna())\")"));
}

TEST(EquivalentCode, TellsWhatHasNoEquivalentInTheLanguageOfTheStudy) {
  CodedModel model = model_of("y ~ x | province", "cr2(province)");
  EXPECT_THAT(code_in("R", model).remarks, Contains(HasSubstr("cr2(province) has no equivalent in fixest")));
  model.lang = "zh";
  EXPECT_THAT(code_in("Python", model).remarks, Contains(HasSubstr("没有对应")));
}

TEST(EquivalentCode, SaysWhatWasDoneToColumnsBefore) {
  CodedModel model = model_of("y ~ x | province", "cluster(province)");
  model.where = {"year >= 2018"};
  model.changes = {{"x", "`x@pca`"}, {"y", "", 0.01, false}, {"z", "", 0.05, true}};
  const std::string r = code_in("R", model).text;
  EXPECT_THAT(r, HasSubstr("data$x <- data$`x@pca`\n"));
  EXPECT_THAT(r, HasSubstr("rows <- which(with(data, year >= 2018))\n"
                           "ends <- quantile(data$y[rows], c(0.01, 0.99), type = 2, na.rm = TRUE)\n"
                           "data$y[rows] <- pmin(pmax(data$y[rows], ends[1]), ends[2])\n"));
  EXPECT_THAT(r, HasSubstr("| data$z[rows] > ends[2], NA, data$z[rows])"));
  const std::string python = code_in("Python", model).text;
  EXPECT_THAT(python, HasSubstr("df[\"x\"] = df[\"x@pca\"]\n"));
  EXPECT_THAT(python, HasSubstr("df.loc[rows, \"y\"] = df.loc[rows, \"y\"].clip(low, high)\n"));
  const std::string stata = code_in("Stata", model).text;
  EXPECT_THAT(stata, HasSubstr("_pctile y if year >= 2018, percentiles(1 99)\n"
                               "replace y = min(max(y, r(r1)), r(r2)) if year >= 2018 & !missing(y)\n"));
  EXPECT_THAT(stata, HasSubstr("replace z = . if year >= 2018 & (z < r(r1) | z > r(r2))\n"));
}

TEST(EquivalentCode, TakesLagsOnAllRowsOfTheData) {
  CodedModel model = model_of("y ~ L.x + L2.z | province", "cluster(province)");
  EXPECT_THAT(code_in("R", model).text, HasSubstr("feols(y ~ l(x, 1) + l(z, 2) | province"));
  model.where = {"year >= 2018"};
  const std::string r = code_in("R", model).text;
  EXPECT_THAT(r, HasSubstr("data$x_L1 <- lag(x ~ province + year, 1, data = data)\n"));
  EXPECT_THAT(r, HasSubstr("data$z_L2 <- lag(z ~ province + year, 2, data = data)\n"));
  EXPECT_THAT(r, HasSubstr("feols(y ~ x_L1 + z_L2 | province"));
  EXPECT_THAT(r, testing::Not(HasSubstr("panel.id")));
  model.changes = {{"x", "L.x"}};
  EXPECT_THAT(code_in("Stata", model).text,
              HasSubstr("generate double new_x = L.x\ndrop x\nrename new_x x\n"));
}

TEST(EquivalentCode, BreaksListsThatStataCannotRead) {
  CodedModel model = model_of("y ~ x", "iid");
  model.where = {"province in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j')"};
  EXPECT_THAT(code_in("Stata", model).text,
              HasSubstr("(inlist(province, \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", "
                        "\"i\") | inlist(province, \"j\"))"));
  EXPECT_THAT(code_in("R", model).text, HasSubstr("\"i\", \"j\")"));
}

}  // namespace
}  // namespace panelist
