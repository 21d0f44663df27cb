// SPDX-License-Identifier: Apache-2.0
#include "table/io/stata_texts.h"

#include <fmt/format.h>

#include "base/text.h"
#include "table/io/csv_notes.h"
#include "table/io/encoding.h"

namespace panelist {
namespace {

constexpr std::size_t sample_bytes = std::size_t{1} << 20;

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

void StataTexts::sample(const std::string& text) {
  if (beyond_ascii_.size() < sample_bytes && !is_ascii(text)) beyond_ascii_ += text + "\n";
}

void StataTexts::decide(const std::string& file, Diagnostics& notes) {
  if (!encoding_.empty()) return;
  if (first_invalid_utf8(beyond_ascii_) == std::string::npos) {
    encoding_ = "utf-8";
    return;
  }
  encoding_ = looks_like_gb18030(beyond_ascii_) ? "gb18030" : "windows-1252";
  add_note(notes, "data.encoding_detected", fmt::format("the texts of `{}` were read as {}", file, encoding_),
           file);
}

std::string StataTexts::decode(const std::string& text) const {
  if (is_ascii(text)) return text;
  if (encoding_ == "utf-8") return text.substr(0, first_invalid_utf8(text));
  return decodable_part(text, encoding_);
}

}  // namespace panelist
