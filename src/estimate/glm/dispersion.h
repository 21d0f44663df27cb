// SPDX-License-Identifier: Apache-2.0
// alpha of NB2: its estimate, and its part in the information and the scores.
//
//   l(y, mu, alpha) = sum_{j<y} log(1 + alpha j) - log y! + y log mu - (y + 1/alpha) log(1 + alpha mu)
//
// Every derivative is written in alpha, so that nothing cancels as alpha goes to zero.
// Source  Lawless (1987); Cameron & Trivedi (2013), 3.3
#pragma once
#include "estimate/family.h"
#include "estimate/glm/sample.h"

namespace panelist::glm {

// d l/d alpha and its derivative, of a row; `cross` = d2 l/(d eta d alpha).
struct DispersionRow {
  double score = 0.0, second = 0.0, cross = 0.0;
};
DispersionRow dispersion_row(double y, double mu, double alpha);

// alpha that maximises the likelihood at eta, by Newton's method on its logarithm; not below `least_dispersion`.
constexpr double least_dispersion = 1e-9;
double fitted_dispersion(const Context& context, const Sample& sample, const Vector& eta, double start);

// At eta and alpha, by row and times the user's weights; `information` = -d2 l/d alpha2 of all rows.
struct DispersionScores {
  Vector score, cross;
  double information = 0.0;
};
DispersionScores dispersion_scores(const Context& context, const Sample& sample, const Vector& eta,
                                   double alpha);

}  // namespace panelist::glm
