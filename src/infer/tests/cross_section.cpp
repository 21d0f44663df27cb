// SPDX-License-Identifier: Apache-2.0
// pesaran_cd and bp_cd: correlation of residuals between units.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/distribution.h"
#include "estimate/panel_frames.h"
#include "infer/tests/residual_tests.h"

namespace panelist {
namespace {

struct PairSums {
  double pairs = 0, left_out = 0;
  double root = 0, square = 0, correlation = 0, absolute = 0;  // of sqrt(T) r, T r^2, r, |r|
  void add(double periods, double r) {
    ++pairs;
    root += std::sqrt(periods) * r;
    square += periods * r * r;
    correlation += r;
    absolute += std::abs(r);
  }
};

// Residuals of a unit by period, ascending.
struct UnitSeries {
  std::vector<std::int64_t> period;
  std::vector<double> value;
};

std::vector<UnitSeries> series_of(const Fit& fit) {
  const PanelRows rows = panel_rows(*fit.frame);
  std::vector<UnitSeries> series(rows.units());
  for (std::size_t u = 0; u < rows.units(); ++u)
    for (std::size_t i = rows.begin[u]; i < rows.begin[u + 1]; ++i) {
      series[u].period.push_back(rows.position[static_cast<std::size_t>(rows.order[i])]);
      series[u].value.push_back(fit.residuals(rows.order[i]));
    }
  return series;
}

// Two points always lie on a line: their correlation says nothing.
constexpr Index least_common = 3;

// Less than this share of the squares around the mean is rounding.
constexpr double no_variation = 1e-20;

// Over the periods both have, around the means of those periods.
void add_pair(const UnitSeries& a, const UnitSeries& b, PairSums& sums) {
  std::vector<double> x, y;
  for (std::size_t i = 0, j = 0; i < a.period.size() && j < b.period.size();) {
    if (a.period[i] == b.period[j]) {
      x.push_back(a.value[i++]);
      y.push_back(b.value[j++]);
    } else {
      a.period[i] < b.period[j] ? ++i : ++j;
    }
  }
  const auto n = static_cast<Index>(x.size());
  Eigen::Map<Vector> u(x.data(), n), v(y.data(), n);
  const double uu = u.squaredNorm(), vv = v.squaredNorm();
  if (n >= least_common) {
    u.array() -= u.mean();
    v.array() -= v.mean();
  }
  const double product = u.squaredNorm() * v.squaredNorm();
  if (n < least_common || product <= no_variation * uu * vv)
    ++sums.left_out;
  else
    sums.add(static_cast<double>(n), u.dot(v) / std::sqrt(product));
}

PairSums pair_sums(const Context& context, const std::vector<UnitSeries>& series) {
  const auto units = static_cast<std::int64_t>(series.size());
  std::vector<PairSums> parts(series.size());
  for_each_block(context, units, [&](std::int64_t i) {
    for (std::size_t j = static_cast<std::size_t>(i) + 1; j < series.size(); ++j)
      add_pair(series[static_cast<std::size_t>(i)], series[j], parts[static_cast<std::size_t>(i)]);
  });
  PairSums sums;
  for (const PairSums& part : parts) {
    sums.pairs += part.pairs;
    sums.left_out += part.left_out;
    sums.root += part.root;
    sums.square += part.square;
    sums.correlation += part.correlation;
    sums.absolute += part.absolute;
  }
  return sums;
}

void require_pairs(const PairSums& sums, const TestRequest& request) {
  if (sums.pairs > 0) return;
  throw Error("infer.too_few_periods",
              fmt::format("the test `{}` finds no two units whose residuals vary over common periods",
                          request.written),
              "units must be seen in at least three common periods");
}

}  // namespace

RequestedTest cross_section_test(const Context& context, const EstimationSpec& spec,
                                 const Estimation& estimation, const TestRequest& request) {
  require_panel_residuals(spec, estimation, request);
  const PairSums sums = pair_sums(context, series_of(*estimation.fit));
  require_pairs(sums, request);
  TestResult test;
  test.name = request.name;
  if (request.name == "pesaran_cd") {
    test.statistic = sums.root / std::sqrt(sums.pairs);
    test.p_value = normal_two_sided(test.statistic);
    test.details = {{"mean_correlation", sums.correlation / sums.pairs},
                    {"mean_absolute_correlation", sums.absolute / sums.pairs}};
  } else {
    test.statistic = sums.square;
    test.df1 = sums.pairs;
    test.p_value = chi2_upper(test.statistic, test.df1);
  }
  test.details.emplace_back("pairs", sums.pairs);
  if (sums.left_out > 0)
    test.note = fmt::format("{} pairs of units without three common periods are left out", sums.left_out);
  return {request.written, test, {}};
}

}  // namespace panelist
