// SPDX-License-Identifier: Apache-2.0
// Results as JSON, exactly as interfaces.md sections 4 to 6 describe. Numbers at full precision, NaN and
// infinities as null, keys in the order documented.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "index/audit_between.h"
#include "infer/estimation.h"
#include "mechanism/group_difference.h"
#include "mechanism/mediation.h"
#include "report/publication_table.h"
#include "table/statistics.h"

namespace panelist {

nlohmann::ordered_json to_json(const Estimation& estimation);
// Of a variable on a constant: its name, rows, tests and warnings alone.
nlohmann::ordered_json tested_variable_json(const Estimation& estimation);
nlohmann::ordered_json to_json(const IndexResult& index, const Table& table, const Panel& panel, bool stages);
nlohmann::ordered_json to_json(const IndexAudit& audit, const IndexResult& index);
nlohmann::ordered_json to_json(const AuditBetween& audit);
nlohmann::ordered_json to_json(const Mediation& mediation);
nlohmann::ordered_json to_json(const GroupDifference& difference);
nlohmann::ordered_json to_json(const std::vector<Summary>& summaries, const std::string& group);
nlohmann::ordered_json to_json(const PublicationTable& table);
// The table that to_json(table) was made of. Throws nlohmann's exceptions when `json` is no such table.
PublicationTable table_from_json(const nlohmann::ordered_json& json);
nlohmann::ordered_json to_json(const Diagnostic& diagnostic, const std::vector<SourceText>& sources);

}  // namespace panelist
