// SPDX-License-Identifier: Apache-2.0
#include "index/aggregate/aggregate.h"

namespace panelist {
namespace {

// A cell of weight 0 does not count, whatever it holds.
std::vector<Index> weighted_columns(const Vector& weights) {
  std::vector<Index> columns;
  for (Index j = 0; j < weights.size(); ++j)
    if (weights(j) != 0) columns.push_back(j);
  return columns;
}

void refuse_negative(const Matrix& cells, const std::string& mean) {
  if (!(cells.minCoeff() < 0)) return;
  throw Error("index.negative_mean", "the " + mean + " mean has no meaning for cells below zero",
              "normalise to values that are not negative: minmax with goalposts, percentile or rank",
              "aggregate");
}

template <typename Change, typename Back>
Vector transformed_mean(const AggregationInput& input, Change change, Back back) {
  const std::vector<Index> columns = weighted_columns(input.weights);
  Vector sum = Vector::Zero(input.cells.rows());
  for (const Index j : columns) sum += input.weights(j) * input.cells.col(j).unaryExpr(change);
  return sum.unaryExpr(back);
}

}  // namespace

Vector arithmetic_mean(const AggregationFrame& /*frame*/, const AggregationInput& input) {
  Vector sum = Vector::Zero(input.cells.rows());
  for (Index j = 0; j < input.cells.cols(); ++j) sum += input.weights(j) * input.cells.col(j);
  return sum;
}

Vector geometric_mean(const AggregationFrame& /*frame*/, const AggregationInput& input) {
  refuse_negative(input.cells, "geometric");
  return transformed_mean(input, [](double x) { return std::log(x); }, [](double x) { return std::exp(x); });
}

Vector harmonic_mean(const AggregationFrame& /*frame*/, const AggregationInput& input) {
  refuse_negative(input.cells, "harmonic");
  return transformed_mean(input, [](double x) { return 1 / x; }, [](double x) { return 1 / x; });
}

}  // namespace panelist
