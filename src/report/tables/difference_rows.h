// SPDX-License-Identifier: Apache-2.0
// The rows under a table of splits: differences between groups with what stands below them, and tests of equality.
#pragma once
#include <vector>

#include "report/build_table.h"

namespace panelist {

std::vector<TableRow> difference_rows(const RegressionTableSpec& spec);

}  // namespace panelist
