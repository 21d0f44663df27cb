// SPDX-License-Identifier: Apache-2.0
// Separated text: a quick scan into fields, blocks of records, typed columns.
#include <fmt/format.h>

#include <atomic>

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
  Context job;            // the stop and the threads
  bool in_pieces = true;  // pieces may be read apart
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
    run(scanner, lines);
  }

  // From where the scanner stands.
  void run(CsvScanner& scanner, std::vector<std::size_t>* lines) {
    begin_ = scanner.position();
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
    const double share =
        static_cast<double>(scanner.position() - begin_) / static_cast<double>(scanner.size() - begin_);
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
  std::size_t begin_ = 0;
};

std::vector<std::size_t> all_columns(std::size_t count) {
  std::vector<std::size_t> columns(count);
  for (std::size_t i = 0; i < count; ++i) columns[i] = i;
  return columns;
}

// A stretch of whole records, read on its own.
struct Piece {
  std::size_t begin = 0, end = 0, first_line = 0;
  std::vector<ColumnBuilder> builders;
  std::vector<std::size_t> lines;
  std::size_t footnotes = 0;
};

constexpr std::size_t piece_bytes = std::size_t{4} << 20;

// Cuts the records after the header at line ends; only texts without a quote can be cut like that.
std::vector<Piece> pieces_of(const CsvText& csv) {
  std::vector<Field> header;
  const CsvScanner start = scanner_after_header(csv, header);
  std::vector<Piece> pieces;
  for (std::size_t at = start.position(); at < csv.text.size();) {
    std::size_t end = csv.text.find(start.line_end(), std::min(at + piece_bytes, csv.text.size()));
    end = end == std::string::npos ? csv.text.size() : end + 1;
    pieces.push_back({at, end, start.line(), {}, {}, 0});
    at = end;
  }
  return pieces;
}

// Lines within a piece count from its own first; what is before it is added here.
void number_lines(const Context& job, std::vector<Piece>& pieces, const CsvText& csv, char line_end) {
  std::vector<std::size_t> ends(pieces.size());
  for_each_block(job, static_cast<std::int64_t>(pieces.size()), [&](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    const char* const text = csv.text.data();
    ends[at] = static_cast<std::size_t>(std::count(text + pieces[at].begin, text + pieces[at].end, line_end));
  });
  std::size_t before = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::size_t& line : pieces[i].lines) line += before;
    before += ends[i];
  }
}

// Values of the pieces in one array a column, and the lines of all.
void stitch(const Context& job, std::vector<Piece>& pieces, std::vector<ColumnBuilder>& builders,
            std::vector<std::size_t>& lines) {
  std::vector<std::size_t> starts = {0};
  for (const Piece& piece : pieces) starts.push_back(starts.back() + piece.lines.size());
  const auto columns = static_cast<std::int64_t>(builders.size());
  for_each_block(job, columns + 1, [&](std::int64_t column) {
    if (column == columns) {
      lines.reserve(starts.back());
      for (const Piece& piece : pieces) lines.insert(lines.end(), piece.lines.begin(), piece.lines.end());
      return;
    }
    const auto at = static_cast<std::size_t>(column);
    if (builders[at].failed()) return;
    std::vector<double> values;
    values.reserve(starts.back());
    for (Piece& piece : pieces) {
      const std::vector<double>& own = piece.builders[at].values();
      values.insert(values.end(), own.begin(), own.end());
      piece.builders[at].set_values({});
    }
    builders[at].set_values(std::move(values));
  });
}

// Reads the pieces on several threads. False when one of them holds an error or columns change their kind between
// pieces: one run over the whole text then finds and says it.
bool read_in_pieces(const CsvText& csv, std::vector<ColumnBuilder>& builders, std::vector<std::size_t>& lines,
                    std::size_t& footnotes) {
  if (!csv.in_pieces || csv.text.size() < 2 * piece_bytes || csv.text.find('"') != std::string::npos)
    return false;
  std::vector<Piece> pieces = pieces_of(csv);
  const CsvScanner whole(csv.text, csv.dialect.separator, csv.file);
  std::atomic<bool> sound{true};
  for_each_block(csv.job, static_cast<std::int64_t>(pieces.size()), [&](std::int64_t i) {
    Piece& piece = pieces[static_cast<std::size_t>(i)];
    piece.builders = builders;
    CsvScanner scanner = whole;
    scanner.restrict(piece.begin, piece.end, piece.first_line);
    Pass pass(csv, piece.builders, all_columns(builders.size()));
    try {
      pass.run(scanner, &piece.lines);
    } catch (const Error&) {
      sound = false;
    }
    piece.footnotes = pass.footnotes();
  });
  if (!sound) return false;
  std::vector<ColumnBuilder> joined = builders;
  for (const Piece& piece : pieces) {
    footnotes += piece.footnotes;
    for (std::size_t i = 0; i < joined.size(); ++i)
      if (!joined[i].join(piece.builders[i])) return false;
  }
  builders = std::move(joined);
  number_lines(csv.job, pieces, csv, whole.line_end());
  stitch(csv.job, pieces, builders, lines);
  return true;
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
  std::size_t footnotes = 0;
  if (!read_in_pieces(csv, builders, lines, footnotes)) {
    Pass first(csv, builders, all_columns(names.size()));
    first.run(&lines);
    footnotes = first.footnotes();
  }
  note_footnotes(footnotes, notes);
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
  csv.job.threads = options.threads;
  // A missing code of the user may itself look like a value: then the order of cells decides the kind.
  csv.in_pieces = options.missing.empty();
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
