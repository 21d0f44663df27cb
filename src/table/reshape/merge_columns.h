// SPDX-License-Identifier: Apache-2.0
// One column out of several parts that may differ in kind.
#pragma once
#include <vector>

#include "table/column.h"

namespace panelist {

// The kind that holds all parts: equal kinds stay, numbers of different kinds become real, anything with text
// becomes text. Parts without any cell do not count.
ColumnKind common_kind(const std::vector<const Column*>& parts);

// Grows cell by cell; labels are those of the first part that has them.
class ColumnMerger {
 public:
  explicit ColumnMerger(const std::vector<const Column*>& parts);
  void add(const Column& part, std::size_t row);
  void add_missing();
  [[nodiscard]] std::size_t size() const { return is_text_ ? texts_.size() : values_.size(); }
  [[nodiscard]] bool is_missing(std::size_t row) const;
  // The cell holds the same value as `part` at `part_row`; both must be there.
  [[nodiscard]] bool agrees(std::size_t row, const Column& part, std::size_t part_row) const;
  void replace(std::size_t row, const Column& part, std::size_t part_row);
  [[nodiscard]] std::string text_at(std::size_t row) const;
  [[nodiscard]] Column take_column();

 private:
  ColumnKind kind_;
  bool is_text_;
  std::vector<double> values_;
  std::vector<std::string> texts_;
  Column labels_;
};

}  // namespace panelist
