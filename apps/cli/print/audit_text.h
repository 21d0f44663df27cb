// SPDX-License-Identifier: Apache-2.0
// The audit of an index, in words and as JSON.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "index/audit.h"

namespace panelist::cli {

// "" when nothing is flagged.
std::string audit_text(const IndexAudit& audit);
nlohmann::ordered_json audit_json(const IndexAudit& audit, const IndexResult& index);

}  // namespace panelist::cli
