// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/file.h"
#include "table/io/formats.h"

namespace panelist {
namespace {

struct WriteFormat {
  const char* extension;
  std::string (*bytes)(const Table& table);
};

const std::vector<WriteFormat>& write_formats() {
  static const std::vector<WriteFormat> formats = {
      {"csv", [](const Table& table) { return csv_bytes(table, ','); }},
      {"tsv", [](const Table& table) { return csv_bytes(table, '\t'); }},
      {"xlsx", xlsx_bytes},
      {"dta", dta_bytes},
      {"pcol", columnar_bytes},
  };
  return formats;
}

}  // namespace

void write_table(const Table& table, const std::string& path) {
  const std::string extension = extension_of(path);
  for (const WriteFormat& format : write_formats()) {
    if (format.extension != extension) continue;
    write_file(path, format.bytes(table));
    return;
  }
  throw Error("output.unknown_format", fmt::format("`{}`: tables are not written as `{}`", path, extension),
              "end the name in .csv, .tsv, .xlsx, .dta or .pcol", path);
}

}  // namespace panelist
