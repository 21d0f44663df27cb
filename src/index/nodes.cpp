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

// The nodes one level below a node that hold some of its indicators, each followed by what is below it.
void add_nodes_below(const IndexSystem& system, const Node& above, std::vector<Node>& nodes) {
  std::vector<Node> below;
  const int level = above.level + 1;
  for (const Index j : above.indicators) {
    const std::vector<std::string> path = path_above(system.indicators[static_cast<std::size_t>(j)]);
    if (static_cast<int>(path.size()) < level) continue;
    const std::string& name = path[static_cast<std::size_t>(level - 1)];
    find_or_add(below, above.code.empty() ? name : above.code + "/" + name, above.code, level)
        .indicators.push_back(j);
  }
  for (const Node& node : below) {
    nodes.push_back(node);
    add_nodes_below(system, node, nodes);
  }
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
  std::vector<Index> all;
  for (std::size_t j = 0; j < system.indicators.size(); ++j) all.push_back(static_cast<Index>(j));
  add_nodes_below(system, {"", "", 0, all}, nodes);
  return nodes;
}

std::vector<std::string> path_above(const Indicator& indicator) {
  if (indicator.dimension.empty()) return {};
  std::vector<std::string> path = {indicator.dimension};
  if (indicator.sub.empty()) return path;
  path.push_back(indicator.sub);
  path.insert(path.end(), indicator.deeper.begin(), indicator.deeper.end());
  return path;
}

void set_path(Indicator& indicator, const std::vector<std::string>& path) {
  indicator.dimension = path.empty() ? "" : path[0];
  indicator.sub = path.size() < 2 ? "" : path[1];
  indicator.deeper.assign(path.size() < 3 ? path.end() : path.begin() + 2, path.end());
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
