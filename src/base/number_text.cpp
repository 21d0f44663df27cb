// SPDX-License-Identifier: Apache-2.0
// Numbers to and from text, without locale.
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace panelist {

namespace {

std::string_view without_plus(std::string_view text) {
  return text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+' ? text.substr(1) : text;
}

template <typename Number>
std::optional<Number> parse_whole(std::string_view text) {
  text = without_plus(trim(text));
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

template <typename... Format>
std::string to_text(double value, Format... format) {
  std::array<char, 512> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format...);
  return error == std::errc{} ? std::string(buffer.data(), end) : std::string("?");
}

std::string not_finite(double value) { return std::isnan(value) ? "NaN" : value > 0 ? "Inf" : "-Inf"; }

bool all_zero(std::string_view digits) { return digits.find_first_of("123456789") == std::string_view::npos; }

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  const std::optional<double> value = parse_whole<double>(text);
  // from_chars also reads "inf" and "nan": words, not numbers, in a data file.
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<long long> parse_integer(std::string_view text) { return parse_whole<long long>(text); }

std::string shortest(double value) {
  if (!std::isfinite(value)) return not_finite(value);
  if (value == std::trunc(value) && std::abs(value) < 1e15)
    return to_text(value == 0 ? 0.0 : value, std::chars_format::fixed);
  return to_text(value);
}

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return not_finite(value);
  std::string out =
      std::abs(value) < 1e300 ? to_text(value, std::chars_format::fixed, decimals) : to_text(value);
  if (out[0] == '-' && all_zero(out)) out.erase(0, 1);
  return out;
}

std::string significant(double value, int digits) {
  if (!std::isfinite(value)) return not_finite(value);
  if (value == 0) return "0";
  std::string scientific = to_text(value, std::chars_format::scientific, digits - 1);
  const int exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  if (exponent < -4 || exponent >= 15) return scientific;
  return fixed(value, std::max(0, digits - 1 - exponent));
}

}  // namespace panelist
