// SPDX-License-Identifier: Apache-2.0
#include "table/io/cell_text.h"

#include <fast_float/fast_float.h>

#include <array>

#include "base/text.h"
#include "table/date.h"

namespace panelist {
namespace {

constexpr std::array<std::string_view, 5> wide_blanks = {"\u3000", "\u00A0", "\uFEFF", "\u200B", "\u2003"};
constexpr double largest_exact = 9007199254740992.0;  // 2^53

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool drop_wide_blank(std::string_view& text) {
  for (const std::string_view blank : wide_blanks) {
    if (text.starts_with(blank)) {
      text.remove_prefix(blank.size());
      return true;
    }
    if (text.ends_with(blank)) {
      text.remove_suffix(blank.size());
      return true;
    }
  }
  return false;
}

// Up to fifteen digits: exact in a double and quicker than the general road.
bool parse_short_integer(std::string_view digits, bool negative, CellNumber& number) {
  if (digits.empty() || digits.size() > 15) return false;
  long long value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return false;
    value = value * 10 + (c - '0');
  }
  number.value = negative ? -static_cast<double>(value) : static_cast<double>(value);
  number.whole = true;
  number.leading_zero = digits.size() > 1 && digits[0] == '0' && !negative;
  return true;
}

bool parse_plain(std::string_view unsigned_text, bool negative, char decimal, CellNumber& number) {
  if (unsigned_text.empty() || !(is_digit(unsigned_text[0]) || unsigned_text[0] == decimal)) return false;
  if (parse_short_integer(unsigned_text, negative, number)) return true;
  const fast_float::parse_options options{fast_float::chars_format::general, decimal};
  const char* end = unsigned_text.data() + unsigned_text.size();
  double value = 0;
  const auto result = fast_float::from_chars_advanced(unsigned_text.data(), end, value, options);
  // Below the range of doubles is nearly zero; beyond it is no number.
  const bool in_range = result.ec == std::errc() || result.ec == std::errc::result_out_of_range;
  if (!in_range || result.ptr != end || !std::isfinite(value)) return false;
  number.value = negative ? -value : value;
  number.whole = std::all_of(unsigned_text.begin(), unsigned_text.end(), is_digit);
  number.leading_zero = number.whole && unsigned_text[0] == '0';
  number.inexact = number.whole && value > largest_exact;
  return true;
}

// "1,234,567.8" without its marks, or nothing when they do not stand every three digits.
std::optional<std::string> without_thousands(std::string_view text, const NumberStyle& style) {
  const std::size_t point = std::min(text.find(style.decimal), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string digits;
  std::size_t since_mark = 0;
  bool marked = false;
  for (const char c : whole) {
    if (is_digit(c)) {
      digits += c;
      if (++since_mark > 3) return std::nullopt;
      continue;
    }
    if (c != style.thousands || since_mark == 0 || (marked && since_mark != 3)) return std::nullopt;
    marked = true;
    since_mark = 0;
  }
  if (!marked || since_mark != 3) return std::nullopt;
  return digits.append(text.substr(point));
}

}  // namespace

std::string_view trim_blanks(std::string_view text) {
  while (true) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    const bool may_be_wide = !text.empty() && (static_cast<unsigned char>(text.front()) >= 0x80 ||
                                               static_cast<unsigned char>(text.back()) >= 0x80);
    if (!may_be_wide || !drop_wide_blank(text)) return text;
  }
}

bool parse_cell_number(std::string_view text, const NumberStyle& style, CellNumber& number) {
  number = {};
  if (text.empty()) return false;
  const bool negative = text[0] == '-';
  const bool has_sign = negative || text[0] == '+';
  const std::string_view unsigned_text = has_sign ? text.substr(1) : text;
  if (parse_plain(unsigned_text, negative, style.decimal, number)) return true;
  if (unsigned_text.find(style.thousands) == std::string_view::npos) return false;
  const auto digits = without_thousands(unsigned_text, style);
  if (!digits || !parse_plain(*digits, negative, style.decimal, number)) return false;
  number.thousands = true;
  number.leading_zero = false;
  return true;
}

bool is_infinite_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::string lower = lower_ascii(text);
  for (const std::string_view word : {"inf", "infinity", "∞", "1.#inf"})
    if (lower == word) return true;
  if (lower.empty() || !(is_digit(lower[0]) || lower[0] == '.')) return false;
  double value = 0;
  const char* const end = lower.data() + lower.size();
  const auto result = fast_float::from_chars(lower.data(), end, value);
  return result.ptr == end && std::isinf(value);
}

std::optional<double> parse_cell_boolean(std::string_view text) {
  if (text.size() < 4 || text.size() > 5) return std::nullopt;
  const std::string lower = lower_ascii(text);
  if (lower == "true") return 1.0;
  if (lower == "false") return 0.0;
  return std::nullopt;
}

std::optional<double> parse_cell_date(std::string_view text) {
  for (const std::string_view midnight : {" 00:00:00", "T00:00:00", " 0:00:00", " 0:00", " 00:00"}) {
    if (text.ends_with(midnight)) return parse_date(text.substr(0, text.size() - midnight.size()));
  }
  return parse_date(text);
}

bool is_footnote(std::string_view text) {
  for (const std::string_view start :
       {"数据来源", "资料来源", "来源：", "来源:", "注：", "注:", "说明：", "说明:"}) {
    if (text.starts_with(start)) return true;
  }
  for (const std::string_view start : {"source:", "sources:", "note:", "notes:"}) {
    if (starts_with_ignoring_case(text, start)) return true;
  }
  return false;
}

MissingCodes::MissingCodes(const std::vector<std::string>& given) {
  codes_ = {""};
  if (given.empty()) {
    codes_.insert(codes_.end(),
                  {"NA", "NaN", ".", "…", "—", "--", "null", "nan", "NULL", "N/A", "#N/A", "……", "——"});
  }
  for (const std::string& code : given) {
    if (!code.empty()) codes_.push_back(code);
  }
  CellNumber number;
  for (const std::string& code : codes_) {
    longest_ = std::max(longest_, code.size());
    shadow_numbers_ = shadow_numbers_ || parse_cell_number(code, {}, number);
    shadow_values_ = shadow_values_ || shadow_numbers_ || parse_cell_number(code, {',', '.'}, number) ||
                     parse_cell_date(code) || parse_cell_boolean(code);
  }
}

int MissingCodes::find(std::string_view text) const {
  if (text.empty()) return 0;
  if (text.size() > longest_) return -1;
  for (std::size_t i = 1; i < codes_.size(); ++i) {
    if (codes_[i] == text) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace panelist
