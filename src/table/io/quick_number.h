// SPDX-License-Identifier: Apache-2.0
// Plain numbers of a few digits, "-0.724433" or "1205", the most of what data files hold: eight digits a step.
//
// Exactly rounded: the digits make a whole number below 10^15, exact in a double, and so is the power of ten (up to
// 10^15) it is divided by once. What this does not read (exponents, blanks, marks, more digits) is left to
// parse_cell_number, which says the same of what both read. Source  Lemire, "Number parsing at a gigabyte per second"
// (2021), for the steps. The eight bytes after the text must be readable.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace panelist {

static_assert(std::endian::native == std::endian::little, "digits are read as little-endian words");

struct QuickNumber {
  double value = 0;
  bool whole = false;
  bool leading_zero = false;
};

namespace quick {

inline constexpr std::array<std::uint64_t, 16> powers = [] {
  std::array<std::uint64_t, 16> all{1};
  for (std::size_t i = 1; i < all.size(); ++i) all[i] = 10 * all[i - 1];
  return all;
}();

inline std::uint64_t word_at(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  return word;
}

// The first `count` (1 .. 8) bytes of the word as digits, with zeros before them.
inline std::uint64_t first_digits(std::uint64_t word, std::size_t count) {
  constexpr std::uint64_t zeros = 0x3030303030303030ULL;
  const std::size_t bits = 8 * (8 - count);
  return (word << bits) | (zeros & ((std::uint64_t{1} << bits) - 1));
}

inline bool all_digits(std::uint64_t word) {
  return ((word & 0xF0F0F0F0F0F0F0F0ULL) | (((word + 0x0606060606060606ULL) & 0xF0F0F0F0F0F0F0F0ULL) >> 4)) ==
         0x3333333333333333ULL;
}

inline std::uint64_t number_of(std::uint64_t digits) {
  digits = ((digits & 0x0F0F0F0F0F0F0F0FULL) * 2561) >> 8;
  digits = ((digits & 0x00FF00FF00FF00FFULL) * 6553601) >> 16;
  return ((digits & 0x0000FFFF0000FFFFULL) * 42949672960001ULL) >> 32;
}

// Up to fifteen digits.
[[gnu::always_inline]] inline bool read_digits(const char* text, std::size_t count, std::uint64_t& number) {
  if (count <= 8) {
    const std::uint64_t digits = first_digits(word_at(text), count);
    number = number_of(digits);
    return all_digits(digits);
  }
  const std::uint64_t first = word_at(text);
  const std::uint64_t rest = first_digits(word_at(text + 8), count - 8);
  number = number_of(first) * powers[count - 8] + number_of(rest);
  return all_digits(first) && all_digits(rest);
}

// Without a branch: signs of data are as good as random.
inline double with_sign(double size, bool negative) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(size) | (std::uint64_t{negative} << 63));
}

// Place of the first `mark` among the first eight bytes of the word, or 8.
inline std::size_t place_of(std::uint64_t word, char mark) {
  const std::uint64_t other = word ^ (0x0101010101010101ULL * static_cast<unsigned char>(mark));
  const std::uint64_t hits = (other - 0x0101010101010101ULL) & ~other & 0x8080808080808080ULL;
  return static_cast<std::size_t>(std::countr_zero(hits)) / 8;  // no hit: 64 / 8
}

}  // namespace quick

[[gnu::always_inline]] inline bool read_quick_number(const char* text, std::size_t length, char decimal,
                                                     QuickNumber& number) {
  const bool negative = length > 0 && text[0] == '-';
  text += negative ? 1 : 0;
  length -= negative ? 1 : 0;
  if (length - 1 >= 16) return false;  // none, or too many
  const std::size_t point = quick::place_of(quick::word_at(text), decimal);
  std::uint64_t digits = 0;
  if (point >= length || point == 8) {
    if (length > 15 || !quick::read_digits(text, length, digits)) return false;
    number.value = quick::with_sign(static_cast<double>(digits), negative);
    number.whole = true;
    number.leading_zero = length > 1 && text[0] == '0' && !negative;
    return true;
  }
  const std::size_t decimals = length - point - 1;
  if (point == 0 || decimals == 0) return false;
  std::uint64_t part = 0;
  if (!quick::read_digits(text, point, digits) || !quick::read_digits(text + point + 1, decimals, part))
    return false;
  const double value = static_cast<double>(digits * quick::powers[decimals] + part) /
                       static_cast<double>(quick::powers[decimals]);
  number.value = quick::with_sign(value, negative);
  number.whole = false;
  number.leading_zero = false;
  return true;
}

}  // namespace panelist
