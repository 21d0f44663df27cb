// SPDX-License-Identifier: Apache-2.0
#include "estimate/fit.h"
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

Vector outcome_without_offset(const ModelFrame& frame) {
  return frame.offset.size() > 0 ? Vector(frame.outcome - frame.offset) : Vector(frame.outcome);
}

}  // namespace

FittedValues fitted_values(const Context& context, const Fit& fit) {
  FittedValues values;
  values.residuals = fit.residuals;
  values.fitted = fit.frame->outcome - fit.residuals;
  if (fit.absorber == nullptr) return values;
  Vector explained_by_effects = outcome_without_offset(*fit.frame);
  for (Index j = 0; j < fit.k(); ++j) {
    explained_by_effects -=
        fit.coefficients(j) * raw_column(*fit.frame, fit.names[static_cast<std::size_t>(j)]);
  }
  values.effects = fit.absorber->effects(context, explained_by_effects);
  return values;
}

PanelConstant panel_constant(const Fit& fit) {
  PanelConstant constant;
  constant.mean_x = fit.means.head(fit.k());
  constant.estimate = fit.means(fit.k()) - constant.mean_x.dot(fit.coefficients);
  return constant;
}

}  // namespace panelist
