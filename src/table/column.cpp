// SPDX-License-Identifier: Apache-2.0
#include "table/column.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/diagnostic.h"
#include "base/text.h"
#include "table/date.h"

namespace panelist {

Column Column::numbers(std::vector<double> values, ColumnKind kind) {
  auto numbers = std::make_shared<Numbers>();
  numbers->rows = values.size();
  numbers->vector = std::move(values);
  numbers->cells = {std::shared_ptr<void>(),
                    numbers->vector.data()};  // lives as long as the vector beside it
  Column column;
  column.kind_ = kind;
  column.numbers_ = std::move(numbers);
  return column;
}

Column Column::shared(std::shared_ptr<const double[]> cells, std::size_t rows, ColumnKind kind) {
  auto numbers = std::make_shared<Numbers>();
  numbers->cells = std::move(cells);
  numbers->rows = rows;
  Column column;
  column.kind_ = kind;
  column.numbers_ = std::move(numbers);
  return column;
}

const std::vector<double>& Column::values() const {
  static const std::vector<double> none;
  const std::span<const double> all = cells();
  if (all.empty()) return none;
  std::call_once(numbers_->copied, [&] {
    if (numbers_->vector.empty()) numbers_->vector.assign(all.begin(), all.end());
  });
  return numbers_->vector;
}

std::shared_ptr<const double[]> Column::shared_cells() const {
  const std::span<const double> all = cells();
  if (all.empty()) return nullptr;
  // Cells within a vector live with it; others keep themselves.
  if (numbers_->cells.use_count() == 0) return {numbers_, all.data()};
  return numbers_->cells;
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
  return is_text() ? codes_[row] < 0 : std::isnan(cells()[row]);
}

std::size_t Column::count_missing() const {
  if (is_text()) return static_cast<std::size_t>(std::count(codes_.begin(), codes_.end(), -1));
  const std::span<const double> all = cells();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](double value) { return std::isnan(value); }));
}

std::string Column::text_at(std::size_t row) const {
  if (is_missing(row)) return "";
  if (is_text()) return dictionary_[static_cast<std::size_t>(codes_[row])];
  const double value = cells()[row];
  if (kind_ == ColumnKind::date) return date_text(value);
  if (kind_ == ColumnKind::boolean && (value == 0 || value == 1)) return value == 1 ? "true" : "false";
  return shortest(value);
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
    const std::span<const double> all = cells();
    std::vector<double> values;
    values.reserve(rows.size());
    for (const std::size_t row : rows) values.push_back(all[row]);
    taken.numbers_ = numbers(std::move(values)).numbers_;
  }
  return taken;
}

}  // namespace panelist
