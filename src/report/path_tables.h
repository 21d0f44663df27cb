// SPDX-License-Identifier: Apache-2.0
// Indirect effects at values of a moderator, and channels, as tables and as JSON. Cells point into /conditional and
// /channels of the table's object in results.json, and into its /columns: total, mediators, outcome (no outcome of channels).
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "mechanism/channel_effects.h"
#include "mechanism/conditional_mediation.h"
#include "report/shape_tables.h"

namespace panelist {

// The equations side by side; under each mediator its effect at every value, their difference and the index.
PublicationTable conditional_table(const ConditionalMediation& mediation, const TableHead& head);
nlohmann::ordered_json to_json(const ConditionalMediation& mediation);

// The total effect and one column a channel, with the corrected p-values.
PublicationTable channel_table(const ChannelEffects& channels, const TableHead& head);
nlohmann::ordered_json to_json(const ChannelEffects& channels);

}  // namespace panelist
