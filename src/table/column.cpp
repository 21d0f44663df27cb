// SPDX-License-Identifier: Apache-2.0
#include "table/column.h"

#include <cmath>
#include <unordered_map>

#include "base/diagnostic.h"
#include "base/text.h"
#include "table/date.h"

namespace panelist {

Column Column::numbers(std::vector<double> values, ColumnKind kind) {
  Column column;
  column.kind_ = kind;
  column.values_ = std::move(values);
  return column;
}

Column Column::texts(const std::vector<std::string>& values) {
  std::vector<std::int32_t> codes;
  std::vector<std::string> dictionary;
  std::unordered_map<std::string, std::int32_t> code_of;
  codes.reserve(values.size());
  for (const std::string& value : values) {
    if (value.empty()) {
      codes.push_back(-1);
      continue;
    }
    const auto [place, fresh] = code_of.emplace(value, static_cast<std::int32_t>(dictionary.size()));
    if (fresh) dictionary.push_back(value);
    codes.push_back(place->second);
  }
  return coded(std::move(codes), std::move(dictionary));
}

Column Column::coded(std::vector<std::int32_t> codes, std::vector<std::string> dictionary) {
  Column column;
  column.kind_ = ColumnKind::text;
  column.codes_ = std::move(codes);
  column.dictionary_ = std::move(dictionary);
  return column;
}

void Column::throw_text() {
  throw Error("internal.text_column", "numbers of a text column were asked for",
              "this is a mistake of the program: please report it");
}

bool Column::is_missing(std::size_t row) const {
  return is_text() ? codes_[row] < 0 : std::isnan(values_[row]);
}

std::size_t Column::count_missing() const {
  std::size_t count = 0;
  for (std::size_t row = 0; row < size(); ++row) count += is_missing(row) ? 1 : 0;
  return count;
}

std::string Column::text_at(std::size_t row) const {
  if (is_missing(row)) return "";
  if (is_text()) return dictionary_[static_cast<std::size_t>(codes_[row])];
  if (kind_ == ColumnKind::date) return date_text(values_[row]);
  if (kind_ == ColumnKind::boolean && (values_[row] == 0 || values_[row] == 1)) {
    return values_[row] == 1 ? "true" : "false";
  }
  return shortest(values_[row]);
}

Column Column::take(const std::vector<std::size_t>& rows) const {
  Column taken;
  taken.kind_ = kind_;
  taken.label = label;
  taken.label_zh = label_zh;
  taken.unit = unit;
  taken.source = source;
  taken.value_labels = value_labels;
  if (is_text()) {
    taken.dictionary_ = dictionary_;
    taken.codes_.reserve(rows.size());
    for (const std::size_t row : rows) taken.codes_.push_back(codes_[row]);
  } else {
    taken.values_.reserve(rows.size());
    for (const std::size_t row : rows) taken.values_.push_back(values_[row]);
  }
  return taken;
}

}  // namespace panelist
