// SPDX-License-Identifier: Apache-2.0
// Likelihood and deviance at a linear predictor, and the model with a constant (and the offset) alone.
#pragma once
#include "estimate/family.h"
#include "estimate/glm/sample.h"

namespace panelist::glm {

double log_likelihood(const Context& context, const Family& family, const Sample& sample, const Vector& eta,
                      double dispersion);
double deviance(const Context& context, const Family& family, const Sample& sample, const Vector& eta,
                double dispersion);

// eta of the constant-only model at a given dispersion.
Vector constant_eta(const Context& context, const Family& family, const Sample& sample, double dispersion);

struct NullModel {
  double deviance = 0.0;        // at the dispersion given
  double log_likelihood = 0.0;  // with a dispersion of its own
};
NullModel null_model(const Context& context, const Family& family, const Sample& sample, double dispersion);

}  // namespace panelist::glm
