// SPDX-License-Identifier: Apache-2.0
// Distinct cells as integers, in linear time.
#pragma once
#include <cstdint>
#include <vector>

#include "formula/expression/value.h"

namespace panelist {

// Levels 0 .. count-1 in no particular order; -1 is missing. first_row holds one row of each level.
struct RawLevels {
  std::vector<std::int32_t> level;
  std::vector<std::size_t> first_row;
  [[nodiscard]] std::int32_t count() const { return static_cast<std::int32_t>(first_row.size()); }
};

// Over rows[0], rows[1], ... of the value: `level` is parallel to `rows`, first_row holds positions in `rows`.
RawLevels raw_levels(const Value& value, const std::vector<std::size_t>& rows);
// Pairs of levels that occur.
RawLevels crossed_levels(const RawLevels& first, const RawLevels& second);

}  // namespace panelist
