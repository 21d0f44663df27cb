// SPDX-License-Identifier: Apache-2.0
// Notes about tests that have no number or no p-value, under the labels of their rows (private to the room).
#pragma once
#include <string>
#include <vector>

#include "report/tables/regression_view.h"

namespace panelist {

// Of a column of a table whose statistics are `stats`. Tests left out for one reason share a sentence; those that no row
// of the table would hold are not named.
std::vector<std::string> notes_of_missing_tests(const ColumnView& view, const std::vector<std::string>& stats,
                                                const std::string& lang);

}  // namespace panelist
