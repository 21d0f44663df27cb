// SPDX-License-Identifier: Apache-2.0
// What groups of covariates take from a coefficient, as a table and as JSON. Cells point into /gelbach.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "mechanism/gelbach.h"
#include "report/shape_tables.h"

namespace panelist {

// A row a group: its part, error, interval, share of the change and of the short coefficient; the sum; both coefficients.
PublicationTable gelbach_table(const Gelbach& result, const TableHead& head);
nlohmann::ordered_json to_json(const Gelbach& result);

}  // namespace panelist
