// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& language_explanations() {
  static const Explanations entries = {
      {"expression.arguments", "A function has too few or too many arguments, or one of the wrong kind.",
       "panelist fit d.csv 'y ~ log(x, 2)' --vcov iid"},
      {"expression.domain",
       "A function is not defined for some values: the logarithm of zero or of a negative number, a division "
       "by zero. Those cells become missing, and the rows are left out. The message counts them. Rescale, or "
       "use log(x + 1) when zeros are real zeros.",
       "panelist fit d.csv 'log(y) ~ x' --vcov iid      (y is 0 in some rows)"},
      {"expression.no_panel",
       "A lag, lead or difference runs on panel time, so the panel's keys must be known.",
       "panelist fit d.csv 'y ~ L.x' --vcov iid      (add --panel unit,year)"},
      {"expression.not_of_missing",
       "A comparison with missing is false, so its `not` is true: rows with missing cells are kept. Write "
       "the "
       "opposite comparison, or add `and x is not missing`.",
       "--where 'not (x > 0)'      (x is missing in some rows; x <= 0 leaves them out)"},
      {"expression.syntax",
       "The expression cannot be read; the caret stands where reading stopped. Texts are quoted, names with "
       "spaces or signs stand in backquotes.",
       "--where 'year > '"},
      {"expression.type", "Text is used where a number is wanted, or the other way round.",
       "--where 'province > 3'"},
      {"expression.unknown_function", "There is no such function; the nearest name is suggested.",
       "panelist fit d.csv 'ln(y) ~ x' --vcov iid      (the natural logarithm is log)"},
      {"expression.unknown_province",
       "region_cn() met names that are no province-level unit of China. Their region is missing.",
       "region = \"region_cn(province, 'east12')\"      (province holds \"Shanghia\")"},
      {"formula.endogenous_instrument",
       "An endogenous variable stands among its own instruments, which makes 2SLS least squares.",
       "y ~ 1 | 0 | x ~ x"},
      {"formula.duplicate_endogenous",
       "A variable stands among the exogenous regressors and in the endogenous part as well. Keep it in the "
       "third part only.",
       "y ~ x | 0 | x ~ z"},
      {"formula.duplicate_outcome", "The outcome is among the regressors of its own equation.", "y ~ y + x"},
      {"formula.empty", "A part of the formula is empty.", "y ~ | province"},
      {"formula.not_a_number",
       "Text is used where a number is wanted: as the outcome, inside log(), as an instrument of a lag.",
       "province ~ x"},
      {"formula.syntax",
       "The formula cannot be read; the caret stands where reading stopped. The form is y ~ x1 + x2 | "
       "effects | endogenous ~ instruments.",
       "y ~ x + | year"},
      {"formula.too_many_levels",
       "A text column or i() has so many levels that dummies are not sensible. Absorb it instead.",
       "y ~ firm_name      (write y ~ 1 | firm_name)"},
      {"formula.unknown_column",
       "The name is neither a column of the data nor of [derive] nor an index. The nearest name is "
       "suggested; upper and lower case differ.",
       "panelist fit d.csv 'y ~ xx' --vcov iid"},
      {"formula.unknown_level", "The reference level of i() does not occur among the rows used.",
       "y ~ i(region, ref=North)      (there are East and West)"},
      {"formula.unknown_set", "A {set} is not defined under [sets].", "columns = [\"y ~ x + {contols}\"]"},
      {"formula.unknown_term", "A term to be compared, kept or swapped is not in the formula.",
       "vary = [{ drop = [\"size\"] }]      (the model has no size)"},
      {"vcov.not_available",
       "The method and the covariance do not go together, or the covariance is not in this version; the "
       "message says "
       "which would.",
       "--method gmm2s --vcov 'conley(lat, lon, 100km)'"},
      {"vcov.arguments",
       "The kind of covariance takes other arguments: cluster needs one to several columns, nw whole lags, "
       "conley two "
       "columns and kilometres, iid none.",
       "--vcov 'cluster()'"},
      {"vcov.small_sample",
       "The small-sample rule is none of the presets and not of the form k=..,g=..,df=...", "--ssc sata"},
      {"vcov.syntax",
       "The covariance cannot be read. The form is a word, or a word with arguments in brackets.",
       "--vcov 'cluster(province'"},
      {"vcov.unknown_kind", "There is no such kind of covariance; the nearest is suggested.",
       "--vcov 'clutser(province)'"},
  };
  return entries;
}

}  // namespace panelist::cli
