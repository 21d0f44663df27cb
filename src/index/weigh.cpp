// SPDX-License-Identifier: Apache-2.0
#include "index/weigh.h"

#include "index/normalise.h"

namespace panelist {
namespace {

std::vector<Index> varying(const std::vector<Index>& columns, const std::vector<bool>& constant) {
  std::vector<Index> kept;
  for (const Index j : columns)
    if (!constant[static_cast<std::size_t>(j)]) kept.push_back(j);
  return kept;
}

// Weights of the columns listed, summing to one over them; columns without variation get none. When none varies, all
// get the same and the answer is false.
bool weigh_columns(const std::vector<Index>& columns, const PoolCells& cells, const IndexSystem& system,
                   const IndexConventions& conventions, const Weighting& weighting, Vector& weight,
                   Vector& entropy) {
  const std::vector<Index> kept = varying(columns, cells.constant);
  if (kept.empty()) {
    for (const Index j : columns) weight(j) = 1.0 / static_cast<double>(columns.size());
    return false;
  }
  Vector e;
  const Vector w = weighting.weigh(cells.z(Eigen::all, kept), part_of(system, kept), conventions, &e);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    weight(kept[i]) = w(static_cast<Index>(i));
    if (e.size() > 0) entropy(kept[i]) = e(static_cast<Index>(i));
  }
  return true;
}

double sum_over(const std::vector<Index>& columns, const Vector& values) {
  double sum = 0;
  for (const Index j : columns) sum += values(j);
  return sum;
}

Vector weighted_sum(const std::vector<Index>& columns, const Matrix& cells, const Vector& weight) {
  Vector sum = Vector::Zero(cells.rows());
  for (const Index j : columns) sum += weight(j) * cells.col(j);
  return sum;
}

std::vector<Index> all_columns(const Matrix& cells) {
  std::vector<Index> columns;
  for (Index j = 0; j < cells.cols(); ++j) columns.push_back(j);
  return columns;
}

PoolScores empty_scores(const PoolCells& cells, std::size_t nodes, const Weighting& weighting) {
  PoolScores scores;
  const Index m = cells.z.cols(), k = static_cast<Index>(nodes);
  scores.weight = scores.local = Vector::Zero(m);
  scores.entropy = Vector::Constant(m, weighting.zero_rule ? 1.0 : missing_value);
  scores.node_weight = Vector::Zero(k);
  scores.contribution = scores.part = Matrix::Zero(cells.z.rows(), k);
  return scores;
}

// The mean of a node's cells under its weights; where it has none, the plain mean.
Vector part_score(const Node& node, const Matrix& x, const Vector& weight) {
  const double sum = sum_over(node.indicators, weight);
  if (sum > 0) return weighted_sum(node.indicators, x, weight) / sum;
  return weighted_sum(node.indicators, x, Vector::Ones(x.cols())) /
         static_cast<double>(node.indicators.size());
}

void one_step(const PoolCells& cells, const IndexSystem& system, const IndexConventions& conventions,
              const Weighting& weighting, PoolScores& scores) {
  const std::vector<Index> columns = all_columns(cells.z);
  scores.all_constant =
      !weigh_columns(columns, cells, system, conventions, weighting, scores.weight, scores.entropy);
  scores.local = scores.weight;
  for (const Node& dimension : dimensions_of(system)) {
    const double sum = sum_over(dimension.indicators, scores.weight);
    for (const Index j : dimension.indicators)
      scores.local(j) =
          sum > 0 ? scores.weight(j) / sum : 1.0 / static_cast<double>(dimension.indicators.size());
  }
  scores.score = weighted_sum(columns, cells.x, scores.weight);
}

void fill_nodes(const PoolCells& cells, const std::vector<Node>& nodes, PoolScores& scores) {
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const Index column = static_cast<Index>(k);
    scores.node_weight(column) = sum_over(nodes[k].indicators, scores.weight);
    scores.contribution.col(column) = weighted_sum(nodes[k].indicators, cells.x, scores.weight);
    scores.part.col(column) = part_score(nodes[k], cells.x, scores.weight);
  }
}

// The dimensions as indicators of a second step: for given weights each carries the sum of its own.
IndexSystem system_of_dimensions(const IndexSystem& system, const std::vector<Node>& dimensions) {
  IndexSystem upper;
  upper.name = system.name;
  for (const Node& dimension : dimensions) {
    Indicator indicator;
    indicator.code = dimension.code;
    double sum = 0;
    for (const Index j : dimension.indicators)
      sum += system.indicators[static_cast<std::size_t>(j)].weight.value_or(missing_value);
    if (std::isfinite(sum)) indicator.weight = sum;
    upper.indicators.push_back(indicator);
  }
  return upper;
}

// A dimension's score as a cell of the second step. Without renormalising, weights are learned of the first step's z.
void add_dimension(Index column, const Node& dimension, const PoolCells& cells, const Vector& local,
                   PoolCells& upper) {
  const Vector score = weighted_sum(dimension.indicators, cells.x, local);
  upper.constant.push_back(is_constant(score.minCoeff(), score.maxCoeff()));
  upper.x.col(column) = score;
  upper.z.col(column) = weighted_sum(dimension.indicators, cells.z, local);
}

void renormalise(const IndexConventions& conventions, const Weighting& weighting, PoolCells& upper) {
  const ZeroRule rule = weighting.zero_rule ? zero_rule(conventions.zero).value_or(ZeroRule{}) : ZeroRule{};
  for (Index d = 0; d < upper.x.cols(); ++d) upper.x.col(d) = rescaled(upper.x.col(d));
  upper.z = rule.shift + rule.slope * upper.x.array();
}

// Weights within each dimension; then the dimensions' scores are weighted like indicators.
void two_step(const PoolCells& cells, const IndexSystem& system, const IndexConventions& conventions,
              const Weighting& weighting, PoolScores& scores) {
  const std::vector<Node> dimensions = dimensions_of(system);
  PoolCells upper;
  upper.x.resize(cells.x.rows(), static_cast<Index>(dimensions.size()));
  upper.z = upper.x;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    weigh_columns(dimensions[d].indicators, cells, system, conventions, weighting, scores.local,
                  scores.entropy);
    add_dimension(static_cast<Index>(d), dimensions[d], cells, scores.local, upper);
  }
  if (conventions.renormalise) renormalise(conventions, weighting, upper);
  Vector weight = Vector::Zero(upper.z.cols()), entropy = weight;
  scores.all_constant = !weigh_columns(all_columns(upper.z), upper, system_of_dimensions(system, dimensions),
                                       conventions, weighting, weight, entropy);
  for (std::size_t d = 0; d < dimensions.size(); ++d)
    for (const Index j : dimensions[d].indicators)
      scores.weight(j) = weight(static_cast<Index>(d)) * scores.local(j);
  scores.score = weighted_sum(all_columns(upper.x), upper.x, weight);
  const std::vector<Node> nodes = index_nodes(system);
  fill_nodes(cells, nodes, scores);
  for (Index k = 0, d = 0; k < static_cast<Index>(nodes.size()); ++k) {
    if (nodes[static_cast<std::size_t>(k)].level != 1) continue;
    scores.part.col(k) = upper.x.col(d);
    scores.contribution.col(k) = weight(d) * upper.x.col(d);
    ++d;
  }
}

}  // namespace

PoolScores score_pool(const PoolCells& cells, const IndexSystem& system, const IndexConventions& conventions,
                      const Weighting& weighting) {
  const std::vector<Node> nodes = index_nodes(system);
  PoolScores scores = empty_scores(cells, nodes.size(), weighting);
  const std::size_t dimensions = dimensions_of(system).size();
  if (conventions.levels == "two-step" && dimensions > 1) {
    two_step(cells, system, conventions, weighting, scores);
    return scores;
  }
  one_step(cells, system, conventions, weighting, scores);
  fill_nodes(cells, nodes, scores);
  return scores;
}

}  // namespace panelist
