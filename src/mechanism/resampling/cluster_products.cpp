// SPDX-License-Identifier: Apache-2.0
#include "mechanism/resampling/cluster_products.h"

namespace panelist {
namespace {

constexpr Index dummy_limit = 300;
// Share of a column's squares below which it counts as spanned: cross products hold half the digits of the columns.
constexpr double rank_tolerance = 1e-10;

bool applies(const ModelFrame& frame, const ClusterPlan& plan, Index& dummies) {
  dummies = frame.effects.empty() && frame.intercept ? 1 : 0;
  for (std::size_t q = 0; q < frame.effects.size(); ++q) {
    if (plan.nested[q]) continue;
    if (frame.effects[q].slopes.cols() > 0) return false;
    dummies += frame.effects[q].group.size();
  }
  return dummies <= dummy_limit;
}

void fill_dummies(const ModelFrame& frame, const ClusterPlan& plan, Matrix& z) {
  if (frame.effects.empty() && frame.intercept) z.col(0).setOnes();
  Index first = 0;
  for (std::size_t q = 0; q < frame.effects.size(); ++q) {
    if (plan.nested[q]) continue;
    const Grouping& group = frame.effects[q].group;
    for (std::size_t i = 0; i < group.level.size(); ++i) z(static_cast<Index>(i), first + group.level[i]) = 1;
    first += group.size();
  }
}

std::vector<AbsorbFactor> nested_factors(const ModelFrame& frame, const ClusterPlan& plan) {
  std::vector<AbsorbFactor> factors;
  for (std::size_t q = 0; q < frame.effects.size(); ++q) {
    if (!plan.nested[q]) continue;
    const FrameEffect& effect = frame.effects[q];
    factors.push_back(
        {effect.group.name, effect.group.level, effect.group.size(), effect.slopes, effect.intercept});
  }
  return factors;
}

// A constant in the span lets every column be centred first, which saves digits.
void centre(const ModelFrame& frame, const Vector& weights, Eigen::Ref<Matrix> columns) {
  const bool constant =
      frame.intercept || std::any_of(frame.effects.begin(), frame.effects.end(),
                                     [](const FrameEffect& effect) { return effect.intercept; });
  if (!constant) return;
  const double sum = weights.sum();
  for (Index j = 0; j < columns.cols(); ++j) columns.col(j).array() -= weights.dot(columns.col(j)) / sum;
}

Vector scale_columns(const Vector& weights, Eigen::Ref<Matrix> columns) {
  Vector scale(columns.cols());
  for (Index j = 0; j < columns.cols(); ++j) {
    const double norm = std::sqrt(weights.dot(columns.col(j).cwiseAbs2()));
    scale(j) = norm > 0 ? norm : 1;
    columns.col(j) /= scale(j);
  }
  return scale;
}

Matrix packed_products(const Matrix& z, const Vector& weights, const ClusterPlan& plan) {
  const Index p = z.cols();
  Matrix packed = Matrix::Zero(p * (p + 1) / 2, plan.size());
  for (Level g = 0; g < plan.size(); ++g) {
    const std::vector<Index>& members = plan.members[static_cast<std::size_t>(g)];
    const Matrix rows = z(members, Eigen::all);
    const Matrix products = rows.transpose() * weights(members).asDiagonal() * rows;
    for (Index j = 0, at = 0; j < p; at += ++j)
      packed.col(g).segment(at, j + 1) = products.col(j).head(j + 1);
  }
  return packed;
}

}  // namespace

namespace {

// Forward alone: nobody asks for the coefficients of dummies.
void take_out_first(Index dummies, const Vector& norms, Matrix& products) {
  for (Index k = 0; k < dummies; ++k) {
    const double pivot = products(k, k);
    const Index left = products.cols() - k - 1;
    if (!(pivot > rank_tolerance * norms(k))) continue;
    for (Index j = k + 1; j < products.cols(); ++j)
      if (const double share = products(k, j) / pivot; share != 0)
        products.col(j).tail(left) -= share * products.col(k).tail(left);
  }
}

}  // namespace

Elimination::Elimination(Matrix products, Vector norms)
    : products_(std::move(products)),
      norms_(std::move(norms)),
      taken_(static_cast<std::size_t>(norms_.size()), 0) {}

bool Elimination::take(Index k) {
  taken_[static_cast<std::size_t>(k)] = 1;
  const double pivot = products_(k, k);
  if (!(pivot > rank_tolerance * norms_(k))) {
    products_.row(k).setZero();
    return false;
  }
  products_(k, k) = 0;
  for (Index j = 0; j < products_.cols(); ++j) {
    if (taken_[static_cast<std::size_t>(j)] != 0) continue;
    const double share = products_(k, j) / pivot;
    if (share != 0) products_.col(j) -= share * products_.col(k);
    products_(k, j) = share;
  }
  return true;
}

std::optional<ClusterProducts> ClusterProducts::make(const Context& context, const ModelFrame& frame,
                                                     const ClusterPlan& plan, const Matrix& columns) {
  ClusterProducts result;
  if (!applies(frame, plan, result.dummies_)) return std::nullopt;
  result.p_ = result.dummies_ + columns.cols();
  const Vector weights = frame.weights.size() > 0 ? frame.weights : Vector::Ones(columns.rows());
  Matrix z = Matrix::Zero(columns.rows(), result.p_);
  fill_dummies(frame, plan, z);
  z.rightCols(columns.cols()) = columns;
  centre(frame, weights, z.rightCols(columns.cols()));
  const std::vector<AbsorbFactor> factors = nested_factors(frame, plan);
  if (!factors.empty()) {
    const Absorber absorber(context, factors, frame.weights);
    if (!absorber.absorb(context, z).converged) return std::nullopt;
  }
  result.scale_ = scale_columns(weights, z.rightCols(columns.cols()));
  result.packed_ = packed_products(z, weights, plan);
  return result;
}

Elimination ClusterProducts::eliminate(const std::vector<int>& counts) const {
  Vector drawn(static_cast<Index>(counts.size()));
  for (std::size_t g = 0; g < counts.size(); ++g) drawn(static_cast<Index>(g)) = counts[g];
  const Vector sum = packed_ * drawn;
  Matrix products(p_, p_);
  for (Index j = 0, at = 0; j < p_; at += ++j) {
    products.col(j).head(j + 1) = sum.segment(at, j + 1);
    products.row(j).head(j) = products.col(j).head(j).transpose();
  }
  const Vector norms = products.diagonal();
  take_out_first(dummies_, norms, products);
  const Index columns = p_ - dummies_;
  return {products.bottomRightCorner(columns, columns), norms.tail(columns)};
}

}  // namespace panelist
