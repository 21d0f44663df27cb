// SPDX-License-Identifier: Apache-2.0
#include "table/spreadsheet_text.h"

#include "base/text.h"

namespace panelist {

namespace {

// Apostrophes, then a character that starts a formula.
bool starts_formula(std::string_view text) {
  const std::size_t at = text.find_first_not_of('\'');
  return at != std::string_view::npos &&
         std::string_view("=+-@\t\r").find(text[at]) != std::string_view::npos;
}

}  // namespace

std::string guarded_text(std::string_view text) {
  const bool harmless = !starts_formula(text) || parse_number(text).has_value();
  return (harmless ? "" : "'") + std::string(text);
}

std::string_view unguarded_text(std::string_view text) {
  return text.starts_with('\'') && starts_formula(text) ? text.substr(1) : text;
}

}  // namespace panelist
