// SPDX-License-Identifier: Apache-2.0
#include "index/tree.h"

#include "index/normalise.h"

namespace panelist {
namespace {

// A node's own children: indicators that stand directly below it, and nodes. The index itself is the last branch.
struct Branch {
  int level = 0;
  std::string code;
  std::vector<Index> leaves;
  std::vector<std::size_t> nodes;
};

bool directly_below(const Indicator& indicator, const Node& node) {
  return static_cast<int>(path_above(indicator).size()) == node.level;
}

std::vector<Branch> branches_of(const IndexSystem& system, const std::vector<Node>& nodes) {
  std::vector<Branch> branches;
  Branch top;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    Branch branch{nodes[k].level, nodes[k].code, {}, {}};
    for (const Index j : nodes[k].indicators)
      if (directly_below(system.indicators[static_cast<std::size_t>(j)], nodes[k]))
        branch.leaves.push_back(j);
    for (std::size_t other = 0; other < nodes.size(); ++other)
      if (nodes[other].level == nodes[k].level + 1 && nodes[other].parent == nodes[k].code)
        branch.nodes.push_back(other);
    if (nodes[k].level == 1) top.nodes.push_back(k);
    branches.push_back(std::move(branch));
  }
  for (std::size_t j = 0; j < system.indicators.size(); ++j)
    if (system.indicators[j].dimension.empty()) top.leaves.push_back(static_cast<Index>(j));
  branches.push_back(std::move(top));
  return branches;
}

// From the lowest level up; nodes stand before their sub-nodes, so backwards within the nodes, then the index.
std::vector<std::size_t> upwards(const std::vector<Branch>& branches) {
  std::vector<std::size_t> order;
  for (std::size_t k = branches.size() - 1; k-- > 0;) order.push_back(k);
  order.push_back(branches.size() - 1);
  return order;
}

Matrix cells_of(const Branch& branch, const Matrix& x, const Matrix& node_scores) {
  Matrix cells(x.rows(), static_cast<Index>(branch.leaves.size() + branch.nodes.size()));
  Index column = 0;
  for (const Index j : branch.leaves) cells.col(column++) = x.col(j);
  for (const std::size_t k : branch.nodes) cells.col(column++) = node_scores.col(static_cast<Index>(k));
  return cells;
}

const Aggregation& aggregation_at(const IndexConventions& conventions, int height, int level) {
  const std::size_t step = static_cast<std::size_t>(height - level);
  return *find_aggregation(conventions.aggregate[std::min(step, conventions.aggregate.size() - 1)]);
}

// Weights of a branch's children within it; where they have none, all the same.
Vector child_weights(const Branch& branch, const std::vector<Node>& nodes, const Vector& weight) {
  Vector local(static_cast<Index>(branch.leaves.size() + branch.nodes.size()));
  Index child = 0;
  for (const Index j : branch.leaves) local(child++) = weight(j);
  for (const std::size_t k : branch.nodes) local(child++) = sum_over(nodes[k].indicators, weight);
  if (local.sum() > 0) return local / local.sum();
  return Vector::Constant(local.size(), 1.0 / static_cast<double>(local.size()));
}

// The children of a branch as indicators of a system of their own.
IndexSystem system_of(const Branch& branch, const IndexSystem& system, const std::vector<Node>& nodes) {
  IndexSystem part = part_of(system, branch.leaves);
  for (const std::size_t k : branch.nodes) {
    Indicator indicator;
    indicator.code = nodes[k].code;
    if (const auto given = system.node_weights.find(nodes[k].code); given != system.node_weights.end())
      indicator.weight = given->second;
    part.indicators.push_back(indicator);
  }
  return part;
}

PoolCells branch_cells(const Branch& branch, const PoolCells& cells, const Matrix& node_scores,
                       const WeighingPlan& plan) {
  const ZeroRule rule =
      plan.weighting.zero_rule ? zero_rule(plan.conventions.zero).value_or(ZeroRule{}) : ZeroRule{};
  PoolCells below;
  below.x = cells_of(branch, cells.x, node_scores);
  below.z = cells_of(branch, cells.z, rule.shift + rule.slope * node_scores.array());
  below.raw = cells_of(branch, cells.raw, node_scores);
  for (const Index j : branch.leaves) below.constant.push_back(cells.constant[static_cast<std::size_t>(j)]);
  for (const std::size_t k : branch.nodes) {
    const auto score = node_scores.col(static_cast<Index>(k));
    below.constant.push_back(is_constant(score.minCoeff(), score.maxCoeff()));
  }
  return below;
}

// Global weights: the product of the local ones on the way down.
void spread_down(const std::vector<Branch>& branches, const std::vector<Vector>& local, std::size_t at,
                 double share, Vector& weight) {
  const Branch& branch = branches[at];
  Index child = 0;
  for (const Index j : branch.leaves) weight(j) = share * local[at](child++);
  for (const std::size_t k : branch.nodes)
    spread_down(branches, local, k, share * local[at](child++), weight);
}

void keep_entropies(const Branch& branch, const LearnedWeights& below, LearnedWeights& learned) {
  for (std::size_t i = 0; i < branch.leaves.size(); ++i)
    learned.entropy(branch.leaves[i]) = below.entropy(static_cast<Index>(i));
  for (const auto& [code, ratio] : below.consistency) learned.consistency.emplace_back(branch.code, ratio);
}

PoolScores score_whole(const Matrix& x, const LearnedWeights& learned, const std::vector<Node>& nodes,
                       const IndexConventions& conventions) {
  const Aggregation& aggregation = *find_aggregation(conventions.aggregate.front());
  PoolScores scores;
  scores.score = aggregation.apply(learned.frames.back(), {x, learned.weight, conventions});
  scores.part.resize(x.rows(), static_cast<Index>(nodes.size()));
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const Matrix cells = x(Eigen::all, nodes[k].indicators);
    const Vector local = child_weights({0, "", nodes[k].indicators, {}}, nodes, learned.weight);
    scores.part.col(static_cast<Index>(k)) =
        aggregation.apply(learned.frames[k], {cells, local, conventions});
  }
  return scores;
}

PoolScores score_means(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system,
                       const IndexConventions& conventions) {
  const std::vector<Node> nodes = index_nodes(system);
  const std::vector<Branch> branches = branches_of(system, nodes);
  PoolScores scores;
  scores.part = Matrix::Zero(x.rows(), static_cast<Index>(nodes.size()));
  for (const std::size_t k : upwards(branches)) {
    const Matrix cells = cells_of(branches[k], x, scores.part);
    const Vector local = child_weights(branches[k], nodes, learned.weight);
    const Vector score = aggregation_at(conventions, height_of(nodes), branches[k].level)
                             .apply({}, {cells, local, conventions});
    if (k == nodes.size())
      scores.score = score;
    else
      scores.part.col(static_cast<Index>(k)) = score;
  }
  return scores;
}

bool is_mean(const IndexConventions& conventions) {
  return find_aggregation(conventions.aggregate.front())->mean;
}

}  // namespace

int height_of(const std::vector<Node>& nodes) {
  int height = 0;
  for (const Node& node : nodes) height = std::max(height, node.level);
  return height;
}

bool arithmetic_throughout(const IndexConventions& conventions) {
  return std::all_of(conventions.aggregate.begin(), conventions.aggregate.end(),
                     [](const std::string& name) { return name == "arithmetic"; });
}

LearnedWeights learn_tree(const PoolCells& reference, const WeighingPlan& plan) {
  const std::vector<Node> nodes = index_nodes(plan.system);
  const std::vector<Branch> branches = branches_of(plan.system, nodes);
  LearnedWeights learned;
  learned.weight = Vector::Zero(reference.x.cols());
  learned.entropy = Vector::Constant(reference.x.cols(), plan.weighting.zero_rule ? 1.0 : missing_value);
  std::vector<Vector> local(branches.size());
  Matrix node_scores = Matrix::Zero(reference.x.rows(), static_cast<Index>(nodes.size()));
  for (const std::size_t k : upwards(branches)) {
    const PoolCells below = branch_cells(branches[k], reference, node_scores, plan);
    const IndexSystem children = system_of(branches[k], plan.system, nodes);
    LearnedWeights inside;
    inside.entropy = Vector::Constant(below.x.cols(), plan.weighting.zero_rule ? 1.0 : missing_value);
    std::vector<Index> columns(static_cast<std::size_t>(below.x.cols()));
    for (std::size_t j = 0; j < columns.size(); ++j) columns[j] = static_cast<Index>(j);
    local[k] = Vector::Zero(below.x.cols());
    const bool varies =
        weigh_columns(columns, below, {children, plan.conventions, plan.weighting}, inside, local[k]);
    keep_entropies(branches[k], inside, learned);
    if (k == nodes.size()) {
      learned.all_constant = !varies;
    } else {
      const Aggregation& aggregation = aggregation_at(plan.conventions, height_of(nodes), branches[k].level);
      node_scores.col(static_cast<Index>(k)) = (aggregation.mean ? aggregation : aggregations().front())
                                                   .apply({}, {below.x, local[k], plan.conventions});
    }
  }
  spread_down(branches, local, nodes.size(), 1, learned.weight);
  return learned;
}

std::vector<AggregationFrame> learn_frames(const Matrix& x, const Vector& weight, const IndexSystem& system,
                                           const IndexConventions& conventions) {
  const std::vector<Node> nodes = index_nodes(system);
  std::vector<AggregationFrame> frames(nodes.size() + 1);
  const Aggregation& aggregation = *find_aggregation(conventions.aggregate.front());
  if (aggregation.learn == nullptr) return frames;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const Matrix cells = x(Eigen::all, nodes[k].indicators);
    frames[k] = aggregation.learn(
        {cells, child_weights({0, "", nodes[k].indicators, {}}, nodes, weight), conventions});
  }
  frames.back() = aggregation.learn({x, weight, conventions});
  return frames;
}

PoolScores score_tree(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system,
                      const IndexConventions& conventions) {
  PoolScores scores = is_mean(conventions) ? score_means(x, learned, system, conventions)
                                           : score_whole(x, learned, index_nodes(system), conventions);
  scores.contribution = Matrix::Constant(scores.part.rows(), scores.part.cols(), missing_value);
  return scores;
}

}  // namespace panelist
