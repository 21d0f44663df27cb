// SPDX-License-Identifier: Apache-2.0
// The tree of an indicator list that names a parent on every line: nodes are the lines some other line names as parent (or
// of level above 1). The one top above all is the index; below it dimensions, below these sub-dimensions, to any depth.
// Errors  index.tree_cycle index.orphan index.empty_dimension
#pragma once
#include <set>

#include "index/index.h"

namespace panelist {

class ListTree {
 public:
  ListTree(const Table& list, Diagnostics& diagnostics);

  [[nodiscard]] bool is_node(std::size_t row) const;
  // The nodes above an indicator's line.
  void place(std::size_t row, Indicator& indicator) const;
  // "Dimension", "Dimension/Sub", ... of a node's line; "" for the index itself.
  [[nodiscard]] std::string node_code(std::size_t row) const;

 private:
  [[nodiscard]] std::vector<std::string> path_above(std::size_t row) const;
  [[nodiscard]] bool is_index(const std::string& code) const;
  void check_line(std::size_t row) const;
  void check_children() const;

  const Table& list_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::string> parents_;  // of every line
  std::set<std::string> named_;                 // codes named as parents
  bool with_nodes_ = false;                     // some parent is a line
};

// A trimmed cell; "" where there is no such column.
std::string list_cell(const Table& list, const std::string& column, std::size_t row);

}  // namespace panelist
