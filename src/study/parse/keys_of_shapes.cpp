// SPDX-License-Identifier: Apache-2.0
// Keys of marginal effects, U-shapes and thresholds.
#include "study/parse/keys.h"

namespace panelist::study {

const std::vector<KeyEntry>& keys_of_shapes() {
  static const std::vector<KeyEntry> catalog = {
      {"table", "marginal_effects", "table", "", "the effect of a regressor over values of a moderator",
       R"({ of = "main", x = "DT", by = "UL" })"},
      {"table", "u_shape", "table", "", "Lind and Mehlum's test of a U-shape, inverted or not",
       R"~({ of = "NQP ~ DT + I(DT^2)", x = "DT" })~"},
      {"table", "threshold", "table", "", "Hansen's panel thresholds: the effect by regimes of a variable",
       R"({ of = "main", x = "DT", by = "UL", count = 2, boot = 300 })"},
      {"table.marginal_effects", "of", "formula", "required",
       "the model, with products of regressor and moderator",
       R"("NQP ~ DT * UL + {controls} | province + year")"},
      {"table.marginal_effects", "x", "text", "the first regressor outside sets", "the regressor", R"("DT")"},
      {"table.marginal_effects", "by", "text", "required",
       "the moderator: a number, a text column, or x itself", R"("UL")"},
      {"table.marginal_effects", "at", "list of numbers", "percentiles 10, 25, 50, 75 and 90",
       "values of the moderator", "[0.4, 0.6, 0.8]"},
      {"table.marginal_effects", "points", "integer", "0; 41 in a figure",
       "as many values from the least to the largest", "21"},
      {"table.u_shape", "of", "formula", "required", "the model, with the regressor and its square",
       R"("NQP ~ DT + I(DT^2) + {controls} | province + year")"},
      {"table.u_shape", "x", "text", "the first regressor outside sets", "the regressor", R"("DT")"},
      {"table.u_shape", "at", "list of numbers", "the range of the data", "the two ends", "[0, 1]"},
      {"table.threshold", "of", "formula", "required", "the model, linear in the regressor", R"("main")"},
      {"table.threshold", "x", "text", "the first regressor outside sets", "the regressor that regimes bend",
       R"("DT")"},
      {"table.threshold", "by", "text", "required", "the threshold variable", R"("UL")"},
      {"table.threshold", "count", "integer", "1", "thresholds, one to three", "2"},
      {"table.threshold", "boot", "integer", "0", "draws of units' residuals, for p-values", "300"},
      {"table.threshold", "trim", "number", "0.05", "least share of rows in every regime", "0.1"},
      {"figure", "marginal_effects", "table or text", "",
       "the effect of a regressor over a moderator with its bands, as in [[table]]; or such a table's id",
       R"({ of = "main", x = "DT", by = "UL" })"},
      {"figure", "threshold", "text", "", "likelihood ratios of a threshold table, by its id",
       R"("threshold")"},
  };
  return catalog;
}

}  // namespace panelist::study
