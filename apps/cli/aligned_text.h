// SPDX-License-Identifier: Apache-2.0
// Lines of cells in columns, aligned by display width (a Chinese character counts two). The first column and
// those said to be text stand left, the others right.
#pragma once
#include <string>
#include <vector>

namespace panelist::cli {

class AlignedText {
 public:
  // `sides` has one letter a column, l or r; columns beyond it stand left.
  explicit AlignedText(std::string indent, std::string sides = "")
      : indent_(std::move(indent)), sides_(std::move(sides)) {}
  void add(std::vector<std::string> cells) { lines_.push_back(std::move(cells)); }
  [[nodiscard]] bool empty() const { return lines_.empty(); }
  [[nodiscard]] std::string text() const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths() const;
  std::string indent_, sides_;
  std::vector<std::vector<std::string>> lines_;
};

}  // namespace panelist::cli
