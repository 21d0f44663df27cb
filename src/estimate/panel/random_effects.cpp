// SPDX-License-Identifier: Apache-2.0
#include "estimate/random_effects.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "estimate/panel_frames.h"
#include "estimate/regression/methods.h"

namespace panelist {
namespace {

Vector rows_of_units(const Grouping& unit) {
  Vector rows = Vector::Zero(unit.size());
  for (const Level level : unit.level) rows(level) += 1;
  return rows;
}

double positive(double variance) { return std::max(0.0, variance); }

struct Variances {
  double u = 0, e = 0;
};

Variances swamy_arora(const Context& context, const ModelFrame& frame) {
  ModelFrame plain = frame;
  plain.clusters.clear();  // variances of components take none, and those of rows do not fit unit means
  const Fit within = estimate_ols(context, within_frame(plain), {});
  const Fit between = estimate_ols(context, between_frame(plain, "the method `re`", false), {});
  const double e = within.rss / within.df_residual();
  const double u = between.rss / between.df_residual();
  return {positive(u - e * rows_of_units(frame.unit).cwiseInverse().mean()), e};
}

Variances wallace_hussain(const Context& context, const ModelFrame& frame) {
  const Vector rows = rows_of_units(frame.unit);
  if (rows.maxCoeff() != rows.minCoeff())
    throw Error("estimate.unbalanced",
                "the method `re_wh` is for balanced panels, and units differ in length",
                "take `re`, which knows unbalanced panels", "option --method");
  const Fit pooled = estimate_ols(context, std::make_shared<ModelFrame>(frame), {});
  const Vector means = unit_means(frame.unit, pooled.residuals);
  const double left = pooled.n - rows.size();
  const double e = (pooled.residuals - by_row(frame.unit, means)).squaredNorm() / left;
  return {positive(means.squaredNorm() / static_cast<double>(rows.size()) - e / rows(0)), e};
}

SharedColumns less_means(const FrameColumns& columns, const Grouping& unit, const Vector& theta) {
  SharedColumns left(columns.values.rows());
  for (Index j = 0; j < columns.values.cols(); ++j) {
    const Vector column = columns.values.col(j);
    left.append(Vector(column - by_row(unit, theta.cwiseProduct(unit_means(unit, column)))));
  }
  return left;
}

std::shared_ptr<const ModelFrame> quasi_demeaned(const ModelFrame& frame, const Vector& theta) {
  ModelFrame left = frame;
  const Vector y = frame.outcome;
  left.outcome = Vector(y - by_row(frame.unit, theta.cwiseProduct(unit_means(frame.unit, y))));
  left.exogenous.values = less_means(frame.exogenous, frame.unit, theta);
  left.intercept = false;  // 1 - theta_i is a column like any other
  return std::make_shared<const ModelFrame>(std::move(left));
}

Fit estimate_random(const Context& context, std::shared_ptr<const ModelFrame> frame,
                    VarianceComponents components, const char* method) {
  const auto levels = frame_in_levels(*frame, std::string("the method `") + method + "`", false);
  Fit fit = random_effects_fit(context, levels, random_effects(context, *levels, components));
  fit.method = method;
  return fit;
}

double squared_correlation(const Vector& a, const Vector& b) {
  const Vector da = (a.array() - a.mean()).matrix(), db = (b.array() - b.mean()).matrix();
  return da.dot(db) * da.dot(db) / (da.squaredNorm() * db.squaredNorm());
}

}  // namespace

namespace {

// One row a unit, or one unit, cannot tell u from e.
void require_units_and_periods(const ModelFrame& frame) {
  if (frame.unit.size() < 2)
    throw Error("infer.too_few_units", "random effects need several units, and there is one",
                "for one series take least squares", "column " + frame.unit.name);
  if (rows_of_units(frame.unit).maxCoeff() < 2)
    throw Error("infer.too_few_periods",
                "random effects need units that are seen more than once, and each has one row",
                "check --panel, or take least squares", "column " + frame.unit.name);
}

}  // namespace

RandomEffects random_effects(const Context& context, const ModelFrame& frame, VarianceComponents components) {
  require_units_and_periods(frame);
  const Variances variances = components == VarianceComponents::swamy_arora ? swamy_arora(context, frame)
                                                                            : wallace_hussain(context, frame);
  RandomEffects effects;
  effects.sigma_u = std::sqrt(variances.u);
  effects.sigma_e = std::sqrt(variances.e);
  effects.rho = variances.u / (variances.u + variances.e);
  const Vector rows = rows_of_units(frame.unit);
  effects.theta = 1 - (variances.e / (variances.u * rows.array() + variances.e)).sqrt();
  return effects;
}

Fit random_effects_fit(const Context& context, std::shared_ptr<const ModelFrame> frame,
                       const RandomEffects& effects) {
  Fit fit = estimate_ols(context, quasi_demeaned(*frame, effects.theta), {});
  fit.method = "re";
  fit.dof.intercept = frame->intercept;
  fit.tss = (fit.outcome.array() - fit.outcome.mean()).square().sum();
  fit.mean_outcome = frame->outcome.mean();
  fit.frame = std::move(frame);
  fit.random_effects = std::make_shared<const RandomEffects>(effects);
  return fit;
}

Fit estimate_re(const Context& context, std::shared_ptr<const ModelFrame> frame, const EstimateOptions&) {
  return estimate_random(context, std::move(frame), VarianceComponents::swamy_arora, "re");
}

Fit estimate_re_wallace_hussain(const Context& context, std::shared_ptr<const ModelFrame> frame,
                                const EstimateOptions&) {
  return estimate_random(context, std::move(frame), VarianceComponents::wallace_hussain, "re_wh");
}

namespace {

Fit estimate_between(const Context& context, const ModelFrame& frame, const EstimateOptions& options,
                     const std::string& method, bool weighted) {
  const std::string what = "the method `" + method + "`";
  const auto levels = frame_in_levels(frame, what, false);
  if (levels->unit.size() < 2)
    throw Error("infer.too_few_units", fmt::format("{} compares units, and there is one", what),
                "for one series take least squares", "column " + levels->unit.name);
  Fit fit = estimate_ols(context, between_frame(*levels, what, weighted), options);
  fit.method = method;
  return fit;
}

}  // namespace

Fit estimate_be(const Context& context, std::shared_ptr<const ModelFrame> frame,
                const EstimateOptions& options) {
  return estimate_between(context, *frame, options, "be", false);
}

Fit estimate_be_weighted(const Context& context, std::shared_ptr<const ModelFrame> frame,
                         const EstimateOptions& options) {
  return estimate_between(context, *frame, options, "be_wls", true);
}

Fit estimate_fd(const Context& context, std::shared_ptr<const ModelFrame> frame,
                const EstimateOptions& options) {
  Fit fit = estimate_ols(context, differenced_frame(*frame, "the method `fd`"), options);
  fit.method = "fd";
  return fit;
}

PanelR2 panel_r2(const ModelFrame& frame, const std::vector<std::string>& names, const Vector& b) {
  Vector prediction = Vector::Zero(frame.n());
  for (std::size_t c = 0; c < frame.exogenous.names.size(); ++c) {
    const auto found = std::find(names.begin(), names.end(), frame.exogenous.names[c]);
    if (found != names.end())
      prediction += b(found - names.begin()) * frame.exogenous.values.col(static_cast<Index>(c));
  }
  const Vector y = frame.outcome;
  const Vector y_mean = unit_means(frame.unit, y), xb_mean = unit_means(frame.unit, prediction);
  return {squared_correlation(y - by_row(frame.unit, y_mean), prediction - by_row(frame.unit, xb_mean)),
          squared_correlation(y_mean, xb_mean), squared_correlation(y, prediction)};
}

}  // namespace panelist
