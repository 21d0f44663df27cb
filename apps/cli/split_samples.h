// SPDX-License-Identifier: Apache-2.0
// fit --split VAR and --fsplit VAR: each formula on the rows of every value of VAR, with --fsplit on all rows before.
// Values are those of rows that --where leaves, in sorted order; a missing value is none.
#pragma once
#include "cli/arguments.h"
#include "cli/estimation_options.h"

namespace panelist::cli {

struct SplitSpecs {
  std::string by;                   // "" without split
  std::vector<std::string> values;  // of each specification; "" for all rows
  std::vector<EstimationSpec> specs;
};
SplitSpecs split_specs(const Session& session, const Arguments& arguments, const DataFile& data,
                       const std::vector<EstimationSpec>& specs);

}  // namespace panelist::cli
