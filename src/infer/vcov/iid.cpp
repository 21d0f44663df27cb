// SPDX-License-Identifier: Apache-2.0
#include "infer/vcov/degrees.h"
#include "infer/vcov/kinds.h"

namespace panelist {

Vcov iid_vcov(const Context&, const Fit& fit, const VcovSpec&, const SmallSample& rules) {
  Vcov vcov;
  vcov.k = counted_parameters(fit, {}, rules);
  vcov.df = reference_degrees(fit, {}, rules, vcov.k);
  vcov.note = "Standard errors in parentheses";
  if (fit.glm != nullptr) {
    const bool none = rules.k == SmallSample::Parameters::none;
    vcov.factor = none ? 1 : (fit.n - 1) / (fit.n - vcov.k);
    vcov.matrix = vcov.factor * fit.bread;
    return vcov;
  }
  // The scalar on bread * (rss/n X'WX) * bread, so that every kind reports its small-sample rule the same way.
  vcov.factor = fit.n / (fit.n - vcov.k);
  vcov.matrix = fit.rss / (fit.n - vcov.k) * fit.bread;
  return vcov;
}

}  // namespace panelist
