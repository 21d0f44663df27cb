// SPDX-License-Identifier: Apache-2.0
// A column of a study as the equivalent code of other programs has to say it.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "study/run/regressions.h"

namespace panelist::study {

// [{"language": "Stata", "code": "...", "remarks": [...]}]
nlohmann::ordered_json code_json(const Workspace& work, const TableEntry& entry, const Regression& regression,
                                 const Estimation& estimation);

}  // namespace panelist::study
