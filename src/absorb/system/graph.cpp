// SPDX-License-Identifier: Apache-2.0
#include "absorb/system/graph.h"

#include <numeric>

#include "absorb/absorber.h"

namespace panelist {

DisjointSets::DisjointSets(Index size) : parent_(static_cast<std::size_t>(size)) {
  std::iota(parent_.begin(), parent_.end(), Index{0});
}

Index DisjointSets::find(Index node) {
  auto at = static_cast<std::size_t>(node);
  while (parent_[at] != static_cast<Index>(at)) {
    parent_[at] = parent_[static_cast<std::size_t>(parent_[at])];
    at = static_cast<std::size_t>(parent_[at]);
  }
  return static_cast<Index>(at);
}

bool DisjointSets::join(Index a, Index b) {
  const Index root_a = find(a);
  const Index root_b = find(b);
  if (root_a == root_b) return false;
  parent_[static_cast<std::size_t>(std::max(root_a, root_b))] = std::min(root_a, root_b);
  return true;
}

BipartiteComponents bipartite_components(const Levels& a, const Levels& b, Level a_levels, Level b_levels) {
  DisjointSets sets(Index{a_levels} + b_levels);
  for (std::size_t i = 0; i < a.size(); ++i) sets.join(a[i], Index{a_levels} + b[i]);
  BipartiteComponents components;
  std::vector<Level> id(static_cast<std::size_t>(a_levels), -1);
  const auto id_of = [&](Index node) {
    Level& known = id[static_cast<std::size_t>(sets.find(node))];
    if (known < 0) known = components.count++;
    return known;
  };
  for (Index level = 0; level < a_levels; ++level) components.of_a.push_back(id_of(level));
  for (Index level = 0; level < b_levels; ++level) components.of_b.push_back(id_of(a_levels + level));
  return components;
}

Level connected_components(const Levels& a, const Levels& b, Level a_levels, Level b_levels) {
  return bipartite_components(a, b, a_levels, b_levels).count;
}

bool nested(const Levels& inner, const Levels& outer, Level inner_levels) {
  std::vector<Level> holder(static_cast<std::size_t>(inner_levels), -1);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    Level& known = holder[static_cast<std::size_t>(inner[i])];
    if (known < 0) known = outer[i];
    if (known != outer[i]) return false;
  }
  return true;
}

}  // namespace panelist
