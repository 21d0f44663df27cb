// SPDX-License-Identifier: Apache-2.0
// wooldridge, bg, dw: residuals against their past.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/distribution.h"
#include "estimate/estimator.h"
#include "estimate/panel_frames.h"
#include "infer/tests/kinds.h"
#include "infer/tests/residual_tests.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

// Values of a column by row some steps before, 0 where there is none.
Vector earlier(const Vector& column, const std::vector<Index>& before) {
  Vector past = Vector::Zero(column.size());
  for (std::size_t row = 0; row < before.size(); ++row)
    if (before[row] >= 0) past(static_cast<Index>(row)) = column(before[row]);
  return past;
}

double seen(const std::vector<Index>& before) {
  return static_cast<double>(before.size()) -
         static_cast<double>(std::count(before.begin(), before.end(), Index{-1}));
}

// e on its lag without constant: slope and its variance clustered by unit.
struct LagRegression {
  double slope = 0, variance = 0, clusters = 0;
};

LagRegression lag_regression(const Fit& changes) {
  const Vector& e = changes.residuals;
  const std::vector<Index> before = panel_rows(*changes.frame).row_before(1);
  const Vector lag = earlier(e, before);
  LagRegression result;
  result.slope = lag.dot(e) / lag.squaredNorm();
  const Grouping& unit = changes.frame->unit;
  Vector sums = Vector::Zero(unit.size()), used = Vector::Zero(unit.size());
  for (std::size_t row = 0; row < before.size(); ++row) {
    if (before[row] < 0) continue;
    const auto i = static_cast<Index>(row);
    sums(unit.level[row]) += lag(i) * (e(i) - result.slope * lag(i));
    used(unit.level[row]) = 1;
  }
  result.clusters = used.sum();
  result.variance =
      result.clusters / (result.clusters - 1) * sums.squaredNorm() / (lag.squaredNorm() * lag.squaredNorm());
  return result;
}

[[noreturn]] void throw_too_few_periods(const TestRequest& request, std::string_view needed) {
  throw Error("infer.too_few_periods", fmt::format("the test `{}` needs {}", request.written, needed),
              "use a longer panel, or a test for fewer periods");
}

int order_of(const TestRequest& request) {
  if (request.argument.empty()) return 1;
  int order = 0;
  const char* end = request.argument.data() + request.argument.size();
  const auto [stop, code] = std::from_chars(request.argument.data(), end, order);
  if (code != std::errc() || stop != end || order < 1)
    throw Error("usage.bad_value",
                fmt::format("`{}` needs a whole number of lags from 1 on", request.written),
                "for example --tests 'bg(2)'", "option --tests");
  return order;
}

// Lags of the residuals, effects taken out, beside the regressors.
Matrix auxiliary_columns(const Context& context, const Fit& fit, const TestRequest& request, int order) {
  const PanelRows rows = panel_rows(*fit.frame);
  Matrix lags(fit.residuals.size(), order);
  for (int lag = 1; lag <= order; ++lag) {
    const std::vector<Index> before = rows.row_before(lag);
    if (seen(before) == 0)
      throw_too_few_periods(request, fmt::format("a row {} periods after another of its unit", lag));
    lags.col(lag - 1) = earlier(fit.residuals, before);
  }
  if (fit.absorber != nullptr) fit.absorber->absorb_or_throw(context, lags);
  Matrix all(lags.rows(), fit.k() + order);
  all << fit.x, lags;
  return all;
}

bool has_unit_effects(const Fit& fit) {
  for (const Grouping* group : fit.dof.groups)
    if (!fit.frame->unit.names.empty() && group->name == fit.frame->unit.name) return true;
  return false;
}

}  // namespace

RequestedTest wooldridge_test(const Context& context, const EstimationSpec& spec,
                              const Estimation& estimation, const TestRequest& request) {
  require_panel_residuals(spec, estimation, request);
  const std::string what = fmt::format("the test `{}`", request.written);
  const Fit& fit = *estimation.fit;
  const Fit changes = fit.method == "fd" ? fit : estimate(context, differenced_frame(*fit.frame, what));
  const std::vector<Index> before = panel_rows(*changes.frame).row_before(1);
  if (seen(before) == 0) throw_too_few_periods(request, "three neighbouring periods of a unit");
  const LagRegression lag = lag_regression(changes);
  if (lag.clusters < 2 || !(lag.variance > 0))
    throw_too_few_periods(request, "at least two units with three neighbouring periods");
  TestResult test;
  test.name = request.name;
  test.df1 = 1;
  test.df2 = lag.clusters - 1;
  test.statistic = (lag.slope + 0.5) * (lag.slope + 0.5) / lag.variance;
  test.p_value = f_upper(test.statistic, test.df1, test.df2);
  test.details = {{"lag_coefficient", lag.slope}};
  return {request.written, test, {}};
}

RequestedTest breusch_godfrey_test(const Context& context, const EstimationSpec& spec,
                                   const Estimation& estimation, const TestRequest& request) {
  require_residuals(estimation, request);
  const Fit& fit = *estimation.fit;
  const int order = order_of(request);
  const Matrix columns = auxiliary_columns(context, fit, request, order);
  if (fit.df_residual() <= order) throw_too_few_periods(request, "more rows than regressors and lags");
  const LeastSquares auxiliary = solve_least_squares(context, columns, Matrix(fit.residuals), Vector());
  TestResult test;
  test.name = request.name;
  test.df1 = order - static_cast<double>(auxiliary.dropped.size());
  test.statistic = fit.n * (1 - auxiliary.residuals.squaredNorm() / fit.residuals.squaredNorm());
  test.p_value = chi2_upper(test.statistic, test.df1);
  if (!auxiliary.dropped.empty()) test.note = "some lags are combinations of the regressors and are left out";
  if (has_unit_effects(fit))
    test.note =
        "under unit effects residuals of a short panel are correlated by construction, by about "
        "-1/(T - 1): `wooldridge` is free of that";
  if (const std::string words = order_words(spec); !words.empty())
    test.note += test.note.empty() ? words.substr(2) : words;
  return {request.written, test, {}};
}

namespace {

bool has_gaps(const PanelRows& rows) {
  return seen(rows.row_before(1)) < static_cast<double>(rows.order.size() - rows.units());
}

// Durbin and Watson's matrix A, applied: (A v)_t = 2 v_t - v_t-1 - v_t+1, ends with one neighbour.
Matrix differenced_twice(const Matrix& v) {
  Matrix result = Matrix::Zero(v.rows(), v.cols());
  for (Index t = 1; t < v.rows(); ++t) {
    result.row(t) += v.row(t) - v.row(t - 1);
    result.row(t - 1) += v.row(t - 1) - v.row(t);
  }
  return result;
}

// Largest series whose p value is exact; beyond it the normal with the exact mean and variance.
constexpr Index longest_exact = 1000;

double exact_p(const Matrix& x, double d) {
  const Matrix q = Eigen::HouseholderQR<Matrix>(x).householderQ();
  const Matrix complement = q.rightCols(x.rows() - x.cols());
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(complement.transpose() * differenced_twice(complement),
                                                    Eigen::EigenvaluesOnly);
  return probability_below_zero((eigen.eigenvalues().array() - d).matrix());
}

double normal_p(const Matrix& x, double d) {
  const auto n = static_cast<double>(x.rows()), left = n - static_cast<double>(x.cols());
  const Matrix inverse = (x.transpose() * x).inverse();
  const Matrix ax = differenced_twice(x);
  const Matrix once = x.transpose() * ax * inverse, twice = ax.transpose() * ax * inverse;
  const double p = 2 * (n - 1) - once.trace();
  const double q = 2 * (3 * n - 4) - 2 * twice.trace() + (once * once).trace();
  const double mean = p / left;
  const double variance = 2 / (left * (left + 2)) * (q - p * mean);
  return normal_cdf((d - mean) / std::sqrt(variance));
}

}  // namespace

RequestedTest durbin_watson_test(const Context&, const EstimationSpec& spec, const Estimation& estimation,
                                 const TestRequest& request) {
  require_residuals(estimation, request);
  const Fit& fit = *estimation.fit;
  const PanelRows rows = panel_rows(*fit.frame);
  const std::vector<Index> before = rows.row_before(1);
  if (seen(before) == 0) throw_too_few_periods(request, "two neighbouring periods");
  double squares = 0;
  for (std::size_t row = 0; row < before.size(); ++row)
    if (before[row] >= 0)
      squares += std::pow(fit.residuals(static_cast<Index>(row)) - fit.residuals(before[row]), 2);
  TestResult test;
  test.name = request.name;
  test.statistic = squares / fit.rss;
  if (rows.units() > 1 || fit.absorber != nullptr || has_gaps(rows)) {
    test.note =
        "no p-value but for one series without gaps and effects; compare with the bounds of "
        "Bhargava, Franzini & Narendranathan (1982), or take `wooldridge` or `bg(1)`" +
        order_words(spec);
    return {request.written, test, {}};
  }
  const Matrix x = fit.x(rows.order, Eigen::all);
  const bool exact = x.rows() <= longest_exact;
  test.p_value = exact ? exact_p(x, test.statistic) : normal_p(x, test.statistic);
  test.note =
      fmt::format("one-sided, against positive correlation{}", exact ? "" : ", by normal approximation") +
      order_words(spec);
  return {request.written, test, {}};
}

}  // namespace panelist
