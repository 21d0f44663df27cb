// SPDX-License-Identifier: Apache-2.0
// The parts of a workbook that its sheets share: list of sheets, shared strings, which cell styles are dates, and
// the day that dates count from.
// Source  ECMA-376 part 1, §18
#pragma once
#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "table/io/zip_archive.h"

namespace panelist {

struct WorkbookSheet {
  std::string name;
  std::string part;  // "xl/worksheets/sheet1.xml"
};

struct Workbook {
  std::vector<WorkbookSheet> sheets;
  std::vector<std::string> strings;
  std::vector<bool> date_style;  // by style index of a cell
  bool from_1904 = false;
  // Days since 1970-01-01 of a date cell.
  [[nodiscard]] double days(double serial) const;
};

Workbook read_workbook(const ZipArchive& archive, const std::string& file);

// The name without a namespace prefix.
std::string_view local_name(const pugi::xml_node& node);
pugi::xml_node local_child(const pugi::xml_node& node, std::string_view name);
// Text of a string item: its own t and those of its runs, not of phonetic hints.
std::string item_text(const pugi::xml_node& item);
// Parses in place. Errors  data.truncated
void parse_part(pugi::xml_document& document, std::string& contents, const std::string& part,
                const std::string& file);
// The format code shows a year or a day, or a month without hours.
bool is_date_format(std::string_view code);

}  // namespace panelist
