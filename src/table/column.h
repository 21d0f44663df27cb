// SPDX-License-Identifier: Apache-2.0
// A typed column of a table.
//
// Numeric kinds (real, integer, boolean, date) are stored as doubles; missing is NaN. A date counts days
// since 1970-01-01. Text is coded: `codes` holds an index into `dictionary` (order of first appearance), -1
// is missing.
#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace panelist {

inline constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

enum class ColumnKind { real, integer, boolean, date, text };

class Column {
 public:
  static Column numbers(std::vector<double> values, ColumnKind kind = ColumnKind::real);
  static Column texts(const std::vector<std::string>& values);  // "" is missing
  static Column coded(std::vector<std::int32_t> codes, std::vector<std::string> dictionary);

  [[nodiscard]] ColumnKind kind() const { return kind_; }
  [[nodiscard]] bool is_text() const { return kind_ == ColumnKind::text; }
  [[nodiscard]] std::size_t size() const { return is_text() ? codes_.size() : values_.size(); }
  [[nodiscard]] bool is_missing(std::size_t row) const;
  [[nodiscard]] std::size_t count_missing() const;

  // Numeric kinds only: of a text it throws internal.text_column.
  [[nodiscard]] const std::vector<double>& values() const {
    if (is_text()) throw_text();
    return values_;
  }
  // Text only.
  [[nodiscard]] const std::vector<std::int32_t>& codes() const { return codes_; }
  [[nodiscard]] const std::vector<std::string>& dictionary() const { return dictionary_; }
  // The cell as text ("" when missing); numbers in their shortest form, dates as YYYY-MM-DD.
  [[nodiscard]] std::string text_at(std::size_t row) const;

  // The rows listed, in that order.
  [[nodiscard]] Column take(const std::vector<std::size_t>& rows) const;

  std::string label;                           // "GDP per head"
  std::string label_zh;                        // "人均GDP"
  std::string unit;                            // "100 million yuan"
  std::string source;                          // provenance, from the codebook
  std::map<double, std::string> value_labels;  // numeric codes with names, as Stata keeps them

 private:
  [[noreturn]] static void throw_text();

  ColumnKind kind_ = ColumnKind::real;
  std::vector<double> values_;
  std::vector<std::int32_t> codes_;
  std::vector<std::string> dictionary_;
};

}  // namespace panelist
