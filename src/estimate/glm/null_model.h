// SPDX-License-Identifier: Apache-2.0
// Dispersion by maximum likelihood, and the model with a constant (and the offset) alone.
#pragma once
#include "estimate/family.h"
#include "estimate/glm/sample.h"

namespace panelist::glm {

double log_likelihood(const Context& context, const Family& family, const Sample& sample, const Vector& eta,
                      double dispersion);
double deviance(const Context& context, const Family& family, const Sample& sample, const Vector& eta,
                double dispersion);

// alpha of NB2 that maximises the likelihood at eta, by Newton's method on its logarithm; not below `least_dispersion`.
constexpr double least_dispersion = 1e-9;
double fitted_dispersion(const Context& context, const Family& family, const Sample& sample,
                         const Vector& eta, double start);

// eta of the constant-only model at a given dispersion.
Vector constant_eta(const Context& context, const Family& family, const Sample& sample, double dispersion);

struct NullModel {
  double deviance = 0.0;        // at the dispersion given
  double log_likelihood = 0.0;  // with a dispersion of its own
};
NullModel null_model(const Context& context, const Family& family, const Sample& sample, double dispersion);

}  // namespace panelist::glm
