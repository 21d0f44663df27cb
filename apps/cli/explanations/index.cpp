// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& index_explanations() {
  static const Explanations entries = {
      {"index.all_constant",
       "No indicator varies, so no weight can be learned; all get the same weight. Check the rows of the "
       "index.",
       "an index on one year under pool = \"unit\""},
      {"index.constant_indicator",
       "An indicator has the same value everywhere. It gets weight 0: it cannot tell units apart.",
       "x1 is 5 in every row"},
      {"index.convention_ignored",
       "A convention has no meaning for this method, for example a rule for zeros with PCA.",
       "method = \"pca\"\nzero = \"1e-4\""},
      {"index.direction",
       "An indicator is written with its direction first: + larger is better, - smaller is better.",
       "\"Dimension\" = [\"x1\"]      (write \"+ x1\")"},
      {"index.duplicate_indicator", "The same column stands twice in one index and would count double.",
       "\"A\" = [\"+ x1\"]\n\"B\" = [\"+ x1\"]"},
      {"index.empty_dimension", "A dimension has no indicator.", "\"A\" = []"},
      {"index.list_cell",
       "A cell of the indicator list cannot be read: a weight that is no number, a direction other than + - "
       "=.",
       "code,dimension,sub,direction\nx1,A,,up"},
      {"index.list_columns", "The indicator list lacks a column it needs: code and direction.",
       "code,dimension\nx1,A"},
      {"index.missing_cells",
       "An indicator has missing cells on the rows of the index. An index has no value there; say how to "
       "fill them under [data.impute], or leave the rows out.",
       "x1 is missing in 2016 for one province"},
      {"index.negative_values",
       "Entropy takes shares, which negative numbers do not have. Normalise by minmax.",
       "normalise = \"none\"      (with negative values)"},
      {"index.negative_weight", "A given weight is below zero.", "weights = { x1 = -0.2, x2 = 1.2 }"},
      {"index.no_indicators", "The index has no indicators at all.", "[index.Q]\nmethod = \"entropy\""},
      {"index.no_rows", "No row is left to build the index on. Check [data] where.",
       "where = \"year > 2050\""},
      {"index.not_numeric",
       "An indicator is a text column. Often a footnote or a unit stands in one of its cells.",
       "\"A\" = [\"+ province\"]"},
      {"index.outside_goalposts",
       "Values lie beyond the fixed minimum or maximum and are moved to it; the message counts them.",
       "x1 has max 100 in the list and 104 in the data"},
      {"index.overlap",
       "The same indicator is part of the outcome index and of the regressor index: part of their relation "
       "holds by construction. Leave it out of one of them, or say so.",
       "NQP and DT both use patents"},
      {"index.pool_by_unit", "Weights are learned within each unit; scores are not comparable between units.",
       "pool = \"unit\""},
      {"index.pool_by_year",
       "Weights are learned within each year; scores of different years are not on one scale.",
       "pool = \"year\""},
      {"index.target", "The target of an indicator must be a number after =.", "\"A\" = [\"= x1\"]"},
      {"index.target_required", "An indicator with direction = needs its target value.",
       "code,dimension,direction\nx1,A,="},
      {"index.tree", "The system of dimensions is not of the form \"Dimension\".\"Sub\" = [\"+ x\"].",
       "\"A\" = \"x1\""},
      {"index.unknown_convention", "A convention is none of the known words; the message lists them.",
       "zero = \"drop\""},
      {"index.unknown_indicator", "The column of an indicator is neither in the data nor in [derive].",
       "\"A\" = [\"+ gdpp\"]"},
      {"index.unknown_method", "There is no weighting of this name: entropy, equal, given, pca.",
       "method = \"entropie\""},
      {"index.weights_required", "The method `given` needs a weight for every indicator.",
       "method = \"given\"      (without weights)"},
  };
  return entries;
}

}  // namespace panelist::cli
