// SPDX-License-Identifier: Apache-2.0
// Separated text: a quick scan into fields, blocks of records, typed columns.
#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "table/io/csv_column.h"
#include "table/io/csv_dialect.h"
#include "table/io/csv_notes.h"
#include "table/io/csv_scanner.h"
#include "table/io/encoding.h"
#include "table/io/formats.h"
#include "table/io/header.h"
#include "table/io/text_bytes.h"
#include "table/spreadsheet_text.h"

namespace panelist {
namespace {

constexpr std::size_t block_records = 512;  // fields of a block stay in the second-level cache

struct CsvText {
  std::string file;
  std::string text;
  CsvDialect dialect;
  int skip_rows = 0;
  Context job;  // holds the stop alone
};

bool is_blank_record(const std::vector<Field>& fields, std::size_t begin) {
  for (std::size_t i = begin; i < fields.size(); ++i) {
    if (!trim_blanks(fields[i].raw).empty() || fields[i].quoted) return false;
  }
  return true;
}

[[noreturn]] void throw_ragged(const CsvText& csv, std::size_t line, std::size_t found,
                               std::size_t expected) {
  throw Error(
      "data.ragged_row",
      fmt::format("line {} of `{}` has {} fields, the header has {}", line, csv.file, found, expected),
      "put quotes around text that holds the separator, or fill the line; a title above the header is "
      "skipped with skip_rows",
      csv.file);
}

// Only the first field says something, and that is a remark.
bool is_footnote_record(const std::vector<Field>& fields, std::size_t begin, std::size_t columns) {
  if (columns < 2 || !is_footnote(trim_blanks(fields[begin].raw))) return false;
  for (std::size_t i = begin + 1; i < fields.size(); ++i) {
    if (!trim_blanks(fields[i].raw).empty()) return false;
  }
  return true;
}

// Makes the last record of `fields` exactly `expected` long: blank surplus goes, anything else is an error.
void fit_record(std::vector<Field>& fields, std::size_t begin, std::size_t expected, const CsvText& csv,
                std::size_t line) {
  const std::size_t found = fields.size() - begin;
  if (found == expected) return;
  if (found < expected) throw_ragged(csv, line, found, expected);
  for (std::size_t i = begin + expected; i < fields.size(); ++i) {
    if (!trim_blanks(fields[i].raw).empty()) throw_ragged(csv, line, found, expected);
  }
  fields.resize(begin + expected);
}

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

// One run over the records: the columns listed in `wanted` get their cells. Lines of blanks and separators alone are
// no rows; a quoted empty cell makes one.
class Pass {
 public:
  Pass(const CsvText& csv, std::vector<ColumnBuilder>& builders, std::vector<std::size_t> wanted)
      : csv_(csv), builders_(builders), wanted_(std::move(wanted)) {}

  void run(std::vector<std::size_t>* lines) {
    std::vector<Field> header;
    CsvScanner scanner = scanner_after_header(csv_, header);
    const std::size_t columns = builders_.size();
    std::vector<Field> fields;
    fields.reserve((block_records + 1) * columns);
    std::size_t begin = 0;
    while (scanner.next(fields)) {
      csv_.job.stop_if_asked();
      const bool footnote = is_footnote_record(fields, begin, columns);
      if (footnote || is_blank_record(fields, begin)) {
        footnotes_ += footnote ? 1 : 0;
        fields.resize(begin);
        continue;
      }
      fit_record(fields, begin, columns, csv_, scanner.record_line());
      if (lines != nullptr) lines->push_back(scanner.record_line());
      begin = fields.size();
      if (begin >= block_records * columns) {
        if (lines != nullptr && lines->size() == block_records) expect_rows(scanner, *lines);
        flush(fields, columns);
        begin = 0;
      }
    }
    flush(fields, columns);
  }

  [[nodiscard]] std::size_t footnotes() const { return footnotes_; }

 private:
  // The first block tells about how many records there are.
  void expect_rows(const CsvScanner& scanner, std::vector<std::size_t>& lines) {
    const double share = static_cast<double>(scanner.position()) / static_cast<double>(csv_.text.size());
    const auto rows = static_cast<std::size_t>(1.05 * static_cast<double>(lines.size()) / share);
    lines.reserve(rows);
    for (ColumnBuilder& builder : builders_) builder.reserve(rows);
  }

  void flush(std::vector<Field>& fields, std::size_t columns) {
    const std::size_t records = fields.size() / columns;
    for (const std::size_t column : wanted_) {
      ColumnBuilder& builder = builders_[column];
      for (std::size_t record = 0; record < records; ++record) {
        builder.add(unguarded_text(field_text(fields[record * columns + column], storage_)));
      }
    }
    fields.clear();
  }

  const CsvText& csv_;
  std::vector<ColumnBuilder>& builders_;
  std::vector<std::size_t> wanted_;
  std::string storage_;
  std::size_t footnotes_ = 0;
};

std::vector<std::size_t> all_columns(std::size_t count) {
  std::vector<std::size_t> columns(count);
  for (std::size_t i = 0; i < count; ++i) columns[i] = i;
  return columns;
}

std::vector<std::size_t> restart_failed(std::vector<ColumnBuilder>& builders) {
  std::vector<std::size_t> failed;
  for (std::size_t i = 0; i < builders.size(); ++i) {
    builders[i].finish_pass();
    if (!builders[i].failed()) continue;
    builders[i].restart_as_text();
    failed.push_back(i);
  }
  return failed;
}

Table build_table(const CsvText& csv, const MissingCodes& missing, Diagnostics& notes) {
  const std::vector<std::string> names = read_header(csv);
  note_numeric_header(names, notes);
  std::vector<ColumnBuilder> builders(names.size(), ColumnBuilder(missing, csv.dialect.numbers));
  std::vector<std::size_t> lines;
  Pass first(csv, builders, all_columns(names.size()));
  first.run(&lines);
  note_footnotes(first.footnotes(), notes);
  const std::vector<std::size_t> texts = restart_failed(builders);
  if (!texts.empty()) Pass(csv, builders, texts).run(nullptr);
  note_missing_codes(builders, missing, notes);
  Table table(lines.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    note_column(names[i], builders[i], lines, notes);
    table.set(names[i], builders[i].take_column());
  }
  table.source = csv.file;
  table.source_rows = std::move(lines);
  return table;
}

}  // namespace

Table read_csv(const std::string& path, const ReadOptions& options, ReadReport& report) {
  Context job;
  job.stop = options.stop;
  return read_csv_bytes(read_text_bytes(path, job), file_name_of(path), options, report);
}

Table read_csv_bytes(std::string bytes, const std::string& file, const ReadOptions& options,
                     ReadReport& report) {
  CsvText csv;
  csv.file = file;
  csv.job.stop = options.stop;
  DecodedText decoded = decode_text(std::move(bytes), options.encoding, csv.file, report.notes);
  report.encoding = decoded.encoding;
  csv.text = std::move(decoded.text);
  csv.skip_rows = options.skip_rows;
  csv.dialect = csv_dialect(csv.text, options, csv.file);
  report.format = csv.dialect.separator == '\t' ? "tsv" : "csv";
  note_dialect(csv.dialect, report.notes);
  return build_table(csv, MissingCodes(options.missing), report.notes);
}

}  // namespace panelist
