// SPDX-License-Identifier: Apache-2.0
#include "table/io/csv_dialect.h"

#include "base/file.h"
#include "table/io/csv_scanner.h"

namespace panelist {
namespace {

constexpr std::size_t sample_records = 200;
constexpr std::size_t sample_bytes = std::size_t{1} << 20;

using Records = std::vector<std::vector<Field>>;

Records sample(std::string_view text, char separator, int skip_rows, const std::string& file) {
  if (text.size() > sample_bytes) {
    const std::size_t end = text.rfind('\n', sample_bytes);
    text = text.substr(0, end == std::string_view::npos ? sample_bytes : end + 1);
  }
  CsvScanner scanner(text, separator, file);
  scanner.skip_lines(static_cast<std::size_t>(std::max(skip_rows, 0)));
  Records records;
  try {
    std::vector<Field> fields;
    while (records.size() < sample_records && scanner.next(fields)) {
      if (fields.size() > 1 || !fields[0].raw.empty()) records.push_back(fields);
      fields.clear();
    }
  } catch (const Error&) {
    // An open quote: the sample may end within a quoted field, and the real reading reports what is wrong.
  }
  return records;
}

// Records with as many fields as the header, times that number; 0 when the header is not cut.
double score(const Records& records) {
  if (records.empty() || records[0].size() < 2) return 0;
  std::size_t equal = 0;
  for (const auto& record : records) equal += record.size() == records[0].size() ? 1 : 0;
  const double share = static_cast<double>(equal) / static_cast<double>(records.size());
  return share * share * (1.0 + 0.01 * static_cast<double>(std::min<std::size_t>(records[0].size(), 50)));
}

char guess_separator(std::string_view text, const ReadOptions& options, const std::string& file) {
  const std::string extension = extension_of(file);
  char best = extension == "tsv" || extension == "tab" ? '\t' : ',';
  double best_score = score(sample(text, best, options.skip_rows, file));
  for (const char candidate : {',', ';', '\t', '|'}) {
    const double candidate_score = score(sample(text, candidate, options.skip_rows, file));
    if (candidate_score <= best_score) continue;
    best = candidate;
    best_score = candidate_score;
  }
  return best;
}

// 12,5 is a decimal comma; 1,234 may be thousands and says nothing.
bool speaks_for_comma(std::string_view text) {
  CellNumber number;
  if (!parse_cell_number(text, {',', '.'}, number) || number.whole || number.thousands) return false;
  const std::size_t comma = text.find(',');
  return comma != std::string_view::npos && (text.size() - comma - 1 != 3 || text[0] == '0');
}

bool speaks_for_point(std::string_view text) {
  CellNumber number;
  return text.find('.') != std::string_view::npos && parse_cell_number(text, {'.', ','}, number);
}

char guess_decimal(const Records& records) {
  std::size_t commas = 0, points = 0;
  std::string storage;
  for (std::size_t i = 1; i < records.size(); ++i) {
    for (const Field& field : records[i]) {
      const std::string_view text = field_text(field, storage);
      commas += speaks_for_comma(text) ? 1 : 0;
      points += speaks_for_point(text) ? 1 : 0;
    }
  }
  return commas > points ? ',' : '.';
}

}  // namespace

CsvDialect csv_dialect(std::string_view text, const ReadOptions& options, const std::string& file) {
  CsvDialect dialect;
  dialect.separator = options.separator != 0 ? options.separator : guess_separator(text, options, file);
  dialect.numbers.decimal = options.decimal;
  if (options.decimal == 0)
    dialect.numbers.decimal = guess_decimal(sample(text, dialect.separator, options.skip_rows, file));
  dialect.numbers.thousands = dialect.numbers.decimal == ',' ? '.' : ',';
  return dialect;
}

}  // namespace panelist
