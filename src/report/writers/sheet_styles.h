// SPDX-License-Identifier: Apache-2.0
// The cell formats of a workbook, numbered in order of first use.
#pragma once
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "report/publication_table.h"

namespace panelist {

struct SheetFormat {
  std::string number;        // "0.0000\"***\""; "" = general
  char align = 'l';          // l c r
  int above = 0, below = 0;  // 0 none, 1 thin, 2 thick
  bool bold = false, italic = false, small = false, wrap = false;
  auto key() const { return std::tie(number, align, above, below, bold, italic, small, wrap); }
  bool operator<(const SheetFormat& other) const { return key() < other.key(); }
};

class SheetStyles {
 public:
  int number_of(const SheetFormat& format);
  [[nodiscard]] std::string xml(const TableLook& look) const;  // xl/styles.xml

 private:
  std::vector<SheetFormat> formats_ = {SheetFormat{}};
  std::map<SheetFormat, int> known_ = {{SheetFormat{}, 0}};
};

}  // namespace panelist
