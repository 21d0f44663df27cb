// SPDX-License-Identifier: Apache-2.0
#include "index/components.h"
#include "index/nodes.h"
#include "index/normalise.h"

namespace panelist {
namespace {

// The part of F of some indicators, counted from the worst row, over the range of F.
Vector part_of_components(const ComponentScores& scores, const std::vector<Index>& indicators) {
  Vector part = Vector::Zero(scores.score.size());
  for (std::size_t i = 0; i < scores.columns.size(); ++i)
    if (std::find(indicators.begin(), indicators.end(), scores.columns[i]) != indicators.end())
      part += scores.coefficients(static_cast<Index>(i)) * scores.z.col(static_cast<Index>(i));
  return part;
}

void component_weights(const ComponentScores& scores, const std::vector<Node>& nodes, IndexResult& result) {
  const double sum = scores.coefficients.sum();
  for (std::size_t i = 0; i < scores.columns.size(); ++i)
    result.indicators[static_cast<std::size_t>(scores.columns[i])].weight =
        scores.coefficients(static_cast<Index>(i)) / sum;
  for (const Node& dimension : nodes)
    for (const Index j : dimension.indicators) {
      IndicatorResult& indicator = result.indicators[static_cast<std::size_t>(j)];
      if (dimension.level != 1) continue;
      double within = 0;
      for (const Index other : dimension.indicators)
        within += result.indicators[static_cast<std::size_t>(other)].weight;
      indicator.local_weight = within != 0 ? indicator.weight / within : missing_value;
    }
}

}  // namespace

void score_components(const IndexSystem& system, const Matrix& values, IndexResult& result) {
  const ComponentScores scores = component_scores(oriented_values(values, system));
  const std::vector<Node> nodes = index_nodes(system);
  for (std::size_t j = 0; j < result.indicators.size(); ++j) {
    IndicatorResult& indicator = result.indicators[j];
    indicator.constant = std::find(scores.columns.begin(), scores.columns.end(), static_cast<Index>(j)) ==
                         scores.columns.end();
    if (indicator.constant)
      result.warnings.emplace_back("index.constant_indicator",
                                   "`" + indicator.indicator.code + "` does not vary: weight 0");
  }
  if (scores.columns.empty()) {
    result.warnings.emplace_back("index.all_constant", "no indicator varies: every score is 0");
    return;
  }
  component_weights(scores, nodes, result);
  result.score = scores.score;
  result.components = scores.components;
  Matrix z = Matrix::Zero(values.rows(), values.cols());
  z(Eigen::all, scores.columns) = scores.z;
  result.stages.push_back({"normalised", z});
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const Vector part = part_of_components(scores, nodes[k].indicators);
    for (const Index j : nodes[k].indicators)
      result.nodes[k].weight += result.indicators[static_cast<std::size_t>(j)].weight;
    result.nodes[k].score = rescaled(part);
    result.nodes[k].contribution = (part.array() - part(scores.worst)) / scores.range;
  }
}

}  // namespace panelist
