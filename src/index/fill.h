// SPDX-License-Identifier: Apache-2.0
// Availability and missing cells of an index, before anything is learned.
//
//   screen s   a row with fewer than s of its cells observed is left out, then an indicator with fewer than s of its
//              rows observed
//   impute     refuse; mean, median of the column; year_mean of the same time; group_mean:G of the same value of column G
//              (and time); linear in time within the unit, inner gaps only; nearest: the same, ends take the nearest;
//              regression: least squares on the indicators without gaps; em: conditional means of a normal law, moments by
//              expectation and maximisation to 1e-10
// Errors  index.nothing_available index.no_complete_indicator index.unknown_convention data.unknown_column
//         index.em_not_converged; cells that stay missing are refused by name (index.missing_cells)
// Source  Little and Rubin (2019) for em; OECD and JRC (2008)
#pragma once
#include "index/cells.h"

namespace panelist {

struct FillRule {
  std::string_view name, summary;
  bool takes_column = false;  // written NAME:COLUMN
  Matrix (*fill)(const Matrix& values, const IndexData& data, const std::string& column) = nullptr;
};
const std::vector<FillRule>& fill_rules();
std::vector<std::string> fill_rule_names();
const FillRule* find_fill_rule(const std::string& text);

// What is available enough: positions of rows and indicators.
struct Available {
  std::vector<Index> rows, indicators;
};
Available available(const Matrix& values, double share);
// Throws data.unknown_column when the rule names one, whether or not there is a cell to fill.
void check_fill_column(const IndexData& data, const std::string& rule);
Matrix filled(const Matrix& values, const IndexData& data, const std::string& rule);

// Conditional means of the missing cells under a normal law.
Matrix fill_by_em(const Matrix& values);

}  // namespace panelist
