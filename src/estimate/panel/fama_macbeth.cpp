// SPDX-License-Identifier: Apache-2.0
#include "estimate/fama_macbeth.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "estimate/panel_frames.h"
#include "estimate/regression/methods.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

constexpr std::string_view what = "the method `fmb`";

// Rows of the frame by period.
struct Cross {
  std::int64_t period = 0;
  std::vector<Index> rows;
};

std::vector<Cross> cross_sections(const ModelFrame& frame) {
  if (frame.time.empty())
    throw Error("usage.missing_option", fmt::format("{} needs the panel's time", what),
                "add --panel UNIT,TIME (in a study: panel = [\"unit\", \"time\"] of [data])",
                "option --panel");
  std::vector<Index> order(static_cast<std::size_t>(frame.n()));
  std::iota(order.begin(), order.end(), Index{0});
  const auto time = [&](Index row) { return frame.time[static_cast<std::size_t>(row)]; };
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return time(a) < time(b); });
  std::vector<Cross> crosses;
  for (const Index row : order) {
    const std::int64_t period = (time(row) - time(order.front())) / frame.time_step;
    if (crosses.empty() || crosses.back().period != period) crosses.push_back({period, {}});
    crosses.back().rows.push_back(row);
  }
  return crosses;
}

Matrix regressors(const ModelFrame& frame) {
  Matrix columns(frame.n(), frame.exogenous.values.cols());
  for (Index j = 0; j < columns.cols(); ++j) columns.col(j) = frame.exogenous.values.col(j);
  return columns;
}

// Of one period: what could be estimated, and how well it fits.
struct PeriodFit {
  LeastSquares solution;
  double r2 = missing_value;
};

PeriodFit fit_period(const Context& context, const ModelFrame& frame, const Matrix& all, const Cross& cross,
                     double tolerance) {
  const Vector y = frame.outcome(cross.rows);
  LeastSquaresOptions options;
  options.collinear_tolerance = tolerance;
  options.constant_column = frame.intercept ? 0 : -1;
  PeriodFit fit{
      solve_least_squares(context, all(cross.rows, Eigen::all).eval(), Matrix(y), Vector(), options)};
  const double centre = frame.intercept ? y.mean() : 0;
  fit.r2 = 1 - fit.solution.residuals.squaredNorm() / (y.array() - centre).square().sum();
  return fit;
}

std::vector<PeriodFit> fit_periods(const Context& context, const ModelFrame& frame,
                                   const std::vector<Cross>& crosses, const EstimateOptions& options) {
  const Matrix all = regressors(frame);
  std::vector<PeriodFit> fits;
  for (const Cross& cross : crosses)
    fits.push_back(fit_period(context, frame, all, cross, options.collinear_tolerance));
  return fits;
}

// Columns that at least one period could estimate.
std::vector<Index> estimable(const std::vector<PeriodFit>& fits) {
  std::vector<Index> kept;
  for (const PeriodFit& fit : fits)
    kept.insert(kept.end(), fit.solution.kept.begin(), fit.solution.kept.end());
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return kept;
}

std::vector<DroppedTerm> dropped_terms(const ModelFrame& frame, const std::vector<PeriodFit>& fits,
                                       const std::vector<Index>& kept) {
  std::vector<DroppedTerm> dropped;
  const LeastSquares& last = fits.back().solution;
  for (std::size_t j = 0; j < last.dropped.size(); ++j)
    if (!std::binary_search(kept.begin(), kept.end(), last.dropped[j]))
      dropped.push_back(collinear_term(frame.exogenous.names, last.dropped[j], last.depends_on[j]));
  return dropped;
}

// The periods that estimate every term.
PeriodRegressions complete_periods(const std::vector<Cross>& crosses, const std::vector<PeriodFit>& fits,
                                   const std::vector<Index>& kept) {
  PeriodRegressions periods;
  std::vector<std::size_t> whole;
  for (std::size_t t = 0; t < fits.size(); ++t)
    if (fits[t].solution.kept == kept) whole.push_back(t);
  const auto T = static_cast<Index>(whole.size());
  periods.left_out = static_cast<Index>(fits.size()) - T;
  periods.coefficients.resize(T, static_cast<Index>(kept.size()));
  periods.rows.resize(T);
  periods.r2.resize(T);
  for (Index at = 0; at < T; ++at) {
    const std::size_t t = whole[static_cast<std::size_t>(at)];
    periods.period.push_back(crosses[t].period);
    periods.coefficients.row(at) = fits[t].solution.coefficients.col(0).transpose();
    periods.rows(at) = static_cast<double>(crosses[t].rows.size());
    periods.r2(at) = fits[t].r2;
  }
  return periods;
}

void require_two_periods(const PeriodRegressions& periods, const std::vector<Index>& kept) {
  if (periods.count() >= 2 && !kept.empty()) return;
  throw Error(
      "infer.too_few_periods",
      fmt::format(
          "{} needs two periods or more whose rows can estimate all {} coefficients; {:.0f} can, {} cannot",
          what, kept.size(), periods.count(), periods.left_out),
      "use more rows a period, fewer regressors, or a method that pools the periods");
}

void require_slopes(const Fit& fit) {
  const Index slopes = fit.k() - (fit.dof.intercept ? 1 : 0);
  if (slopes > 0 || fit.dropped.empty()) return;
  throw Error("estimate.all_dropped",
              fmt::format("no regressor is left: `{}` {} not vary between the rows of any period",
                          fit.dropped.front().term, fit.dropped.size() > 1 ? "and others do" : "does"),
              "use regressors that vary between units, and several units a period");
}

void warn_of_periods_left_out(Fit& fit) {
  if (fit.periods->left_out == 0) return;
  fit.warnings.emplace_back(
      "estimate.periods_left_out",
      fmt::format("{} of {:.0f} periods are left out: their rows cannot estimate every coefficient",
                  fit.periods->left_out, fit.periods->count() + static_cast<double>(fit.periods->left_out)));
}

// Residuals and sums of squares of y - x'b over all rows.
void add_pooled_parts(Fit& fit, const std::vector<Index>& kept) {
  const ModelFrame& frame = *fit.frame;
  Matrix x(frame.n(), fit.k());
  for (Index j = 0; j < fit.k(); ++j)
    x.col(j) = frame.exogenous.values.col(kept[static_cast<std::size_t>(j)]);
  fit.residuals = frame.outcome - x * fit.coefficients;
  fit.means.resize(fit.k() + 1);
  fit.means << x.colwise().mean().transpose(), frame.outcome.mean();
  fit.x = std::move(x);
  fit.structural = fit.x;
  fit.bread = Matrix::Constant(fit.k(), fit.k(), missing_value);
  fit.outcome = frame.outcome;
  fit.n = frame.observations();
  fit.rss = fit.residuals.squaredNorm();
  fit.mean_outcome = frame.outcome.mean();
  const double centre = frame.intercept ? fit.mean_outcome : 0;
  fit.tss = (frame.outcome.array() - centre).square().sum();
  fit.tss_within = fit.tss;
}

}  // namespace

Fit estimate_fmb(const Context& context, std::shared_ptr<const ModelFrame> frame,
                 const EstimateOptions& options) {
  Fit fit;
  fit.method = "fmb";
  fit.frame = frame_in_levels(*frame, what, false);
  const std::vector<Cross> crosses = cross_sections(*fit.frame);
  const std::vector<PeriodFit> fits = fit_periods(context, *fit.frame, crosses, options);
  const std::vector<Index> kept = estimable(fits);
  auto periods = std::make_shared<PeriodRegressions>(complete_periods(crosses, fits, kept));
  require_two_periods(*periods, kept);
  fit.coefficients = periods->coefficients.colwise().mean();
  fit.periods = periods;
  for (const Index j : kept) {
    fit.names.push_back(fit.frame->exogenous.names[static_cast<std::size_t>(j)]);
    fit.sets.push_back(fit.frame->exogenous.sets[static_cast<std::size_t>(j)]);
  }
  fit.dropped = dropped_terms(*fit.frame, fits, kept);
  fit.dof.terms = fit.k();
  fit.dof.intercept = fit.frame->intercept;
  fit.convergence.solver = "none";
  require_slopes(fit);
  add_pooled_parts(fit, kept);
  if (!fit.coefficients.allFinite() || !std::isfinite(fit.rss)) throw_not_finite(fit, true);
  warn_of_periods_left_out(fit);
  return fit;
}

}  // namespace panelist
