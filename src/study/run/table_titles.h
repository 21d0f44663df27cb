// SPDX-License-Identifier: Apache-2.0
// What a table shows, in a line: the title where the study gives none.
#pragma once
#include "study/run/build_tables.h"

namespace panelist::study {

// Of an index table one for each index: those write their own.
std::string written_title(const Workspace& work, const TableEntry& entry);
std::string index_title(const Workspace& work, const TableEntry& entry, const std::string& index);

}  // namespace panelist::study
