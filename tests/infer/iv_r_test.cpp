// SPDX-License-Identifier: Apache-2.0
// Estimators and tests of instruments against explicit matrices in R (tests/reference/iv_r).
#include "reference.h"

namespace panelist {
namespace {

const std::map<std::string, std::string> formulas = {
    {"one", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4"},
    {"three", "lwage ~ exper + black + south | 0 | educ ~ nearc2 + nearc4 + momdad14"},
    {"weak", "lwage ~ exper + expersq + black + south + smsa + smsa66 + reg662 + reg663 | 0 | educ ~ nearc2"},
    {"two", "lwage ~ exper + black + south | 0 | educ + smsa ~ nearc2 + nearc4 + momdad14 + smsa66"},
};

Estimation run(const Table& table, const std::string& spec, const std::string& vcov,
               const std::string& method, double level = 0.95, const std::vector<std::string>& tests = {}) {
  return estimate_request(table, {.formula = formulas.at(spec),
                                  .vcov = vcov == "cluster" ? "cluster(age)" : vcov,
                                  .ssc = "ivreg2",
                                  .family = method,
                                  .tests = tests,
                                  .level = level});
}

void add_estimates(Computed& c, const Table& table, const std::string& spec, const std::string& vcov) {
  for (const char* method : {"gmm2s", "igmm", "cue"}) {
    const Estimation e = run(table, spec, vcov, method);
    const std::string name = method;
    c[name + " b"] = coefficient_of(e, "educ").estimate;
    c[name + " se"] = coefficient_of(e, "educ").std_error;
    const TestResult* j = find_test(e, vcov == "iid" ? "sargan" : "hansen_j");
    if (j != nullptr) c[name + " j"] = j->statistic;
  }
}

void add_first_stages(Computed& c, const Estimation& e) {
  for (std::size_t j = 0; j < e.iv.first_stage.size(); ++j) {
    c["sw " + std::to_string(j + 1)] = e.iv.first_stage[j].sanderson_windmeijer.statistic;
    c["ap " + std::to_string(j + 1)] = e.iv.first_stage[j].angrist_pischke.statistic;
  }
}

void add_named_tests(Computed& c, const Table& table, const std::string& spec, const std::string& vcov) {
  std::vector<std::string> names = {"endog(educ)", "wu_hausman"};
  if (spec != "weak") names.insert(names.end(), {"orthog(nearc2)", "redundant(nearc2)"});
  const Estimation e = run(table, spec, vcov, "2sls", 0.95, names);
  for (const RequestedTest& asked : e.requested)
    c[asked.name.substr(0, asked.name.find('('))] = asked.test->statistic;
  c["stock_wright"] = find_test(e, "stock_wright")->statistic;
  add_first_stages(c, e);
  const TestResult* effective = find_test(e, "effective_f");
  if (effective == nullptr) return;
  c["effective_f"] = effective->statistic;
  for (const auto& [name, value] : effective->critical) c["mop " + name] = value;
}

void add_sets(Computed& c, const Table& table, const std::string& spec, const std::string& vcov) {
  if (spec == "two") return;
  for (const double level : {0.8, 0.95, 0.99}) {
    const Estimation e = run(table, spec, vcov, "2sls", level);
    const ConfidenceSet& set = find_test(e, "anderson_rubin")->set.value();
    std::vector<double> ends;
    bool outside = true;
    for (const auto& [low, high] : set.parts) {
      if (std::isfinite(low)) ends.push_back(low);
      if (std::isfinite(high)) ends.push_back(high);
      outside = outside && std::isfinite(low) && std::isfinite(high);
    }
    const std::string name = level == 0.8 ? "0.8" : level == 0.95 ? "0.95" : "0.99";
    c["ar ends " + name] = static_cast<double>(ends.size());
    c["ar outside " + name] = outside;
    for (std::size_t i = 0; i < ends.size(); ++i) c["ar " + name + " " + std::to_string(i + 1)] = ends[i];
  }
}

Computed compute(const Table& table, const std::string& spec, const std::string& vcov) {
  Computed c;
  add_estimates(c, table, spec, vcov);
  add_named_tests(c, table, spec, vcov);
  add_sets(c, table, spec, vcov);
  return c;
}

TEST(IvAgainstR, EveryRowIsMatched) {
  const Table table = read_table(reference_path("ivreg2_card/card.csv"));
  std::map<std::string, Computed> computed;
  for (ReferenceRow& row : reference_rows("iv_r/expected.csv")) {
    const std::string spec = row["spec"], vcov = row["vcov"], name = row["name"], key = spec + " " + vcov;
    if (!computed.contains(key)) computed[key] = compute(table, spec, vcov);
    ASSERT_TRUE(computed[key].contains(name)) << key << " " << name;
    const double expected = std::stod(row["value"]), value = computed[key][name];
    // R's minimisation of CUE ends where its numerical gradient does.
    double tolerance = 1e-8 * std::abs(expected);
    if (name == "cue b") tolerance = 1e-6 * computed[key]["cue se"];
    EXPECT_NEAR(value, expected, tolerance) << key << " " << name;
  }
  EXPECT_EQ(computed.size(), 12);
}

// The ends of every set are values the test just does not reject, and what lies beyond is rejected.
TEST(AndersonRubinSet, EndsAreWhereTheTestTurns) {
  const Table card = read_table(reference_path("ivreg2_card/card.csv"));
  int ends = 0;
  for (const char* spec : {"one", "weak"})
    for (const char* vcov : {"iid", "hc1", "cluster"}) {
      const Estimation e = run(card, spec, vcov, "2sls");
      for (const auto& [low, high] : find_test(e, "anderson_rubin")->set->parts)
        for (const double end : {low, high}) {
          if (!std::isfinite(end)) continue;
          Table shifted = card;
          std::vector<double> y = card.at("lwage").values();
          for (std::size_t row = 0; row < y.size(); ++row) y[row] -= end * card.at("educ").values()[row];
          shifted.set("lwage", Column::numbers(y));
          EXPECT_NEAR(find_test(run(shifted, spec, vcov, "2sls"), "anderson_rubin")->p_value, 0.05, 1e-8);
          ++ends;
        }
    }
  EXPECT_EQ(ends, 12);
}

TEST(AndersonRubinSet, HasTheFormsOfDufourAndTaamouti) {
  const Table card = read_table(reference_path("ivreg2_card/card.csv"));
  const auto form = [&](const char* spec, const char* vcov, double level) {
    return find_test(run(card, spec, vcov, "2sls", level), "anderson_rubin")->set->form;
  };
  EXPECT_EQ(form("one", "iid", 0.95), "interval");
  EXPECT_EQ(form("three", "hc1", 0.8), "empty");
  EXPECT_EQ(form("weak", "cluster", 0.95), "two rays");
  EXPECT_EQ(form("weak", "iid", 0.99999), "line");
}

const std::map<std::string, std::string> weak_formulas = {
    {"one", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4"},
    {"one named", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4"},
    {"just", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc4"},
    {"three", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4 + momdad14"},
    {"weighted", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4"},
    {"weak",
     "lwage ~ exper + expersq + black + south + reg661 + reg662 + reg663 + reg664 + reg665 + reg666 + reg667 "
     "+ reg668 | 0 | educ ~ nearc2"},
    {"weak two",
     "lwage ~ exper + expersq + black + south + reg661 + reg662 + reg663 + reg664 + reg665 + reg666 + reg667 "
     "+ reg668 + smsa | 0 | educ ~ nearc2 + sinmom14"},
};

void add_ends(Computed& c, const std::string& which, const std::string& level, const ConfidenceSet& set) {
  std::vector<double> ends;
  for (const auto& [low, high] : set.parts)
    for (const double end : {low, high})
      if (std::isfinite(end)) ends.push_back(end);
  c["ends " + which + " " + level] = static_cast<double>(ends.size());
  c["far " + which + " " + level] = !set.parts.empty() && std::isinf(set.parts.front().first);
  for (std::size_t i = 0; i < ends.size(); ++i)
    c["end " + which + " " + level + " " + std::to_string(i + 1)] = ends[i];
}

void add_at(Computed& c, const std::string& value, const TestResult& lr, const TestResult& k) {
  c["lr " + value] = lr.statistic;
  c["p_lr " + value] = lr.p_value;
  c["qt " + value] = lr.details.at(1).second;
  c["k " + value] = k.statistic;
  c["p_k " + value] = k.p_value;
}

Computed compute_weak(const Table& table, const std::string& spec) {
  Computed c;
  const std::string indicators = spec == "one named" ? "pagan_hall(nearc2, black)" : "pagan_hall";
  for (const double level : {0.9, 0.95}) {
    std::vector<std::string> tests = {"clr", "kleibergen_k", "clr(0.1)", "kleibergen_k(0.1)"};
    if (spec != "weighted") tests.push_back(indicators);
    const Estimation e = estimate_request(table, {.formula = weak_formulas.at(spec),
                                                  .vcov = "iid",
                                                  .weights = spec == "weighted" ? "weight" : "",
                                                  .tests = tests,
                                                  .level = level});
    add_at(c, "0", *e.requested[0].test, *e.requested[1].test);
    add_at(c, "0.1", *e.requested[2].test, *e.requested[3].test);
    add_ends(c, "p_lr", level == 0.9 ? "0.9" : "0.95", *e.requested[0].test->set);
    add_ends(c, "p_k", level == 0.9 ? "0.9" : "0.95", *e.requested[1].test->set);
    if (spec == "weighted") continue;
    c["pagan_hall"] = e.requested[4].test->statistic;
    c["pagan_hall df"] = e.requested[4].test->df1;
  }
  return c;
}

TEST(IvR, ConditionalLrKAndPaganHallAreTheirDefinitions) {
  const Table table = read_table(reference_path("ivreg2_card/card.csv"));
  std::map<std::string, Computed> computed;
  int checked = 0;
  for (ReferenceRow& row : reference_rows("iv_r/weak.csv")) {
    const std::string& spec = row["spec"];
    if (!computed.contains(spec)) computed[spec] = compute_weak(table, spec);
    ASSERT_TRUE(computed[spec].contains(row["name"])) << spec << " " << row["name"];
    const double value = computed[spec][row["name"]], number = std::stod(row["value"]);
    EXPECT_NEAR(value, number, 1e-8 * std::max(1.0, std::abs(number))) << spec << " " << row["name"];
    ++checked;
  }
  EXPECT_EQ(checked, 176);
}

TEST(IvR, TestsOfEqualVariancesSaySo) {
  const Table table = read_table(reference_path("ivreg2_card/card.csv"));
  const auto message = [&](const std::string& formula, const std::string& vcov, const std::string& test,
                           const std::string& method = "") {
    try {
      (void)estimate_request(table, {.formula = formula, .vcov = vcov, .family = method, .tests = {test}});
    } catch (const Error& error) {
      return error.diagnostic().code + " " + error.diagnostic().message;
    }
    return std::string("none");
  };
  const std::string& one = weak_formulas.at("one");
  EXPECT_NE(message(one, "hc1", "clr").find("assumes equal variances"), std::string::npos);
  EXPECT_NE(message(formulas.at("two"), "iid", "kleibergen_k").find("one endogenous"), std::string::npos);
  EXPECT_NE(message(one, "iid", "pagan_hall(nowhere)").find("nowhere"), std::string::npos);
  EXPECT_NE(message(one, "iid", "pagan_hall", "liml").find("2sls"), std::string::npos);
  EXPECT_NE(message("lwage ~ exper | age | educ ~ nearc4", "iid", "pagan_hall").find("absorbed"),
            std::string::npos);
  EXPECT_NE(message("lwage ~ educ", "iid", "clr").find("does not apply"), std::string::npos);
  EXPECT_NE(message(one, "iid", "clr(x)").find("no number"), std::string::npos);
}

}  // namespace
}  // namespace panelist
