// SPDX-License-Identifier: Apache-2.0
// Decompositions of a coefficient by covariates.
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& channel_explanations() {
  static const Explanations entries = {
      {"mechanism.channel_dropped",
       "A covariate of a group is collinear with the effects or with other terms and was dropped from the "
       "full model. It "
       "has no part; the other covariates of its group keep theirs. Covariates of groups stand behind all "
       "other "
       "terms, so that of collinear columns they are the ones to go.",
       "--groups 'size=gdp,gdp_per_head' with population among the controls, all in logarithms"},
      {"mechanism.channel_twice",
       "A covariate stands in two groups, or two groups have one name: its part would count twice. Put each "
       "into "
       "one group.",
       "--groups 'a=UL,MED; b=MED'"},
      {"mechanism.group_dropped",
       "None of a group's covariates can be estimated: effects or other terms span them all. Leave the group "
       "out, "
       "or what spans it.",
       "--groups 'place=coastal' under province effects"},
      {"mechanism.identity",
       "In least squares on one sample the total effect less the direct one is the sum of the indirect "
       "effects. Here it "
       "is not, and the message says why: another family, more instruments than needed, weights of another "
       "kind in each "
       "equation, a term dropped in one of them. The shares of the total effect do not add up then.",
       "mediate d.csv 'visits ~ x' --family poisson --x x --through m"},
      {"mechanism.least_squares_only",
       "Decompositions and the sensitivity to correlated errors are of least squares alone: with "
       "instruments, families and other "
       "estimators the parts do not add up to the change of a coefficient, and residuals are other than the "
       "errors.",
       "decompose d.csv 'y ~ m | id | x ~ z'"},
      {"mechanism.no_groups", "A decomposition needs groups of covariates, each with one covariate or more.",
       "gelbach = { of = \"main\", groups = {} }"},
      {"mechanism.unknown_channel",
       "A covariate of a group is no regressor of the formula: it is misspelt, or an effect, which both "
       "regressions "
       "hold. Groups name terms as the formula writes them.",
       "--groups 'place=province' with `| province + year`"},
      {"mechanism.x_among_channels",
       "The term whose coefficient is decomposed is named as a covariate of a group. It stands in both "
       "regressions: "
       "take it out of the group.",
       "--x DT --groups 'all=DT,UL'"},
  };
  return entries;
}

}  // namespace panelist::cli
