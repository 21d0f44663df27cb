// SPDX-License-Identifier: Apache-2.0
// What correlated errors take from indirect effects: notes under the table of a mediation, and JSON.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "mechanism/correlated_errors.h"
#include "mechanism/identity.h"
#include "report/build_table.h"

namespace panelist {

// One a mediator.
std::vector<std::string> correlated_error_notes(const std::vector<CorrelatedErrors>& all,
                                                const Labels& labels, const std::string& lang);
nlohmann::ordered_json to_json(const std::vector<CorrelatedErrors>& all);
// {"moved", "indirect", "holds", "reason"}: c - c' and the sum of a b.
nlohmann::ordered_json to_json(const EffectIdentity& identity);

}  // namespace panelist
