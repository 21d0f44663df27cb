// SPDX-License-Identifier: Apache-2.0
#include "report/writers/zip_archive.h"

#include <array>

#include "report/writers/cell_text.h"

namespace panelist {

namespace {

constexpr std::array<std::uint32_t, 256> crc_table = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1U) : value >> 1U;
    table[i] = value;
  }
  return table;
}();

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

constexpr std::uint32_t version = 20;               // 2.0
constexpr std::uint32_t names_are_utf8 = 1U << 11;  // general purpose flag
constexpr std::uint32_t first_of_1980 = 0x0021;     // MS-DOS date

// The part that local headers and directory entries share: version to name length.
std::string entry_facts(std::string_view name, std::string_view content) {
  const auto size = static_cast<std::uint32_t>(content.size());
  std::string out;
  put(out, version, 2);
  put(out, names_are_utf8, 2);
  put(out, 0, 2);  // stored
  put(out, 0, 2);  // midnight
  put(out, first_of_1980, 2);
  put(out, crc32_of(content), 4);
  put(out, size, 4);
  put(out, size, 4);
  put(out, static_cast<std::uint32_t>(name.size()), 2);
  return out;
}

}  // namespace

std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t value = 0xFFFFFFFFU;
  for (const char byte : bytes)
    value = crc_table[(value ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (value >> 8U);
  return value ^ 0xFFFFFFFFU;
}

void ZipArchive::add(std::string_view name, std::string_view content) {
  const auto offset = static_cast<std::uint32_t>(body_.size());
  const std::string facts = entry_facts(name, content);
  body_ += "PK\x03\x04" + facts;
  put(body_, 0, 2);  // no extra field
  body_ += name;
  body_ += content;
  directory_ += "PK\x01\x02";
  put(directory_, version, 2);
  directory_ += facts;
  put(directory_, 0, 2);  // extra
  put(directory_, 0, 2);  // comment
  put(directory_, 0, 2);  // disk
  put(directory_, 0, 2);  // internal attributes
  put(directory_, 0, 4);  // external attributes
  put(directory_, offset, 4);
  directory_ += name;
  ++entries_;
}

std::string ZipArchive::finish() {
  std::string out = body_ + directory_ + "PK\x05\x06";
  put(out, 0, 4);  // disks
  put(out, entries_, 2);
  put(out, entries_, 2);
  put(out, static_cast<std::uint32_t>(directory_.size()), 4);
  put(out, static_cast<std::uint32_t>(body_.size()), 4);
  put(out, 0, 2);  // no comment
  return out;
}

std::string xml_escape(std::string_view raw) {
  std::string out;
  for (const char letter : clean_text(raw)) switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += letter;
    }
  return out;
}

}  // namespace panelist
