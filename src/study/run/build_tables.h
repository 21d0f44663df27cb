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

std::vector<BuiltTable> build_tables(Workspace& work, const TableEntry& entry);
// Counted warnings of what will not print: cells without a number, no rows, too many columns.
void warn_of_table(Workspace& work, const TableEntry& entry, const PublicationTable& table);
// The tables stand in results.json in this order: cells point there, and each JSON gets its table.
void place_tables(std::vector<BuiltTable>& tables);

TableStyle style_of(const Workspace& work, const TableEntry& entry);
Labels labels_of(const Workspace& work);
// Those of a table: its own go before.
Labels labels_of(const Workspace& work, const TableEntry& entry);
// Those of tables whose rows are terms, by the conventions of the study's style.
Labels term_labels_of(const Workspace& work, const TableEntry& entry);
// For conditions in words.
SampleNames sample_names_of(const Workspace& work, const TableEntry& entry);
std::string_view kind_name(TableEntry::Kind kind);

// {"code","severity","message"}
nlohmann::ordered_json note_json(const Diagnostic& note);
// A fit as JSON without the clock: the same study gives the same bytes.
nlohmann::ordered_json timeless_json(const Estimation& estimation);

// The kinds whose columns are regressions.
std::vector<BuiltTable> build_regression_table(Workspace& work, const TableEntry& entry);
// Of an index: scores by unit; a coefficient under its conventions.
std::vector<BuiltTable> build_index_scores_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_index_sensitivity_table(Workspace& work, const TableEntry& entry);
// Tests of variables alone.
std::vector<BuiltTable> build_test_table(Workspace& work, const TableEntry& entry);
// What covariates take from a coefficient.
std::vector<BuiltTable> build_gelbach_table(Workspace& work, const TableEntry& entry);
// What is asked of one model.
std::vector<BuiltTable> build_marginal_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_u_shape_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_threshold_table(Workspace& work, const TableEntry& entry);
// Of mediators.
std::vector<BuiltTable> build_mediation_table(Workspace& work, const TableEntry& entry);
// Tables of policies.
std::vector<BuiltTable> build_event_study_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_bacon_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_placebo_table(Workspace& work, const TableEntry& entry);
// Descriptive tables.
std::vector<BuiltTable> build_correlation_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_balance_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_ranking_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_transition_table(Workspace& work, const TableEntry& entry);
std::vector<BuiltTable> build_definition_table(Workspace& work, const TableEntry& entry);
// The table's variables, "{controls}" opened, and the values of one on every row of the panel.
std::vector<std::string> summary_names(const Workspace& work, const TableEntry& entry);
std::vector<double> values_of_term(Workspace& work, const std::string& name);
std::vector<BuiltTable> build_panel_table(Workspace& work, const TableEntry& entry);

}  // namespace panelist::study
