// SPDX-License-Identifier: Apache-2.0
#include "report/writers/column_parts.h"

#include <algorithm>

#include "report/writers/column_widths.h"

namespace panelist {

namespace {

struct Range {
  int begin = 0, end = 0;  // columns, half open
};

// Columns that a cell of the row covers in part of the range; its place is told by `at`.
int covered(const Cell& cell, int at, const Range& range) {
  return std::max(0, std::min(at + cell.span, range.end) - std::max(at, range.begin));
}

// The first column, then those of the range.
TableRow cut(const TableRow& row, const Range& range) {
  TableRow out = row;
  out.cells.clear();
  int at = 0;
  for (const Cell& cell : row.cells) {
    const int span = covered(cell, at, {0, 1}) + covered(cell, at, range);
    at += cell.span;
    if (span == 0) continue;
    out.cells.push_back(cell);
    out.cells.back().span = span;
  }
  return out;
}

// No cell but those over all columns reaches from before the column into it.
bool parts_cells(const PublicationTable& table, int column) {
  for (const TableRow& row : table.rows) {
    int at = 0;
    for (const Cell& cell : row.cells) {
      const bool whole = cell.span == table.columns();
      if (!whole && at < column && at + cell.span > column) return false;
      at += cell.span;
    }
  }
  return true;
}

std::vector<Range> ranges_of(const PublicationTable& table, double total) {
  const std::vector<double> narrow = column_needs(table).narrow;
  const auto columns = static_cast<int>(narrow.size());
  std::vector<Range> ranges;
  for (int begin = 1; begin < columns;) {
    double taken = narrow[0] + narrow[static_cast<std::size_t>(begin)];
    int end = begin + 1, whole = 0;
    for (; end < columns && taken + narrow[static_cast<std::size_t>(end)] <= total; ++end) {
      if (parts_cells(table, end)) whole = end;
      taken += narrow[static_cast<std::size_t>(end)];
    }
    if (end < columns && parts_cells(table, end)) whole = end;
    if (end < columns && whole > begin + (end - begin) / 2) end = whole;
    ranges.push_back({begin, end});
    begin = end;
  }
  return ranges;
}

}  // namespace

std::vector<PublicationTable> column_parts(const PublicationTable& table, double total) {
  PublicationTable bare = table;
  bare.title.clear();
  bare.number = 0;
  bare.notes.clear();
  if (least_width(column_needs(table)) <= total || table.columns() < 3) return {bare};
  std::vector<PublicationTable> parts;
  for (const Range& range : ranges_of(table, total)) {
    parts.push_back(bare);
    for (TableRow& row : parts.back().rows) row = cut(row, range);
  }
  return parts;
}

}  // namespace panelist
