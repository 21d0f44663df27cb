// SPDX-License-Identifier: Apache-2.0
// Every test of the catalog after every method: numbers, or a note that says why there are none, or a refusal by name with
// a next step.
#include "panel_reference.h"

namespace panelist {
namespace {

struct Situation {
  std::string name, formula, method, vcov;
};
const std::vector<Situation> situations = {
    {"least squares", "invest ~ value + capital", "", "cluster(firm)"},
    {"no regressor", "invest ~ 1", "", "hc1"},
    {"absorbed", "invest ~ value + capital | firm", "", "cluster(firm)"},
    {"absorbed both ways", "invest ~ value + capital | firm + year", "", "iid"},
    {"random effects", "invest ~ value + capital", "re", "cluster(firm)"},
    {"random effects of Wallace and Hussain", "invest ~ value + capital", "re_wh", "iid"},
    {"between", "invest ~ value + capital", "be", "hc1"},
    {"between, weighted", "invest ~ value + capital", "be_wls", "iid"},
    {"first differences", "invest ~ value + capital", "fd", "cluster(firm)"},
    {"Fama-MacBeth", "invest ~ value + capital", "fmb", "nw(2)"},
    {"instruments", "invest ~ 1 | firm | value ~ capital + L.capital", "", "cluster(firm)"},
    {"LIML", "invest ~ 1 | 0 | value ~ capital + L.capital", "liml", "iid"},
    {"Poisson", "invest ~ value | firm", "poisson", "cluster(firm)"},
    {"logit", "I(invest > 100) ~ value", "logit", "hc1"},
};

// Arguments of those that need one.
std::string as_written(const TestKind& kind) {
  static const std::map<std::string, std::string> arguments = {{"lincom", "2 * value"},
                                                               {"orthog", "capital"},
                                                               {"redundant", "capital"},
                                                               {"wild", "value, by=firm, reps=99"},
                                                               {"pairs", "value, by=firm, reps=49"},
                                                               {"randomise", "value, reps=99"}};
  const std::string name(kind.name);
  if (kind.argument != TestKind::Argument::needed) return name;
  const auto own = arguments.find(name);
  return name + "(" + (own == arguments.end() ? "value" : own->second) + ")";
}

// "" when all is said.
std::string unsaid(const RequestedTest& result) {
  if (result.combination) return std::isfinite(result.combination->p_value) ? "" : "a combination without p";
  const TestResult& test = *result.test;
  if (std::isnan(test.statistic)) return test.note.empty() ? "no statistic and no reason" : "";
  const bool has_more = !test.critical.empty() || test.set.has_value();
  return std::isnan(test.p_value) && test.note.empty() && !has_more ? "no p value and no reason" : "";
}

std::string unsaid(const Situation& situation, const std::string& test) {
  try {
    const Estimation e = estimate_request(grunfeld_design("full"), {.formula = situation.formula,
                                                                    .vcov = situation.vcov,
                                                                    .panel = grunfeld_keys,
                                                                    .family = situation.method,
                                                                    .tests = {test}});
    return e.requested.empty() ? "" : unsaid(e.requested.front());
  } catch (const Error& error) {
    const Diagnostic& said = error.diagnostic();
    if (said.code.starts_with("internal.")) return said.code;
    return said.hint.empty() ? said.code + " without a next step" : "";
  }
}

TEST(TestCatalog, EveryTestSaysANumberOrWhyThereIsNone) {
  for (const TestKind& kind : test_kinds())
    for (const Situation& situation : situations)
      EXPECT_EQ(unsaid(situation, as_written(kind)), "") << kind.name << " after " << situation.name;
}

}  // namespace
}  // namespace panelist
