// SPDX-License-Identifier: Apache-2.0
#include "index/weigh.h"

#include "index/available.h"
#include "index/normalise.h"
#include "index/tree.h"

namespace panelist {
namespace {

LearnedWeights no_weights(Index m, bool with_entropy) {
  LearnedWeights learned;
  learned.weight = learned.local = Vector::Zero(m);
  learned.entropy = Vector::Constant(m, with_entropy ? 1.0 : missing_value);
  return learned;
}

// The mean of a node's cells under its weights; where it has none, the plain mean.
Vector part_score(const Node& node, const Matrix& x, const Vector& weight) {
  const double sum = sum_over(node.indicators, weight);
  if (sum > 0) return weighted_sum(node.indicators, x, weight) / sum;
  return weighted_sum(node.indicators, x, Vector::Ones(x.cols())) /
         static_cast<double>(node.indicators.size());
}

void local_weights(const IndexSystem& system, LearnedWeights& learned) {
  learned.local = learned.weight;
  for (const Node& dimension : dimensions_of(system)) {
    const double sum = sum_over(dimension.indicators, learned.weight);
    for (const Index j : dimension.indicators)
      learned.local(j) =
          sum > 0 ? learned.weight(j) / sum : 1.0 / static_cast<double>(dimension.indicators.size());
  }
}

void node_weights(const IndexSystem& system, LearnedWeights& learned) {
  const std::vector<Node> nodes = index_nodes(system);
  learned.node_weight = Vector::Zero(static_cast<Index>(nodes.size()));
  for (std::size_t k = 0; k < nodes.size(); ++k)
    learned.node_weight(static_cast<Index>(k)) = sum_over(nodes[k].indicators, learned.weight);
}

LearnedWeights learn_one_step(const PoolCells& cells, const WeighingPlan& plan) {
  LearnedWeights learned = no_weights(cells.z.cols(), plan.weighting.zero_rule);
  Vector weight = learned.weight;
  learned.all_constant = !weigh_columns(all_columns(cells.z.cols()), cells, plan, learned, weight);
  learned.weight = weight;
  local_weights(plan.system, learned);
  return learned;
}

void fill_nodes(const Matrix& x, const std::vector<Node>& nodes, const Vector& weight, PoolScores& scores) {
  scores.contribution = scores.part = Matrix::Zero(x.rows(), static_cast<Index>(nodes.size()));
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const Index column = static_cast<Index>(k);
    scores.contribution.col(column) = weighted_sum(nodes[k].indicators, x, weight);
    scores.part.col(column) = part_score(nodes[k], x, weight);
  }
}

// The dimensions as indicators of a second step: for given weights each carries its own, or the sum of its indicators'.
IndexSystem system_of_dimensions(const IndexSystem& system, const std::vector<Node>& dimensions) {
  IndexSystem upper;
  upper.name = system.name;
  upper.comparisons = system.comparisons;
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

// (x - min)/(max - min) with learned ends; zeros when they are one.
Vector in_range(const Vector& x, const std::pair<double, double>& range) {
  if (is_constant(range.first, range.second)) return Vector::Zero(x.size());
  return (x.array() - range.first) / (range.second - range.first);
}

void renormalise(const WeighingPlan& plan, LearnedWeights& learned, PoolCells& upper) {
  const ZeroRule rule =
      plan.weighting.zero_rule ? zero_rule(plan.conventions.zero).value_or(ZeroRule{}) : ZeroRule{};
  for (Index d = 0; d < upper.x.cols(); ++d) {
    learned.upper_range.emplace_back(upper.x.col(d).minCoeff(), upper.x.col(d).maxCoeff());
    upper.x.col(d) = in_range(upper.x.col(d), learned.upper_range.back());
  }
  upper.z = rule.shift + rule.slope * upper.x.array();
}

// Weights within each dimension; then the dimensions' scores are weighted like indicators.
LearnedWeights learn_two_steps(const PoolCells& cells, const WeighingPlan& plan) {
  LearnedWeights learned = no_weights(cells.z.cols(), plan.weighting.zero_rule);
  const std::vector<Node> dimensions = dimensions_of(plan.system);
  PoolCells upper;
  upper.x.resize(cells.x.rows(), static_cast<Index>(dimensions.size()));
  upper.z = upper.x;
  Vector local = learned.local;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    weigh_columns(dimensions[d].indicators, cells, plan, learned, local);
    add_dimension(static_cast<Index>(d), dimensions[d], cells, local, upper);
  }
  if (plan.conventions.renormalise) renormalise(plan, learned, upper);
  upper.raw = upper.x;
  learned.local = local;
  learned.upper = Vector::Zero(upper.z.cols());
  const IndexSystem system = system_of_dimensions(plan.system, dimensions);
  LearnedWeights above = no_weights(upper.z.cols(), false);
  learned.all_constant = !weigh_columns(all_columns(upper.z.cols()), upper,
                                        {system, plan.conventions, plan.weighting}, above, learned.upper);
  for (std::size_t d = 0; d < dimensions.size(); ++d)
    for (const Index j : dimensions[d].indicators)
      learned.weight(j) = learned.upper(static_cast<Index>(d)) * learned.local(j);
  return learned;
}

PoolScores score_one_step(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system) {
  PoolScores scores;
  scores.score = weighted_sum(all_columns(x.cols()), x, learned.weight);
  fill_nodes(x, index_nodes(system), learned.weight, scores);
  return scores;
}

PoolScores score_two_steps(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system) {
  const std::vector<Node> dimensions = dimensions_of(system), nodes = index_nodes(system);
  Matrix upper(x.rows(), learned.upper.size());
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    const Index column = static_cast<Index>(d);
    upper.col(column) = weighted_sum(dimensions[d].indicators, x, learned.local);
    if (!learned.upper_range.empty()) upper.col(column) = in_range(upper.col(column), learned.upper_range[d]);
  }
  PoolScores scores;
  scores.score = weighted_sum(all_columns(upper.cols()), upper, learned.upper);
  fill_nodes(x, nodes, learned.weight, scores);
  for (Index k = 0, d = 0; k < static_cast<Index>(nodes.size()); ++k) {
    if (nodes[static_cast<std::size_t>(k)].level != 1) continue;
    scores.part.col(k) = upper.col(d);
    scores.contribution.col(k) = learned.upper(d) * upper.col(d);
    ++d;
  }
  return scores;
}

bool in_two_steps(const IndexConventions& conventions, const IndexSystem& system) {
  return conventions.levels == "two-step" && dimensions_of(system).size() > 1;
}

}  // namespace

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

std::vector<Index> varying(const std::vector<Index>& columns, const std::vector<bool>& constant) {
  std::vector<Index> kept;
  for (const Index j : columns)
    if (!constant[static_cast<std::size_t>(j)]) kept.push_back(j);
  return kept;
}

std::vector<Index> all_columns(Index count) {
  std::vector<Index> columns;
  for (Index j = 0; j < count; ++j) columns.push_back(j);
  return columns;
}

bool weigh_columns(const std::vector<Index>& columns, const PoolCells& cells, const WeighingPlan& plan,
                   LearnedWeights& learned, Vector& weight) {
  const std::vector<Index> kept = varying(columns, cells.constant);
  if (kept.empty()) {
    for (const Index j : columns) weight(j) = 1.0 / static_cast<double>(columns.size());
    return false;
  }
  const Matrix z = cells.z(Eigen::all, kept), raw = cells.raw(Eigen::all, kept);
  const IndexSystem part = part_of(plan.system, kept);
  const WeightingOutput out = plan.weighting.weigh({z, raw, part, plan.conventions});
  for (std::size_t i = 0; i < kept.size(); ++i) {
    weight(kept[i]) = out.weight(static_cast<Index>(i));
    if (out.entropy.size() > 0) learned.entropy(kept[i]) = out.entropy(static_cast<Index>(i));
  }
  if (std::isfinite(out.consistency)) learned.consistency.emplace_back("", out.consistency);
  return true;
}

LearnedWeights weights_as_learned(const Vector& weight, const IndexSystem& system) {
  LearnedWeights learned = no_weights(weight.size(), false);
  learned.weight = weight;
  local_weights(system, learned);
  node_weights(system, learned);
  const std::vector<Node> dimensions = dimensions_of(system);
  learned.upper = Vector::Zero(static_cast<Index>(dimensions.size()));
  for (std::size_t d = 0; d < dimensions.size(); ++d)
    learned.upper(static_cast<Index>(d)) = sum_over(dimensions[d].indicators, weight);
  return learned;
}

LearnedWeights weights_of_columns(const std::vector<Index>& kept, const WeightingOutput& out,
                                  const WeighingPlan& plan) {
  const auto m = static_cast<Index>(plan.system.indicators.size());
  LearnedWeights learned = no_weights(m, plan.weighting.zero_rule);
  learned.all_constant = kept.empty();
  if (kept.empty()) learned.weight.setConstant(1.0 / static_cast<double>(m));
  for (std::size_t i = 0; i < kept.size(); ++i) {
    learned.weight(kept[i]) = out.weight(static_cast<Index>(i));
    if (out.entropy.size() > 0) learned.entropy(kept[i]) = out.entropy(static_cast<Index>(i));
  }
  local_weights(plan.system, learned);
  node_weights(plan.system, learned);
  return learned;
}

LearnedWeights learn_weights(const PoolCells& reference, const WeighingPlan& plan) {
  LearnedWeights learned;
  if (plan.conventions.levels == "tree") {
    learned = learn_tree(reference, plan);
    local_weights(plan.system, learned);
  } else {
    learned = in_two_steps(plan.conventions, plan.system) ? learn_two_steps(reference, plan)
                                                          : learn_one_step(reference, plan);
  }
  node_weights(plan.system, learned);
  if (!arithmetic_throughout(plan.conventions))
    learned.frames = learn_frames(reference.x, learned.weight, plan.system, plan.conventions);
  return learned;
}

PoolScores score_rows(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system,
                      const IndexConventions& conventions) {
  if (!x.allFinite()) return score_available(x, learned, system, conventions);
  if (!arithmetic_throughout(conventions)) return score_tree(x, learned, system, conventions);
  return in_two_steps(conventions, system) ? score_two_steps(x, learned, system)
                                           : score_one_step(x, learned, system);
}

}  // namespace panelist
