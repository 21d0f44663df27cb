// SPDX-License-Identifier: Apache-2.0
// A [[table]] entry -> publication tables and their numbers as JSON. One function a kind, listed in a catalog.
#pragma once
#include <nlohmann/json.hpp>

#include "study/run/regressions.h"

namespace panelist::study {

struct BuiltTable {
  PublicationTable table;
  nlohmann::ordered_json json;  // {"number","id","kind","title", ..., "notes", "table"}
};

// `position` is the index of the first table in results.json's list: cells point from there.
std::vector<BuiltTable> build_tables(Workspace& work, const TableEntry& entry, std::size_t position);

TableStyle style_of(const Workspace& work, const TableEntry& entry);
Labels labels_of(const Workspace& work);
std::string_view kind_name(TableEntry::Kind kind);

// A fit as JSON without the clock: the same study gives the same bytes.
nlohmann::ordered_json timeless_json(const Estimation& estimation);

// The kinds whose columns are regressions.
std::vector<BuiltTable> build_regression_table(Workspace& work, const TableEntry& entry);

}  // namespace panelist::study
