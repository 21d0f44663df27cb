// SPDX-License-Identifier: Apache-2.0
#include "formula/expression/value.h"

#include <cmath>
#include <unordered_map>

#include "base/text.h"

namespace panelist {

Value Value::constant(double number) {
  Value value;
  value.constant_ = true;
  value.numbers_ = std::make_shared<const std::vector<double>>(1, number);
  return value;
}

Value Value::constant_text(const std::string& text) {
  Value value;
  value.kind_ = ColumnKind::text;
  value.constant_ = true;
  value.codes_ = {text.empty() ? -1 : 0};
  value.dictionary_ = {text};
  return value;
}

Value Value::nothing() {
  Value value = constant(missing_value);
  value.nothing_ = true;
  return value;
}

Value Value::borrowed(std::shared_ptr<const Column> column) {
  Value value;
  value.kind_ = column->kind();
  value.column_ = std::move(column);
  return value;
}

Value Value::numbers(std::vector<double> values, ColumnKind kind) {
  Value value;
  value.kind_ = kind;
  value.numbers_ = std::make_shared<const std::vector<double>>(std::move(values));
  return value;
}

Value Value::texts(std::vector<std::int32_t> codes, std::vector<std::string> dictionary) {
  Value value;
  value.kind_ = ColumnKind::text;
  value.codes_ = std::move(codes);
  value.dictionary_ = std::move(dictionary);
  return value;
}

std::shared_ptr<const double[]> Value::shared_numbers() const {
  if (column_ != nullptr) return column_->shared_cells();
  return {numbers_, numbers_->data()};
}

bool Value::is_missing(std::size_t row) const { return is_text() ? code(row) < 0 : std::isnan(number(row)); }

Column Value::column(std::size_t rows) const {
  if (column_ != nullptr) return *column_;
  if (is_text()) {
    return Column::coded(constant_ ? std::vector<std::int32_t>(rows, codes_[0]) : codes_, dictionary_);
  }
  return Column::numbers(number_rows(rows), kind_);
}

std::vector<double> Value::number_rows(std::size_t rows) const {
  if (constant_) return std::vector<double>(rows, number(0));
  return {number_data().begin(), number_data().end()};
}

Value Value::as_text(std::size_t rows) const {
  if (is_text()) return *this;
  std::unordered_map<double, std::int32_t> seen;
  std::vector<std::int32_t> codes(rows, -1);
  std::vector<std::string> words;
  for (std::size_t row = 0; row < rows; ++row) {
    const double cell = number(row);
    if (std::isnan(cell)) continue;
    const auto [place, added] = seen.emplace(cell, static_cast<std::int32_t>(words.size()));
    if (added) words.push_back(shortest(cell));
    codes[row] = place->second;
  }
  return texts(std::move(codes), std::move(words));
}

}  // namespace panelist
