// SPDX-License-Identifier: Apache-2.0
// A zip archive in memory, made of stored (uncompressed) entries in the order given, all dated 1980-01-01: the same
// parts give the same bytes on every machine, which an archive made by a compressor of some version does not.
// Office files are small; readers of docx and xlsx take stored entries. CRC-32 as in ISO 3309; sizes below 4 GiB.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace panelist {

std::uint32_t crc32_of(std::string_view bytes);

class ZipArchive {
 public:
  void add(std::string_view name, std::string_view content);
  // The archive with its directory; nothing may be added afterwards.
  std::string finish();

 private:
  std::string body_, directory_;
  std::uint16_t entries_ = 0;
};

// Text inside an XML element or attribute; what XML 1.0 cannot hold is replaced.
std::string xml_escape(std::string_view text);

inline constexpr std::string_view xml_declaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

}  // namespace panelist
