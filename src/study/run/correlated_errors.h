// SPDX-License-Identifier: Apache-2.0
// What correlated errors take from the indirect effects of a mediation table.
#pragma once
#include "mechanism/mediation.h"
#include "study/run/build_tables.h"

namespace panelist::study {

// Notes under the table and its numbers, where `sensitivity` asks for them.
void add_correlated_errors(const Workspace& work, const TableEntry& entry, const Mediation& mediation,
                           BuiltTable& built);

}  // namespace panelist::study
