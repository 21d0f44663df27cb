// SPDX-License-Identifier: Apache-2.0
// The cells of one sheet, row by row.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "table/io/xlsx_workbook.h"

namespace panelist {

struct SheetCell {
  enum class Kind { number, date, boolean, text, error };
  std::uint32_t column = 0;  // 0-based
  Kind kind = Kind::number;
  double number = 0;
  std::string text;
};

struct SheetRow {
  std::uint32_t number = 0;      // 1-based
  std::vector<SheetCell> cells;  // those that hold something, by column
  [[nodiscard]] const SheetCell* find(std::uint32_t column) const;
};

struct MergedRange {
  std::uint32_t first_row = 0, last_row = 0, first_column = 0, last_column = 0;
};

struct Sheet {
  std::vector<SheetRow> rows;  // in ascending order, empty ones left out
  std::vector<MergedRange> merged;
  std::size_t errors = 0;  // cells such as #N/A, left out of `rows`
  std::size_t formulas_without_value = 0;
  std::size_t times_of_day = 0;  // dates whose time of day was cut off
};

Sheet read_sheet(std::string contents, const Workbook& workbook, const std::string& part,
                 const std::string& file);

}  // namespace panelist
