// SPDX-License-Identifier: Apache-2.0
// The regressions of a table: from "formulas", "one change a column" and "by group" to estimations.
#pragma once
#include "report/equivalent_code.h"
#include "study/run/workspace.h"

namespace panelist::study {

// One column of a regression table, ready to be estimated.
struct Regression {
  Formula formula;
  Table table;                         // the panel with this column's changes
  std::vector<std::string> where;      // conditions beyond the study's
  std::vector<CodedChange> changes{};  // to its columns, as code says them
  std::string group_rows{};  // the condition of a split's group in terms of the data; "" when there is none
  VcovSpec vcov;
  std::string heading, group;
  std::string family;  // "" or "gaussian": least squares
  std::string method;  // "" = by the formula
  std::vector<std::string> remarks;
  Span span;
};

// A split of the sample: the group of each row, as columns that are added to the table.
struct Grouped {
  std::string column;                   // text column with the group's name
  std::string code_column;              // numeric: 0, 1, ...
  std::vector<std::string> groups;      // in printing order
  std::vector<std::string> conditions;  // of each in terms of the data; none where that would be long
  Table table;
};

std::vector<Regression> plan_columns(Workspace& work, const TableEntry& entry);
std::vector<Regression> plan_variations(Workspace& work, const TableEntry& entry);
std::vector<Regression> plan_split(Workspace& work, const TableEntry& entry, const Split& split,
                                   const Grouped& grouped);
Grouped group_rows(Workspace& work, const TableEntry& entry, const Split& split);

// The estimation spec of a regression: formula, covariance, small-sample rule, weights, rows.
EstimationSpec estimation_spec(const Workspace& work, const TableEntry& entry, const Regression& regression);
std::vector<Estimation> estimate_all(Workspace& work, const TableEntry& entry,
                                     std::vector<Regression>& regressions);

// The effects of a text as in a formula: "province + year", "0" for none.
std::vector<FormulaEffect> effects_of(const Spanned& written, const FormulaSets& sets);

// Rows of the study's sample that satisfy the conditions.
std::vector<std::size_t> rows_where(Workspace& work, const Table& table,
                                    const std::vector<std::string>& conditions);

// Rows in which a column, one that it is derived from, or an indicator of an index was filled in.
std::set<std::size_t> rows_filled_in(const Workspace& work, const std::string& name);
// "Filled in by imputation: rd (12 rows)." for the variables a table names, on its sample; "" when none was.
std::string imputation_note(Workspace& work, const TableEntry& entry);

}  // namespace panelist::study
