// SPDX-License-Identifier: Apache-2.0
// How a separated text is written: its separator and decimal mark, given or guessed from the first records.
//   separator  the candidate , ; tab | that cuts the first records into the most equal number of fields, two or more
//   decimal    a comma when the separator is another mark and cells such as 12,5 outnumber cells such as 12.5;
//              cells that could be thousands (1,234) do not count
#pragma once
#include <string_view>

#include "table/io/cell_text.h"
#include "table/read.h"

namespace panelist {

struct CsvDialect {
  char separator = ',';
  NumberStyle numbers;
};

CsvDialect csv_dialect(std::string_view text, const ReadOptions& options, const std::string& file);

}  // namespace panelist
