// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "infer/vcov/degrees.h"
#include "infer/vcov/kinds.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

bool counts_rows(const Fit& fit) {
  return fit.frame->weights.size() > 0 && fit.frame->weight_type == WeightType::frequency;
}

Vcov heteroskedastic_vcov(const Context& context, const Fit& fit, const SmallSample& rules,
                          bool with_factor) {
  Vcov vcov;
  vcov.k = counted_parameters(fit, {}, rules);
  vcov.df = reference_degrees(fit, {}, rules, vcov.k);
  vcov.factor = with_factor ? fit.n / (fit.n - vcov.k) : 1;
  const Matrix meat = has_free_dispersion(fit) ? heteroskedastic_meat(context, scores_of(fit), fit, {})
                                               : gram(context, fit.x, squared_multipliers(fit));
  vcov.matrix = sandwich(fit.bread, meat, vcov.factor);
  vcov.note = fmt::format("Heteroskedasticity-robust standard errors ({}) in parentheses",
                          with_factor ? "HC1" : "HC0");
  return vcov;
}

}  // namespace

Vector squared_multipliers(const Fit& fit) {
  Vector squares = residuals_in_scores(fit).cwiseAbs2();
  if (fit.weights.size() == 0) return squares;
  squares.array() *= fit.weights.array();
  // Of a likelihood the weights are those of the family times the user's: w equal rows have w times the score of one.
  if (fit.glm != nullptr || fit.frame->weight_type != WeightType::frequency)
    squares.array() *= fit.weights.array();
  if (fit.glm != nullptr && counts_rows(fit)) squares.array() /= fit.frame->weights.array();
  return squares;
}

// A row with frequency weight w stands for w observations with score s/w each: it adds w (s/w)(s/w)'.
Matrix heteroskedastic_meat(const Context& context, const Matrix& scores, const Fit& fit, const VcovSpec&) {
  return gram(context, scores, counts_rows(fit) ? Vector(fit.frame->weights.cwiseInverse()) : Vector());
}

Vcov hc0_vcov(const Context& context, const Fit& fit, const VcovSpec&, const SmallSample& rules) {
  return heteroskedastic_vcov(context, fit, rules, false);
}

Vcov hc1_vcov(const Context& context, const Fit& fit, const VcovSpec&, const SmallSample& rules) {
  return heteroskedastic_vcov(context, fit, rules, true);
}

}  // namespace panelist
