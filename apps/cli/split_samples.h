// SPDX-License-Identifier: Apache-2.0
// fit --split VAR and --fsplit VAR: each formula on the rows of every value of VAR, with --fsplit on all rows before.
// Values are those of rows that --where leaves, in sorted order; a missing value is none.
#pragma once
#include "cli/arguments.h"
#include "cli/estimation_options.h"
#include "mechanism/group_difference.h"

namespace panelist::cli {

struct SplitSpecs {
  std::string by;                   // "" without split
  std::vector<std::string> values;  // of each specification; "" for all rows
  std::vector<EstimationSpec> specs;
  std::size_t formulas = 1;  // specifications follow each other by value, formulas within
  Expression where;          // of all
  std::size_t rows = 0;      // of the table that `where` leaves
};
SplitSpecs split_specs(const Session& session, const Arguments& arguments, const DataFile& data,
                       const std::vector<EstimationSpec>& specs);

// Between the values of the split, for each formula: its first term, z where no unit is shared and stacked scores. What
// cannot be compared is a warning.
std::vector<GroupDifference> split_differences(const Session& session, const DataFile& data,
                                               const SplitSpecs& split, const std::vector<Estimation>& fits);

}  // namespace panelist::cli
