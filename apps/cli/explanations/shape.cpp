// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& shape_explanations() {
  static const Explanations entries = {
      {"infer.bad_range", "A U-shape is tested between two ends, the lower one first.",
       "--tests 'u_shape(x, low=1, high=0)'"},
      {"infer.extreme_outside",
       "The turning point of the square lies outside the range of the data: within it the effect keeps its "
       "sign, so there is no U-shape to test.",
       "tests = [\"u_shape(DT)\"] with an extreme point of 3 and DT below 1"},
      {"infer.no_square",
       "The test of a U-shape reads the coefficients of a regressor and of its square; the square is not in "
       "the "
       "model, or was dropped.",
       "y ~ x + z      --tests 'u_shape(x)'"},
      {"mechanism.constant_moderator",
       "The moderator of a mediation has one value on the rows of the model: there is nothing to move along.",
       "mediation = { of = \"main\", through = \"M\", moderator = \"one\" }"},
      {"mechanism.fewer_rows",
       "The equations of a mediation use one sample: the rows that have every mediator. The total equation "
       "alone would have "
       "more, so its effect here is not that of the table of regressions. A lagged mediator costs a period.",
       "mediation = { of = \"main\", through = \"L.M\" }"},
      {"mechanism.moderated_instrument",
       "The treatment is instrumented. Its product with the moderator would be endogenous too and needs an "
       "instrument of "
       "its own, which the formula does not give.",
       "mediate d.csv 'y ~ z | id | x ~ iv' --x x --through m --moderator w --vcov hc1"},
      {"mechanism.moderated_stage",
       "The formula itself has the product of treatment and moderator, so the mediators move with it. Then "
       "the first stage "
       "is moderated as well: take stage first or both, or the product out.",
       "mediate d.csv 'y ~ x * w' --x x --through m --moderator w --stage second --vcov hc1"},
      {"mechanism.moderator_in_path",
       "The moderator is the treatment, a mediator or the outcome. It moves a path and is not on it.",
       "mediation = { of = \"main\", through = \"M\", moderator = \"M\" }"},
      {"mechanism.one_way_drawn",
       "The covariance is clustered by several variables; the bootstrap of a mediation draws clusters of the "
       "first alone, so its interval does not see what rows share within the others. The delta error and the "
       "Monte Carlo interval have the whole covariance.",
       "mediate d.csv 'y ~ x | id' --x x --through m --vcov 'cluster(id, year)' --boot 1000"},
      {"mechanism.serial_mediators",
       "Serial mediators are two or three, in the order in which they act: each depends on those before it. "
       "One "
       "alone is no series, and four have fifteen paths.",
       "mediation = { of = \"main\", through = \"M\", mode = \"serial\" }"},
      {"mechanism.shared_clusters",
       "Mediations of several groups are compared as independent. Here clusters have rows in more than one "
       "group, so "
       "their indirect effects are not, and the difference is left out.",
       "mediation = { of = \"main\", through = \"M\", by = \"period\" }"},
      {"mechanism.text_moderator",
       "The moderator of a mediation is text. Groups are compared with `by`, each with equations of its own.",
       "--moderator region      (write --by region)"},
      {"mechanism.value_outside",
       "An indirect effect was asked for at a value of the moderator that no row has: it is what the "
       "straight lines say, "
       "not what data show.",
       "mediation = { ..., moderator = \"UL\", at = [0.5, 2] } with UL below 1"},
      {"shape.constant_moderator",
       "The moderator or threshold variable has one value on the rows of the model: there is nothing to move "
       "along.",
       "marginal_effects = { of = \"main\", x = \"DT\", by = \"east\" } where east is 1 in every row"},
      {"shape.empty_regime",
       "No value of the threshold variable leaves the least share of rows in every regime. Ask for fewer "
       "thresholds or a smaller share.",
       "--count 3 --trim 0.3"},
      {"shape.least_squares_only",
       "Thresholds minimise the sum of squares of a regression without instruments. Take the instruments "
       "out.",
       "threshold d.csv 'y ~ 1 | unit | x ~ z'"},
      {"shape.linear_only",
       "In logit, Poisson and the like the effect on the outcome depends on every regressor. Average "
       "marginal "
       "effects of a fit are printed by `fit` with --effects.",
       "marginal_effects with family = \"logit\""},
      {"shape.no_interaction",
       "The effect of the regressor does not depend on the moderator: no term of the model holds both. Write "
       "`x * w`, `x:w` or `I(x*w)`; for the slope along x itself `I(x^2)`.",
       "marginal_effects = { of = \"y ~ x + w\", x = \"x\", by = \"w\" }"},
      {"shape.no_panel", "The unit and the time of every row must be known, and there must be two periods.",
       "threshold without --panel UNIT,TIME"},
      {"shape.not_in_data", "A numeric variable is needed, with values on the rows of the model.",
       "--by region"},
      {"shape.outside_data",
       "A marginal effect was asked for at a value of the moderator that no row of the model reaches. What "
       "is "
       "printed there is the straight line drawn on.",
       R"~(marginal_effects = { of = "main", x = "DT", by = "UL", at = [99] })~"},
      {"shape.term_dropped",
       "The term that carries the effect was dropped: it is collinear with the effects or with other terms, "
       "or "
       "does not vary where it should.",
       "y ~ x + x:w | unit where w is fixed within units in which x varies"},
      {"shape.too_few_units",
       "Draws for the test of a threshold are of whole units; with fewer than five there are none to speak "
       "of.",
       "threshold on three provinces"},
      {"shape.unbalanced_panel",
       "Hansen's test draws the residuals of whole units, so every unit must have every period. The message "
       "counts the units that lack some and names the first.",
       "one cell of a regressor is missing in 2016"},
      {"shape.unknown_term", "The formula has no such regressor for regimes to bend.", "--x DTI"},
      {"shape.unweighted_only", "The search for a threshold takes no weights.", "--weights population"},
      {"study.shape", "A number lies outside what the table can use, or two of its keys do not go together.",
       "threshold = { of = \"main\", by = \"UL\", count = 4 }"},
      {"shape.whole_column",
       "Marginal effects put the moderator at chosen values. What an expression such as winsor(w, 0.01), "
       "rank(w) or "
       "w - mean(w, by=year) is at a value depends on other rows. Centred and scaled variables, w - mean(w), "
       "are "
       "followed; others are computed in [derive] and named.",
       "marginal_effects = { of = \"y ~ x * winsor(w, 0.01)\", x = \"x\", by = \"w\" }"},
      {"shape.x_elsewhere",
       "A panel threshold gives x one effect in each regime. A product of x or a power of it would make the "
       "effect differ within a regime, and the coefficient of x would be its effect at zero only.",
       "threshold of DT in y ~ DT + DT:UL | province + year"},
  };
  return entries;
}

}  // namespace panelist::cli
