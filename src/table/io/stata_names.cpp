// SPDX-License-Identifier: Apache-2.0
#include "table/io/stata_names.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "base/text.h"

namespace panelist {
namespace {

constexpr std::array<std::string_view, 28> reserved = {
    "_all", "_b",     "_coef", "_cons",     "_n",    "_N",      "_pi",   "_pred", "_rc", "_skip",
    "byte", "double", "float", "if",        "in",    "int",     "long",  "strL",  "str", "using",
    "with", "_se",    "_r",    "aggregate", "array", "boolean", "break", "void"};

bool is_reserved(const std::string& name) {
  if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) return true;
  return name.starts_with("str") && name.size() > 3 &&
         std::all_of(name.begin() + 3, name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_allowed(char32_t c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter || (c >= '0' && c <= '9') ||
         (c >= 0xC0 && !(c >= 0x2000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF0F));
}

std::string first_characters(const std::string& text, std::size_t count, bool name_only) {
  std::string kept;
  for (const char32_t c : to_code_points(text)) {
    if (count-- == 0) break;
    kept += !name_only || is_allowed(c) ? from_code_point(c) : "_";
  }
  return kept;
}

std::string legal_name(const std::string& name) {
  std::string legal = first_characters(name, 32, true);
  if (legal.empty() || (legal[0] >= '0' && legal[0] <= '9')) legal = first_characters("_" + legal, 32, true);
  if (is_reserved(legal)) legal += "_";
  return legal;
}

}  // namespace

std::vector<std::string> stata_names(const std::vector<std::string>& names) {
  std::vector<std::string> legal;
  std::set<std::string> taken(names.begin(), names.end());
  std::set<std::string> used;
  for (const std::string& name : names) {
    std::string candidate = legal_name(name);
    // A name that was legal keeps itself; a repaired one gives way.
    for (int number = 2; used.count(candidate) > 0 || (candidate != name && taken.count(candidate) > 0);
         ++number) {
      candidate = first_characters(legal_name(name), 27, true) + fmt::format("_{}", number);
    }
    used.insert(candidate);
    legal.push_back(candidate);
  }
  return legal;
}

std::string stata_label(const std::string& label) { return first_characters(label, 80, false); }

}  // namespace panelist
