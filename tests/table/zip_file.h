// SPDX-License-Identifier: Apache-2.0
// A zip file of stored parts, to write workbooks by hand.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace panelist {

inline std::uint32_t crc32_of(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

inline std::string little_endian(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
  return out;
}

using ZipParts = std::vector<std::pair<std::string, std::string>>;

inline std::string zip_file(const ZipParts& parts) {
  std::string body, directory;
  for (const auto& [name, contents] : parts) {
    const std::string sizes = little_endian(crc32_of(contents), 4) + little_endian(contents.size(), 4) +
                              little_endian(contents.size(), 4) + little_endian(name.size(), 2) +
                              little_endian(0, 2);
    const std::string versions =
        little_endian(20, 2) + little_endian(0, 2) + little_endian(0, 2) + little_endian(0x210000, 4);
    directory += "PK\x01\x02" + little_endian(20, 2) + versions + sizes + std::string(10, '\0') +
                 little_endian(body.size(), 4) + name;
    body += "PK\x03\x04" + versions + sizes + name + contents;
  }
  const std::string count = little_endian(parts.size(), 2);
  return body + directory + "PK\x05\x06" + little_endian(0, 4) + count + count +
         little_endian(directory.size(), 4) + little_endian(body.size(), 4) + little_endian(0, 2);
}

}  // namespace panelist
