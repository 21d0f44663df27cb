// SPDX-License-Identifier: Apache-2.0
#include "absorb/system/levels.h"

#include "absorb/system/graph.h"

namespace panelist {
LevelComponents level_components(const std::vector<AbsorbFactor>& factors) {
  LevelComponents components;
  std::vector<Index> first;
  for (const AbsorbFactor& factor : factors) {
    first.push_back(components.nodes);
    components.nodes += factor.n_levels;
  }
  DisjointSets sets(components.nodes);
  std::size_t anchor = 0;
  while (!factors[anchor].intercept) ++anchor;
  for (std::size_t q = anchor + 1; q < factors.size(); ++q) {
    if (!factors[q].intercept) continue;
    for (std::size_t i = 0; i < factors[q].level.size(); ++i) {
      sets.join(first[anchor] + factors[anchor].level[i], first[q] + factors[q].level[i]);
    }
  }
  for (std::size_t q = 0; q < factors.size(); ++q) {
    components.root.emplace_back();
    for (Index l = 0; l < factors[q].n_levels; ++l) components.root.back().push_back(sets.find(first[q] + l));
  }
  return components;
}

namespace {

Vector component_means(const std::vector<Index>& root, const Matrix& effect, Index nodes) {
  Vector sum = Vector::Zero(nodes);
  Vector count = Vector::Zero(nodes);
  for (std::size_t l = 0; l < root.size(); ++l) {
    sum(root[l]) += effect(static_cast<Index>(l), 0);
    count(root[l]) += 1.0;
  }
  return (count.array() > 0.0).select(sum.array() / count.array().max(1.0), 0.0);
}

}  // namespace

void normalise_effects(const std::vector<AbsorbFactor>& factors, std::vector<Matrix>& effects) {
  const auto with_intercept = [](const AbsorbFactor& factor) { return factor.intercept; };
  const auto found = std::find_if(factors.begin(), factors.end(), with_intercept);
  if (found == factors.end()) return;
  const auto anchor = static_cast<std::size_t>(found - factors.begin());
  const LevelComponents components = level_components(factors);
  for (std::size_t q = anchor + 1; q < factors.size(); ++q) {
    if (!factors[q].intercept) continue;
    const Vector mean = component_means(components.root[q], effects[q], components.nodes);
    for (Index l = 0; l < effects[q].rows(); ++l) {
      effects[q](l, 0) -= mean(components.root[q][static_cast<std::size_t>(l)]);
    }
    for (Index l = 0; l < effects[anchor].rows(); ++l) {
      effects[anchor](l, 0) += mean(components.root[anchor][static_cast<std::size_t>(l)]);
    }
  }
}

}  // namespace panelist
