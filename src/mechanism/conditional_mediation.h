// SPDX-License-Identifier: Apache-2.0
// Indirect effects that move with a number W, on one common sample.
//
//   first    M = a0 X + a1 X W + ...     Y = c' X + b0 M + ...              effect at w (a0 + a1 w) b0,  index a1 b0
//   second   M = a0 X + ...              Y = c' X + b0 M + b1 M W + ...     a0 (b0 + b1 w),              index a0 b1
//   both     (a0 + a1 w)(b0 + b1 w), a curve: no one number is its slope; the difference between two values tells
// W stands in every equation; where the formula has it not it is added, which `added` says. A product X W in the formula
// itself stays in every equation: the direct effect moves too, and c and c' are the effects at W = 0.
// Values: the mean and one standard deviation (n - 1, of the rows used, unweighted) on both sides, or those asked for; they are
// taken as known. Difference: the last value less the first. The curve has 41 even points over the range of W.
// Delta, Monte Carlo and bootstrap as in mechanism/mediation.h, with the joint covariance of all links. Sobel's numbers are
// missing: links of one equation have covariances that its rule leaves out.
// Errors  mechanism.moderator_in_path mechanism.constant_moderator mechanism.text_moderator mechanism.moderated_stage
//         mechanism.moderated_instrument and those of mediate
// Source  Edwards & Lambert (2007), Psychological Methods 12(1); Hayes (2015), Multivariate Behavioral Research 50(1)
// Agrees  explicit stacked scores in R (tests/reference/mediation_paths)
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

struct ConditionalSpec {
  MediationSpec mediation;  // parallel
  std::string moderator;    // a number: "UL", "L.UL"
  std::string stage = "first";
  std::vector<double> at;  // values of the moderator; empty: mean and a deviation on both sides
};

struct ConditionalEffect {
  double value;
  IndirectEffect effect;
};

struct CurvePoint {
  double value, estimate, low, high;  // bootstrap percentiles, else Monte Carlo's, else the delta method's
};

struct ConditionalPath {
  std::string mediator;
  std::vector<Coefficient> first, second;  // a0 (, a1) and b0 (, b1)
  std::vector<ConditionalEffect> effects;
  std::optional<IndirectEffect> difference;  // with two values and more
  std::optional<IndirectEffect> index;       // of moderated mediation; none where both stages move
  std::vector<CurvePoint> curve;
};

struct ConditionalMediation {
  Estimation total;
  std::vector<Estimation> mediator_models;
  Estimation outcome_model;
  Coefficient total_effect, direct_effect;
  std::string moderator, stage;
  bool added = false;                       // the formula did not have the moderator
  bool direct_moves = false;                // the formula has its product with x
  double mean, deviation, least, greatest;  // of the moderator
  bool usual_values = true;                 // the mean and a deviation on both sides
  std::vector<ConditionalPath> paths;
};

ConditionalMediation mediate_at(const Context& context, const ConditionalSpec& spec, const Table& table,
                                const Panel* panel, Diagnostics& notes);

}  // namespace panelist
