// SPDX-License-Identifier: Apache-2.0
// Notes about tests, under the labels of their rows (private to the room): what those that draw have drawn, why a test has
// no number or no p-value.
#pragma once
#include <string>
#include <vector>

#include "report/tables/regression_view.h"

namespace panelist {

// Of a column of a table whose statistics are `stats`, those of them that were asked for by name `asked`. Tests left out
// for one reason share a sentence; those that no row of the table would hold are not named. Why a test is none of such
// a regression is said of those asked for.
std::vector<std::string> notes_of_tests(const ColumnView& view, const std::vector<std::string>& stats,
                                        const std::vector<std::string>& asked, const std::string& lang);

}  // namespace panelist
