// SPDX-License-Identifier: Apache-2.0
#include "formula/expression/text_among_numbers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace panelist {
namespace {

bool is_share(const std::string& cell) {
  return cell.ends_with("%") && parse_number(cell.substr(0, cell.size() - 1)).has_value();
}

bool has_blank_thousands(const std::string& cell) {
  return cell.find(' ') != std::string::npos && parse_number(replace_all(cell, " ", "")).has_value();
}

std::string next_step(const std::string& cell) {
  if (is_share(cell)) return "take the percent signs out of the file, in the whole column";
  if (has_blank_thousands(cell)) return "take the blanks out of the numbers in the file";
  return fmt::format(
      "if it means missing, leave the cell empty, or write missing = [\"{}\"] under [data] of a study; "
      "else correct it",
      cell);
}

}  // namespace

TextAmongNumbers text_among_numbers(const Value& value) {
  std::vector<bool> number;
  for (const std::string& word : value.dictionary()) number.push_back(parse_number(word).has_value());
  std::size_t numbers = 0, others = 0, first = 0;
  for (std::size_t row = 0; row < value.code_data().size(); ++row) {
    const std::int32_t code = value.code_data()[row];
    if (code < 0) continue;
    if (number[static_cast<std::size_t>(code)])
      ++numbers;
    else if (others++ == 0)
      first = row;
  }
  if (others == 0 || numbers <= others) return {};
  const std::string& cell = value.dictionary()[static_cast<std::size_t>(value.code_data()[first])];
  return {fmt::format(": {} of its cells are numbers, but row {} of the data holds \"{}\"", numbers,
                      first + 1, cell),
          next_step(cell)};
}

}  // namespace panelist
