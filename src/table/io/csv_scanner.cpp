// SPDX-License-Identifier: Apache-2.0
#include "table/io/csv_scanner.h"

#include <fmt/format.h>

#include <bit>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/diagnostic.h"
#include "base/text.h"
#include "table/io/cell_text.h"

namespace panelist {
namespace {

// Place of the first `a` or `b` from `at` on, or the end: sixteen bytes at a time where the machine has them.
std::size_t find_either(std::string_view text, std::size_t at, char a, char b) {
#ifdef __SSE2__
  const __m128i all_a = _mm_set1_epi8(a);
  const __m128i all_b = _mm_set1_epi8(b);
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(bytes, all_a), _mm_cmpeq_epi8(bytes, all_b));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < text.size() && text[at] != a && text[at] != b) ++at;
  return at;
}

}  // namespace

std::string_view field_text(const Field& field, std::string& storage) {
  if (!field.quoted) return trim_blanks(field.raw);
  if (!field.doubled_quotes) return field.raw;
  storage = replace_all(std::string(field.raw), "\"\"", "\"");
  return storage;
}

CsvScanner::CsvScanner(std::string_view text, char separator, std::string file)
    : text_(text), separator_(separator), file_(std::move(file)) {
  const bool old_mac = text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos;
  line_end_ = old_mac ? '\r' : '\n';
}

void CsvScanner::skip_lines(std::size_t lines) {
  for (; lines > 0 && at_ < text_.size(); --lines) {
    const std::size_t end = text_.find(line_end_, at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    ++line_;
  }
}

bool CsvScanner::next(std::vector<Field>& fields) {
  if (at_ >= text_.size()) return false;
  record_line_ = line_;
  at_record_end_ = false;
  while (!at_record_end_) fields.push_back(read_field());
  ++line_;
  return true;
}

// Reads one field and its separator or line end.
Field CsvScanner::read_field() {
  std::size_t begin = at_;
  while (begin < text_.size() && text_[begin] == ' ') ++begin;
  if (begin < text_.size() && text_[begin] == '"') {
    return read_quoted(begin);
  }
  return read_bare(at_);
}

Field CsvScanner::read_bare(std::size_t begin) {
  const char* const data = text_.data();
  const std::size_t size = text_.size();
  const std::size_t end = find_either(text_, begin, separator_, line_end_);
  at_record_end_ = end >= size || data[end] == line_end_;
  at_ = end + 1;
  std::size_t last = end;
  if (at_record_end_ && last > begin && data[last - 1] == '\r') --last;
  return {text_.substr(begin, last - begin), false, false};
}

Field CsvScanner::read_quoted(std::size_t open) {
  Field field;
  field.quoted = true;
  std::size_t close = text_.find('"', open + 1);
  while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') {
    field.doubled_quotes = true;
    close = text_.find('"', close + 2);
  }
  if (close == std::string_view::npos) {
    throw Error("data.unclosed_quote",
                fmt::format("the quote opened in line {} of `{}` is never closed", line_, file_),
                "close it, or double a quote that belongs to the text", file_);
  }
  field.raw = text_.substr(open + 1, close - open - 1);
  const Field rest = read_bare(close + 1);
  // Text after the closing quote: the quotes were part of the text.
  if (!trim_blanks(rest.raw).empty()) {
    const auto length = static_cast<std::size_t>(rest.raw.data() + rest.raw.size() - (text_.data() + open));
    field = {text_.substr(open, length), false, false};
  }
  line_ += static_cast<std::size_t>(std::count(field.raw.begin(), field.raw.end(), line_end_));
  return field;
}

}  // namespace panelist
