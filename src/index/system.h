// SPDX-License-Identifier: Apache-2.0
// An indicator system: what an index is made of, in a tree of any depth.
//
// Errors  index.list_columns index.list_cell index.duplicate_indicator index.tree_cycle index.orphan
//         index.empty_dimension
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "table/table.h"

namespace panelist {

struct Indicator {
  std::string code;       // column name
  std::string dimension;  // first level, "" when the index is flat
  std::string sub;        // second level, ""
  char direction = '+';   // '+', '-', '=' (target), '~' (interval)
  double target = missing_value;
  double low = missing_value, high = missing_value;  // of the interval
  std::optional<double> weight;                      // given weights
  std::optional<double> min, max;                    // fixed goalposts
  std::string denominator;                           // column the values are divided by, "" for none
  std::string label, unit;
  std::vector<std::size_t> imputed{};  // table rows whose cell was filled in, sorted
  Span span;
  std::vector<std::string> deeper{};  // third level and below
  std::string source{};               // where its values come from
};
// Names of the nodes above an indicator, the dimension first; empty when it stands directly below the index.
std::vector<std::string> path_above(const Indicator& indicator);
// The same in reverse.
void set_path(Indicator& indicator, const std::vector<std::string>& path);

// How many times as important the first is as the second; both are indicators or nodes of one parent.
struct PairComparison {
  std::string first, second;
  double value = 1;
};

struct IndexSystem {
  std::string name;
  std::vector<Indicator> indicators;  // in file order
  Span span;
  std::map<std::string, double>
      node_weights{};  // "Dimension", "Dimension/Sub", ...: given weights within their parent
  std::vector<PairComparison> comparisons{};  // of method ahp
};

// An indicator list csv: code,dimension,sub,direction and optionally label,unit,weight,min,max,target,low,high,
// denominator, source. In place
// of dimension and sub: level,parent with a line for each node (level 1 is an indicator).
IndexSystem index_system_from(const Table& list, const std::string& name, Diagnostics& diagnostics);

// Comparisons for method ahp: a list first,second,value; a value may be written 1/3.
std::vector<PairComparison> comparisons_from(const Table& list, Diagnostics& diagnostics);

// Indicators that two systems share: the same column in outcome and regressor indices.
std::vector<std::string> shared_indicators(const IndexSystem& a, const IndexSystem& b);

}  // namespace panelist
