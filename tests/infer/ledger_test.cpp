// SPDX-License-Identifier: Apache-2.0
// What is printed of standard errors adds up: terms to K, factors to the factor of the covariance.
#include "infer/ledger.h"

#include <optional>

#include "infer/programs.h"
#include "reference.h"

namespace panelist {
namespace {

const std::vector<std::string> kinds = {"iid",
                                        "hc0",
                                        "hc1",
                                        "hc2",
                                        "hc3",
                                        "hc4",
                                        "cluster(unit)",
                                        "cluster(unit, time)",
                                        "cr2(unit)",
                                        "cr3(unit)",
                                        "jackknife(unit)",
                                        "nw(1)",
                                        "dk(1)",
                                        "conley(lat, lon, 400km)"};
const std::vector<std::string> rules = {"fixest", "reghdfe",     "xtreg",     "areg",          "stata",
                                        "ivreg2", "none",        "k=full",    "ivreg2-small",  "k=none",
                                        "g=none", "df=residual", "df=normal", "g=conventional"};

struct Model {
  std::string formula, method;
};
const std::vector<Model> models = {{"y ~ x", ""},
                                   {"y ~ x | unit", ""},
                                   {"y ~ x | unit + time", ""},
                                   {"y ~ x | unit[w] + time", ""},
                                   {"y ~ x", "re"},
                                   {"y ~ 1 | unit | x ~ w", ""},
                                   {"y ~ x", "fmb"},
                                   {"y ~ x", "fd"},
                                   {"count ~ x", "poisson"},
                                   {"count ~ x | time", "poisson"}};

std::optional<Estimation> estimate(const Table& table, const ModelRequest& request) {
  try {
    return estimate_request(table, request);
  } catch (const Error&) {
    return std::nullopt;  // refused by name: tests of the catalog
  }
}

void expect_adds_up(const Estimation& e) {
  const Ledger ledger = ledger_of(e);
  double sum = 0, product = 1;
  for (const CountedPart& part : ledger.parameters) sum += part.count;
  for (const CountedFactor& one : ledger.factors) product *= one.value;
  EXPECT_TRUE(!ledger.k_enters || sum == e.vcov.k) << sum;
  EXPECT_NEAR(product, e.vcov.factor, 1e-12);
  const bool said = std::isinf(e.vcov.df) || e.vcov.term_df.size() > 0;
  EXPECT_EQ(ledger.df.empty(), said);
  EXPECT_TRUE(ledger.df != "n - K" || e.vcov.df == e.fit->n - sum);
}

TEST(Ledger, AddsUpToKAndFactorInEverySituation) {
  const Table table = read_table(reference_path("kernels_r/places.csv"));
  int tried = 0;
  for (const Model& model : models)
    for (const std::string& kind : kinds)
      for (const std::string& rule : rules) {
        SCOPED_TRACE(model.formula + ", " + model.method + ", " + kind + ", " + rule);
        const auto e = estimate(table, {.formula = model.formula,
                                        .vcov = kind,
                                        .ssc = rule,
                                        .panel = {"unit", "time"},
                                        .family = model.method});
        if (!e) continue;
        ++tried;
        expect_adds_up(*e);
        EXPECT_NE(errors_of_programs(Context{}, *e).empty(), words_of_programs(*e).empty());
      }
  EXPECT_GT(tried, 1000);
}

}  // namespace
}  // namespace panelist
