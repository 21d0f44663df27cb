// SPDX-License-Identifier: Apache-2.0
// Indirect effects by group with their differences, as a table and as JSON. Cells point into /moderated.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "mechanism/moderated_mediation.h"
#include "report/shape_tables.h"

namespace panelist {

// A row a group and mediator: total and direct effect, a, b, a b, its error and interval; then the differences.
PublicationTable moderated_table(const ModeratedMediation& moderated, const TableHead& head);
nlohmann::ordered_json to_json(const ModeratedMediation& moderated);

}  // namespace panelist
