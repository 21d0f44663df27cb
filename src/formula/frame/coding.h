// SPDX-License-Identifier: Apache-2.0
// Cells to level ids in sorted order of their values: numbers ascending, text by code points.
//
// Whole numbers within +-2^31 whose range is no more than four times the rows go through a table of the range; text
// through a table of its dictionary; anything else through its distinct values, sorted. No cell may be missing.
// Cost  three passes over the rows in parallel blocks; other numbers one thread and a hash table
#pragma once
#include "base/context.h"
#include "formula/level_names.h"
#include "linalg/levels.h"
#include "linalg/shared.h"
#include "table/column.h"

namespace panelist {

struct Coding {
  Levels level;
  LevelNames names;
  bool lone = false;  // some level has one row only
  [[nodiscard]] Level size() const { return static_cast<Level>(names.size()); }
};

Coding code_numbers(const Context& context, const SharedVector& cells, ColumnKind kind);
// Codes index `words`.
struct TextCells {
  std::shared_ptr<const std::int32_t[]> codes;
  std::size_t rows = 0;
  std::shared_ptr<const std::vector<std::string>> words;
};
Coding code_texts(const Context& context, const TextCells& cells);
// Pairs that occur, by the first, then the second.
Coding crossed(const Context& context, const Coding& first, const Coding& second);

}  // namespace panelist
