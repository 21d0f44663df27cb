// SPDX-License-Identifier: Apache-2.0
// The bytes of a text file, read in pieces: a file without line ends is refused after 64 MB, before it fills memory.
// Errors  data.file_not_found data.is_directory data.unreadable data.line_too_long
#pragma once
#include <string>

#include "base/context.h"

namespace panelist {

inline constexpr std::size_t longest_line = std::size_t{64} << 20;

// The stop of the job is polled before each piece.
std::string read_text_bytes(const std::string& path, const Context& job = {});

}  // namespace panelist
