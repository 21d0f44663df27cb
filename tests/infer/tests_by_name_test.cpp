// SPDX-License-Identifier: Apache-2.0
// Tests asked for by name against R (tests/reference/tests_by_name) and against recorded ivreg2.
#include "reference.h"
#include "reference_data.h"

namespace panelist {
namespace {

const char* const of_series[] = {"effects_f", "lm", "honda", "pesaran_cd", "bp_cd"};
constexpr const char* two_instruments =
    "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4";
constexpr const char* one_instrument = "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc4";

const Table& grunfeld() {
  static const Table table = read_table(reference_path("stata_grunfeld_cluster/grunfeld.csv"));
  return table;
}
const Table& card() {
  static const Table table = read_table(reference_path("ivreg2_card/card.csv"));
  return table;
}

Estimation estimated(const std::string& test, const std::string& vcov) {
  if (test == "tf")
    return estimate_request(card(), {.formula = one_instrument, .vcov = vcov, .tests = {test}});
  if (test == "basmann" || test == "liml_overid")
    return estimate_request(card(), {.formula = two_instruments,
                                     .vcov = vcov,
                                     .family = test == "basmann" ? "2sls" : "liml",
                                     .tests = {test}});
  const bool series = std::find(std::begin(of_series), std::end(of_series), test) != std::end(of_series);
  std::string formula = "invest ~ value + capital";
  if (test == "effects_f") formula += " | firm";
  if (!series) formula += " + year";
  return estimate_request(
      grunfeld(),
      {.formula = formula, .vcov = vcov, .panel = {"firm", "year"}, .vif = test == "vif", .tests = {test}});
}

double quantity_of(const Estimation& e, const std::string& quantity) {
  if (e.vif)
    for (const VifRow& row : e.vif->rows)
      if (row.term == quantity) return row.vif;
  const RequestedTest& asked = e.requested.at(0);
  if (asked.test) return quantity == "statistic" ? asked.test->statistic : asked.test->p_value;
  const LinearCombination& found = *asked.combination;
  const std::map<std::string, double> numbers = {{"estimate", found.estimate},
                                                 {"std_error", found.std_error},
                                                 {"p_value", found.p_value},
                                                 {"conf_low", found.conf_low},
                                                 {"conf_high", found.conf_high}};
  return numbers.at(quantity);
}

TEST(TestsByName, AreThoseOfR) {
  const testing::ReferenceTable table = testing::read_reference("tests_by_name/expected.csv");
  for (const auto& row : table.rows) {
    const double expected = std::stod(row[3]);
    EXPECT_NEAR(quantity_of(estimated(row[0], row[1]), row[2]), expected, 1e-8 * std::abs(expected))
        << row[0] << " " << row[1] << " " << row[2];
  }
  EXPECT_EQ(table.rows.size(), 37U);
}

TEST(TestsByName, OfInstrumentsAreThoseOfIvreg2) {
  const std::map<std::string, std::string> names = {
      {"kp_lm", "idstat"},       {"kp_f", "widstat"},
      {"cragg_donald_f", "cdf"}, {"hansen_j", "j"},
      {"endogeneity", "estat"},  {"stock_wright", "sstat"},
      {"anderson_rubin", "arf"}, {"anderson_rubin_chi2", "archi2"},
      {"sargan", "sargan"}};
  int compared = 0;
  for (const ReferenceRow& row : reference_rows("ivreg2_card/expected.csv"))
    for (const auto& [test, name] : names) {
      const bool iid = test == "sargan";
      if (row.at("spec") != "card_overid" || row.at("vce") != (iid ? "iid" : "hc1") ||
          row.at("small") != "0" || row.at("kind") != "diag" || row.at("name") != name)
        continue;
      const Estimation e = estimate_request(
          card(),
          {.formula = two_instruments, .vcov = iid ? "iid" : "hc1", .ssc = "ivreg2", .tests = {test}});
      expect_reference(quantity_of(e, "statistic"), row.at("value"), 1e-7, test);
      ++compared;
    }
  EXPECT_EQ(compared, 9);
}

TEST(TestsByName, EffectiveFIsThatOfExplicitMatrices) {
  const Estimation e = estimate_request(
      card(), {.formula = two_instruments, .vcov = "hc0", .ssc = "ivreg2", .tests = {"effective_f"}});
  int compared = 0;
  for (const ReferenceRow& row : reference_rows("iv_r/expected.csv")) {
    if (row.at("spec") != "one" || row.at("vcov") != "hc0" || row.at("name") != "effective_f") continue;
    expect_reference(quantity_of(e, "statistic"), row.at("value"), 1e-8, "effective_f");
    ++compared;
  }
  EXPECT_EQ(compared, 1);
}

}  // namespace
}  // namespace panelist
