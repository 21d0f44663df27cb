// SPDX-License-Identifier: Apache-2.0
// Every covariance of the catalog with weights, effects, instruments and families: it works or is refused by name; and
// every one stands in some row of somebody else's numbers, so that taking it out fails a test.
#include <set>

#include "infer/programs.h"
#include "reference.h"

namespace panelist {
namespace {

// How each kind is written on the small data; a kind without a line fails the test.
const std::map<std::string, std::string> written = {
    {"iid", "iid"},
    {"hc0", "hc0"},
    {"hc1", "hc1"},
    {"hc2", "hc2"},
    {"hc3", "hc3"},
    {"hc4", "hc4"},
    {"cluster", "cluster(unit)"},
    {"cr2", "cr2(unit)"},
    {"cr3", "cr3(unit)"},
    {"jackknife", "jackknife(unit)"},
    {"nw", "nw(1)"},
    {"dk", "dk(1)"},
    {"conley", "conley(lat, lon, 400km)"},
};

struct Situation {
  std::string name, formula, family, weights;  // family, or method
  WeightType weight_type = WeightType::analytic;
};
const std::vector<Situation> situations = {
    {"plain", "y ~ x", "", ""},
    {"analytic weights", "y ~ x", "", "w"},
    {"frequency weights", "y ~ x", "", "count + 1", WeightType::frequency},
    {"probability weights", "y ~ x", "", "w", WeightType::probability},
    {"absorbed", "y ~ x | unit + time", "", ""},
    {"absorbed and weighted", "y ~ x | unit", "", "w"},
    {"instruments", "y ~ 1 | 0 | x ~ w + lat", "", ""},
    {"instruments and effects", "y ~ 1 | time | x ~ w + lat", "", ""},
    {"instruments and weights", "y ~ 1 | 0 | x ~ w + lat", "", "w"},
    {"liml", "y ~ 1 | 0 | x ~ w + lat", "liml", ""},
    {"fuller", "y ~ 1 | 0 | x ~ w + lat", "fuller(1)", ""},
    {"k-class", "y ~ 1 | 0 | x ~ w + lat", "kclass(0.5)", ""},
    {"two-step GMM", "y ~ 1 | 0 | x ~ w + lat", "gmm2s", ""},
    {"iterated GMM", "y ~ 1 | 0 | x ~ w + lat", "igmm", ""},
    {"continuous updating", "y ~ 1 | 0 | x ~ w + lat", "cue", ""},
    {"random effects", "y ~ x", "re", ""},
    {"random effects, Wallace and Hussain", "y ~ x", "re_wh", ""},
    {"between", "y ~ x", "be", ""},
    {"weighted between", "y ~ x", "be_wls", ""},
    {"first differences", "y ~ x", "fd", ""},
    {"Fama-MacBeth", "y ~ x", "fmb", ""},
    {"poisson", "count ~ x", "poisson", ""},
    {"poisson and weights", "count ~ x", "poisson", "w"},
    {"probit", "I(count > 1) ~ x", "probit", ""},
    {"negbin", "count ~ x", "negbin", ""},
    {"poisson and effects", "count ~ x | time", "poisson", ""},
    {"logit", "I(count > 1) ~ x", "logit", ""},
};

// Kinds that know leverages: of rows by least squares (of means and differences too), of clusters by 2SLS too.
const std::set<std::string> by_least_squares = {"", "be", "be_wls", "fd"};
const std::set<std::string> of_rows = {"hc2", "hc3", "hc4"}, of_clusters = {"cr2", "cr3", "jackknife"};
const std::set<std::string> gmm = {"gmm2s", "igmm", "cue"};

std::string refusal_of(const std::string& kind, const Situation& situation) {
  // Coefficients by period have the variances of their series only.
  if (situation.family == "fmb") return kind == "iid" || kind == "nw" ? "" : "vcov.not_available";
  const bool two_stage = situation.name.starts_with("instruments");
  if (of_rows.contains(kind) && gmm.contains(situation.family)) return "vcov.not_available";
  const bool leverages = by_least_squares.contains(situation.family);
  if (of_rows.contains(kind) && (two_stage || !leverages)) return "infer.least_squares_only";
  if (of_clusters.contains(kind) && !leverages) return "infer.least_squares_only";
  if (kind == "nw" && situation.weight_type == WeightType::frequency) return "infer.frequency_weights";
  if (kind != "nw" && kind != "dk") return "";
  // A unit has one mean; five periods are few for three moments.
  if (situation.family == "be" || situation.family == "be_wls") return "infer.too_few_periods";
  return kind == "dk" && situation.family == "igmm" ? "estimate.singular_weights" : "";
}

std::string outcome_of(const std::string& vcov, const Situation& situation) {
  static const Table table = read_table(reference_path("kernels_r/places.csv"));
  try {
    const Estimation e = estimate_request(table, {.formula = situation.formula,
                                                  .vcov = vcov,
                                                  .ssc = "fixest",
                                                  .weights = situation.weights,
                                                  .weight_type = situation.weight_type,
                                                  .panel = {"unit", "time"},
                                                  .family = situation.family});
    for (const Coefficient& one : e.inference.coefficients)
      if (!(one.std_error > 0) || !std::isfinite(one.p_value)) return "no number";
    return e.vcov.note.empty() ? "no note" : "";
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
}

TEST(VcovCatalog, EveryKindWorksOrIsRefusedByNameInEverySituation) {
  for (const VcovKind& kind : vcov_kinds()) {
    const std::string name(kind.name);
    ASSERT_TRUE(written.contains(name)) << name;
    for (const Situation& situation : situations)
      EXPECT_EQ(outcome_of(written.at(name), situation), refusal_of(name, situation))
          << name << ", " << situation.name;
  }
}

// Kinds named in the rows of a reference set, column `vcov` or the like.
void add_kinds(const std::string& file, const std::string& column, std::set<std::string>& kinds) {
  const Table rows = read_table(reference_path(file));
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::string text = rows.at(column).text_at(row);
    kinds.insert(lower_ascii(text.substr(0, text.find_first_of("( "))));
  }
}

TEST(VcovCatalog, EveryKindStandsInARowOfAReference) {
  std::set<std::string> kinds;
  for (const char* file : {"kernels_r/se.csv", "clusters_r/expected.csv", "petersen_cluster/expected.csv"})
    add_kinds(file, "vcov", kinds);
  add_kinds("kernels_r/heteroskedastic.csv", "vcov", kinds);
  for (const VcovKind& kind : vcov_kinds()) EXPECT_TRUE(kinds.contains(std::string(kind.name))) << kind.name;
}

TEST(VcovCatalog, HeteroskedasticKindsAgreeWithSandwich) {
  const Table table = read_table(reference_path("stata_grunfeld_cluster/grunfeld.csv"));
  const Table rows = read_table(reference_path("kernels_r/heteroskedastic.csv"));
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::string vcov = rows.at("vcov").text_at(row), term = rows.at("term").text_at(row);
    const Estimation e =
        estimate_request(table, {.formula = "invest ~ value + capital", .vcov = vcov, .ssc = "stata"});
    const double se = rows.at("se").values()[row];
    EXPECT_NEAR(coefficient_of(e, term).std_error, se, 1e-10 * se) << vcov << " " << term;
  }
  EXPECT_EQ(rows.rows(), 15);
}

// Stata's recorded numbers beside our default.
TEST(Programs, PrintWhatTheyPrint) {
  const Table table = read_single_precision("stata_grunfeld_cluster/grunfeld.csv");
  const Estimation e = estimate_request(table, {.formula = "invest ~ value + capital",
                                                .vcov = "cluster(firm)",
                                                .ssc = "fixest",
                                                .where = "firm != 'American Steel'"});
  std::map<std::string, ProgramErrors> all;
  for (const ProgramErrors& one : errors_of_programs(Context{}, e)) all[one.program] = one;
  const Index value = position_of(*e.fit, "value");
  EXPECT_NEAR(all.at("regress").std_errors(value), 0.01589433647768, 1e-10);
  EXPECT_EQ(all.at("regress").df, 9);
  EXPECT_NEAR(all.at("ivreg2").std_errors(value), 0.01500272788516, 1e-10);
  EXPECT_TRUE(std::isinf(all.at("ivreg2").df));
  EXPECT_NEAR(all.at("statsmodels").std_errors(value), 0.01589433647768, 1e-10);
  EXPECT_TRUE(std::isinf(all.at("statsmodels").df));
  EXPECT_FALSE(all.contains("areg"));
}

TEST(Programs, AregCountsNestedEffectsAndReghdfeDoesNot) {
  const Table table = read_table(reference_path("cigar_fe/cigar.csv"));
  const Estimation e = estimate_request(table, {.formula = "Sales ~ Price | State",
                                                .vcov = "cluster(State)",
                                                .ssc = "fixest",
                                                .panel = {"State", "Year"}});
  std::map<std::string, ProgramErrors> all;
  for (const ProgramErrors& one : errors_of_programs(Context{}, e)) all[one.program] = one;
  for (const auto& [program, errors] : all) {
    const Estimation own = estimate_request(table, {.formula = "Sales ~ Price | State",
                                                    .vcov = "cluster(State)",
                                                    .ssc = errors.rule,
                                                    .panel = {"State", "Year"}});
    EXPECT_EQ(own.inference.coefficients[0].std_error, errors.std_errors(0)) << program;
  }
  const double n = 1380;
  EXPECT_EQ(all.at("areg").k, 47);
  EXPECT_EQ(all.at("reghdfe").k, 2);
  EXPECT_NEAR(all.at("areg").factor / all.at("reghdfe").factor, (n - 2) / (n - 47), 1e-12);
  EXPECT_TRUE(all.contains("xtreg, fe"));
}

}  // namespace
}  // namespace panelist
