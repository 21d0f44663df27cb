// SPDX-License-Identifier: Apache-2.0
// The columnar file (.pcol): a table as it was parsed, so that reading it again is reading the columns wanted.
//
//   header     64 bytes: the mark, version, length of the file, place, length and checksum of the directory
//   blocks     each column's cells, each at a multiple of 64 bytes: doubles (missing is NaN) or the 32-bit codes of texts
//   directory  rows, source, runs of row numbers; of each column its name, kind, labels and dictionary, and the place and
//              checksum of its block
// Everything is little-endian; a text is its length in 64 bits and its bytes. The checksum is meant for accidents: a
// file cut short, a damaged disk. A file of another version is refused, never guessed at.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace panelist::columnar {

inline constexpr std::string_view mark = "PANELCOL";
inline constexpr std::uint64_t version = 1;
inline constexpr std::size_t alignment = 64;

// Places of the header's words.
inline constexpr std::size_t version_at = 8, length_at = 16, directory_at = 24, directory_bytes_at = 32,
                             directory_sum_at = 40;

std::uint64_t checksum(const char* bytes, std::size_t size);

}  // namespace panelist::columnar
