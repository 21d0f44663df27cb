// SPDX-License-Identifier: Apache-2.0
// Builds one typed column from text cells as they come.
//
// The first cell that is not missing proposes number, date or truth value; the first cell that disagrees makes the
// column text. Text needs the cells from the beginning: the reader then runs over the file again for that column.
// Codes such as 01 and integers beyond 2^53 are text, whole columns of them, so that nothing is lost.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "table/column.h"
#include "table/io/cell_text.h"

namespace panelist {

// What quickly read numbers were, all together.
struct QuickFlags {
  bool whole = true;
  bool leading_zero = false;
};

class ColumnBuilder {
 public:
  ColumnBuilder(const MissingCodes& missing, const NumberStyle& style)
      : missing_(&missing), style_(style), missing_counts_(missing.names().size(), 0) {}

  void reserve(std::size_t rows) { values_.reserve(rows); }
  void add(std::string_view cell);
  // A cell of a file that types its cells: number, date or boolean.
  void add_typed(double value, ColumnKind kind);
  // The cells so far do not fit one kind: call restart_as_text() and give all cells again.
  [[nodiscard]] bool failed() const { return mode_ == Mode::failed; }
  [[nodiscard]] bool will_be_text() const { return failed() || (mode_ == Mode::number && leading_zeros_); }
  void finish_pass();  // codes beyond 2^53 show only at the end
  void restart_as_text();
  [[nodiscard]] Column take_column();
  // Takes over the counts and the kind of another builder, which read the rows after these. False when the two do not
  // propose the same kind: all cells must then be read in one run. The values are the caller's business.
  bool join(const ColumnBuilder& after);
  // Takes over the cells of another builder of texts, which read the rows after these.
  void append_texts(ColumnBuilder&& after);
  // For a reader that keeps the values itself: whether it may read plain numbers on its own, what it says of those, and
  // the value of a cell just added, which is then forgotten here.
  [[nodiscard]] bool takes_quick_numbers() const {
    return mode_ == Mode::number && !missing_->shadow_numbers();
  }
  [[nodiscard]] char decimal() const { return style_.decimal; }
  void add_flags(const QuickFlags& flags);
  double take_value();
  // As take_column, with the values kept elsewhere.
  [[nodiscard]] Column take_column(std::shared_ptr<const double[]> values, std::size_t rows);
  // Text columns read as text from the beginning: what their cells would have been as numbers.
  void look_for_codes();

  [[nodiscard]] const std::vector<std::size_t>& missing_counts() const { return missing_counts_; }
  [[nodiscard]] std::size_t numbers_from_text() const { return numbers_from_text_; }
  [[nodiscard]] std::size_t thousands() const { return thousands_; }
  [[nodiscard]] bool is_text() const { return mode_ == Mode::text; }
  [[nodiscard]] bool has_codes() const { return leading_zeros_ || inexact_; }
  [[nodiscard]] bool beyond_integers() const { return inexact_; }
  // Text columns: what keeps them from being numbers.
  struct Mixture {
    std::size_t numbers = 0, others = 0;
    std::size_t infinite = 0;           // of the others: "inf", "-Infinity", 1e400
    std::vector<std::string> examples;  // up to three
    std::size_t first_row = 0;          // of the first example
  };
  [[nodiscard]] Mixture mixture() const;

 private:
  enum class Mode { open, number, date, boolean, text, failed };
  bool add_missing(std::string_view cell);
  bool add_number(std::string_view cell);
  bool add_value(std::optional<double> value);
  void add_first(std::string_view cell);
  void add_text(std::string_view cell);
  std::int32_t code_of(std::string_view cell);
  [[nodiscard]] ColumnKind kind() const;

  const MissingCodes* missing_;
  NumberStyle style_;
  Mode mode_ = Mode::open;
  std::vector<double> values_;
  bool whole_ = true;
  bool leading_zeros_ = false;
  bool inexact_ = false;
  std::size_t thousands_ = 0;
  std::size_t numbers_from_text_ = 0;
  std::vector<std::size_t> missing_counts_;
  std::vector<std::int32_t> codes_;
  std::vector<std::string> dictionary_;
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> places_;
};

}  // namespace panelist
