// SPDX-License-Identifier: Apache-2.0
#include "index/available.h"

#include <algorithm>

namespace panelist {
namespace {

// Rows by which of their cells are observed.
std::map<std::vector<bool>, std::vector<Index>> patterns_of(const Matrix& x) {
  std::map<std::vector<bool>, std::vector<Index>> patterns;
  for (Index i = 0; i < x.rows(); ++i) {
    std::vector<bool> pattern;
    for (Index j = 0; j < x.cols(); ++j) pattern.push_back(std::isfinite(x(i, j)));
    patterns[pattern].push_back(i);
  }
  return patterns;
}

Vector rescaled_weights(const Vector& weight, const std::vector<Index>& kept) {
  const Vector own = weight(kept);
  if (own.sum() > 0) return own / own.sum();
  return Vector::Constant(own.size(), 1.0 / static_cast<double>(own.size()));
}

// Nodes of the smaller system by their places in the whole.
std::vector<Index> places_of(const std::vector<Node>& part, const std::vector<Node>& whole) {
  std::vector<Index> places;
  for (const Node& node : part)
    for (std::size_t k = 0; k < whole.size(); ++k)
      if (whole[k].code == node.code && whole[k].level == node.level) places.push_back(static_cast<Index>(k));
  return places;
}

}  // namespace

std::vector<Index> observed_cells(const VectorView& x) {
  std::vector<Index> seen;
  for (Index i = 0; i < x.size(); ++i)
    if (std::isfinite(x(i))) seen.push_back(i);
  return seen;
}

std::vector<Index> complete_rows(const Matrix& x) {
  std::vector<Index> complete;
  for (Index i = 0; i < x.rows(); ++i)
    if (x.row(i).allFinite()) complete.push_back(i);
  return complete;
}

PoolScores score_available(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system,
                           const IndexConventions& conventions) {
  const std::vector<Node> nodes = index_nodes(system);
  PoolScores scores;
  scores.score = Vector::Constant(x.rows(), missing_value);
  scores.part = scores.contribution =
      Matrix::Constant(x.rows(), static_cast<Index>(nodes.size()), missing_value);
  for (const auto& [pattern, rows] : patterns_of(x)) {
    std::vector<Index> kept;
    for (std::size_t j = 0; j < pattern.size(); ++j)
      if (pattern[j]) kept.push_back(static_cast<Index>(j));
    if (kept.empty()) continue;
    const IndexSystem part = part_of(system, kept);
    const PoolScores found = score_rows(
        x(rows, kept), weights_as_learned(rescaled_weights(learned.weight, kept), part), part, conventions);
    scores.score(rows) = found.score;
    const std::vector<Index> places = places_of(index_nodes(part), nodes);
    scores.part(rows, places) = found.part;
    scores.contribution(rows, places) = found.contribution;
  }
  return scores;
}

}  // namespace panelist
