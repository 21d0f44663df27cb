// SPDX-License-Identifier: Apache-2.0
// Descriptive tables from their statistics (table/descriptive.h). Cells point at /correlations, /variables, /units and
// /transitions of the table's object in results.json.
#pragma once
#include <string>
#include <vector>

#include "report/build_table.h"
#include "table/descriptive.h"

namespace panelist {

struct DescriptiveSpec {
  std::string id, title;
  int number = 0;
  TableStyle style;
  Labels labels;
};

// Lower triangle `below`; `above` fills the upper one when it is not empty. Both are square, by variable.
struct CorrelationTableSpec : DescriptiveSpec {
  std::vector<std::string> names;
  std::vector<std::vector<Association>> below, above;
  AssociationKind kind = AssociationKind::pearson;
  bool p_below = false;  // p-values in a row of their own
};
PublicationTable correlation_table(const CorrelationTableSpec& spec);

struct BalanceTableSpec : DescriptiveSpec {
  std::string by, first, second;  // column and names of its two groups
  std::vector<Balance> variables;
  std::string clusters;  // the column that the tests are clustered by; "" = Welch's
};
PublicationTable balance_table(const BalanceTableSpec& spec);

// Blank columns are left out.
struct DefinitionRow {
  std::string variable, symbol, sign, definition, unit, source;
};
struct DefinitionTableSpec : DescriptiveSpec {
  std::vector<DefinitionRow> rows;
};
PublicationTable definition_table(const DefinitionTableSpec& spec);

struct RankedUnit {
  std::string unit;
  std::vector<double> ranks;  // by time
  double mean = missing_value, rank = missing_value;
};
struct RankingTableSpec : DescriptiveSpec {
  std::string name;
  std::vector<std::string> times;
  std::vector<RankedUnit> units;  // in printing order
};
PublicationTable ranking_table(const RankingTableSpec& spec);

// Shares of the moves out of each state; missing where there are none.
struct TransitionPanel {
  std::string group;  // "" when it holds all units
  std::vector<std::vector<double>> shares;
  std::vector<double> moves;  // out of each state
};
struct TransitionTableSpec : DescriptiveSpec {
  std::string name, by;
  std::vector<TransitionPanel> panels;  // one; with `by` one a group
  int steps = 1;
  bool by_period = false;  // quantiles of each period
};
PublicationTable transition_table(const TransitionTableSpec& spec);

}  // namespace panelist
