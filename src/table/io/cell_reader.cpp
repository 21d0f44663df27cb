// SPDX-License-Identifier: Apache-2.0
#include "table/io/cell_reader.h"

#include "table/io/quick_number.h"
#include "table/spreadsheet_text.h"

namespace panelist {
namespace {

// Unquoted cells: `raw` is readable for a few bytes beyond its end.
struct PlainCells {
  const SplitStretch& stretch;
  std::size_t column;
  [[nodiscard]] std::string_view raw(std::size_t row) const { return stretch.bare_cell(row, column); }
  [[nodiscard]] std::string_view text(std::size_t row, std::string& /*storage*/) const {
    return unguarded_text(trim_blanks(raw(row)));
  }
};

struct ScannedCells {
  const SplitStretch& stretch;
  std::size_t column;
  [[nodiscard]] std::string_view raw(std::size_t row) const { return stretch.field(row, column).raw; }
  [[nodiscard]] std::string_view text(std::size_t row, std::string& storage) const {
    return unguarded_text(field_text(stretch.field(row, column), storage));
  }
};

template <typename Cells>
void read_texts(const Cells& from, std::size_t rows, ColumnBuilder& builder) {
  std::string storage;
  for (std::size_t row = 0; row < rows; ++row) builder.add(from.text(row, storage));
}

template <typename Cells>
void read_values(const Cells& from, std::size_t rows, ColumnBuilder& builder, double* cells) {
  std::string storage;
  QuickNumber number;
  QuickFlags flags;
  bool quick = builder.takes_quick_numbers();
  const char decimal = builder.decimal();
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string_view raw = from.raw(row);
    if (quick && read_quick_number(raw.data(), raw.size(), decimal, number)) {
      cells[row] = number.value;
      flags.whole = flags.whole && number.whole;
      flags.leading_zero = flags.leading_zero || number.leading_zero;
      continue;
    }
    builder.add(from.text(row, storage));
    if (builder.failed()) return;
    cells[row] = builder.take_value();
    quick = builder.takes_quick_numbers();
  }
  builder.add_flags(flags);
}

}  // namespace

void read_cells(const SplitStretch& stretch, std::size_t column, ColumnBuilder& builder, double* cells) {
  const auto read = [&](const auto& from) {
    if (builder.is_text())
      read_texts(from, stretch.rows(), builder);
    else
      read_values(from, stretch.rows(), builder, cells);
  };
  if (stretch.plain())
    read(PlainCells{stretch, column});
  else
    read(ScannedCells{stretch, column});
}

}  // namespace panelist
