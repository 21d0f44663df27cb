// SPDX-License-Identifier: Apache-2.0
// Which terms a table shows, in what order and under what names, and the heads over its columns.
#pragma once
#include "study/run/build_tables.h"

namespace panelist::study {

// keep, drop, order, blocks and labels of the entry; "{controls}" opens into its terms.
void choose_terms(const Workspace& work, const TableEntry& entry, RegressionTableSpec& spec);
// Each term named must be one of some column: study.unknown_term at its place otherwise.
void check_terms(Workspace& work, const TableEntry& entry, const std::vector<Estimation>& estimations);
// Each term that `labels` names is in the table: a term, a column, an effect or a set of some column; of tables without
// regressions a name of the study. study.unknown_term at its place otherwise.
void check_labels(Workspace& work, const TableEntry& entry, const std::vector<Estimation>& estimations);
void check_labels(Workspace& work, const TableEntry& entry);
// No more headings than `columns` regressions: study.headings otherwise.
void check_headings(Workspace& work, const TableEntry& entry, std::size_t columns);
// One text for each of `columns` regressions: study.spanners otherwise.
void check_spanners(Workspace& work, const TableEntry& entry, std::size_t columns);
// The heads over regression `position`, outermost first.
std::vector<std::string> spanners_of(const TableEntry& entry, std::size_t position);

}  // namespace panelist::study
