// SPDX-License-Identifier: Apache-2.0
// Families of generalised linear models: a catalog. Adding one = one file under glm/families/ and one line in
// glm/families.cpp.
//
//   E y = mu(eta),  eta = offset + x'b + effects
//   score of a row     s = d log f / d eta
//   weight of a row    w = E s^2 (expected information), by which the estimate is found
//   observed weight    -d s / d eta (observed information): for standard errors where a family or the user wants it
//   working residual   r = s / w
//
// Poisson mu = exp(eta); logit mu = 1/(1 + exp(-eta)); probit mu = Phi(eta); negbin (NB2) mu = exp(eta),
// Var y = mu + alpha mu^2. Every formula holds its digits for small and large mu. Weights are no smaller than 1e-14.
// Errors  none
// Source  McCullagh & Nelder (1989); Cameron & Trivedi (2013) for NB2
// The two differ for probit (expected: R glm, fixest; observed: Stata) and negbin (observed, with alpha as one of the
// parameters: fixest fenegbin, Stata nbreg; expected, with alpha known: MASS::glm.nb).
// Agrees  R glm, MASS::glm.nb; fixest fepois, feglm, fenegbin (tests/infer/glm_reference_test.cpp)
#pragma once
#include <string_view>
#include <vector>

#include "linalg/matrix.h"

namespace panelist {

// Rows side by side; `weight` may be null (ones). dispersion: alpha of NB2, no use otherwise.
struct FamilyRows {
  const double* outcome = nullptr;
  const double* eta = nullptr;
  const double* weight = nullptr;
  Index rows = 0;
  double dispersion = 0.0;
};

struct Family {
  std::string_view name;
  std::string_view words;  // "Poisson regression"
  std::string_view source;
  std::string_view outcome_words;  // what an outcome must be
  bool counts = false;             // knows exposure
  bool disperses = false;          // has a dispersion to be estimated
  bool observes = false;           // standard errors by observed information unless told otherwise
  double highest = 0.0;            // an outcome at 0, or at this if positive, can be predicted perfectly
  bool (*allows)(double outcome) = nullptr;
  double (*start)(double outcome, double mean) = nullptr;  // eta to begin with
  double (*link)(double mu) = nullptr;
  double (*mean)(double eta) = nullptr;
  double (*slope)(double eta) = nullptr;      // d mu / d eta
  double (*curvature)(double eta) = nullptr;  // d2 mu / d eta2
  // Writes weight (of the family times that of the row) and working residual of each row; the deviance of the rows.
  double (*work)(const FamilyRows&, double* weight, double* residual) = nullptr;
  // Weight of observed information and its working residual; null where the two informations are one.
  void (*observed)(const FamilyRows&, double* weight, double* residual) = nullptr;
  double (*log_likelihood)(const FamilyRows&) = nullptr;
};

const std::vector<Family>& families();
const Family* find_family(std::string_view name);

}  // namespace panelist
