// SPDX-License-Identifier: Apache-2.0
// Readers of the sections of a study file. Each takes what earlier ones filled in.
#pragma once
#include "study/parse/section.h"

namespace panelist::study {

// Decimals of printed numbers, 0 to 15; nothing when not given or not legal, which is said.
std::optional<int> read_decimals(const Section& section);
// Levels of stars: none, or three, largest first; nothing when not given or not legal, which is said.
std::optional<std::vector<double>> read_stars(const Section& section);
// The preset or style file, and what follows from it for keys that the study leaves out.
void read_style(const Section& top, Study& study);
void read_top(const Section& top, Study& study);
void read_data(const Node* node, Study& study, Diagnostics& diagnostics);
void read_sets(const Node* node, Study& study, Diagnostics& diagnostics);
void read_derive(const Node* node, Study& study, Diagnostics& diagnostics);
void read_indices(const Node* node, Study& study, Diagnostics& diagnostics);
void read_models(const Node* node, Study& study, Diagnostics& diagnostics);
void read_tables(const Section& top, Study& study, Diagnostics& diagnostics);
// A study names files relative to itself.
void check_relative(const Spanned& path, Diagnostics& diagnostics);
void read_figures(const Section& top, Study& study, Diagnostics& diagnostics);
// Each key does something in a figure of this kind: study.figure_kind at its place otherwise.
void check_keys_of_figure(const Section& section, const FigureEntry& figure);
void read_output(const Node* node, Study& study, Diagnostics& diagnostics);

// The variables of descriptive tables and what is theirs alone.
void read_description(const Section& section, TableEntry& table);
// Each key does something in a table of this kind: study.table_kind at its place otherwise.
void check_keys_of_kind(const Section& section, const TableEntry& table);
// Rows, terms, heads and notes of a table.
void read_layout(const Section& section, TableEntry& table);
// Event studies, decompositions and placebos.
void read_policy(const Section& section, Study& study, TableEntry& table);
// Tables of an index: its scores, what its conventions do to a coefficient.
void read_index_tables(const Section& section, TableEntry& table);
// How the groups of a split are compared.
void read_differences(const Section& section, TableEntry& table);

// The keys that say what a robustness table or figure shows, and what stands under them.
const std::vector<std::string>& robustness_keys();
std::optional<RobustnessEntry> read_robustness(const Section& section, const std::string& place,
                                               const Study& study);
// Terms as written, "{controls}" opened.
std::vector<Spanned> terms_of(const std::vector<Spanned>& texts, const Study& study,
                              Diagnostics& diagnostics);
// The first regressor that is in no set: what a table is about.
std::string main_term(const Formula& formula);
// Further changes of a robustness column: rows, period, lags, indices, effects.
void read_further_changes(const Section& section, Variation& variation);

// Nothing without the node.
std::optional<MediationEntry> read_mediation(const Node* node, const Study& study, Diagnostics& diagnostics);
// gelbach.
void read_channels(const Section& section, const Study& study, TableEntry& table);
// marginal_effects, u_shape, threshold.
void read_shape_of_table(const Section& section, const Study& study, TableEntry& table);
// Of the node `kind = { of = ... }`.
ShapeEntry read_shape(const Node& node, const std::string& kind, const Study& study,
                      Diagnostics& diagnostics);

// A whole number between two, which is said otherwise; `usual` without the key.
int whole_number(const Section& section, const char* key, long long least, long long most, int usual);
// A list of numbers; none without the key.
std::vector<double> numbers_of(const Section& section, std::string_view key);
// A formula text or the name of a model.
std::vector<ColumnEntry> resolve_columns(const Spanned& text, const Study& study, Diagnostics& diagnostics);

}  // namespace panelist::study
