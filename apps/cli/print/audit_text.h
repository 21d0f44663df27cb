// SPDX-License-Identifier: Apache-2.0
// The audit of an index, and of all indices of its study, in words.
#pragma once
#include <string>

#include "index/audit_between.h"

namespace panelist::cli {

// "" when nothing is flagged.
std::string audit_text(const IndexAudit& audit, const AuditBetween& between);

}  // namespace panelist::cli
