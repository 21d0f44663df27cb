// SPDX-License-Identifier: Apache-2.0
// A typed column of a table.
//
// Numeric kinds (real, integer, boolean, date) are stored as doubles; missing is NaN. A date counts days
// since 1970-01-01. Copying a column copies no number: they are shared and never change. Text is coded: `codes` holds an index into `dictionary` (order of first appearance), -1
// is missing.
#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace panelist {

inline constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

enum class ColumnKind { real, integer, boolean, date, text };

class Column {
 public:
  static Column numbers(std::vector<double> values, ColumnKind kind = ColumnKind::real);
  // Cells that lie elsewhere (on large pages, in a mapped file), kept alive by the column.
  static Column shared(std::shared_ptr<const double[]> cells, std::size_t rows, ColumnKind kind);
  static Column texts(const std::vector<std::string>& values);  // "" is missing
  static Column coded(std::vector<std::int32_t> codes, std::vector<std::string> dictionary);

  [[nodiscard]] ColumnKind kind() const { return kind_; }
  [[nodiscard]] bool is_text() const { return kind_ == ColumnKind::text; }
  [[nodiscard]] std::size_t size() const { return is_text() ? codes_.size() : cells().size(); }
  [[nodiscard]] bool is_missing(std::size_t row) const;
  [[nodiscard]] std::size_t count_missing() const;

  // Numeric kinds only: of a text they throw internal.text_column. values() of shared cells is a copy, made once; what
  // looks at many cells takes cells().
  [[nodiscard]] std::span<const double> cells() const {
    if (is_text()) throw_text();
    return numbers_ == nullptr ? std::span<const double>() : std::span(numbers_->cells.get(), numbers_->rows);
  }
  [[nodiscard]] const std::vector<double>& values() const;
  // cells() for others to keep.
  [[nodiscard]] std::shared_ptr<const double[]> shared_cells() const;
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

  struct Numbers {
    std::shared_ptr<const double[]> cells;
    std::size_t rows = 0;
    mutable std::vector<double> vector;  // what cells points into, or the copy of values()
    mutable std::once_flag copied;
  };

  ColumnKind kind_ = ColumnKind::real;
  std::shared_ptr<const Numbers> numbers_;  // null when there is none
  std::vector<std::int32_t> codes_;
  std::vector<std::string> dictionary_;
};

}  // namespace panelist
