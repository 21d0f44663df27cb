// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& policy_explanations() {
  static const Explanations entries = {
      {"policy.always_treated",
       "Units that are treated in every row they have say nothing of what the policy changed: there is no "
       "time "
       "before it. Event studies leave them out and say how many they are.",
       "a unit with first = 2009 in data from 2010 on"},
      {"policy.base_moved",
       "Callaway-Sant'Anna compares each time with the reference. A cohort whose reference year is missing "
       "from the data is compared with the last year before it; that year's change is none by construction "
       "and is no estimate.",
       "no rows of 2005, and a cohort that starts in 2006"},
      {"policy.bad_cohort",
       "The column of first treated times holds something that is no time of the panel. Write times as the "
       "time "
       "column does; leave the cell blank (or 0, inf, never) for units that are never treated.",
       "cohort = \"start\" with the cell 'soon'"},
      {"policy.cells_not_identified",
       "Some effects of a cohort at a time cannot be computed: no control unit is seen at both times, or "
       "effects "
       "and controls absorb them. Means are over the others.",
       "a cohort without a row at the reference period"},
      {"policy.cohort_changes",
       "A unit has several first treated times. Each unit needs one, in all its rows; a column that is 0 and "
       "then "
       "1 is given as treated, not as cohort.",
       "cohort = \"did\""},
      {"policy.choice_unused",
       "A choice was made that no estimator of the study reads, so it changes nothing: adjust, bootstrap and "
       "control = \"not_yet\" are of callaway_santanna, shares and control = \"last\" of sun_abraham.",
       "methods = [\"twfe\"], adjust = \"dr\""},
      {"policy.cohort_of_one",
       "A cohort is one unit: the variance of its effect cannot be told from its own noise. Put such cohorts "
       "together or see a placebo table.",
       "one city starts in 2013, all others later"},
      {"policy.controls_unused",
       "Callaway and Sant'Anna's estimator compares outcomes alone unless `adjust` says how controls enter; "
       "the controls of the model only choose the rows. The other estimators use them. adjust = \"dr\", "
       "\"ipw\" or \"regression\" takes their values at the time before the start.",
       "y ~ x | unit + year      with methods = [\"callaway_santanna\"]"},
      {"policy.effects_unused",
       "Callaway and Sant'Anna's estimator compares changes between two times: it takes out what is constant "
       "within units and what is common to all units at a time, and no other effects. Put their levels among "
       "the controls, i(region), and say adjust.",
       "y ~ 1 | unit + region^year      with methods = [\"callaway_santanna\"]"},
      {"policy.everybody_treated",
       "Every unit is treated some day: effects are told by comparison with units that are treated later, "
       "and "
       "late effects cannot be told at all.",
       "no blank cell in the cohort column"},
      {"policy.gaps",
       "Some units lack rows between their first and last time. Relative times count the missing times.",
       "a unit seen in 2010, 2011 and 2013"},
      {"policy.instruments",
       "Estimators of staggered policies take no instruments: leave out the third part.",
       "y ~ 1 | unit + year | x ~ z"},
      {"policy.few_treated_units",
       "With few treated units clustered standard errors are too small, and few assignments of the starts "
       "differ. "
       "The placebo in space still gives a p-value that holds, of at least one in the number of assignments.",
       "two treated units of thirty"},
      {"policy.method_left_out",
       "One of several estimators asked for is not possible on these data and its column is left out; the "
       "message "
       "has the reason.",
       "imputation where no treated row can be predicted"},
      {"policy.missing_treatment",
       "An event study needs to know when units are treated: cohort names a column with the first treated "
       "time, "
       "treated a column that is 0 and then 1. Give one of them.",
       "event_study = { of = \"main\" }"},
      {"policy.no_covariates",
       "`adjust` says how controls enter Callaway and Sant'Anna's estimator, and the model has none.",
       "adjust = \"dr\" with y ~ 1 | unit + year"},
      {"policy.no_overlap",
       "At some cohort times the covariates tell treated units from controls: some control would be treated "
       "with a probability above 0.999, or the logit has no solution. Weights by that probability mean "
       "nothing "
       "there; such cohort times have no estimate and means are over the others. Take fewer covariates, or "
       "adjust = \"regression\", which extrapolates.",
       "adjust = \"ipw\" where all treated cities are rich and all others poor"},
      {"policy.no_control",
       "There is nobody to compare treated units with: all start at the same time, or the controls have no "
       "rows "
       "at the times needed.",
       "all units first treated in 2015"},
      {"policy.no_draws",
       "The number of draws is not negative, and starts are moved ahead by one period or more.",
       "shifts = [0]"},
      {"policy.no_method",
       "None of the estimators asked for is possible on these data; the message has the reason.",
       "methods = [\"imputation\", \"callaway_santanna\"] where all start together"},
      {"policy.no_never_treated",
       "No unit is never treated, so another control group was taken: the last cohort, or cohorts that are "
       "not "
       "treated yet.",
       "control = \"never\" where every unit is treated some day"},
      {"policy.no_panel", "Timing needs units and times: name them.", "--panel province,year"},
      {"policy.no_shifted_start",
       "A start moved so far ahead that no treated unit is seen before it, or nothing is left to compare, "
       "gives no "
       "placebo.",
       "shifts = [9] with four years before the start"},
      {"policy.no_two_way_effects",
       "A difference in differences takes out what units and times have in common. Without effects of units "
       "(or "
       "of cohorts) or of times the coefficients compare levels.",
       "panelist event data.csv 'y ~ x | year' ..."},
      {"policy.nobody_treated",
       "No unit of the sample is treated within its times. Starts after the last time are no treatment in "
       "the "
       "data.",
       "cohort = 2030 in data up to 2022"},
      {"policy.not_absorbing",
       "The 0/1 treatment ends in some unit. These estimators are for a policy that stays once it started; "
       "leave "
       "out the units where it ends, or define treatment as having started.",
       "0 1 1 0"},
      {"policy.not_imputed",
       "Some treated rows cannot be predicted from untreated ones: their unit or time has no untreated row, "
       "or is "
       "not connected with the others by untreated rows. They are left out of the means, which are then of "
       "fewer "
       "rows.",
       "years in which everybody is treated"},
      {"policy.not_zero_one",
       "A treatment column is 0 in rows without and 1 in rows with the policy. A column of times is given as "
       "cohort.",
       "treated = \"first_year\""},
      {"policy.nothing_identified",
       "Every effect of a cohort at a time is a combination of others and of the effects of the model. "
       "Cohorts "
       "must be seen at the reference; unit trends need two references.",
       "'y ~ 1 | id[year] + year' with --method sun_abraham"},
      {"policy.nothing_before",
       "Treated units have no row before their start: effects have nothing to start from.",
       "--where 'year >= 2016' with starts in 2015"},
      {"policy.one_treated_unit",
       "One unit alone is treated. Clustered standard errors are then far too small, whatever the number of "
       "controls; a placebo in space gives a p-value that holds.",
       "one province reforms"},
      {"policy.reference",
       "The reference of an event study is a time before the start that treated units are seen at, usually "
       "-1.",
       "reference = 0"},
      {"policy.own_clusters",
       "Imputation and Callaway and Sant'Anna's estimator have standard errors of their own: sums over "
       "clusters, those of the vcov where it names one column, else the units. Another covariance (iid, hc1, "
       "two "
       "columns, nw) does not enter.",
       "--method callaway_santanna --vcov 'cluster(unit, year)'"},
      {"policy.second_reference",
       "Where every unit is treated some day, relative times, units and times are collinear: two relative "
       "times "
       "must be taken as zero. The earliest one is the second; ends of a window do the same.",
       "twfe without never treated units and without a window"},
      {"policy.time_not_identified",
       "The dummy of a relative time is collinear with effects, controls or other times and has no estimate.",
       "a relative time that only one year holds"},
      {"policy.too_many_levels",
       "Imputation solves a dense system of all levels and controls but the largest effect: take coarser "
       "effects.",
       "y ~ 1 | firm + county^year"},
      {"policy.too_few_controls",
       "A regression of the controls' changes on the covariates needs more control units than covariates, "
       "and "
       "covariates that vary among the controls. Cohort times without have no estimate.",
       "adjust = \"dr\" with eight covariates and six control units"},
      {"policy.treatment_unknown",
       "The 0/1 column of treatment is blank before a unit's first 1 or after its last 0: treatment may have "
       "begun in such a row. The rows are left out, and the start counts from the first 1 that is written.",
       "0, 0, (blank), 1, 1: the start is in the third or the fourth year"},
      {"policy.unbalanced",
       "The Goodman-Bacon decomposition is of a balanced panel: each unit at each time. Choose units and "
       "times that "
       "are complete.",
       "one province lacks 2013"},
      {"policy.units_cross_clusters",
       "Units change cluster over time, so that influence functions, one a unit, cannot be summed by "
       "clusters: "
       "they are summed by units.",
       "cluster(industry) of firms that change industry"},
      {"policy.unknown_choice",
       "`adjust` is none, regression, ipw or dr; `shares` known or estimated; `bootstrap` mammen or "
       "rademacher.",
       "--adjust aipw"},
      {"policy.unknown_control",
       "Controls are never (treated), not_yet (treated), or last (the last cohort).", "control = \"nobody\""},
      {"policy.unknown_method", "Event studies are twfe, sun_abraham, imputation and callaway_santanna.",
       "methods = [\"sunab\"]"},
      {"policy.weights", "The Goodman-Bacon decomposition takes no weights.",
       "--bacon with --weights population"},
      {"policy.window",
       "The window is two relative times that hold the reference and at least one treated time.",
       "window = [1, 4]"},
      {"policy.window_ends",
       "Relative times go beyond the window. The two-way regression joins them to its ends; the other "
       "estimators "
       "do not show them, but their ATT is over all treated times.",
       "window = [-2, 2] where times run from -6 to 8"},
  };
  return entries;
}

}  // namespace panelist::cli
