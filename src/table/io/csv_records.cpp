// SPDX-License-Identifier: Apache-2.0
#include "table/io/csv_records.h"

#include <fmt/format.h>

#include "table/io/cell_text.h"
#include "table/io/header.h"
#include "table/spreadsheet_text.h"

namespace panelist {
namespace {

// A quoted empty cell makes a row.
bool is_blank_record(const std::vector<Field>& fields, std::size_t begin) {
  for (std::size_t i = begin; i < fields.size(); ++i) {
    if (!trim_blanks(fields[i].raw).empty() || fields[i].quoted) return false;
  }
  return true;
}

// Only the first field says something, and that is a remark.
bool is_footnote_record(const std::vector<Field>& fields, std::size_t begin, std::size_t columns) {
  if (columns < 2 || !is_footnote(trim_blanks(fields[begin].raw))) return false;
  for (std::size_t i = begin + 1; i < fields.size(); ++i) {
    if (!trim_blanks(fields[i].raw).empty()) return false;
  }
  return true;
}

[[noreturn]] void throw_ragged(const CsvScanner& scanner, std::size_t found, std::size_t expected) {
  throw Error(
      "data.ragged_row",
      fmt::format("line {} of `{}` has {} fields, the header has {}", scanner.record_line(), scanner.file(),
                  found, expected),
      "put quotes around text that holds the separator, or fill the line; a title above the header is "
      "skipped with skip_rows",
      scanner.file());
}

// Makes the last record of `fields` exactly `expected` long: blank surplus goes, anything else is an error.
void fit_record(std::vector<Field>& fields, std::size_t begin, std::size_t expected,
                const CsvScanner& scanner) {
  const std::size_t found = fields.size() - begin;
  if (found == expected) return;
  if (found < expected) throw_ragged(scanner, found, expected);
  for (std::size_t i = begin + expected; i < fields.size(); ++i) {
    if (!trim_blanks(fields[i].raw).empty()) throw_ragged(scanner, found, expected);
  }
  fields.resize(begin + expected);
}

}  // namespace

CsvScanner scanner_after_header(const CsvText& csv, std::vector<Field>& header) {
  CsvScanner scanner(csv.text, csv.dialect.separator, csv.file);
  scanner.skip_lines(static_cast<std::size_t>(std::max(csv.skip_rows, 0)));
  while (scanner.next(header)) {
    if (!is_blank_record(header, 0)) return scanner;
    header.clear();
  }
  throw Error("data.empty", fmt::format("`{}` is empty", csv.file), "check that the export worked", csv.file);
}

std::vector<std::string> read_header(const CsvText& csv) {
  std::vector<Field> fields;
  scanner_after_header(csv, fields);
  while (fields.size() > 1 && trim_blanks(fields.back().raw).empty()) fields.pop_back();
  std::vector<std::string> cells;
  std::string storage;
  for (const Field& field : fields) cells.emplace_back(unguarded_text(field_text(field, storage)));
  return header_names(cells, csv.file);
}

bool may_be_no_row(std::string_view first_field) {
  if (first_field.empty()) return true;
  const auto first = static_cast<unsigned char>(first_field[0]);
  return first <= ' ' || first >= 0x7F || first == 's' || first == 'S' || first == 'n' || first == 'N';
}

RecordKind settle_record(std::vector<Field>& fields, std::size_t begin, std::size_t columns,
                         const CsvScanner& scanner) {
  if (may_be_no_row(fields[begin].raw)) {
    if (is_footnote_record(fields, begin, columns)) return RecordKind::footnote;
    if (is_blank_record(fields, begin)) return RecordKind::blank;
  }
  fit_record(fields, begin, columns, scanner);
  return RecordKind::row;
}

}  // namespace panelist
