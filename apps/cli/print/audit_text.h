// SPDX-License-Identifier: Apache-2.0
// The audit of an index, and of all indices of its study: weights and what they do, cells that are not observed,
// correlations, and what is flagged.
#pragma once
#include <string>

#include "index/audit_between.h"

namespace panelist::cli {

std::string audit_text(const IndexResult& index, const AuditBetween& between, const std::string& lang);

}  // namespace panelist::cli
