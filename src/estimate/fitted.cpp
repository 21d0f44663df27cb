// SPDX-License-Identifier: Apache-2.0
#include "absorb/effect_variance.h"
#include "estimate/effect_errors.h"
#include "estimate/fit.h"
#include "estimate/random_effects.h"
#include "estimate/regression/prepared.h"

namespace panelist {
namespace {

// A term's column before absorption.
SharedVector raw_column(const ModelFrame& frame, const std::string& name) {
  for (const FrameColumns* columns : {&frame.endogenous, &frame.exogenous}) {
    const auto found = std::find(columns->names.begin(), columns->names.end(), name);
    if (found != columns->names.end()) return columns->values.col(found - columns->names.begin());
  }
  throw Error("internal.unknown_term", "the frame has no column `" + name + "`");
}

// The outcome, or the linear predictor, without offset.
Vector explained(const Fit& fit) {
  const Vector& offset = fit.frame->offset;
  Vector all = fit.glm != nullptr ? fit.glm->eta : Vector(fit.frame->outcome);
  if (offset.size() > 0) all -= offset;
  return all;
}

}  // namespace

FittedValues fitted_values(const Context& context, const Fit& fit) {
  FittedValues values;
  if (fit.glm != nullptr) {
    values.fitted = fit.glm->eta.unaryExpr(fit.glm->family->mean);
    values.residuals = fit.frame->outcome - values.fitted;
  } else if (is_random_effects(fit)) {
    values.fitted = Vector::Zero(fit.frame->n());
    for (Index j = 0; j < fit.k(); ++j)
      values.fitted += fit.coefficients(j) * raw_column(*fit.frame, fit.names[static_cast<std::size_t>(j)]);
    values.residuals = fit.frame->outcome - values.fitted;
  } else {
    values.residuals = fit.residuals;
    values.fitted = fit.frame->outcome - fit.residuals;
  }
  if (fit.absorber == nullptr) return values;
  Vector explained_by_effects = explained(fit);
  for (Index j = 0; j < fit.k(); ++j) {
    explained_by_effects -=
        fit.coefficients(j) * raw_column(*fit.frame, fit.names[static_cast<std::size_t>(j)]);
  }
  values.effects = fit.absorber->effects(context, explained_by_effects);
  return values;
}

EffectErrors effect_errors(const Context& context, const Fit& fit) {
  if (fit.absorber == nullptr) return {{}, "there are no effects"};
  if (fit.glm != nullptr) return {{}, "the method is not linear"};
  if (fit.iv_method.weighted) return {{}, "GMM gives no variances under equal variances"};
  const EffectVariances own = effect_variances(*fit.absorber);
  if (own.values.empty()) return {{}, own.reason};
  std::vector<Matrix> of_regressors;  // E by factor: levels x k
  for (const Vector& values : own.values) of_regressors.emplace_back(values.size(), fit.k());
  for (Index j = 0; j < fit.k(); ++j) {
    const Vector x = raw_column(*fit.frame, fit.names[static_cast<std::size_t>(j)]);
    const std::vector<Matrix> effects = fit.absorber->effects(context, x);
    for (std::size_t q = 0; q < effects.size(); ++q) of_regressors[q].col(j) = effects[q].col(0);
  }
  const double sigma2 = fit.rss / fit.df_residual();
  EffectErrors errors;
  for (std::size_t q = 0; q < own.values.size(); ++q) {
    const Matrix& E = of_regressors[q];
    const Vector of_slopes = (E * fit.bread).cwiseProduct(E).rowwise().sum();
    errors.std_error.emplace_back((sigma2 * (own.values[q] + of_slopes)).cwiseSqrt());
  }
  return errors;
}

PanelConstant panel_constant(const Fit& fit) {
  PanelConstant constant;
  constant.mean_x = fit.means.head(fit.k());
  constant.estimate = fit.means(fit.k()) - constant.mean_x.dot(fit.coefficients);
  return constant;
}

}  // namespace panelist
