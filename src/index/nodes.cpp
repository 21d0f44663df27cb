// SPDX-License-Identifier: Apache-2.0
#include "index/nodes.h"

namespace panelist {
namespace {

Node& find_or_add(std::vector<Node>& nodes, const std::string& code, const std::string& parent, int level) {
  for (Node& node : nodes)
    if (node.code == code && node.level == level) return node;
  nodes.push_back({code, parent, level, {}});
  return nodes.back();
}

}  // namespace

std::vector<Node> dimensions_of(const IndexSystem& system) {
  std::vector<Node> nodes;
  for (std::size_t j = 0; j < system.indicators.size(); ++j) {
    const std::string& dimension = system.indicators[j].dimension;
    if (!dimension.empty()) find_or_add(nodes, dimension, "", 1).indicators.push_back(static_cast<Index>(j));
  }
  return nodes;
}

std::vector<Node> index_nodes(const IndexSystem& system) {
  std::vector<Node> nodes;
  for (Node& dimension : dimensions_of(system)) {
    std::vector<Node> subs;
    for (const Index j : dimension.indicators) {
      const std::string& sub = system.indicators[static_cast<std::size_t>(j)].sub;
      if (sub.empty()) continue;
      find_or_add(subs, dimension.code + "/" + sub, dimension.code, 2).indicators.push_back(j);
    }
    nodes.push_back(std::move(dimension));
    nodes.insert(nodes.end(), subs.begin(), subs.end());
  }
  return nodes;
}

IndexSystem part_of(const IndexSystem& system, const std::vector<Index>& indicators) {
  IndexSystem part;
  part.name = system.name;
  part.span = system.span;
  part.node_weights = system.node_weights;
  part.comparisons = system.comparisons;
  for (const Index j : indicators) part.indicators.push_back(system.indicators[static_cast<std::size_t>(j)]);
  return part;
}

}  // namespace panelist
