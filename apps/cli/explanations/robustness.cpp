// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& robustness_explanations() {
  static const Explanations entries = {
      {"robustness.dropped_controls",
       "In some specifications of a curve a control is a combination of the others and goes. Its "
       "specification "
       "then repeats another one; the counts hold both.",
       "controls c1, c2 and c1 + c2"},
      {"robustness.no_controls",
       "Oster's bounds ask how the coefficient and R2 move when the controls come in: the model needs "
       "controls "
       "beside the term and those kept in both regressions.",
       R"~(oster = { of = "y ~ x | unit" })~"},
      {"robustness.no_main",
       "The lists of a specification curve replace the model's own choices. Where they leave one of these "
       "out the "
       "model is not on the curve and nothing is marked. Add its vcov, effects or control set to the lists.",
       R"~(spec_curve = { of = "main", vcov = ["hc1"] }      with vcov = "cluster(province)" above)~"},
      {"robustness.no_panel",
       "Units change places, or rows within their period: both need the units and times of the rows.",
       "--panel province,year"},
      {"robustness.not_estimated",
       "Some specifications have no rows, no variation of the term or no degrees of freedom left. "
       "results.json "
       "says the reason of each.",
       "samples = { \"2014\" = \"year == 2014\" }      under year effects and unit effects"},
      {"robustness.nothing_estimated",
       "No specification of the curve could be estimated. The message holds the first reason; the model by "
       "itself shows it best.",
       "panelist curve study.toml coastal      under province effects"},
      {"robustness.nothing_varies",
       "A specification curve needs choices that vary: controls that come and go, samples, effects, vcovs, "
       "outcomes or measures.",
       R"~(spec_curve = { of = "y ~ x" })~"},
      {"robustness.one_level",
       "Leaving out one level of a column leaves nothing where the model's rows have one value of it only.",
       R"~(leave_out = { of = "main", by = "country" }      for provinces of one country)~"},
      {"robustness.outcome_among_regressors",
       "Where several outcomes and several terms or controls are crossed, some specifications explain a "
       "variable by "
       "itself. They are left out of the curve.",
       R"~(spec_curve = { of = "main", outcome = ["y", "z"], term = ["x", "z"] })~"},
      {"robustness.r_max",
       "The largest R2 that a regression with everything observed could reach lies between that of the model "
       "and "
       "one. Oster suggests 1.3 times that of the model.",
       "oster = { of = \"main\", r_max = 0.2 }      where the model's R2 is 0.35"},
      {"robustness.term_elsewhere",
       "A permutation hands the values of one term around. Its square, products and lags among the other "
       "regressors "
       "keep the values of the true variable, so the p-value is about the term beside them.",
       R"~(permutation = { of = "y ~ x + I(x^2) | unit + year", term = "x" })~"},
      {"robustness.term_is_a_control",
       "The term of a specification curve stays in every model. It cannot be listed among the controls.",
       R"~(spec_curve = { of = "main", term = "DT", among = ["DT", "LP"] })~"},
      {"robustness.too_many_levels",
       "Each level left out takes a regression. A column with thousands of levels is better left out by "
       "wider "
       "groups: regions in place of firms.",
       R"~(leave_out = { of = "main", by = "firm" })~"},
      {"robustness.too_many_specifications",
       "K controls have 2 to the power of K subsets, and every other choice multiplies them. Draw some of "
       "the subsets "
       "at random with `draw` (--draw), name fewer controls with `among`, or list control sets.",
       "20 controls: 1,048,576 subsets"},
      {"robustness.unknown_control",
       "A control set names a term that is not among the controls that come and go.",
       R"~(spec_curve = { of = "main", among = ["LP"], controls = [["UL"]] })~"},
  };
  return entries;
}

}  // namespace panelist::cli
