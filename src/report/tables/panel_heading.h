// SPDX-License-Identifier: Apache-2.0
// The row that opens a panel of a table (private to the room).
#pragma once
#include <string>

#include "report/publication_table.h"

namespace panelist {

// A, B, ... Z, AA, AB, ...
std::string panel_letter(std::size_t position);
TableRow panel_heading(const std::string& text, int columns, bool rule_above);

}  // namespace panelist
