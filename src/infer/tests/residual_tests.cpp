// SPDX-License-Identifier: Apache-2.0
// What the tests of residuals ask of a fit, the condition number, and the distribution of a quadratic form.
#include "infer/tests/residual_tests.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/brackets.h"
#include "estimate/panel_frames.h"
#include "estimate/random_effects.h"
#include "infer/tests/kinds.h"

namespace panelist {

void require_residuals(const Estimation& estimation, const TestRequest& request) {
  const Fit& fit = *estimation.fit;
  const std::string what = fmt::format("the test `{}`", request.written);
  if (fit.glm != nullptr || fit.iv != nullptr)
    throw Error("infer.least_squares_only", what + " is for least squares without instruments",
                "drop the instruments or the family to test the residuals");
  require_unweighted(*fit.frame, what);
  if (!(fit.rss > 1e-26 * fit.frame->outcome.squaredNorm()))
    throw Error("infer.no_variation", what + " needs residuals, and the regressors explain the outcome fully",
                "use fewer regressors or effects");
}

void require_panel_residuals(const EstimationSpec& spec, const Estimation& estimation,
                             const TestRequest& request) {
  require_residuals(estimation, request);
  const Grouping& unit = panel_unit(estimation, request);
  if (spec.frame.panel.time.empty())
    throw Error("usage.missing_option", fmt::format("the test `{}` needs the panel's time", request.written),
                "add --panel UNIT,TIME", "option --tests");
  if (unit.size() < 2)
    throw Error("infer.too_few_units",
                fmt::format("the test `{}` compares units, and `{}` has one", request.written, unit.name),
                "for one series take dw or bg(p)", "column " + unit.name);
}

Vector fitted_in_equation(const Fit& fit) {
  return is_random_effects(fit) ? Vector(fit.outcome - fit.residuals)
                                : Vector(fit.frame->outcome - fit.residuals);
}

std::set<std::string> words_asked(const TestRequest& request, const std::vector<std::string>& known) {
  std::set<std::string> words;
  if (request.argument.empty()) return words;
  for (const std::string& word : split_outside_brackets(request.argument)) {
    if (std::find(known.begin(), known.end(), word) == known.end())
      throw Error("usage.bad_value", fmt::format("in `{}`: `{}` is not known", request.written, word),
                  fmt::format("{} knows: {}", request.name, fmt::join(known, ", ")), "option --tests");
    words.insert(word);
  }
  return words;
}

double probability_below_zero(const Vector& a) {
  const Vector scaled = a / a.cwiseAbs().maxCoeff();
  // The sum is exact up to P(|Q| > 2 pi / step); |Q| <= sum |a| z^2 whose tail falls like exp(-q/2).
  const double step = 2 * std::numbers::pi / (4 * scaled.cwiseAbs().sum() + 120);
  double sum = 0;
  for (int k = 0; k < 1000000; ++k) {
    const double u = (k + 0.5) * step;
    double angle = 0, log_size = 0;
    for (const double value : scaled) {
      angle += 0.5 * std::atan(value * u);
      log_size += 0.25 * std::log1p(value * value * u * u);
    }
    sum += std::sin(angle) * std::exp(-log_size) / (std::numbers::pi * (k + 0.5));
    if (log_size > 34.5) break;
  }
  return 0.5 - sum;
}

RequestedTest condition_number(const Context&, const EstimationSpec&, const Estimation& estimation,
                               const TestRequest& request) {
  const Fit& fit = *estimation.fit;
  Matrix columns = fit.structural.size() > 0 ? Matrix(fit.structural) : Matrix(fit.x);
  for (Index j = 0; j < columns.cols(); ++j) columns.col(j).normalize();
  const Vector singular = Eigen::BDCSVD<Matrix>(columns).singularValues();
  TestResult test;
  test.name = request.name;
  test.statistic = singular(0) / singular(singular.size() - 1);
  test.note = fmt::format(
      "a description, not a test: Belsley, Kuh & Welsch call 30 and more strong "
      "dependence{}",
      fit.absorber != nullptr ? "; of the regressors after absorption" : "");
  return {request.written, test, {}};
}

}  // namespace panelist
