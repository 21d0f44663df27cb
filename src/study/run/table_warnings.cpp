// SPDX-License-Identifier: Apache-2.0
// What to know of a table before it is printed: cells without a number, no rows, more columns than a page holds.
#include <fmt/format.h>

#include "study/run/build_tables.h"

namespace panelist::study {
namespace {

constexpr int widest_table = 20;  // columns on a turned page

bool is_number(const Cell& cell) {
  return cell.kind != CellKind::empty && cell.kind != CellKind::text && cell.kind != CellKind::flag;
}

bool is_finite(const Cell& cell) {
  return std::isfinite(cell.value) && (cell.kind != CellKind::interval || std::isfinite(cell.value2));
}

struct CellCount {
  std::size_t numbers = 0, not_finite = 0, rows = 0;  // below the heads
};

CellCount count_cells(const PublicationTable& table) {
  CellCount count;
  for (const TableRow& row : table.rows) {
    if (!row.header) ++count.rows;
    for (const Cell& cell : row.cells)
      if (is_number(cell)) {
        ++count.numbers;
        if (!is_finite(cell)) ++count.not_finite;
      }
  }
  return count;
}

}  // namespace

void warn_of_table(Workspace& work, const TableEntry& entry, const PublicationTable& table) {
  const CellCount count = count_cells(table);
  if (count.rows == 0)
    work.notes.warning("output.empty_table", fmt::format("table `{}` has no row below its heads", table.id),
                       entry.span, "see what its keys leave to print");
  if (count.not_finite > 0)
    work.notes.warning("output.not_finite",
                       fmt::format("table `{}`: {} of {} numbers are missing or infinite", table.id,
                                   count.not_finite, count.numbers),
                       entry.span);
  if (table.columns() > widest_table)
    work.notes.warning(
        "output.wide_table",
        fmt::format("table `{}` has {} columns: no page holds them", table.id, table.columns()), entry.span,
        "make two tables of it, or take it from Word, where it stands over several pages, or from Excel");
}

}  // namespace panelist::study
