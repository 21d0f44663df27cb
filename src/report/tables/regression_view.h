// SPDX-License-Identifier: Apache-2.0
// One printed column of a regression table: the equation or one first stage of an estimation.
#pragma once
#include <string>
#include <vector>

#include "report/build_table.h"
#include "report/tables/stats.h"

namespace panelist {

struct ColumnView {
  const RegressionColumn* column = nullptr;
  const Estimation* estimation = nullptr;
  const std::vector<Coefficient>* coefficients = nullptr;
  std::string outcome;                  // column name of what stands on the left side
  std::string coefficient_pointer;      // "/columns/0/coefficients"
  std::optional<Coefficient> constant;  // what the constant's row shows
  bool constant_of_xtreg = false;
  std::string group;  // spanner above
  StatSource stat_source;

  [[nodiscard]] const Coefficient* find(const std::string& term) const;
  [[nodiscard]] std::string pointer_of(const Coefficient& coefficient, std::string_view field) const;
};

// Views of all columns; `group` is filled in where stages stand side by side.
std::vector<ColumnView> column_views(const RegressionTableSpec& spec, const StyleEntry& style);

// What the rows show and what they fold away.
struct TermPlan {
  std::vector<std::string> shown;   // terms, in order
  std::vector<TermBlock> folded;    // rows YES/NO: blocks, then sets
  std::vector<std::string> hidden;  // in no set, not asked for: named in a note
};
TermPlan plan_terms(const std::vector<ColumnView>& views, const RegressionTableSpec& spec);

// Notes of the table, from what was done.
std::vector<std::string> regression_notes(const RegressionTableSpec& spec, const StyleEntry& style,
                                          const std::vector<ColumnView>& views, const TermPlan& plan,
                                          const std::vector<std::string>& stats);

std::string star_legend(const StarLevels& stars, const StyleEntry& style, const std::string& lang);
// What the brackets hold under an estimate: the first thing asked in the style's own, others in square ones.
Bracket bracket_of(const TableStyle& style, std::size_t position);
// "in parentheses"
std::string_view bracket_words(Bracket bracket, std::string_view lang);
int stars_of(double p, const StarLevels& stars);

inline constexpr std::string_view intercept_term = "(Intercept)";

}  // namespace panelist
