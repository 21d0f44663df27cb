// SPDX-License-Identifier: Apache-2.0
// Differences between the groups of a split, from the regressions its columns show.
#pragma once
#include <nlohmann/json.hpp>

#include "study/run/regressions.h"

namespace panelist::study {

// A split and the regressions it made.
struct SplitColumns {
  const Split* split = nullptr;
  Grouped grouped;
  std::size_t first = 0, count = 0;  // positions among the table's regressions
  Regression model;                  // the first of them
};

struct ComparedSplit {
  SplitComparison printed;      // its columns are filled in with the table
  nlohmann::ordered_json json;  // null when nothing could be compared
};

// `place` is the JSON pointer that `json` will have. Nothing when the table asks for no differences, or when the split
// has one group and the study does not ask.
std::optional<ComparedSplit> compare_split(Workspace& work, const TableEntry& entry,
                                           const SplitColumns& columns,
                                           const std::vector<Estimation>& estimations,
                                           const std::string& place);

}  // namespace panelist::study
