// SPDX-License-Identifier: Apache-2.0
// What is worth a second look in a data file: columns that are empty or constant, codes that look like
// missing values (-99, 9999), values far outside the quartiles. All are notes.
#pragma once
#include "base/diagnostic.h"
#include "table/table.h"

namespace panelist::cli {

Diagnostics suspicious_values(const Table& table);

}  // namespace panelist::cli
