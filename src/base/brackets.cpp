// SPDX-License-Identifier: Apache-2.0
#include "base/brackets.h"

#include "base/text.h"

namespace panelist {

std::vector<std::string> split_outside_brackets(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ',';
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      --depth;
    }
    if (i == text.size() || (c == ',' && depth <= 0 && quote == 0)) {
      if (const auto part = trim(text.substr(begin, i - begin)); !part.empty()) parts.emplace_back(part);
      begin = i + 1;
    }
  }
  return parts;
}

}  // namespace panelist
