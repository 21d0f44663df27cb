// SPDX-License-Identifier: Apache-2.0
// The tree of an index, of any depth: dimensions in order of appearance, each followed by what is below it.
#pragma once
#include "index/index.h"

namespace panelist {

struct Node {
  std::string code, parent;
  int level = 1;
  std::vector<Index> indicators;  // all below it
};
std::vector<Node> index_nodes(const IndexSystem& system);
// The dimensions alone. A flat index has none.
std::vector<Node> dimensions_of(const IndexSystem& system);
// The system of the indicators listed, in that order.
IndexSystem part_of(const IndexSystem& system, const std::vector<Index>& indicators);

}  // namespace panelist
