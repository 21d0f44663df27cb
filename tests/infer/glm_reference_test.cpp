// SPDX-License-Identifier: Apache-2.0
// Poisson, logit, probit and NB2 against R (glm, glm.nb, fixest) and Stata's poisson.
#include "reference.h"

namespace panelist {
namespace {

const Table& counts() {
  static const Table table = read_table(reference_path("glm_r/counts.csv"));
  return table;
}

// The models of glm_r/make.R by the name of their case.
const std::map<std::string, ModelRequest>& models() {
  static const std::map<std::string, ModelRequest> all = [] {
    std::map<std::string, ModelRequest> m;
    const auto add = [&](const std::string& name, const std::string& formula, const std::string& family,
                         const std::string& exposure) {
      m[name] = {.formula = formula, .ssc = "none", .family = family, .exposure = exposure, .margins = true};
    };
    const std::string x = " ~ x1 + x2 + treat", two_way = x + " | firm + year";
    add("poisson_plain", "events" + x, "poisson", "");
    add("poisson_exposure", "events" + x, "poisson", "hours");
    add("poisson_two_way", "events" + two_way, "poisson", "hours");
    add("poisson_frequency", "events" + x + " | firm", "poisson", "");
    m["poisson_frequency"].weights = "w";
    m["poisson_frequency"].weight_type = WeightType::frequency;
    add("logit_plain", "yes" + x, "logit", "");
    add("logit_two_way", "yes" + two_way, "logit", "");
    add("probit_plain", "late" + x, "probit", "");
    add("probit_two_way", "late" + two_way, "probit", "");
    add("negbin_plain", "events" + x, "negbin", "hours");
    add("negbin_two_way", "events" + two_way, "negbin", "hours");
    for (const char* name : {"negbin_plain", "negbin_two_way", "probit_two_way"}) {
      const std::string observed = std::string("observed_") + name;
      m[observed] = m.at(name);
      m[observed].information = Information::observed;
    }
    m["negbin_plain"].information = m["negbin_two_way"].information = Information::expected;
    for (const char* family : {"poisson", "logit", "probit"}) {
      const std::string name = std::string("fixest_") + family;
      m[name] = m.at(std::string(family) + "_two_way");
      m[name].ssc = "fixest";
    }
    return m;
  }();
  return all;
}

std::string vcov_of(const std::string& name, const std::string& quantity) {
  if (quantity == "two_way") return "cluster(firm, year)";
  if (quantity == "hc0" || quantity == "hc1") return quantity;
  const bool clustered = quantity == "cluster" || quantity == "margin_cluster";
  if (!clustered) return "iid";
  return name == "poisson_frequency" ? "cluster(year)" : "cluster(firm)";
}

const Estimation& estimated(const std::string& name, const std::string& vcov) {
  static std::map<std::string, Estimation> known;
  const std::string key = name + " " + vcov;
  if (const auto found = known.find(key); found != known.end()) return found->second;
  ModelRequest request = models().at(name);
  request.vcov = vcov;
  return known.emplace(key, estimate_request(counts(), request)).first->second;
}

const Coefficient& margin_of(const Estimation& e, const std::string& term) {
  for (const Margin& margin : e.margins->rows)
    if (margin.effect.term == term) return margin.effect;
  throw Error("internal.test", "no margin " + term);
}

double value_of(const Estimation& e, const std::string& quantity, const std::string& term) {
  const GlmParts& glm = *e.fit->glm;
  if (quantity == "estimate") return coefficient_of(e, term).estimate;
  if (quantity == "deviance") return glm.deviance;
  if (quantity == "null_deviance") return glm.null_deviance;
  if (quantity == "log_likelihood") return e.goodness.log_likelihood;
  if (quantity == "pseudo_r2") return glm.pseudo_r2;
  if (quantity == "dispersion") return glm.dispersion;
  if (quantity == "margin") return margin_of(e, term).estimate;
  if (quantity.starts_with("margin_")) return margin_of(e, term).std_error;
  return coefficient_of(e, term).std_error;
}

// How exact each program is: see the README of the set.
double tolerance_of(const std::string& name) {
  return name.starts_with("negbin") || name.starts_with("fixest") ? 1e-6 : 1e-8;
}

TEST(FamiliesByR, EveryRowIsMatched) {
  int checked = 0;
  for (ReferenceRow& row : reference_rows("glm_r/expected.csv")) {
    const std::string what = row["case"] + " " + row["quantity"] + " " + row["term"];
    const Estimation& e = estimated(row["case"], vcov_of(row["case"], row["quantity"]));
    const double expected = std::stod(row["value"]);
    EXPECT_NEAR(value_of(e, row["quantity"], row["term"]), expected,
                tolerance_of(row["case"]) * std::max(std::abs(expected), 0.01))
        << what;
    ++checked;
  }
  EXPECT_EQ(checked, 279);
}

constexpr const char* ships_model = "accident ~ yr_con + op_75_79";

TEST(PoissonOfStata, ShipsToPrintedDigits) {
  const Table ships = read_table(reference_path("stata_poisson_ships/ships.csv"));
  const std::map<std::string, ModelRequest> specs = {
      {"poisson_clu", {.formula = ships_model, .vcov = "cluster(ship)"}},
      {"poisson_hc1", {.formula = ships_model, .vcov = "hc1"}},
      {"poisson_exposure_nonrobust", {.formula = ships_model, .vcov = "iid", .exposure = "service"}}};
  std::map<std::string, Estimation> fits;
  int checked = 0;
  for (ReferenceRow& row : reference_rows("stata_poisson_ships/expected.csv")) {
    const std::string spec = row["spec"], kind = row["kind"];
    if (!fits.contains(spec)) {
      ModelRequest request = specs.at(spec);
      request.family = "poisson";
      fits.emplace(spec, estimate_request(ships, request));
    }
    const Estimation& e = fits.at(spec);
    const auto term = [](const std::string& name) { return name == "_cons" ? "(Intercept)" : name; };
    double value = missing_value;
    if (kind == "stat") {
      const std::map<std::string, double> stats = {
          {"N", e.fit->n},
          {"ll", e.goodness.log_likelihood},
          {"ll_0", e.fit->glm->null_log_likelihood},
          {"r2_p", e.fit->glm->pseudo_r2},
          {"df_m", e.inference.f.df1},
          {"N_clust", e.vcov.n_clusters.empty() ? 0 : e.vcov.n_clusters[0]}};
      // Stata's chi2 of the model: Wald under robust errors, likelihood ratio without.
      const bool robust = spec != "poisson_exposure_nonrobust";
      if (row["name"] == "chi2")
        value = robust ? e.inference.f.statistic * e.inference.f.df1
                       : 2 * (e.goodness.log_likelihood - e.fit->glm->null_log_likelihood);
      else if (row["name"] == "p" && robust)
        value = e.inference.f.p_value;
      else if (stats.contains(row["name"]))
        value = stats.at(row["name"]);
      else
        continue;
    } else if (kind == "vcov") {
      value = e.vcov.matrix(position_of(*e.fit, term(row["name"])), position_of(*e.fit, term(row["name2"])));
    } else if (kind != "cmd") {
      const Coefficient& c = coefficient_of(e, term(row["name"]));
      const std::map<std::string, double> parts = {{"b", c.estimate},  {"se", c.std_error},
                                                   {"z", c.statistic}, {"pvalue", c.p_value},
                                                   {"ll", c.conf_low}, {"ul", c.conf_high}};
      value = parts.at(kind);
    } else {
      continue;
    }
    // Stata stops at a relative change of 1e-4 of its coefficients: the last of its digits move.
    const double expected = std::stod(row["value"]);
    EXPECT_NEAR(value, expected, 1e-6 * std::max(std::abs(expected), 1e-3))
        << spec << " " << kind << " " << row["name"];
    ++checked;
  }
  EXPECT_EQ(checked, 102);
}

TEST(PoissonOfStata, ShipEffects) {
  const Table ships = read_table(reference_path("stata_poisson_ships/ships.csv"));
  const Estimation e =
      estimate_request(ships, {.formula = "accident ~ op_75_79 + co_65_69 + co_70_74 + co_75_79 | ship",
                               .where = "service > 0",
                               .family = "poisson",
                               .exposure = "service"});
  for (ReferenceRow& row : reference_rows("ppml_fe_ships/expected.csv")) {
    if (row["value"].empty()) continue;
    const std::string quantity = row["quantity"], term = quantity.substr(quantity.find(' ') + 1);
    const Coefficient& c = coefficient_of(e, term);
    expect_reference(quantity.starts_with("IRR") ? std::exp(c.estimate) : c.std_error, row["value"], 0,
                     quantity);
  }
  EXPECT_EQ(e.fit->n, 34);
}

TEST(Families, AreComparedWithTheNormalDistribution) {
  for (const char* ssc : {"fixest", "stata", "reghdfe", "none"}) {
    ModelRequest request = models().at("poisson_two_way");
    request.ssc = ssc;
    request.vcov = "cluster(firm)";
    const Estimation e = estimate_request(counts(), request);
    EXPECT_TRUE(std::isinf(e.vcov.df)) << ssc;
    EXPECT_TRUE(std::isinf(e.inference.f.df2)) << ssc;
  }
}

TEST(Families, CountNoParametersUnderStatasRules) {
  const double n = 590, g = 40;
  const std::map<std::string, double> factors = {
      {"iid", 1.0}, {"hc1", n / (n - 1)}, {"cluster(firm)", g / (g - 1)}};
  for (const char* ssc : {"stata", "reghdfe"})
    for (const auto& [vcov, factor] : factors) {
      ModelRequest request = models().at("poisson_two_way");
      request.ssc = ssc;
      request.vcov = vcov;
      const Estimation e = estimate_request(counts(), request);
      const double groups = e.vcov.n_clusters.empty() ? 0 : e.vcov.n_clusters[0];
      EXPECT_NEAR(e.vcov.factor, vcov[1] == 'l' ? groups / (groups - 1) : factor, 1e-14)
          << ssc << " " << vcov;
    }
}

TEST(Margins, AreForFamilies) {
  ModelRequest request{.formula = "events ~ x1", .margins = true};
  EXPECT_THROW(estimate_request(counts(), request), Error);
}

TEST(Margins, SayWhetherTheyAreChanges) {
  const Estimation& e = estimated("logit_two_way", "iid");
  ASSERT_EQ(e.margins->rows.size(), 3U);
  EXPECT_FALSE(e.margins->rows[0].discrete);
  EXPECT_TRUE(e.margins->rows[2].discrete);
  EXPECT_NE(e.margins->note.find("effects count as estimated"), std::string::npos);
}

}  // namespace
}  // namespace panelist
