// SPDX-License-Identifier: Apache-2.0
#include "table/read.h"

#include "base/file.h"
#include "base/text.h"
#include "table/date.h"

namespace panelist {
namespace {

using Records = std::vector<std::vector<std::string>>;

Records split_records(std::string_view text, char separator) {
  Records records(1);
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        field += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        field += text[i++];
      else
        quoted = false;
    } else if (c == '"' && field.empty()) {
      quoted = true;
    } else if (c == separator || c == '\n') {
      records.back().push_back(field);
      field.clear();
      if (c == '\n') records.emplace_back();
    } else if (c != '\r') {
      field += c;
    }
  }
  if (!field.empty() || !records.back().empty()) records.back().push_back(field);
  std::erase_if(records, [](const auto& record) {
    return record.empty() || (record.size() == 1 && record[0].empty());
  });
  return records;
}

bool is_missing_code(const std::string& text) {
  static const std::vector<std::string> codes = {"", "NA", "NaN", ".", "…", "—", "--", "null"};
  return std::find(codes.begin(), codes.end(), text) != codes.end();
}

Column typed_column(const std::vector<std::string>& cells) {
  std::vector<double> values;
  bool whole = true;
  for (const std::string& cell : cells) {
    const auto number = is_missing_code(cell) ? missing_value : parse_number(cell);
    if (!number) {
      std::vector<std::string> texts = cells;
      for (std::string& text : texts) {
        if (is_missing_code(text)) text.clear();
      }
      return Column::texts(texts);
    }
    whole = whole && (std::isnan(*number) || *number == std::floor(*number));
    values.push_back(*number);
  }
  return Column::numbers(std::move(values), whole ? ColumnKind::integer : ColumnKind::real);
}

}  // namespace

Table read_table(const std::string& path, const ReadOptions& options, ReadReport* report) {
  const std::string bytes = read_file(path);
  std::string_view text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const Records records = split_records(text, options.separator != 0 ? options.separator : ',');
  if (records.empty()) throw Error("data.empty", "the file `" + path + "` is empty");
  Table table(records.size() - 1);
  table.source = file_name_of(path);
  for (std::size_t j = 0; j < records[0].size(); ++j) {
    std::vector<std::string> cells;
    for (std::size_t i = 1; i < records.size(); ++i) {
      if (records[i].size() != records[0].size())
        throw Error("data.ragged_row", "a row has another number of cells");
      cells.emplace_back(trim(records[i][j]));
    }
    table.set(records[0][j], typed_column(cells));
  }
  for (std::size_t i = 1; i < records.size(); ++i) table.source_rows.push_back(i + 1);
  if (report != nullptr) report->format = "csv";
  return table;
}

}  // namespace panelist
