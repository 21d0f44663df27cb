// SPDX-License-Identifier: Apache-2.0
#include "index/components.h"
#include "index/nodes.h"
#include "index/normalise.h"

namespace panelist {
namespace {

// The part of F of some indicators.
Vector part_of_components(const LearnedComponents& learned, const Matrix& z,
                          const std::vector<Index>& indicators) {
  Vector part = Vector::Zero(z.rows());
  for (std::size_t i = 0; i < learned.columns.size(); ++i)
    if (std::find(indicators.begin(), indicators.end(), learned.columns[i]) != indicators.end())
      part += learned.coefficients(static_cast<Index>(i)) * z.col(static_cast<Index>(i));
  return part;
}

void component_weights(const LearnedComponents& learned, const std::vector<Node>& nodes,
                       IndexResult& result) {
  const double sum = learned.coefficients.sum();
  for (std::size_t i = 0; i < learned.columns.size(); ++i)
    result.indicators[static_cast<std::size_t>(learned.columns[i])].weight =
        learned.coefficients(static_cast<Index>(i)) / sum;
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

// Coefficients that sum to nothing set indicators against each other: which end is the better one, nobody can say.
void refuse_contrast(const Vector& coefficients) {
  if (std::abs(coefficients.sum()) > 1e-8 * coefficients.cwiseAbs().sum()) return;
  throw Error("index.no_direction",
              "the components of the indicators cancel: their coefficients sum to zero, and the index has no "
              "better end",
              "look at the directions and correlations of the indicators, or use another method",
              "method pca");
}

LearnedComponents learn(const Matrix& values, const std::vector<Node>& nodes) {
  const ComponentScores scores = component_scores(values);
  LearnedComponents learned;
  learned.columns = scores.columns;
  if (learned.columns.empty()) return learned;
  const Matrix seen = values(Eigen::all, scores.columns);
  const Matrix centred = seen.rowwise() - seen.colwise().mean();
  learned.components = scores.components;
  learned.coefficients = scores.coefficients;
  refuse_contrast(learned.coefficients);
  learned.centre = seen.colwise().mean().transpose();
  learned.spread =
      (centred.colwise().squaredNorm() / static_cast<double>(seen.rows() - 1)).cwiseSqrt().transpose();
  const Vector total = scores.z * scores.coefficients;
  learned.low = total.minCoeff();
  learned.high = total.maxCoeff();
  for (const Node& node : nodes) {
    const Vector part = part_of_components(learned, scores.z, node.indicators);
    learned.nodes.push_back({part.minCoeff(), part.maxCoeff(), part(scores.worst)});
  }
  return learned;
}

Matrix standardised_by(const Matrix& values, const LearnedComponents& learned) {
  Matrix z = values(Eigen::all, learned.columns).rowwise() - learned.centre.transpose();
  for (Index j = 0; j < z.cols(); ++j) z.col(j) /= learned.spread(j);
  return z;
}

Vector between(const Vector& x, double low, double high) {
  if (is_constant(low, high)) return Vector::Zero(x.size());
  return (x.array() - low) / (high - low);
}

void warn_of_constants(const LearnedComponents& learned, IndexResult& result) {
  for (std::size_t j = 0; j < result.indicators.size(); ++j) {
    IndicatorResult& indicator = result.indicators[j];
    indicator.constant = std::find(learned.columns.begin(), learned.columns.end(), static_cast<Index>(j)) ==
                         learned.columns.end();
    if (indicator.constant)
      result.warnings.emplace_back("index.constant_indicator",
                                   "`" + indicator.indicator.code + "` does not vary: weight 0");
  }
  if (learned.columns.empty())
    result.warnings.emplace_back("index.all_constant", "no indicator varies: every score is 0");
}

}  // namespace

LearnedComponents score_components(const IndexSystem& system, const Matrix& values,
                                   const LearnedComponents* frozen, IndexResult& result) {
  const std::vector<Node> nodes = index_nodes(system);
  const Matrix better = oriented_values(values, system);
  LearnedComponents learned = frozen != nullptr ? *frozen : learn(better, nodes);
  warn_of_constants(learned, result);
  if (learned.columns.empty()) return learned;
  component_weights(learned, nodes, result);
  const Matrix z = standardised_by(better, learned);
  result.score = between(z * learned.coefficients, learned.low, learned.high);
  result.components = learned.components;
  Matrix all = Matrix::Zero(values.rows(), values.cols());
  all(Eigen::all, learned.columns) = z;
  result.stages.push_back({"normalised", all});
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const Vector part = part_of_components(learned, z, nodes[k].indicators);
    for (const Index j : nodes[k].indicators)
      result.nodes[k].weight += result.indicators[static_cast<std::size_t>(j)].weight;
    result.nodes[k].score = between(part, learned.nodes[k].low, learned.nodes[k].high);
    result.nodes[k].contribution = (part.array() - learned.nodes[k].worst) / (learned.high - learned.low);
  }
  return learned;
}

}  // namespace panelist
