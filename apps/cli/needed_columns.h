// SPDX-License-Identifier: Apache-2.0
// The columns a command line speaks of, so that no others are read. What cannot be parsed asks for all of them: the
// mistake is then shown against the whole file.
#pragma once
#include "cli/arguments.h"
#include "table/read.h"

namespace panelist::cli {

// Of fit, mediate and compare: formula, vcov, and every option that names columns.
ColumnChoice columns_of_estimation(const Arguments& arguments);
// Of summary with variables named; all without.
ColumnChoice columns_of_summary(const Arguments& arguments);

}  // namespace panelist::cli
