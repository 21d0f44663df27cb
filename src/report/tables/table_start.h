// SPDX-License-Identifier: Apache-2.0
// How every table begins.
#pragma once
#include <string>
#include <vector>

#include "report/build_table.h"

namespace panelist {

PublicationTable start_table(const std::string& id, const std::string& title, int number,
                             const TableStyle& style);
TableRow head_row(const std::vector<std::string>& heads);
// Leaves out a column that is empty in every row below the heads.
void drop_empty_column(PublicationTable& table, std::size_t column);

}  // namespace panelist
