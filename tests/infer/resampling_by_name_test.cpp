// SPDX-License-Identifier: Apache-2.0
// wild(...), pairs(...) and randomise(...) as a study asks for them, against distributions listed whole in R
// (tests/reference/wild_matrices and resampling_enumerated).
#include "reference.h"

namespace panelist {
namespace {

constexpr double draws = 99999;

Table matrices_panel() { return read_table(reference_path("wild_matrices/panel.csv")); }

Estimation asked(const Table& table, const std::string& model, const std::string& test) {
  const bool weighted = model == "weighted";
  std::string formula = "y ~ x1 + x2";
  if (model == "unit") formula += " | unit";
  if (model == "unit year" || weighted) formula += " | unit + year";
  return estimate_request(table, {.formula = formula,
                                  .vcov = "cluster(cluster)",
                                  .ssc = "fixest",
                                  .weights = weighted ? "w" : "",
                                  .panel = {"unit", "year"},
                                  .tests = {test}});
}

const TestResult& result_of(const Estimation& estimation) { return *estimation.requested.at(0).test; }

double detail(const TestResult& test, const std::string& name) {
  for (const auto& [key, value] : test.details)
    if (key == name) return value;
  return missing_value;
}

std::string hypotheses(const ReferenceRow& row) {
  const std::vector<std::string> values = split(row.at("value"), ';');
  if (row.at("term") == "both") return "x1 = " + values.at(0) + ", x2 = " + values.at(1);
  return (row.at("term") == "x1" ? "x1 = " : "x1 + x2 = ") + values.at(0);
}

TEST(WildByName, IsThatOfExplicitMatricesOverAllSignChanges) {
  const Table table = matrices_panel();
  int compared = 0;
  for (const ReferenceRow& row : reference_rows("wild_matrices/expected.csv")) {
    if (row.at("draws") != "cluster") continue;  // their variance is not that of the clusters asked for
    const std::string request = "wild(" + hypotheses(row) + ", type=" + row.at("type") +
                                ", null=" + (row.at("restricted") == "TRUE" ? "imposed" : "free") +
                                ", set=no)";
    SCOPED_TRACE(row.at("effects") + " " + request);
    const std::string model = row.at("weights") == "weighted" ? "weighted" : row.at("effects");
    const Estimation estimation = asked(table, model, request);
    const TestResult& test = result_of(estimation);
    const double statistic = std::stod(row.at("statistic"));
    EXPECT_NEAR(test.statistic, statistic, 1e-8 * std::abs(statistic));
    EXPECT_DOUBLE_EQ(test.p_value, std::stod(row.at("p")));
    if (row.at("term") != "both") {
      EXPECT_DOUBLE_EQ(detail(test, "p_equal_tailed"), std::stod(row.at("p_equal")));
    }
    ++compared;
  }
  EXPECT_EQ(compared, 39);
}

double quantity_of(const TestResult& test, const std::string& quantity) {
  if (quantity == "statistic") return test.statistic;
  if (quantity == "p") return test.p_value;
  if (quantity == "conf_low") return test.set->parts.at(0).first;
  if (quantity == "conf_high") return test.set->parts.at(0).second;
  return detail(test, quantity);
}

void expect_drawn(const TestResult& test, const ReferenceRow& row) {
  SCOPED_TRACE(row.at("test") + ", " + row.at("model") + ", " + row.at("quantity"));
  const std::vector<std::string> quantity = split(row.at("quantity"), ' ');
  const double expected = std::stod(row.at("value")), error = std::stod(row.at("error"));
  const double rounding = 1e-8 * std::abs(expected), drawn = quantity_of(test, quantity.at(0));
  if (quantity.size() == 1) {
    EXPECT_NEAR(drawn, expected, error > 0 ? 5 * error / std::sqrt(draws) : rounding);
  } else if (quantity.at(1) == "least") {
    EXPECT_GE(drawn, expected - rounding);
  } else {
    EXPECT_LE(drawn, expected + rounding);
  }
}

TEST(PairsAndRandomiseByName, AreWithinTheirErrorOfEveryDrawListed) {
  const Table table = matrices_panel();
  const std::map<std::string, std::string> requests = {
      {"pairs", "pairs(x1 = 0, reps=99999)"},
      {"randomise b", "randomise(x1, reps=99999, by=unit, within=cluster, statistic=b)"},
      {"randomise t", "randomise(x1, reps=99999, by=unit, within=cluster, statistic=t)"}};
  std::map<std::string, Estimation> done;
  int compared = 0;
  for (const ReferenceRow& row : reference_rows("resampling_enumerated/expected.csv")) {
    const std::string key = row.at("test") + row.at("model");
    if (done.count(key) == 0) done.emplace(key, asked(table, row.at("model"), requests.at(row.at("test"))));
    expect_drawn(result_of(done.at(key)), row);
    ++compared;
  }
  EXPECT_EQ(compared, 41);
}

}  // namespace
}  // namespace panelist
