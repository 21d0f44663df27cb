// SPDX-License-Identifier: Apache-2.0
// reset and jarque_bera: is the equation linear, are its errors normal?
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "base/brackets.h"
#include "base/distribution.h"
#include "base/text.h"
#include "infer/tests/residual_tests.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

std::vector<int> powers_asked(const TestRequest& request) {
  if (request.argument.empty()) return {2, 3};
  std::vector<int> powers;
  for (const std::string& part : split_outside_brackets(request.argument)) {
    const auto power = parse_integer(part);
    if (!power || *power < 2 || *power > 9)
      throw Error("usage.bad_value",
                  fmt::format("`{}`: powers are whole numbers from 2 to 9", request.written),
                  "for example --tests 'reset(2, 3, 4)'", "option --tests");
    powers.push_back(static_cast<int>(*power));
  }
  return powers;
}

// Regressors with powers of the fitted values, effects taken out of those.
Matrix with_powers(const Context& context, const Fit& fit, const std::vector<int>& powers) {
  Vector fitted = fitted_in_equation(fit);
  fitted /= std::max(fitted.cwiseAbs().maxCoeff(), 1e-300);
  Matrix columns(fitted.size(), static_cast<Index>(powers.size()));
  for (std::size_t j = 0; j < powers.size(); ++j)
    columns.col(static_cast<Index>(j)) = fitted.array().pow(powers[j]);
  if (fit.absorber != nullptr) fit.absorber->absorb_or_throw(context, columns);
  Matrix all(fitted.size(), fit.k() + columns.cols());
  all << fit.x, columns;
  return all;
}

}  // namespace

RequestedTest reset_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                         const TestRequest& request) {
  require_residuals(estimation, request);
  const Fit& fit = *estimation.fit;
  const std::vector<int> powers = powers_asked(request);
  LeastSquaresOptions options;
  if (fit.k() > 0 && fit.names.front() == "(Intercept)") options.constant_column = 0;
  const LeastSquares augmented =
      solve_least_squares(context, with_powers(context, fit, powers), Matrix(fit.outcome), Vector(), options);
  TestResult test;
  test.name = request.name;
  test.df1 = static_cast<double>(powers.size()) - static_cast<double>(augmented.dropped.size());
  test.df2 = fit.df_residual() - test.df1;
  if (test.df1 <= 0 || test.df2 <= 0)
    throw Error("infer.no_degrees_of_freedom",
                fmt::format("the test `{}` has no degrees of freedom: powers of the fitted values are "
                            "combinations of the regressors, or rows are too few",
                            request.written),
                "use fewer powers, or regressors that are not dummies alone");
  const double rss = augmented.residuals.squaredNorm();
  test.statistic = (fit.rss - rss) / test.df1 / (rss / test.df2);
  test.p_value = f_upper(test.statistic, test.df1, test.df2);
  test.note =
      fmt::format("H0: the equation is linear; powers {} of the fitted values", fmt::join(powers, ", "));
  if (!augmented.dropped.empty()) test.note += "; some are combinations of the regressors and are left out";
  return {request.written, test, {}};
}

RequestedTest jarque_bera_test(const Context&, const EstimationSpec&, const Estimation& estimation,
                               const TestRequest& request) {
  require_residuals(estimation, request);
  const Vector& e = estimation.fit->residuals;
  const Vector centred = (e.array() - e.mean()).matrix();
  const double variance = centred.squaredNorm() / static_cast<double>(e.size());
  const double skewness = centred.array().cube().mean() / std::pow(variance, 1.5);
  const double kurtosis = centred.array().square().square().mean() / (variance * variance);
  TestResult test;
  test.name = request.name;
  test.df1 = 2;
  test.statistic =
      static_cast<double>(e.size()) / 6 * (skewness * skewness + (kurtosis - 3) * (kurtosis - 3) / 4);
  test.p_value = chi2_upper(test.statistic, 2);
  test.details = {{"skewness", skewness}, {"kurtosis", kurtosis}};
  test.note = "H0: normal errors";
  return {request.written, test, {}};
}

}  // namespace panelist
