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
      {"estimate.constant_among_outcomes",
       "Of several outcomes estimated together one is constant, or the effects explain all of it. Leave it "
       "out.",
       "c(y, one) ~ x"},
      {"estimate.constant_outcome",
       "The outcome does not vary, or not after the effects are absorbed. Coefficients are zero and R2 means "
       "nothing.",
       "y is 1 in every row"},
      {"estimate.instruments_with_family",
       "Poisson, logit, probit and negative binomial models take no instruments here. Leave out the third "
       "part of "
       "the formula, or use the gaussian family.",
       "y ~ 1 | year | x ~ z      with --family poisson"},
      {"estimate.separated",
       "Regressors and effects predict every row perfectly, so the likelihood has no maximum. Rows like that "
       "are "
       "left out and counted; here none is left. Use fewer effects or regressors.",
       "yes is 1 exactly where x > 3, --family logit"},
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
       "The iterations over the effects, or those of a family, did not reach the tolerance. Raise the "
       "tolerance, or look for effects that hardly overlap and for regressors of very different size.",
       "y ~ x | id[trend] + firm      (slopes that the data hardly tell apart)"},
      {"estimate.inaccurate",
       "The bound on the numerical error of some coefficient is above 1e-8 of its standard error: the "
       "effects "
       "nearly absorb a regressor, so that few digits of it are left, or a loose `--tolerance` was asked "
       "for. "
       "The JSON has the bound as `convergence.error_bound_se`.",
       "panelist fit d.csv 'y ~ x | unit' --vcov iid --tolerance 0.1"},
      {"estimate.not_identified", "There are fewer instruments than endogenous regressors.",
       "y ~ 1 | 0 | x1 + x2 ~ z"},
      {"estimate.singular_weights",
       "GMM weights the moments by the inverse of their covariance, which is singular here: with fewer "
       "clusters than "
       "instruments and exogenous regressors together there are no such weights.",
       "--method gmm2s --vcov 'cluster(region)'      (4 regions, 6 regressors)"},
      {"estimate.k_too_large",
       "No k-class estimate exists for this k: X'(I - k M_Z)X is not positive definite. LIML's k is the "
       "largest that is "
       "of use.",
       "--method 'kclass(5)'"},
      {"estimate.not_finite",
       "Squares or products of the variables leave the range of numbers (about 1e-308 to 1e308), so no "
       "standard error can be computed. Measure the variables in other units.",
       "panelist fit d.csv 'I(y*1e160) ~ x' --vcov hc1"},
      {"estimate.few_degrees",
       "Fewer than ten residual degrees of freedom are left: one row can decide the result, and no test has "
       "power. "
       "Use more rows, or fewer regressors and effects.",
       "panelist fit city.csv 'y ~ x1 + x2 + x3' with 11 years"},
      {"estimate.no_overdispersion",
       "The counts vary around their means no more than a Poisson model says, so the likelihood of the "
       "negative "
       "binomial model rises until its alpha is zero. The estimates are those of Poisson.",
       "panelist fit d.csv 'events ~ x' --family negbin --vcov hc1"},
      {"estimate.periods_left_out",
       "Fama-MacBeth regressions need a cross-section in every period that can estimate every coefficient. "
       "Periods "
       "with fewer rows than coefficients, or with collinear regressors, do not count in the average.",
       "--method fmb with five regressors and four rows in 1990"},
      {"estimate.not_for_panels",
       "An estimator of panels (re, be, fd) or a test that compares them meets something it does not know: "
       "instruments, an offset, slopes, effects other than those of units and periods, or clusters within "
       "units where a unit is one row. The message names it.",
       "panelist fit d.csv 'y ~ x | unit' --method re --panel unit,year --vcov iid"},
      {"estimate.unbalanced",
       "The method is defined for balanced panels and some unit has fewer rows. Take `re`, which is defined "
       "for both.",
       "--method re_wh      (a province lacks two years)"},
      {"estimate.perfect_fit",
       "The regressors explain the outcome without residual, mostly because the outcome was computed from "
       "them. Standard errors and tests are ratios of rounding and mean nothing.",
       "panelist fit d.csv 'I(2*x) ~ x' --vcov iid"},
      {"infer.clipped",
       "The covariance was not positive semidefinite, which can happen when clustered several ways with few "
       "clusters, and with the uniform and truncated kernels; its negative eigenvalues were set to zero.",
       "cluster(province, year) with 5 years"},
      {"infer.cluster_decides",
       "Without one cluster the tested combination cannot be estimated, so a variance that leaves clusters "
       "out "
       "does not exist. Types 11 and 31 of the wild bootstrap do not need it.",
       "--tests 'wild(treated, type=33)'      (one treated cluster)"},
      {"infer.cluster_fitted_exactly",
       "A coefficient or effect is determined by one cluster alone, such as a treatment of one province: "
       "leaving that "
       "cluster out, it does not exist. cr2, cr3 and jackknife leave that direction out (pseudo-inverse); "
       "the standard "
       "error of that coefficient means little, whatever the covariance.",
       "--vcov 'cr3(province)' with one treated province"},
      {"infer.crossing_effects",
       "cr2, cr3 and jackknife need the leverage of whole clusters. Effects inside the clusters cost "
       "nothing, but of "
       "effects that cross them every level counts, and there are too many. So do bootstraps that leave "
       "clusters out; type 11 of the wild bootstrap absorbs such effects instead.",
       "y ~ x | firm + year --vcov 'cr2(year)'      (20 000 firms; with cr2(firm) only the years count)"},
      {"infer.combination_syntax",
       "The linear combination cannot be read: numbers and terms with + - * and brackets, optionally = a "
       "number.",
       "--tests 'lincom(x1 - )'"},
      {"infer.few_clusters",
       "With so few clusters the standard errors tend to be too small. t with G - 1 degrees of freedom is "
       "used; treat borderline p-values with care.",
       "--vcov 'cluster(region)'      (4 regions)"},
      {"infer.few_periods",
       "Driscoll and Kraay's covariance is a sum over periods and right when there are many. With few it "
       "tends to be too small.",
       "--vcov 'dk(2)' with 9 years"},
      {"infer.frequency_weights",
       "Newey and West's covariance follows each unit through time; a row that stands for several units "
       "cannot be "
       "followed.",
       "--vcov 'nw(2)' --weights w --weight-type f"},
      {"infer.fitted_exactly",
       "Some rows are fitted exactly: a level of the effects or a regressor is theirs alone. Their residual "
       "is "
       "zero "
       "whatever the outcome, so hc2, hc3 and hc4 can say nothing about them and leave them out.",
       "--vcov hc3 --singletons keep"},
      {"infer.group_across",
       "Groups change places within wider ones, so each group must lie in one of those.",
       "--tests 'randomise(x, by=province, within=year)'"},
      {"infer.iid_with_probability_weights",
       "With probability weights the textbook variance is not valid. Use hc1 or cluster().",
       "--weights w --weight-type p --vcov iid"},
      {"infer.margins_without_family",
       "In a linear model the coefficients are the marginal effects: margins are for the other families.",
       "--margins without --family"},
      {"infer.least_squares_only",
       "The test or covariance is defined for least squares, not for this method.",
       "--vcov hc3      (after 2sls)"},
      {"infer.leverage_projected",
       "With many levels in the second-largest effect the leverages are estimated by random projections. The "
       "message gives the relative error of one row's; standard errors average over rows and are far closer.",
       "--vcov hc3      (workers and firms)"},
      {"infer.no_degrees_of_freedom", "No degree of freedom is left for the test or the covariance.",
       "as many parameters as rows"},
      {"infer.zero_variance",
       "The scores of a coefficient cancel in every cluster (or period), so that its variance is zero but "
       "for rounding: it has "
       "no standard error. A regressor that moves within one cluster only, or as many clusters as "
       "parameters, do that.",
       "y ~ x | year with two clusters"},
      {"infer.no_joint_test",
       "After cr2 several restrictions are tested by Hotelling's T2 with estimated degrees of freedom eta. "
       "With few or uneven clusters eta is too small for that many restrictions; with other kinds no term "
       "has a "
       "variance. Test fewer at once, by --tests 'wald(x1, x2)', or take the wild bootstrap.",
       "--vcov 'cr2(region)' with 4 regions and 5 regressors"},
      {"infer.no_variance",
       "The test statistic does not vary: the clustered variance is zero, or every permutation gives the "
       "same "
       "value. There is nothing to compare the estimate with.",
       "a dummy of one cluster with --tests 'wild(dummy)'"},
      {"infer.no_panel_time",
       "Autocovariances run on the time of the panel, never on rows: units and times must be named.",
       "panelist fit d.csv 'y ~ x' --vcov 'nw(2)'      (add --panel firm,year)"},
      {"infer.one_series",
       "The test is for one time series and the rows hold several units. Take a test for panels, or the rows "
       "of one "
       "unit.",
       "--tests adf      (30 provinces)"},
      {"infer.short_series",
       "Unit-root tests have little power in series below 25 periods, and their distributions hold for long "
       "ones: "
       "neither a rejection nor its absence says much.",
       "--tests llc with 9 years"},
      {"infer.series_with_gaps",
       "The test follows each unit from period to period, and some unit has a period missing between others. "
       "Choose "
       "a span that every unit covers, or fill the gap.",
       "--tests llc      (A has 2019 and 2021, not 2020)"},
      {"infer.unbalanced",
       "The test is for balanced panels and units differ in length. Choose a span that every unit covers, or "
       "take a "
       "test for unbalanced panels.",
       "--tests llc      (a province begins later: take ips or fisher)"},
      {"infer.one_cluster", "There is one cluster, so nothing can be learned about how clusters vary.",
       "--vcov 'cluster(country)'      (one country)"},
      {"infer.restrictions_dependent",
       "One of the restrictions tested together follows from the others. Leave it out.",
       "--tests 'wild(x1, x2, x1 - x2)'"},
      {"infer.robust_is_hc1",
       "`robust` means hc1 here. After `xtreg, fe` Stata's robust clusters by the unit: write cluster(unit) "
       "for that.",
       "--vcov robust"},
      {"infer.weak_instruments",
       "The first stage is too weak for the usual inference: t tests and intervals of 2SLS may be far off "
       "and biased "
       "towards least squares. The Anderson-Rubin test and its confidence set hold all the same.",
       "y ~ x | 0 | d ~ z      (effective F 3.2, critical value 23.1)"},
      {"infer.clusters_below_moments",
       "As many moments (instruments and exogenous regressors) as clusters, or more: their covariance is "
       "singular, so J, C "
       "tests and GMM do not exist. Absorb effects instead of writing dummies, or cluster by a finer column.",
       "--vcov 'cluster(region)'      (4 regions, 6 regressors)"},
      {"infer.test_left_out",
       "A test does not apply to this regression or cannot be computed; the message says why.",
       "--tests hansen_j      (as many instruments as endogenous regressors)"},
      {"infer.too_few_clusters",
       "A clustered variance of q restrictions has rank below the number of clusters: q must be smaller.",
       "--tests 'wild(x1, x2, x3, by=region)'      (3 regions)"},
      {"infer.too_few_periods",
       "There are no more periods than lags, or one period only, so that the autocovariances do not exist; "
       "or a "
       "test or method compares a unit with its own past, or units over common periods, and no unit has "
       "enough of them. Periods must be one time step apart.",
       "--vcov 'nw(9)' with 9 years"},
      {"infer.weights_not_defined",
       "The covariance is not defined with weights in the literature; take the variant that is.",
       "--vcov 'cr2(firm, ik)' --weights w"},
      {"infer.too_few_units",
       "A test compares units and the panel has one. For one series take dw, bg(p), adf or condition.",
       "--tests pesaran_cd      (one city)"},
      {"infer.no_variation",
       "A test looks at residuals and there are none: the regressors explain everything. Or a test follows a "
       "series "
       "that does not vary.",
       "panelist fit d.csv 'I(2*x) ~ x' --vcov iid --tests dw"},
      {"infer.unweighted_only", "The test or method is defined without weights.",
       "--weights pop --tests pesaran_cd"},
      {"infer.unknown_cluster", "The clustering or coordinate column was not prepared with the regression.",
       "--vcov 'cluster(provnce)'"},
      {"infer.unmatched_permutation",
       "A term that moves within groups is permuted as a path over time, which needs one row of each group "
       "at each "
       "time.",
       "--tests 'randomise(x, by=province)'      (an unbalanced panel)"},
      {"infer.unknown_term",
       "The regression has no such term; the nearest is suggested. Terms are named as in the output.",
       "--tests 'wald(x2)'"},
      {"mechanism.deficient_test",
       "A joint test has fewer degrees of freedom than restrictions because their covariance is singular, "
       "mostly for want of clusters: it tests fewer restrictions than it names. Cluster by something with "
       "more levels, or compare fewer groups.",
       "six groups and --vcov 'cluster(year)' with 4 years"},
      {"mechanism.failed_replicates",
       "Some bootstrap replicates could not be estimated, for example because a regressor does not vary in "
       "them. Intervals use the others.",
       "--boot 1000      (with a rare dummy)"},
      {"mechanism.few_replicates",
       "So few bootstrap replicates give no interval: at least 40 are needed, 1000 or more are usual. The "
       "verdict is that of the significance tests.",
       "panelist mediate d.csv 'y ~ x' --x x --through m --vcov hc1 --boot 1"},
      {"mechanism.many_groups",
       "A split sample with many values has too many pairs to print unasked. `panelist compare` gives every "
       "pair and the "
       "test that all are equal.",
       "panelist fit panel.csv 'y ~ x' --vcov hc1 --split province"},
      {"mechanism.mediator_in_formula",
       "A mediator already stands in the total equation. The total effect is the one without mediators: take "
       "it out.",
       "panelist mediate d.csv 'y ~ x + m' --x x --through m --vcov iid"},
      {"mechanism.mediator_is_outcome",
       "A mediator is the outcome itself: all of the effect would run through it.",
       "panelist mediate d.csv 'y ~ x' --x x --through y --vcov iid"},
      {"mechanism.no_mediator", "No mediator is named.", "mediation = { of = \"main\" }"},
      {"mechanism.no_variance",
       "A difference between groups has no p: its variance is zero, as after perfect fits, or every "
       "permutation of units "
       "gives the same statistic.",
       "--by g --test permutation      (an outcome that the other regressors explain wholly)"},
      {"mechanism.one_group",
       "The grouping column has one value among the rows used, so there is nothing to compare.",
       "--by region --where \"region == 'East'\""},
      {"mechanism.overlapping_clusters",
       "Some clusters have rows in several groups, so the groups' estimates are not independent. The z of "
       "disjoint "
       "groups and permutations of units are left out; suest and the interactions count the covariance by "
       "cluster.",
       "--by period --vcov 'cluster(province)'"},
      {"mechanism.repeated_mediator",
       "A mediator is named twice; its indirect effect would count twice. Name each once.",
       "through = [\"M\", \"M\"]"},
      {"mechanism.term_dropped",
       "The term is collinear or absorbed in one of the groups, mostly because it does not vary there: the "
       "group has "
       "no coefficient to compare. Leave that group out, or compare another term.",
       "--term coastal      (all units of one group are coastal)"},
      {"mechanism.terms_differ",
       "Some terms are estimated in some groups and not in others, because a level or a regressor does not "
       "vary there. "
       "The groups' models have different controls; the test of all coefficients takes those in common.",
       "--by race      (one industry has no row in one of the groups)"},
      {"mechanism.test_left_out",
       "A test of group differences does not apply, and the message says why: units that stand in several "
       "groups "
       "cannot be permuted and have no independent estimates, and some methods cannot be estimated as one "
       "model.",
       "--by period --test permutation"},
      {"mechanism.unknown_correction", "No correction of p-values for several tests has this name.",
       "--correction tukey"},
      {"mechanism.units_in_both_groups",
       "Units of the panel have rows in several groups, as when a split follows a column that moves over "
       "time. The "
       "vcov takes their rows as independent: cluster by the unit, so that the groups' covariance is "
       "counted.",
       "--by period --panel province,year --vcov hc1"},
      {"mechanism.unknown_term", "The regression has no such term to compare or to trace through mediators.",
       "--term DTT"},
      {"mechanism.unknown_test", "There is no such test of a group difference.", "--test welch"},
  };
  return entries;
}

}  // namespace panelist::cli
