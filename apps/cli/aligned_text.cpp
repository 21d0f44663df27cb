// SPDX-License-Identifier: Apache-2.0
#include "cli/aligned_text.h"

#include <algorithm>

#include "base/text.h"

namespace panelist::cli {

std::vector<std::size_t> AlignedText::widths() const {
  std::vector<std::size_t> widths;
  for (const auto& cells : lines_) {
    widths.resize(std::max(widths.size(), cells.size()), 0);
    for (std::size_t c = 0; c < cells.size(); ++c) widths[c] = std::max(widths[c], display_width(cells[c]));
  }
  return widths;
}

std::string AlignedText::text() const {
  const std::vector<std::size_t> wide = widths();
  std::string text;
  for (const auto& cells : lines_) {
    std::string line = indent_;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::string space(wide[c] - display_width(cells[c]), ' ');
      const bool right = c < sides_.size() && sides_[c] == 'r';
      line += (c > 0 ? "  " : "") + (right ? space + cells[c] : cells[c] + space);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace panelist::cli
