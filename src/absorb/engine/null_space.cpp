// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/null_space.h"

#include <algorithm>
#include <cmath>

#include "absorb/engine/engine.h"
#include "absorb/system/graph.h"
#include "base/random.h"

namespace panelist::engine {
namespace {

// Rows of a level of e that each row is compared with.
constexpr Offset rows_looked_back = 8;
// Random null vectors tried, one set after another until one is not of full rank.
constexpr Index tries[] = {3, 15, 31};
constexpr double solution_tolerance = 1e-8;
constexpr double pair_tolerance = 1e-12;
// Shares of the largest pivot: above is a null vector, below nothing, between not decided.
constexpr double clear_share = 1e-3;
constexpr double rounding_share = 1e-6;

// The levels of a factor by the set they are in, numbered in order.
ContractedFactor contracted_by(DisjointSets& sets, const Part& part, Index n) {
  ContractedFactor factor;
  std::vector<Level> number(static_cast<std::size_t>(part.levels), -1);
  for (Index level = 0; level < part.levels; ++level)
    if (sets.find(level) == level)
      number[static_cast<std::size_t>(level)] = static_cast<Level>(factor.levels++);
  factor.level.resize(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
    factor.level[static_cast<std::size_t>(i)] = number[static_cast<std::size_t>(sets.find(part.level[i]))];
  return factor;
}

// The one factor in which two rows differ; -1 for none, -2 for several.
int only_difference(const std::vector<Part>& others, Index a, Index b) {
  int found = -1;
  for (std::size_t q = 0; q < others.size(); ++q) {
    if (others[q].level[a] == others[q].level[b]) continue;
    if (found >= 0) return -2;
    found = static_cast<int>(q);
  }
  return found;
}

// Random columns in the span of the dummies, and the coefficients they were made of.
struct RandomCombination {
  Matrix columns;
  std::vector<Matrix> coefficients;  // by factor: levels x tries
};

RandomCombination random_combination(const std::vector<AbsorbFactor>& factors, Index count) {
  RandomCombination made;
  Random random(20260101, "null space", static_cast<std::uint64_t>(count));
  made.columns = Matrix::Zero(static_cast<Index>(factors.front().level.size()), count);
  for (const AbsorbFactor& factor : factors) {
    Matrix a(factor.n_levels, count);
    for (Index k = 0; k < count; ++k)
      for (Index l = 0; l < a.rows(); ++l) a(l, k) = random.normal();
    for (Index k = 0; k < count; ++k)
      for (Index i = 0; i < made.columns.rows(); ++i)
        made.columns(i, k) += a(factor.level[static_cast<std::size_t>(i)], k);
    made.coefficients.push_back(std::move(a));
  }
  return made;
}

// Rank by Gram-Schmidt, the largest column first; `full` is the size that counts as all.
NullSpace rank_of(Matrix Z, double full) {
  NullSpace found{0, true};
  for (Index step = 0; step < Z.cols(); ++step) {
    Index pivot = step;
    for (Index k = step + 1; k < Z.cols(); ++k)
      if (Z.col(k).norm() > Z.col(pivot).norm()) pivot = k;
    Z.col(step).swap(Z.col(pivot));
    const double size = Z.col(step).norm();
    if (!(size > rounding_share * full)) return found;
    if (size < clear_share * full) return {found.dimension, false};
    ++found.dimension;
    const Vector direction = Z.col(step) / size;
    for (Index k = step + 1; k < Z.cols(); ++k) Z.col(k) -= direction * direction.dot(Z.col(k));
  }
  return found;
}

// The component of the graph of two factors that each level of the second belongs to, as a factor of its levels.
AbsorbFactor components_by_level(const AbsorbFactor& first, const AbsorbFactor& second) {
  BipartiteComponents components =
      bipartite_components(first.level, second.level, first.n_levels, second.n_levels);
  AbsorbFactor factor;
  factor.n_levels = components.count;
  factor.level = std::move(components.of_b);
  return factor;
}

// Null vectors of a factor with each of the two largest: constant on their components. Takes that part off the rows of
// Z and returns its dimension; -1 when that was not reached.
Index take_off_pairs(const Context& context, const std::vector<AbsorbFactor>& factors, std::size_t q,
                     Eigen::Ref<Matrix> Z) {
  const std::vector<AbsorbFactor> pairs = {components_by_level(factors[0], factors[q]),
                                           components_by_level(factors[1], factors[q])};
  Matrix rest = Z;
  const Vector no_weights;
  const AbsorbOptions options;
  const AbsorbReport report = Engine(context, pairs, no_weights, options)
                                  .absorb(context, {rest.data(), rest.rows(), rest.cols()}, pair_tolerance);
  if (!report.converged) return -1;
  Z = rest;
  return pairs[0].n_levels + pairs[1].n_levels -
         connected_components(pairs[0].level, pairs[1].level, pairs[0].n_levels, pairs[1].n_levels);
}

}  // namespace

std::vector<ContractedFactor> contracted(const LevelOrder& by, const Level* f,
                                         const std::vector<Part>& others) {
  std::vector<DisjointSets> equal;
  for (const Part& part : others) equal.emplace_back(part.levels);
  const auto row = [&](Offset k) { return static_cast<Index>(by.sorted ? k : by.rows[k]); };
  for (std::size_t e = 0; e + 1 < by.starts.size(); ++e) {
    for (Offset k = by.starts[e] + 1; k < by.starts[e + 1]; ++k) {
      const Offset oldest = k - by.starts[e] > rows_looked_back ? k - rows_looked_back : by.starts[e];
      for (Offset j = oldest; j < k; ++j) {
        if (f[row(j)] != f[row(k)]) continue;
        const int q = only_difference(others, row(j), row(k));
        if (q < 0) continue;
        const Level* level = others[static_cast<std::size_t>(q)].level;
        equal[static_cast<std::size_t>(q)].join(level[row(j)], level[row(k)]);
      }
    }
  }
  std::vector<ContractedFactor> factors;
  for (std::size_t q = 0; q < others.size(); ++q)
    factors.push_back(contracted_by(equal[q], others[q], static_cast<Index>(by.starts.back())));
  return factors;
}

NullSpace projected_null_space(const Context& context, const std::vector<AbsorbFactor>& factors,
                               const std::vector<std::size_t>& others) {
  const Vector no_weights;
  AbsorbOptions options;
  options.tolerance = solution_tolerance;
  const Engine engine(context, factors, no_weights, options);
  NullSpace found;
  for (const Index count : tries) {
    context.stop_if_asked();
    RandomCombination made = random_combination(factors, count);
    const std::vector<Matrix> solved =
        engine.reduced_effects(context, {made.columns.data(), made.columns.rows(), count});
    if (solved.empty()) return {};
    Matrix Z(0, count);
    Index of_pairs = 0;
    double full = 0.0;
    for (const std::size_t q : others) {
      Matrix rest = made.coefficients[q] - solved[q];
      full = std::max(full, rest.colwise().norm().maxCoeff());
      const Index of_pair = take_off_pairs(context, factors, q, rest);
      if (of_pair < 0) return {};
      of_pairs += of_pair;
      Z.conservativeResize(Z.rows() + rest.rows(), Eigen::NoChange);
      Z.bottomRows(rest.rows()) = rest;
    }
    found = rank_of(std::move(Z), full);
    if (found.dimension < count) return {of_pairs + found.dimension, found.certain};
  }
  return {found.dimension, false};
}

}  // namespace panelist::engine
