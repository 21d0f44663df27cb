// SPDX-License-Identifier: Apache-2.0
// A sheet as a table: title rows above it are skipped, the next row is the header, remarks below it are left out,
// cells merged down are filled.
#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "table/date.h"
#include "table/io/csv_column.h"
#include "table/io/csv_notes.h"
#include "table/io/formats.h"
#include "table/io/header.h"
#include "table/io/xlsx_sheet.h"

namespace panelist {
namespace {

constexpr std::size_t most_empty_cells = 50'000'000;

[[noreturn]] void throw_ole(const std::string& bytes, const std::string& file) {
  std::string wanted;  // the stream name of an encrypted package, in UTF-16
  for (const char c : std::string_view("EncryptedPackage")) wanted += {c, '\0'};
  if (bytes.find(wanted) != std::string::npos) {
    throw Error("data.encrypted", fmt::format("`{}` is protected by a password", file),
                "open it in a spreadsheet program and save it without a password", file);
  }
  throw Error("data.unknown_format", fmt::format("`{}` is an old .xls workbook", file),
              "save it as .xlsx or csv", file);
}

void check_is_zip(const std::string& bytes, const std::string& file) {
  if (bytes.empty())
    throw Error("data.empty", fmt::format("`{}` is empty", file), "check that the export worked", file);
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) throw_ole(bytes, file);
  if (bytes.starts_with("PK")) return;
  throw Error("data.unknown_format", fmt::format("`{}` is no .xlsx workbook", file),
              "if it is text, name it .csv or give the format", file);
}

const WorkbookSheet& choose_sheet(const Workbook& workbook, const std::string& wanted,
                                  const std::string& file) {
  if (workbook.sheets.empty())
    throw Error("data.empty", fmt::format("`{}` has no sheet with cells", file), "", file);
  if (wanted.empty()) return workbook.sheets.front();
  std::vector<std::string> names;
  for (const WorkbookSheet& sheet : workbook.sheets) {
    if (sheet.name == wanted) return sheet;
    names.push_back(sheet.name);
  }
  const auto number = parse_integer(wanted);
  if (number && *number >= 1 && static_cast<std::size_t>(*number) <= names.size()) {
    return workbook.sheets[static_cast<std::size_t>(*number - 1)];
  }
  Diagnostic diagnostic;
  diagnostic.code = "data.unknown_sheet";
  diagnostic.message = fmt::format("`{}` has no sheet `{}`", file, wanted);
  diagnostic.subject = file;
  diagnostic.notes.push_back("sheets: " + join(names, ", "));
  const std::string near = nearest(wanted, names);
  diagnostic.hint =
      near.empty() ? "name one of them, or give its number" : fmt::format("did you mean `{}`?", near);
  throw Error(std::move(diagnostic));
}

std::string cell_as_text(const SheetCell& cell) {
  switch (cell.kind) {
    case SheetCell::Kind::text:
      return cell.text;
    case SheetCell::Kind::date:
      return date_text(cell.number);
    case SheetCell::Kind::boolean:
      return cell.number != 0 ? "true" : "false";
    default:
      return shortest(cell.number);
  }
}

// Index of the header: the first row with two cells or more, or the first row of a sheet of one column.
std::size_t header_index(const Sheet& sheet, int skip_rows, const std::string& file) {
  std::size_t first = 0;
  while (first < sheet.rows.size() && static_cast<long long>(sheet.rows[first].number) <= skip_rows) ++first;
  for (std::size_t i = first; i < sheet.rows.size(); ++i) {
    if (sheet.rows[i].cells.size() > 1) return i;
  }
  if (first < sheet.rows.size()) return first;
  throw Error("data.empty", fmt::format("the sheet of `{}` holds no cells", file), "name another sheet",
              file);
}

void add_cell(const SheetCell* cell, ColumnBuilder& builder) {
  if (cell == nullptr) {
    builder.add("");
  } else if (cell->kind == SheetCell::Kind::text) {
    builder.add(cell->text);
  } else {
    const ColumnKind kind = cell->kind == SheetCell::Kind::date      ? ColumnKind::date
                            : cell->kind == SheetCell::Kind::boolean ? ColumnKind::boolean
                                                                     : ColumnKind::real;
    builder.add_typed(cell->number, kind);
  }
}

// Cells merged over several rows count for each of them (a province's name beside its years).
std::size_t fill_merged_rows(Sheet& sheet, std::size_t header) {
  std::size_t filled = 0;
  for (const MergedRange& range : sheet.merged) {
    if (range.last_row <= range.first_row || range.first_row <= sheet.rows[header].number) continue;
    const auto begin =
        std::lower_bound(sheet.rows.begin(), sheet.rows.end(), range.first_row,
                         [](const SheetRow& row, std::uint32_t wanted) { return row.number < wanted; });
    if (begin == sheet.rows.end() || begin->number != range.first_row) continue;
    const SheetCell* top = begin->find(range.first_column);
    if (top == nullptr) continue;
    const SheetCell value = *top;
    for (auto row = begin + 1; row != sheet.rows.end() && row->number <= range.last_row; ++row) {
      if (row->find(range.first_column) != nullptr) continue;
      const auto place =
          std::lower_bound(row->cells.begin(), row->cells.end(), value.column,
                           [](const SheetCell& cell, std::uint32_t wanted) { return cell.column < wanted; });
      row->cells.insert(place, value);
      ++filled;
    }
  }
  return filled;
}

std::size_t drop_footnotes(Sheet& sheet, std::size_t header) {
  const std::size_t before = sheet.rows.size();
  if (sheet.rows[header].cells.size() < 2) return 0;
  const auto begin = sheet.rows.begin() + static_cast<std::ptrdiff_t>(header) + 1;
  sheet.rows.erase(std::remove_if(begin, sheet.rows.end(),
                                  [](const SheetRow& row) {
                                    return row.cells.size() == 1 && is_footnote(row.cells[0].text);
                                  }),
                   sheet.rows.end());
  return before - sheet.rows.size();
}

// The columns that hold a heading or any cell, in order.
std::vector<std::uint32_t> used_columns(const Sheet& sheet, std::size_t header) {
  std::vector<bool> used;
  for (std::size_t i = header; i < sheet.rows.size(); ++i) {
    for (const SheetCell& cell : sheet.rows[i].cells) {
      if (cell.column >= used.size()) used.resize(cell.column + 1, false);
      used[cell.column] = true;
    }
  }
  std::vector<std::uint32_t> columns;
  for (std::uint32_t column = 0; column < used.size(); ++column) {
    if (used[column]) columns.push_back(column);
  }
  return columns;
}

void check_density(const Sheet& sheet, std::size_t columns, const std::string& file) {
  std::size_t cells = 0;
  for (const SheetRow& row : sheet.rows) cells += row.cells.size();
  if (sheet.rows.size() * columns - cells <= std::max(most_empty_cells, 20 * cells)) return;
  throw Error("data.unreadable", fmt::format("the sheet of `{}` is nearly empty: it is no table", file),
              "move stray cells at its edges away", file);
}

void note_sheet(const Sheet& sheet, std::size_t header, std::size_t filled, Diagnostics& notes) {
  if (header > 0)
    add_note(
        notes, "data.title_rows",
        fmt::format("the header is row {}; what stands above it was skipped", sheet.rows[header].number));
  if (filled > 0)
    add_note(notes, "data.merged_cells", fmt::format("{} merged cells were filled downwards", filled));
  if (sheet.errors > 0)
    add_note(notes, "data.error_cells",
             fmt::format("{} cells with a formula error are missing", sheet.errors));
  if (sheet.formulas_without_value > 0) {
    add_note(notes, "data.formula_without_value",
             fmt::format("{} formulas have no saved value and are missing; recalculate and save the file",
                         sheet.formulas_without_value));
  }
  if (sheet.times_of_day > 0)
    add_note(notes, "data.time_of_day",
             fmt::format("the time of day of {} dates was cut off", sheet.times_of_day));
}

void fill_column(const Sheet& sheet, std::size_t header, std::uint32_t column, ColumnBuilder& builder) {
  for (std::size_t i = header + 1; i < sheet.rows.size(); ++i) add_cell(sheet.rows[i].find(column), builder);
}

Table build_table(const Sheet& sheet, std::size_t header, const ReadOptions& options, const std::string& file,
                  Diagnostics& notes) {
  const std::vector<std::uint32_t> columns = used_columns(sheet, header);
  check_density(sheet, columns.size(), file);
  std::vector<std::string> headings;
  for (const std::uint32_t column : columns) {
    const SheetCell* cell = sheet.rows[header].find(column);
    headings.push_back(cell == nullptr ? "" : cell_as_text(*cell));
  }
  const std::vector<std::string> names = header_names(headings, file);
  RowNumbers source_rows;
  for (std::size_t i = header + 1; i < sheet.rows.size(); ++i) source_rows.push_back(sheet.rows[i].number);
  const MissingCodes missing(options.missing);
  std::vector<ColumnBuilder> builders(names.size(), ColumnBuilder(missing, {}));
  Table table(source_rows.size());
  for (std::size_t j = 0; j < names.size(); ++j) {
    fill_column(sheet, header, columns[j], builders[j]);
    builders[j].finish_pass();
    if (builders[j].failed()) {
      builders[j].restart_as_text();
      fill_column(sheet, header, columns[j], builders[j]);
    }
    note_column(names[j], builders[j], source_rows, notes);
    note_numbers_from_text(names[j], builders[j], notes);
    table.set(names[j], builders[j].take_column());
  }
  note_missing_codes(builders, missing, notes);
  table.source = file;
  table.source_rows = std::move(source_rows);
  return table;
}

}  // namespace

Table read_xlsx(const std::string& path, const ReadOptions& options, ReadReport& report) {
  const std::string file = file_name_of(path);
  const std::string bytes = read_file(path);
  check_is_zip(bytes, file);
  const ZipArchive archive(bytes, file);
  const Workbook workbook = read_workbook(archive, file);
  const WorkbookSheet& chosen = choose_sheet(workbook, options.sheet, file);
  report.format = "xlsx";
  report.encoding = "utf-8";
  for (const WorkbookSheet& sheet : workbook.sheets) report.sheets.push_back(sheet.name);
  if (options.sheet.empty() && workbook.sheets.size() > 1) {
    add_note(report.notes, "data.first_sheet",
             fmt::format("read the first sheet, `{}`, of {}", chosen.name, join(report.sheets, ", ")));
  }
  auto contents = archive.read(chosen.part);
  if (!contents)
    throw Error("data.truncated", fmt::format("the sheet `{}` is missing from `{}`", chosen.name, file),
                "save the file anew", file);
  Sheet sheet = read_sheet(std::move(*contents), workbook, chosen.part, file);
  const std::size_t header = header_index(sheet, options.skip_rows, file);
  const std::size_t filled = fill_merged_rows(sheet, header);
  note_sheet(sheet, header, filled, report.notes);
  note_footnotes(drop_footnotes(sheet, header), report.notes);
  return build_table(sheet, header, options, file, report.notes);
}

}  // namespace panelist
