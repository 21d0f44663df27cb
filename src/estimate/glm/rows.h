// SPDX-License-Identifier: Apache-2.0
// A family from its formulas for one row (private to the families).
#pragma once
#include <algorithm>
#include <cmath>

#include "estimate/family.h"

namespace panelist::glm {

// Below this a row tells nothing in double precision beside one that weighs one.
constexpr double least_weight = 1e-14;

struct RowWork {
  double score, weight, deviance;
};

// Row::at(outcome, eta, dispersion) -> RowWork
template <typename Row>
double work_rows(const FamilyRows& rows, double* weight, double* residual) {
  double deviance = 0.0;
  for (Index i = 0; i < rows.rows; ++i) {
    const RowWork own = Row::at(rows.outcome[i], rows.eta[i], rows.dispersion);
    const double user = rows.weight != nullptr ? rows.weight[i] : 1.0;
    const double w = std::max(own.weight, least_weight);
    weight[i] = user * w;
    residual[i] = own.score / w;
    deviance += user * own.deviance;
  }
  return deviance;
}

// Row::observed(outcome, eta, dispersion) -> -d2 log f / d eta2. Families whose observed information is the expected one
// have no such rows.
template <typename Row>
void observed_rows(const FamilyRows& rows, double* weight, double* residual) {
  for (Index i = 0; i < rows.rows; ++i) {
    const double user = rows.weight != nullptr ? rows.weight[i] : 1.0;
    const double w = std::max(Row::observed(rows.outcome[i], rows.eta[i], rows.dispersion), least_weight);
    weight[i] = user * w;
    residual[i] = Row::at(rows.outcome[i], rows.eta[i], rows.dispersion).score / w;
  }
}

template <typename Row>
double log_likelihood_of_rows(const FamilyRows& rows) {
  double sum = 0.0;
  for (Index i = 0; i < rows.rows; ++i) {
    const double user = rows.weight != nullptr ? rows.weight[i] : 1.0;
    sum += user * Row::log_density(rows.outcome[i], rows.eta[i], rows.dispersion);
  }
  return sum;
}

// log of (1 + a)(1 + 2a)...(1 + (y-1)a), for any y by gamma functions: Gamma(y + 1/a) a^y / Gamma(1/a). From this 1/a on by
// Stirling's formula, in which the large terms cancel on paper.
constexpr double least_stirling = 16.0;
double rising_factorial(double y, double a);

// log(k!) by table where k is a small whole number.
double log_factorial(double k);

// What families of outcomes 0 and 1 have in common.
Family binary_family();

Family poisson_family();
Family logit_family();
Family probit_family();
Family negbin_family();

}  // namespace panelist::glm
