// SPDX-License-Identifier: Apache-2.0
#include "infer/unit_roots/regressions.h"

#include <fmt/format.h>

#include <algorithm>

#include "infer/tests/kinds.h"

namespace panelist {
namespace {

// Below this the tests have little power and their asymptotic distributions are far.
constexpr Index short_series = 25;

std::string words_of(const UnitRootRequest& asked) {
  std::string words = asked.terms == Deterministic::none       ? "no constant"
                      : asked.terms == Deterministic::constant ? "constant"
                                                               : "constant and trend";
  if (asked.demean) words += ", less the means of the periods";
  if (asked.lags == "aic" || asked.lags == "bic") words += fmt::format(", lags by {}", asked.lags);
  words += asked.divisor == VarianceDivisor::rows ? ", variances over rows" : "";
  return words;
}

}  // namespace

double UnitRegressions::mean_t() const {
  double sum = 0;
  for (const DickeyFuller& one : regressions) sum += one.t;
  return sum / units();
}

double UnitRegressions::mean_lags() const {
  double sum = 0;
  for (const DickeyFuller& one : regressions) sum += static_cast<double>(one.lags);
  return sum / units();
}

Index UnitRegressions::shortest() const {
  const auto shorter = [](const UnitSeries& a, const UnitSeries& b) {
    return a.values.size() < b.values.size();
  };
  return std::min_element(series.begin(), series.end(), shorter)->values.size();
}

UnitRegressions regress_units(const Context& context, const Estimation& estimation,
                              const UnitRootRequest& asked) {
  UnitRegressions all{series_for(estimation, asked), {}};
  const std::vector<Index> lags = lags_of(context, all.series, asked);
  for (std::size_t u = 0; u < all.series.size(); ++u)
    all.regressions.push_back(dickey_fuller(context, all.series[u].values, lags[u], asked.terms,
                                            asked.divisor, name_of(all.series[u], asked)));
  return all;
}

void require_units(const Estimation& estimation, const TestRequest& request) {
  if (panel_unit(estimation, request).size() >= 2) return;
  throw Error("infer.too_few_units",
              fmt::format("the test `{}` is for several units, and there is one", request.written),
              "for one series take adf", "option --tests");
}

void require_one_series(const Estimation& estimation, const TestRequest& request) {
  const Level units = estimation.fit->frame->unit.size();
  if (units < 2) return;
  throw Error("infer.one_series",
              fmt::format("the test `{}` is for one series, and there are {} units", request.written, units),
              "for a panel take fisher, ips or llc; for one unit: where = \"unit == 'A'\"", "option --tests");
}

TestResult described(const UnitRegressions& all, const UnitRootRequest& asked, const TestRequest& request) {
  TestResult test;
  test.name = request.name;
  test.note = "H0: a unit root; " + words_of(asked);
  if (all.series.size() > 1) test.details = {{"units", all.units()}};
  test.details.emplace_back("periods", static_cast<double>(all.shortest()));
  test.details.emplace_back(all.series.size() > 1 ? "mean_lags" : "lags", all.mean_lags());
  if (all.shortest() < short_series)
    test.warnings.emplace_back(
        "infer.short_series",
        fmt::format("`{}`: {}only {} periods: unit-root tests have little power in short series, and their "
                    "distributions hold for long ones",
                    request.written, all.series.size() > 1 ? "the shortest unit has " : "", all.shortest()));
  return test;
}

}  // namespace panelist
