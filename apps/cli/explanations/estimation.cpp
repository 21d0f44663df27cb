// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& estimation_explanations() {
  static const Explanations entries = {
      {"estimate.all_dropped",
       "Every regressor is collinear or absorbed by the effects: nothing is left to estimate. The message "
       "names the reasons. A variable that does not vary within units cannot be told apart from unit "
       "effects.",
       "y ~ coastal | province"},
      {"estimate.constant_outcome",
       "The outcome does not vary, or not after the effects are absorbed. Coefficients are zero and R2 means "
       "nothing.",
       "y is 1 in every row"},
      {"estimate.instrument_dropped",
       "An instrument is collinear with others or with the effects and is left out.",
       "y ~ 1 | year | x ~ z      (z varies over years only)"},
      {"estimate.no_degrees_of_freedom",
       "There are as many parameters as rows, so the residual variance cannot be estimated. Use fewer "
       "regressors or effects.",
       "three rows, y ~ x1 + x2"},
      {"estimate.no_instruments", "No instrument is left after collinear and absorbed ones are out.",
       "y ~ 1 | province | x ~ distance      (distance is fixed within provinces)"},
      {"estimate.no_rows",
       "No row is left for the regression. The message counts the reasons: the condition, missing values, "
       "weights, singletons.",
       "--where 'year > 2050'"},
      {"estimate.not_converged",
       "The iterations over the effects did not reach the tolerance. Raise the tolerance, or look for "
       "effects that hardly overlap.",
       "--tolerance 1e-16"},
      {"estimate.not_identified", "There are fewer instruments than endogenous regressors.",
       "y ~ 1 | 0 | x1 + x2 ~ z"},
      {"estimate.note", "A remark about the estimation.", "an analytic weight that was rescaled to mean one"},
      {"infer.clipped",
       "The two-way clustered covariance was not positive semidefinite, which can happen with few clusters; "
       "its negative eigenvalues were set to zero.",
       "cluster(province, year) with 5 years"},
      {"infer.combination_syntax",
       "The linear combination cannot be read: numbers and terms with + - * and brackets, optionally = a "
       "number.",
       "--tests 'lincom(x1 - )'"},
      {"infer.few_clusters",
       "With so few clusters the standard errors tend to be too small. t with G - 1 degrees of freedom is "
       "used; treat borderline p-values with care.",
       "--vcov 'cluster(region)'      (4 regions)"},
      {"infer.iid_with_probability_weights",
       "With probability weights the textbook variance is not valid. Use hc1 or cluster().",
       "--weights w --weight-type p --vcov iid"},
      {"infer.least_squares_only", "The test is defined for least squares, not for this method.",
       "--tests effects_f      (after 2sls)"},
      {"infer.no_degrees_of_freedom", "No degree of freedom is left for the test or the covariance.",
       "as many parameters as rows"},
      {"infer.one_cluster", "There is one cluster, so nothing can be learned about how clusters vary.",
       "--vcov 'cluster(country)'      (one country)"},
      {"infer.robust_is_hc1",
       "`robust` means hc1 here. After `xtreg, fe` Stata's robust clusters by the unit: write cluster(unit) "
       "for that.",
       "--vcov robust"},
      {"infer.test_left_out",
       "A test does not apply to this regression or cannot be computed; the message says why.",
       "--tests hansen_j      (as many instruments as endogenous regressors)"},
      {"infer.unknown_cluster", "The clustering column was not prepared with the regression.",
       "--vcov 'cluster(provnce)'"},
      {"infer.unknown_term",
       "The regression has no such term; the nearest is suggested. Terms are named as in the output.",
       "--tests 'wald(x2)'"},
      {"mechanism.failed_replicates",
       "Some bootstrap replicates could not be estimated, for example because a regressor does not vary in "
       "them. Intervals use the others.",
       "--boot 1000      (with a rare dummy)"},
      {"mechanism.mediator_in_formula",
       "A mediator already stands in the total equation. The total effect is the one without mediators: take "
       "it out.",
       "panelist mediate d.csv 'y ~ x + m' --x x --through m --vcov iid"},
      {"mechanism.no_mediator", "No mediator is named.", "mediation = { of = \"main\" }"},
      {"mechanism.one_group",
       "The grouping column has one value among the rows used, so there is nothing to compare.",
       "--by region --where \"region == 'East'\""},
      {"mechanism.overlapping_clusters",
       "Some clusters have rows in both groups, so the two estimates are not independent: the z of disjoint "
       "groups does not apply.",
       "--by period --vcov 'cluster(province)'"},
      {"mechanism.term_dropped", "The term is collinear or absorbed in one of the groups.",
       "--term coastal      (all units of one group are coastal)"},
      {"mechanism.units_in_both_groups",
       "Units have rows in both groups, so the permutation of units is not possible.",
       "--by period --test permutation"},
      {"mechanism.unknown_term", "The regression has no such term to compare or to trace through mediators.",
       "--term DTT"},
      {"mechanism.unknown_test", "There is no such test of a group difference.", "--test chow"},
  };
  return entries;
}

}  // namespace panelist::cli
