// SPDX-License-Identifier: Apache-2.0
// Text: UTF-8, display width, numbers without locale.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

bool valid_utf8(std::string_view text);
// Terminal columns: CJK and other wide characters count two, combining marks zero.
std::size_t display_width(std::string_view text);
// Code points with their byte length; invalid bytes are taken one at a time.
std::size_t code_point_length(std::string_view text, std::size_t offset);
std::u32string to_code_points(std::string_view text);
std::string from_code_point(char32_t code_point);

std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string lower_ascii(std::string_view text);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

// The whole text is a decimal number ("1e3", "-0.5", " 12 " trimmed): value, else nothing. No locale, no hex.
std::optional<double> parse_number(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);
// Shortest text that reads back to the same double; integers without a point.
std::string shortest(double value);
// Fixed decimals, rounding half to even on the exact binary value, never "-0.00".
std::string fixed(double value, int decimals);
// `digits` significant digits; plain notation in [1e-4, 1e15), scientific otherwise.
std::string significant(double value, int digits);

}  // namespace panelist
