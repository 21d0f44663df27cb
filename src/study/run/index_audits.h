// SPDX-License-Identifier: Apache-2.0
// The audit of a study's indices, each alone and all together: for results.json and the report.
#pragma once
#include <nlohmann/json.hpp>

#include "index/audit_between.h"
#include "study/run/workspace.h"

namespace panelist::study {

AuditBetween audit_between_indices(const Workspace& work);
// {"indices": {NAME: {"effective_weights", "flags"}}, "between": {"shared", "twins", "flags"}}
nlohmann::ordered_json audit_json(const Workspace& work);
// A line for each index with flags, and one for all together, in the language of the study.
std::vector<std::string> audit_lines(const Workspace& work);

}  // namespace panelist::study
