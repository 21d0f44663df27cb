// SPDX-License-Identifier: Apache-2.0
// One coefficient under every combination of choices: control sets x samples x effects x vcovs x outcomes x measures of
// the term. Least squares with any number of absorbed effects shares all work; other models are estimated one by one.
//
//   columns of one sample and one set of effects   X = Q R,  Q'WQ = I,  y = Q t + |e| q_e      absorbed once
//   subset S   b = R_S^+ t;  z = Q c, c = the term's column of R_S (R_S'R_S)^-1;  u = y - X_S b = Q d + |e| q_e
//   variance   V = factor sum_gg' k(g, g') (sum_{i in g} w z u)(...)' = factor g'H g,
//              g the coefficients of z_i u_i in the products q_ij q_ik, H the meat of these products under the vcov
// H is made once for a vcov; a specification then costs nothing that grows with rows or clusters. K, factor and df are
// those of the covariance itself, asked once for each number of terms. iid needs the sum of squares alone.
// Rank: as in `fit`, the later-listed of collinear columns goes and is named. A specification in which a kept column keeps
// less than a ten-thousandth of itself beside the others, or whose covariance would be clipped or is rounding, is estimated by
// itself; so is every one under vcovs with residuals of their own (hc2 to hc4, cr2, cr3, jackknife), instruments or
// families.
// Samples: by default all specifications of one `where` and one set of effects use the rows that have every variable of
// any of them; own_sample gives each its own rows.
// Of 2^K subsets more than `most` in all is an error that names the count; `draw` takes that many at random (counter-based,
// each control with probability one half, the main one first, none twice).
// Result  estimates, intervals, counts and shares. A share of specifications is no probability: they are not independent.
// Errors  infer.unknown_term robustness.term_is_a_control robustness.unknown_control robustness.nothing_varies
//         robustness.too_many_specifications robustness.nothing_estimated; those of the frame
// Cost    per (sample, effects): one absorption, 2 n K^2, n m^2/2 with m = K(K+3)/2 for each vcov; per specification K^3 + m^2
// Source  Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4
// Agrees  `fit` of each specification by itself to 1e-9 (tests/robustness)
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct CurveSample {
  std::string name;
  Expression where;  // beside the model's own; empty: all its rows
};

struct CurveEffects {
  std::string name;
  std::vector<FormulaEffect> effects;
};

struct CurveOutcome {
  std::string name;
  Expression expression;
};

struct SpecificationCurveSpec {
  EstimationSpec main;
  std::string term;
  std::vector<FormulaTerm> controls;           // those that come and go: of the model, or further ones
  std::vector<std::vector<std::string>> sets;  // of these, in place of all subsets
  std::int64_t draw = 0;                       // subsets drawn; 0: all
  std::vector<CurveSample> samples;            // empty: the model's
  std::vector<CurveEffects> effects;           // empty: the model's
  std::vector<VcovSpec> vcovs;                 // empty: the model's
  std::vector<CurveOutcome> outcomes;          // empty: the model's
  std::vector<FormulaTerm> measures;           // in place of the term; empty: itself
  bool own_sample = false;
  std::int64_t most = 100'000;
};

struct Specification {
  // Positions in the lists of the curve.
  std::uint32_t outcome = 0, measure = 0, sample = 0, effects = 0, controls = 0, vcov = 0;
  bool main = false;  // the model as it stands
  double estimate = missing_value, std_error = missing_value, statistic = missing_value,
         p_value = missing_value, conf_low = missing_value, conf_high = missing_value;
  double n = missing_value, df = missing_value;
  std::vector<std::string> dropped;  // controls that could not be estimated beside the others
  std::string problem;               // code of what kept it from being estimated; "" when it was

  [[nodiscard]] bool estimated() const { return problem.empty(); }
};

// Of the specifications that could be estimated. Significant: p below 1 - level.
struct CurveSummary {
  std::size_t count = 0, estimated = 0;
  double median = missing_value, lowest = missing_value, highest = missing_value;
  std::size_t positive = 0, negative = 0;
  std::size_t significant = 0, significant_positive = 0, significant_negative = 0;
  std::size_t with_dropped = 0;  // in which some control went
  [[nodiscard]] double share(std::size_t some) const {
    return estimated > 0 ? static_cast<double>(some) / static_cast<double>(estimated) : missing_value;
  }
};

// The specifications that made one choice.
struct CurveChoice {
  std::string group;  // "outcome" "measure" "sample" "effects" "vcov"; "control": those with it
  std::string name;
  CurveSummary summary;
};

struct SpecificationCurve {
  std::string term, formula;
  double level = 0.95;
  bool own_sample = false;
  std::vector<std::string> outcomes, measures, samples, effects, vcovs;
  std::vector<std::string> controls;                     // that come and go
  std::vector<std::vector<std::uint32_t>> control_sets;  // positions in `controls`, ascending
  double possible = 0;                        // control sets there are; more than control_sets when drawn
  std::vector<Specification> specifications;  // in order of the choices, vcov fastest
  std::size_t main = static_cast<std::size_t>(-1);  // its position; none: the model is not among them
  CurveSummary summary;
  std::vector<CurveChoice> choices;                           // of groups with several
  std::size_t one_by_one = 0;                                 // that did not share the work
  std::vector<std::pair<std::string, std::string>> warnings;  // code, message

  [[nodiscard]] bool has_main() const { return main < specifications.size(); }
};

SpecificationCurve specification_curve(const Context& context, const SpecificationCurveSpec& spec,
                                       const Table& table, const Panel* panel, Diagnostics& notes);
// How many there would be, before anything is estimated; the errors of the choices.
double count_specifications(const SpecificationCurveSpec& spec);

}  // namespace panelist
