// SPDX-License-Identifier: Apache-2.0
// modified_wald: equal residual variances of the units, without normality (Greene 2000, 598; Baum 2001).
#include <fmt/format.h>

#include "base/distribution.h"
#include "estimate/panel_frames.h"
#include "infer/tests/residual_tests.h"

namespace panelist {
namespace {

// Squared residuals of a unit that differ by less than this share are equal: with two periods they always are.
constexpr double equal_squares = 1e-20;

}  // namespace

RequestedTest modified_wald_test(const Context&, const EstimationSpec& spec, const Estimation& estimation,
                                 const TestRequest& request) {
  require_panel_residuals(spec, estimation, request);
  const Fit& fit = *estimation.fit;
  const Grouping& unit = fit.frame->unit;
  const Vector squares = fit.residuals.cwiseAbs2();
  const Vector variance = unit_means(unit, squares);
  const Vector spread = unit_means(unit, (squares - by_row(unit, variance)).cwiseAbs2());
  Vector periods = Vector::Zero(unit.size());
  for (const Level level : unit.level) periods(level) += 1;
  TestResult test;
  test.name = request.name;
  test.statistic = test.df1 = 0;
  for (Index i = 0; i < variance.size(); ++i) {
    if (periods(i) < 2 || spread(i) <= equal_squares * variance(i) * variance(i)) continue;
    const double difference = variance(i) - squares.mean();
    test.statistic += difference * difference * (periods(i) - 1) / spread(i);
    ++test.df1;
  }
  if (test.df1 == 0)
    throw Error("infer.too_few_periods",
                fmt::format("the test `{}` needs units with three periods or more, and there is none",
                            request.written),
                "two residuals of a unit have equal squares: their variance says nothing");
  const double left_out = static_cast<double>(unit.size()) - test.df1;
  if (left_out > 0)
    test.note = fmt::format("{} units whose squared residuals do not vary are left out", left_out);
  test.p_value = chi2_upper(test.statistic, test.df1);
  return {request.written, test, {}};
}

}  // namespace panelist
