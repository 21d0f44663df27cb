// SPDX-License-Identifier: Apache-2.0
#include "table/io/field_ends.h"

#include <bit>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace panelist {
namespace {

constexpr std::size_t step = 64;

// One bit a byte of a step.
struct StepBits {
  std::uint64_t separators = 0, lines = 0, quotes = 0, high = 0, zeros = 0;
};

#ifdef __SSE2__
class StepReader {
 public:
  StepReader(char separator, char line_end)
      : separator_(_mm_set1_epi8(separator)), line_end_(_mm_set1_epi8(line_end)) {}

  [[nodiscard]] StepBits operator()(const char* text) const {
    StepBits bits;
    for (int part = 0; part < 4; ++part) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + 16 * part));
      const auto place = [&](__m128i hits) {
        return std::uint64_t{static_cast<unsigned>(_mm_movemask_epi8(hits))} << (16 * part);
      };
      bits.separators |= place(_mm_cmpeq_epi8(bytes, separator_));
      bits.lines |= place(_mm_cmpeq_epi8(bytes, line_end_));
      bits.quotes |= place(_mm_cmpeq_epi8(bytes, quote_));
      bits.zeros |= place(_mm_cmpeq_epi8(bytes, zero_));
      bits.high |= place(bytes);
    }
    return bits;
  }

 private:
  __m128i separator_, line_end_;
  __m128i quote_ = _mm_set1_epi8('"');
  __m128i zero_ = _mm_setzero_si128();
};
#else
class StepReader {
 public:
  StepReader(char separator, char line_end) : separator_(separator), line_end_(line_end) {}

  [[nodiscard]] StepBits operator()(const char* text) const {
    StepBits bits;
    for (std::size_t i = 0; i < step; ++i) {
      bits.separators |= std::uint64_t{text[i] == separator_} << i;
      bits.lines |= std::uint64_t{text[i] == line_end_} << i;
      bits.quotes |= std::uint64_t{text[i] == '"'} << i;
      bits.zeros |= std::uint64_t{text[i] == 0} << i;
      bits.high |= std::uint64_t{(text[i] & 0x80) != 0} << i;
    }
    return bits;
  }

 private:
  char separator_, line_end_;
};
#endif

}  // namespace

TextMarks find_field_ends(const char* text, std::size_t size, char separator, char line_end,
                          std::vector<std::uint32_t>& places) {
  const StepReader read(separator, line_end);
  StepBits seen;
  std::size_t count = 0, lines = 0;
  for (std::size_t at = 0; at < size; at += step) {
    if (places.size() < count + 2 * step) places.resize(2 * places.size() + 4 * step);
    const StepBits bits = read(text + at);
    const std::uint64_t within =
        size - at >= step ? ~std::uint64_t{0} : (std::uint64_t{1} << (size - at)) - 1;
    seen.quotes |= bits.quotes & within;
    seen.zeros |= bits.zeros & within;
    seen.high |= bits.high & within;
    lines += static_cast<std::size_t>(std::popcount(bits.lines & within));
    std::uint64_t ends = (bits.separators | bits.lines) & within;
    const auto found = static_cast<std::size_t>(std::popcount(ends));
    std::uint32_t* out = places.data() + count;
    // Eight at a time, without asking after each: what is written too much is overwritten.
    for (std::size_t done = 0; done < found; done += 8)
      for (int i = 0; i < 8; ++i) {
        *out++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(ends));
        ends &= ends - 1;
      }
    count += found;
  }
  return {count, lines, seen.quotes != 0, seen.high != 0, seen.zeros != 0};
}

}  // namespace panelist
