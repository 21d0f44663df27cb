// SPDX-License-Identifier: Apache-2.0
// Separated text: a quick reading in pieces; where that fails, one run over the whole text, which names what is wrong.
#include "base/file.h"
#include "base/text.h"
#include "table/io/csv_column.h"
#include "table/io/csv_dialect.h"
#include "table/io/csv_notes.h"
#include "table/io/csv_pieces.h"
#include "table/io/csv_records.h"
#include "table/io/encoding.h"
#include "table/io/formats.h"
#include "table/io/text_bytes.h"
#include "table/spreadsheet_text.h"

namespace panelist {
namespace {

constexpr std::size_t block_records = 512;  // fields of a block stay in the second-level cache
constexpr std::size_t head_bytes = (std::size_t{1} << 20) + 65536;  // more than the dialect looks at

// Columns as they were read, by their places in the header.
struct ReadColumns {
  std::vector<std::size_t> wanted;
  std::vector<ColumnBuilder> builders;             // of the columns wanted
  std::vector<std::shared_ptr<double[]>> numbers;  // cells beside the builders; empty when these hold them
  RowNumbers lines;
  std::size_t footnotes = 0;
};

// One run over the records: the columns listed in `wanted` get their cells.
class Pass {
 public:
  Pass(const CsvText& csv, std::size_t columns, ReadColumns& read)
      : csv_(csv), columns_(columns), read_(read) {}

  // Gives their cells to the builders listed, by place in ReadColumns::wanted.
  void run(const std::vector<std::size_t>& chosen, bool count) {
    std::vector<Field> fields;
    CsvScanner scanner = scanner_after_header(csv_, fields);
    fields.clear();
    std::size_t begin = 0;
    while (scanner.next(fields)) {
      csv_.job.stop_if_asked();
      const RecordKind kind = settle_record(fields, begin, columns_, scanner);
      if (kind != RecordKind::row) {
        read_.footnotes += count && kind == RecordKind::footnote ? 1 : 0;
        fields.resize(begin);
        continue;
      }
      if (count) read_.lines.push_back(scanner.record_line());
      begin = fields.size();
      if (begin >= block_records * columns_) {
        flush(fields, chosen);
        begin = 0;
      }
    }
    flush(fields, chosen);
  }

 private:
  void flush(std::vector<Field>& fields, const std::vector<std::size_t>& chosen) {
    const std::size_t records = fields.size() / columns_;
    for (const std::size_t place : chosen) {
      ColumnBuilder& builder = read_.builders[place];
      for (std::size_t record = 0; record < records; ++record) {
        const Field& field = fields[record * columns_ + read_.wanted[place]];
        builder.add(unguarded_text(field_text(field, storage_)));
      }
    }
    fields.clear();
  }

  const CsvText& csv_;
  std::size_t columns_;
  ReadColumns& read_;
  std::string storage_;
};

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

void read_in_one_run(const CsvText& csv, std::size_t columns, const ColumnBuilder& fresh, ReadColumns& read) {
  read.builders.assign(read.wanted.size(), fresh);
  std::vector<std::size_t> all(read.wanted.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  Pass pass(csv, columns, read);
  pass.run(all, true);
  const std::vector<std::size_t> texts = restart_failed(read.builders);
  if (!texts.empty()) pass.run(texts, false);
}

bool read_quickly(const CsvText& head, std::size_t columns, const TextSource& source, std::size_t skipped,
                  const ColumnBuilder& fresh, ReadColumns& read) {
  std::vector<Field> header;
  const CsvScanner scanner = scanner_after_header(head, header);
  PiecesRequest request{
      source, {columns, head.dialect.separator, scanner.line_end(), head.file}, {}, read.wanted};
  request.start = {std::min(skipped + scanner.position(), source.size()), 0, scanner.line()};
  std::optional<PiecesResult> result = read_in_pieces(head.job, request, fresh);
  if (!result) return false;
  read.builders = std::move(result->builders);
  read.numbers = std::move(result->numbers);
  read.lines = std::move(result->lines);
  read.footnotes = result->footnotes;
  for (ColumnBuilder& builder : read.builders) builder.look_for_codes();
  return true;
}

Table build_table(const CsvText& csv, const std::vector<std::string>& names, ReadColumns read,
                  const MissingCodes& missing, Diagnostics& notes) {
  note_footnotes(read.footnotes, notes);
  note_missing_codes(read.builders, missing, notes);
  Table table(read.lines.size());
  for (std::size_t i = 0; i < read.wanted.size(); ++i) {
    const std::string& name = names[read.wanted[i]];
    note_column(name, read.builders[i], read.lines, notes);
    table.set(name, read.numbers.empty()
                        ? read.builders[i].take_column()
                        : read.builders[i].take_column(std::move(read.numbers[i]), table.rows()));
  }
  table.source = csv.file;
  table.source_rows = std::move(read.lines);
  return table;
}

CsvText text_of(const std::string& file, const ReadOptions& options) {
  CsvText csv;
  csv.file = file;
  csv.job.stop = options.stop;
  csv.job.threads = options.threads;
  csv.skip_rows = options.skip_rows;
  return csv;
}

void note_format(const CsvText& csv, ReadReport& report) {
  report.format = csv.dialect.separator == '\t' ? "tsv" : "csv";
  note_dialect(csv.dialect, report.notes);
}

Table read_text(const CsvText& csv, const ReadOptions& options, ReadReport& report) {
  note_format(csv, report);
  const MissingCodes missing(options.missing);
  const std::vector<std::string> names = read_header(csv);
  note_numeric_header(names, report.notes);
  const ColumnBuilder fresh(missing, csv.dialect.numbers);
  ReadColumns read;
  read.wanted = chosen_columns(names, options.columns);
  // A missing code that itself looks like a value: then the order of cells decides the kind.
  const bool in_pieces = !missing.shadow_values();
  if (!in_pieces || !read_quickly(csv, names.size(), TextSource(csv.text), 0, fresh, read))
    read_in_one_run(csv, names.size(), fresh, read);
  return build_table(csv, names, std::move(read), missing, report.notes);
}

// The beginning of a large file that seems to be plain UTF-8: enough for its dialect and its header.
std::optional<CsvText> plain_head(const TextSource& source, const std::string& file,
                                  const ReadOptions& options) {
  CsvText head = text_of(file, options);
  head.text.resize(head_bytes);
  if (!source.read(0, head_bytes, head.text.data())) return std::nullopt;
  if (head.text.starts_with("\xFF\xFE") || head.text.starts_with("\xFE\xFF")) return std::nullopt;
  if (head.text.starts_with("\xEF\xBB\xBF")) head.text.erase(0, head.mark = 3);
  const std::size_t last = head.text.rfind('\n');
  if (last == std::string::npos || last < head_bytes - 65536 + 3) return std::nullopt;
  head.text.resize(last + 1);
  if (head.text.find('\0') != std::string::npos || first_invalid_utf8(head.text) != std::string::npos)
    return std::nullopt;
  return head;
}

// A large plain file, without its text in memory. Nothing when it is not that, or anything is wrong with it.
std::optional<Table> read_large_file(const std::string& path, const ReadOptions& options,
                                     ReadReport& report) {
  const std::string encoding = lower_ascii(options.encoding);
  if (!encoding.empty() && encoding != "utf-8" && encoding != "utf8") return std::nullopt;
  const TextSource source = TextSource::file(path);
  const MissingCodes missing(options.missing);
  if (source.size() <= head_bytes || missing.shadow_values()) return std::nullopt;
  std::optional<CsvText> head = plain_head(source, file_name_of(path), options);
  if (!head) return std::nullopt;
  ReadReport own;
  own.encoding = "utf-8";
  head->dialect = csv_dialect(head->text, options, head->file);
  note_format(*head, own);
  std::vector<Field> header;
  if (scanner_after_header(*head, header).position() >= head->text.size()) return std::nullopt;
  const std::vector<std::string> names = read_header(*head);
  note_numeric_header(names, own.notes);
  ReadColumns read;
  read.wanted = chosen_columns(names, options.columns);
  if (!read_quickly(*head, names.size(), source, head->mark, ColumnBuilder(missing, head->dialect.numbers),
                    read))
    return std::nullopt;
  Table table = build_table(*head, names, std::move(read), missing, own.notes);
  report.format = own.format;
  report.encoding = own.encoding;
  report.notes.append(own.notes);
  return table;
}

}  // namespace

Table read_csv(const std::string& path, const ReadOptions& options, ReadReport& report) {
  if (std::optional<Table> table = read_large_file(path, options, report)) return std::move(*table);
  Context job;
  job.stop = options.stop;
  return read_csv_bytes(read_text_bytes(path, job), file_name_of(path), options, report);
}

Table read_csv_bytes(std::string bytes, const std::string& file, const ReadOptions& options,
                     ReadReport& report) {
  CsvText csv = text_of(file, options);
  DecodedText decoded = decode_text(std::move(bytes), options.encoding, csv.file, report.notes);
  report.encoding = decoded.encoding;
  csv.text = std::move(decoded.text);
  csv.dialect = csv_dialect(csv.text, options, csv.file);
  return read_text(csv, options, report);
}

}  // namespace panelist
