// SPDX-License-Identifier: Apache-2.0
#include "infer/unit_roots/tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/distribution.h"
#include "infer/tests/kinds.h"
#include "infer/unit_roots/moments.h"
#include "infer/unit_roots/regressions.h"

namespace panelist {

RequestedTest dickey_fuller_test(const Context& context, const EstimationSpec& spec,
                                 const Estimation& estimation, const TestRequest& request) {
  const UnitRootRequest asked = read_unit_root_request(request, VarianceDivisor::degrees_of_freedom);
  require_one_series(estimation, request);
  const UnitRegressions all = regress_units(context, estimation, asked);
  const DickeyFuller& one = all.regressions.front();
  TestResult test = described(all, asked, request);
  test.statistic = one.t;
  test.p_value = mackinnon_p(one.t, asked.terms);
  test.details.emplace_back("rho", one.rho);
  test.details.emplace_back("rows", one.rows);
  test.critical = dickey_fuller_critical_values(one.rows, asked.terms);
  test.note += "; MacKinnon (1994) p value" + order_words(spec);
  return {request.written, test, {}};
}

RequestedTest im_pesaran_shin_test(const Context& context, const EstimationSpec&,
                                   const Estimation& estimation, const TestRequest& request) {
  const UnitRootRequest asked = read_unit_root_request(request, VarianceDivisor::degrees_of_freedom);
  if (asked.terms == Deterministic::none)
    throw Error("usage.bad_value", fmt::format("`{}`: ips has no moments without constant", request.written),
                "leave `none` out, or take llc or fisher", "option --tests");
  require_units(estimation, request);
  const UnitRegressions all = regress_units(context, estimation, asked);
  double mean = 0, variance = 0, shortest = all.regressions.front().rows;
  for (std::size_t u = 0; u < all.series.size(); ++u) {
    const DickeyFuller& one = all.regressions[u];
    const auto moments = ips_moments(one.rows, one.lags, asked.terms);
    if (!moments)
      throw Error("infer.too_few_periods",
                  fmt::format("the test `{}` has no moments for {} rows and {} lags ({})", request.written,
                              one.rows, one.lags, name_of(all.series[u], asked)),
                  "ask for fewer lags (8 at most), or take fisher");
    shortest = std::min(shortest, one.rows);
    mean += moments->mean / all.units();
    variance += moments->variance / all.units();
  }
  TestResult test = described(all, asked, request);
  const double t_bar = all.mean_t();
  test.statistic = std::sqrt(all.units()) * (t_bar - mean) / std::sqrt(variance);
  test.p_value = normal_cdf(test.statistic);
  test.details.emplace_back("t_bar", t_bar);
  test.note += "; W statistic, against stationarity of some units, one-sided";
  if (shortest < shortest_of_ips) test.note += "; its moments begin at 10 rows a unit, those are used";
  return {request.written, test, {}};
}

RequestedTest fisher_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                          const TestRequest& request) {
  const UnitRootRequest asked = read_unit_root_request(request, VarianceDivisor::degrees_of_freedom);
  require_units(estimation, request);
  const UnitRegressions all = regress_units(context, estimation, asked);
  const double N = all.units();
  double logs = 0, quantiles = 0, odds = 0;
  for (const DickeyFuller& one : all.regressions) {
    const double p = mackinnon_p(one.t, asked.terms);
    logs += std::log(p);
    quantiles += normal_quantile(p);
    odds += std::log(p / (1 - p));
  }
  TestResult test = described(all, asked, request);
  test.statistic = -2 * logs;
  test.df1 = 2 * N;
  test.p_value = chi2_upper(test.statistic, test.df1);
  const double z = quantiles / std::sqrt(N), pm = (-2 * logs - 2 * N) / (2 * std::sqrt(N));
  const double df = 5 * N + 4;
  const double l = std::sqrt(3 * df / (std::numbers::pi * std::numbers::pi * N * (5 * N + 2))) * odds;
  const double l_tail = t_two_sided(l, df) / 2;
  const std::vector<std::pair<std::string, double>> others = {
      {"z", z},   {"z_p", normal_cdf(z)},   {"l_star", l}, {"l_star_p", l < 0 ? l_tail : 1 - l_tail},
      {"pm", pm}, {"pm_p", normal_cdf(-pm)}};
  test.details.insert(test.details.end(), others.begin(), others.end());
  test.note += "; P statistic, against stationarity of some units; MacKinnon (1994) p values";
  return {request.written, test, {}};
}

}  // namespace panelist
