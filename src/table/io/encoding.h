// SPDX-License-Identifier: Apache-2.0
// Bytes of a text file to UTF-8.
//
// Detected in this order: a byte order mark; valid UTF-8; GB18030 when every byte decodes and nine tenths of the
// characters are those of everyday Chinese (GB 2312). Anything else is an error with the place: never a guess.
// Errors  data.encoding with the byte position and what to do
#pragma once
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace panelist {

struct DecodedText {
  std::string text;      // UTF-8 without a mark
  std::string encoding;  // "utf-8", "utf-16", "gb18030", "latin-1"
};

// `wanted` is ReadOptions::encoding.
DecodedText decode_text(std::string bytes, const std::string& wanted, const std::string& file,
                        Diagnostics& notes);

// Position of the first byte that is not valid UTF-8, or npos.
std::size_t first_invalid_utf8(std::string_view bytes);

// Every byte decodes as GB18030, and the text is everyday Chinese.
bool looks_like_gb18030(std::string_view bytes);
std::string to_utf8(std::string_view bytes, const std::string& encoding, const std::string& file);
// What decodes before the first byte that does not.
std::string decodable_part(std::string_view bytes, const std::string& encoding);

}  // namespace panelist
