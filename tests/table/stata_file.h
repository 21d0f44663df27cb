// SPDX-License-Identifier: Apache-2.0
// A .dta file of the old format 114 (Stata 10), byte by byte: texts in whatever encoding the author had.
#pragma once
#include <cstring>
#include <string>
#include <vector>

#include "zip_file.h"

namespace panelist {

struct OldStataVariable {
  std::string name, format, label, value_labels;
  unsigned char type = 255;  // 255 double, 251 byte, 1..244 text of that width
};

inline std::string padded(std::string text, std::size_t width) {
  text.resize(width, '\0');
  return text;
}

inline std::string double_bytes(double value) {
  std::string bytes(8, '\0');
  std::memcpy(bytes.data(), &value, 8);
  return bytes;
}

// `data` holds the rows as they stand in the file; `labels` is the value label table.
inline std::string old_stata_file(const std::vector<OldStataVariable>& variables, std::size_t rows,
                                  const std::string& data, const std::string& labels) {
  std::string bytes = std::string("\x72\x02\x01\x00", 4) + little_endian(variables.size(), 2) +
                      little_endian(rows, 4) + padded("", 81) + padded("01 Jan 2010 00:00", 18);
  for (const auto& variable : variables) bytes += static_cast<char>(variable.type);
  for (const auto& variable : variables) bytes += padded(variable.name, 33);
  bytes += std::string(2 * (variables.size() + 1), '\0');
  for (const auto& variable : variables) bytes += padded(variable.format, 49);
  for (const auto& variable : variables) bytes += padded(variable.value_labels, 33);
  for (const auto& variable : variables) bytes += padded(variable.label, 81);
  return bytes + std::string(5, '\0') + data + labels;
}

// One label set of up to a few labels.
inline std::string old_stata_labels(const std::string& name,
                                    const std::vector<std::pair<int, std::string>>& labels) {
  std::string offsets, values, texts;
  for (const auto& [value, text] : labels) {
    offsets += little_endian(texts.size(), 4);
    values += little_endian(static_cast<std::uint32_t>(value), 4);
    texts += text + '\0';
  }
  const std::string table =
      little_endian(labels.size(), 4) + little_endian(texts.size(), 4) + offsets + values + texts;
  return little_endian(table.size(), 4) + padded(name, 33) + std::string(3, '\0') + table;
}

// 省份 as GBK text, a labelled byte with .a, a double dated %td.
inline std::string gbk_stata_file() {
  const std::string beijing = "\xB1\xB1\xBE\xA9", shanghai = "\xC9\xCF\xBA\xA3";
  const std::vector<OldStataVariable> variables = {{"province", "%9s", "\xCA\xA1\xB7\xDD", "", 6},
                                                   {"east", "%8.0g", "", "region", 251},
                                                   {"day", "%td", "", "", 255},
                                                   {"month", "%tm", "", "", 255}};
  const std::string data = padded(beijing, 6) + '\x01' + double_bytes(21915) + double_bytes(-1) +
                           padded(shanghai, 6) + '\x66' + double_bytes(21916) +
                           double_bytes(660);  // 0x66 is .a of a byte
  return old_stata_file(variables, 2, data,
                        old_stata_labels("region", {{0, "\xCE\xF7\xB2\xBF"}, {1, "\xB6\xAB\xB2\xBF"}}));
}

}  // namespace panelist
