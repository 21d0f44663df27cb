// SPDX-License-Identifier: Apache-2.0
#include "absorb/system/degrees.h"

#include "absorb/system/graph.h"

namespace panelist {
namespace {

// Largest number of multiply-adds spent on building and factorising a dense reduced system.
constexpr double dense_cost = 1e10;

FactorSpaces unweighted_spaces(const std::vector<AbsorbFactor>& factors, const Vector& none) {
  FactorSpaces spaces;
  spaces.reserve(factors.size());
  for (const AbsorbFactor& factor : factors) spaces.emplace_back(factor, none);
  return spaces;
}

FactorDegrees degrees_of(const AbsorbFactor& factor, Index columns, Index redundant) {
  return {factor.name, static_cast<Level>(columns), static_cast<Level>(redundant), true};
}

// Kept columns of R that belong to the first q factors, q = 1 .. count.
std::vector<Index> kept_by_prefix(const std::vector<Index>& kept, const FactorSpaces& spaces,
                                  std::size_t eliminated, std::size_t count) {
  std::vector<Index> totals;
  Index end = 0;
  for (std::size_t q = 0; q < count; ++q) {
    if (q != eliminated) end += spaces[q].columns();
    totals.push_back(std::lower_bound(kept.begin(), kept.end(), end) - kept.begin());
  }
  return totals;
}

Index rank_of_one(const FactorSpace& space) { return space.columns() - space.redundant_within(); }

// Ranks of the first 1, 2, .. count factors together. Those before the largest factor need a system of their own.
std::vector<Index> prefix_ranks(const FactorSpaces& spaces, std::size_t count, std::vector<Index>& kept) {
  const std::size_t largest = largest_of(spaces, count);
  kept = independent_in_order(spaces, largest, count);
  const std::vector<Index> totals = kept_by_prefix(kept, spaces, largest, count);
  std::vector<Index> ranks;
  std::vector<Index> unused;
  if (largest > 0) ranks = prefix_ranks(spaces, largest, unused);
  for (std::size_t q = largest; q < count; ++q) ranks.push_back(totals[q] + rank_of_one(spaces[largest]));
  return ranks;
}

}  // namespace

ExactDegrees exact_degrees(const std::vector<AbsorbFactor>& factors) {
  const Vector none;
  const FactorSpaces spaces = unweighted_spaces(factors, none);
  ExactDegrees degrees;
  const std::vector<Index> ranks = prefix_ranks(spaces, factors.size(), degrees.kept);
  Index before = 0;
  for (std::size_t q = 0; q < factors.size(); ++q) {
    const Index columns = spaces[q].columns();
    degrees.factors.push_back(degrees_of(factors[q], columns, columns - (ranks[q] - before)));
    before = ranks[q];
  }
  return degrees;
}

ExactDegrees two_factor_degrees(const std::vector<AbsorbFactor>& factors, std::size_t eliminated) {
  const AbsorbFactor& a = factors[0];
  const AbsorbFactor& b = factors[1];
  const BipartiteComponents components = bipartite_components(a.level, b.level, a.n_levels, b.n_levels);
  ExactDegrees degrees;
  degrees.factors = {degrees_of(a, a.n_levels, 0), degrees_of(b, b.n_levels, components.count)};
  const std::vector<Level>& component = eliminated == 0 ? components.of_b : components.of_a;
  std::vector<bool> seen(static_cast<std::size_t>(components.count), false);
  for (std::size_t level = 0; level < component.size(); ++level) {
    if (seen[static_cast<std::size_t>(component[level])]) degrees.kept.push_back(static_cast<Index>(level));
    seen[static_cast<std::size_t>(component[level])] = true;
  }
  return degrees;
}

std::vector<FactorDegrees> pairwise_degrees(const std::vector<AbsorbFactor>& factors,
                                            const FactorSpaces& spaces) {
  std::vector<FactorDegrees> degrees;
  bool exact = true;
  for (std::size_t q = 0; q < factors.size(); ++q) {
    Level shared = 0;
    for (std::size_t before = 0; before < q && factors[q].intercept; ++before) {
      if (!factors[before].intercept) continue;
      shared = std::max(shared, connected_components(factors[before].level, factors[q].level,
                                                     factors[before].n_levels, factors[q].n_levels));
    }
    exact = exact && (q == 0 || (q == 1 && !spaces[0].has_slopes() && !spaces[1].has_slopes()));
    degrees.push_back(degrees_of(factors[q], spaces[q].columns(), shared + spaces[q].redundant_within()));
    degrees.back().exact = exact;
  }
  return degrees;
}

std::vector<FactorDegrees> sloped_degrees(const std::vector<AbsorbFactor>& factors, Index dense_levels) {
  const Vector none;
  const FactorSpaces spaces = unweighted_spaces(factors, none);
  const std::size_t largest = largest_of(spaces, spaces.size());
  const bool dense = reduced_offsets(spaces, largest, spaces.size()).back() <= dense_levels &&
                     reduced_cost(spaces, largest) <= dense_cost;
  return dense && spaces.size() > 1 ? exact_degrees(factors).factors : pairwise_degrees(factors, spaces);
}

}  // namespace panelist
