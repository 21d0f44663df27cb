// SPDX-License-Identifier: Apache-2.0
// Rows of panel estimators for the catalog of statistics (private to the room).
#pragma once
#include "report/tables/stats.h"

namespace panelist {

std::vector<StatRow> panel_stat_rows();
// Of random effects the squared correlation within units; the share of squares elsewhere.
StatValue r2_within_value(const StatSource& source);

}  // namespace panelist
