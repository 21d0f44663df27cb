// SPDX-License-Identifier: Apache-2.0
// What a node evaluates to: one number or text a row, or one constant for all rows. Columns of the table are
// borrowed, never copied, and kept alive.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "table/column.h"

namespace panelist {

class Value {
 public:
  static Value constant(double number);
  static Value constant_text(const std::string& text);
  static Value nothing();  // NA: missing, number or text as its neighbours need
  static Value borrowed(std::shared_ptr<const Column> column);
  static Value numbers(std::vector<double> values, ColumnKind kind = ColumnKind::real);
  static Value texts(std::vector<std::int32_t> codes, std::vector<std::string> dictionary);

  [[nodiscard]] ColumnKind kind() const { return kind_; }
  [[nodiscard]] bool is_text() const { return kind_ == ColumnKind::text; }
  [[nodiscard]] bool is_constant() const { return constant_; }
  [[nodiscard]] bool is_nothing() const { return nothing_; }

  [[nodiscard]] double number(std::size_t row) const { return number_data()[constant_ ? 0 : row]; }
  [[nodiscard]] std::int32_t code(std::size_t row) const { return code_data()[constant_ ? 0 : row]; }
  [[nodiscard]] std::span<const double> number_data() const {
    return column_ != nullptr ? column_->cells() : std::span<const double>(*numbers_);
  }
  [[nodiscard]] const std::vector<std::int32_t>& code_data() const {
    return column_ != nullptr ? column_->codes() : codes_;
  }
  [[nodiscard]] const std::vector<std::string>& dictionary() const {
    return column_ != nullptr ? column_->dictionary() : dictionary_;
  }
  // number_data() for others to keep.
  [[nodiscard]] std::shared_ptr<const double[]> shared_numbers() const;
  // The column of the table, or null.
  [[nodiscard]] const std::shared_ptr<const Column>& table_column() const { return column_; }
  [[nodiscard]] bool is_missing(std::size_t row) const;

  // One cell a row; a constant is repeated.
  [[nodiscard]] Column column(std::size_t rows) const;
  [[nodiscard]] std::vector<double> number_rows(std::size_t rows) const;
  // The same as text: numbers in their shortest form.
  [[nodiscard]] Value as_text(std::size_t rows) const;

 private:
  ColumnKind kind_ = ColumnKind::real;
  bool constant_ = false;
  bool nothing_ = false;
  std::shared_ptr<const Column> column_;
  std::shared_ptr<const std::vector<double>> numbers_;
  std::vector<std::int32_t> codes_;
  std::vector<std::string> dictionary_;
};

}  // namespace panelist
