// SPDX-License-Identifier: Apache-2.0
// Weights by how much an indicator tells units apart: standard deviation, variation, Gini, CRITIC, MEREC.
#include "index/weight/weight.h"

namespace panelist {
namespace {

Vector deviations(const Matrix& z) {
  const Matrix centred = z.rowwise() - z.colwise().mean();
  return (centred.colwise().squaredNorm() / static_cast<double>(z.rows() - 1)).cwiseSqrt().transpose();
}

// A mean of zero, up to what rounding leaves of it.
bool vanishes(double mean, const Eigen::Ref<const Vector>& x) {
  return !(std::abs(mean) > 1e-13 * x.cwiseAbs().maxCoeff());
}

Vector variations(const Matrix& values, const IndexSystem& system) {
  const Vector mean = values.colwise().mean().transpose();
  for (Index j = 0; j < mean.size(); ++j)
    if (vanishes(mean(j), values.col(j)))
      throw Error("index.zero_mean",
                  "the mean of `" + system.indicators[static_cast<std::size_t>(j)].code +
                      "` is zero: it has no coefficient of variation",
                  "use method = \"sd\" or \"cv_normalised\"", "method cv");
  return deviations(values).array() / mean.array().abs();
}

// sum_i (2i - n - 1) x_(i) / (n sum x)
double gini_of(const Eigen::Ref<const Vector>& z) {
  std::vector<double> x(z.begin(), z.end());
  std::sort(x.begin(), x.end());
  const double n = static_cast<double>(x.size());
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += (2 * static_cast<double>(i + 1) - n - 1) * x[i];
    total += x[i];
  }
  return total > 0 ? sum / (n * total) : 0;
}

void refuse_negative(const WeightingInput& input, const std::string& method, const std::string& what) {
  for (Index j = 0; j < input.z.cols(); ++j)
    if (input.z.col(j).minCoeff() < 0)
      throw Error("index.negative_values",
                  "`" + input.system.indicators[static_cast<std::size_t>(j)].code +
                      "` has values below zero, which have no " + what,
                  "use normalise = \"minmax\" or \"rank\"", "method " + method);
}

// |ln| of min/x (more is better) or x/max (less is better).
Vector merec_column(const Eigen::Ref<const Vector>& x, const Indicator& indicator) {
  if (!(x.minCoeff() > 0) || (indicator.direction != '+' && indicator.direction != '-'))
    throw Error(
        "index.not_positive",
        "`" + indicator.code + "` has values that are not above zero, or a target: merec takes their ratios",
        "use another method", "indicator " + indicator.code);
  const double best = indicator.direction == '+' ? x.minCoeff() : x.maxCoeff();
  return (x.array() / best).log().abs();
}

}  // namespace

Matrix correlations(const Matrix& z) {
  const Matrix centred = z.rowwise() - z.colwise().mean();
  const Eigen::RowVectorXd norm = centred.colwise().norm();
  const Matrix unit = centred.array().rowwise() / norm.array();
  Matrix r = unit.transpose() * unit;
  r.diagonal().setOnes();
  return r;
}

WeightingOutput deviation_weights(const WeightingInput& input) { return {shares_of(deviations(input.z))}; }

WeightingOutput variation_weights(const WeightingInput& input) {
  return {shares_of(variations(input.raw, input.system))};
}

WeightingOutput variation_weights_of_normalised(const WeightingInput& input) {
  refuse_negative(input, "cv_normalised", "coefficient of variation");
  return {shares_of(variations(input.z, input.system))};
}

WeightingOutput gini_weights(const WeightingInput& input) {
  refuse_negative(input, "gini", "Gini coefficient");
  Vector gini(input.z.cols());
  for (Index j = 0; j < gini.size(); ++j) gini(j) = gini_of(input.z.col(j));
  return {shares_of(gini)};
}

WeightingOutput critic_weights(const WeightingInput& input) {
  const Vector unshared = (1 - correlations(input.z).array()).rowwise().sum();
  return {shares_of(deviations(input.z).cwiseProduct(unshared))};
}

WeightingOutput merec_weights(const WeightingInput& input) {
  const double m = static_cast<double>(input.raw.cols());
  Matrix log_ratio(input.raw.rows(), input.raw.cols());
  for (Index j = 0; j < log_ratio.cols(); ++j)
    log_ratio.col(j) = merec_column(input.raw.col(j), input.system.indicators[static_cast<std::size_t>(j)]);
  const Eigen::ArrayXd sum = log_ratio.rowwise().sum(), performance = (sum / m).log1p();
  Vector effect(log_ratio.cols());
  for (Index j = 0; j < effect.size(); ++j)
    effect(j) = (((sum - log_ratio.col(j).array()) / m).log1p() - performance).abs().sum();
  return {shares_of(effect)};
}

}  // namespace panelist
