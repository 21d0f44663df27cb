// SPDX-License-Identifier: Apache-2.0
// Equations on one sample and the coefficients of them that paths are made of.
#pragma once
#include "mechanism/mediation/path_sum.h"

namespace panelist {

struct PathCoefficient {
  std::size_t equation = 0;  // in the order of the equations
  std::string term;
};

struct PathSystem {
  std::vector<const Estimation*> equations;   // owned by whoever shows them
  std::vector<PathCoefficient> coefficients;  // theta
};

// Their values; throws mechanism.term_dropped or mechanism.unknown_term.
std::vector<Coefficient> coefficients_of(const PathSystem& system);
Vector estimates_of(const std::vector<Coefficient>& coefficients);
// Of all coefficients: own blocks from each equation, the rest by stacking scores (joint/influence.h).
Matrix joint_covariance(const Context& context, const PathSystem& system);
// `spec.draws` draws of theta from its normal law; none below fewest_draws.
Matrix monte_carlo_draws(const MediationSpec& spec, const Vector& theta, const Matrix& covariance);
MonteCarloInterval monte_carlo_interval(const Vector& values, double level);

// The equations and paths of a mediation. theta: a_1 .. a_k, b_1 .. b_k, and with serial mediators d_12, d_13, d_23.
PathSystem system_of(const MediationSpec& spec, const std::vector<std::string>& terms,
                     const Mediation& mediation);
// Mediators each elementary path passes, by position: those of one mediator, then those of two, ...
std::vector<std::vector<std::size_t>> elementary_paths(std::size_t mediators, bool serial);
// Of k mediators: the product along a path.
PathSum path_along(const std::vector<std::size_t>& path, std::size_t mediators);

}  // namespace panelist
