// SPDX-License-Identifier: Apache-2.0
#include "infer/bootstrap/cluster_design.h"

#include <fmt/format.h>

#include <cmath>

#include "linalg/gram.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

constexpr Index dummy_limit = 300;

bool is_nested(const FrameEffect& effect, const Grouping& cluster) {
  return effect.group.level.data() == cluster.level.data() ||
         nested(effect.group.level, cluster.level, effect.group.size());
}

AbsorbFactor factor_of(const FrameEffect& effect) {
  return {effect.group.name, effect.group.level, effect.group.size(), effect.slopes, effect.intercept};
}

std::vector<AbsorbFactor> nested_factors(const Fit& fit, const Grouping& cluster) {
  std::vector<AbsorbFactor> factors;
  for (const FrameEffect& effect : fit.frame->effects)
    if (is_nested(effect, cluster)) factors.push_back(factor_of(effect));
  return factors;
}

Index dummies_of(const FrameEffect& effect) {
  return effect.group.size() * (effect.slopes.cols() + (effect.intercept ? 1 : 0));
}

void fill_dummies(const FrameEffect& effect, Eigen::Ref<Matrix> dummies) {
  Index first = 0;
  for (Index s = effect.intercept ? -1 : 0; s < effect.slopes.cols(); ++s, first += effect.group.size())
    for (Index i = 0; i < dummies.rows(); ++i)
      dummies(i, first + effect.group.level[static_cast<std::size_t>(i)]) = s < 0 ? 1 : effect.slopes(i, s);
}

Index count_dummies(const std::vector<const FrameEffect*>& effects, const Grouping& cluster) {
  Index count = 0;
  for (const FrameEffect* effect : effects) count += dummies_of(*effect);
  if (count <= dummy_limit) return count;
  throw Error(
      "infer.crossing_effects",
      fmt::format("the effects that cross the clusters of `{}` have {} levels: leaving a cluster out "
                  "is offered up to {}",
                  cluster.name, count, dummy_limit),
      "take `wild(..., type=11)`, which has no such limit, or cluster by a column the effects lie within",
      "column " + cluster.name);
}

Matrix dummies_within(const Context& context, const Fit& fit, const Grouping& cluster) {
  const std::vector<const FrameEffect*> crossing = crossing_effects(fit, cluster);
  Matrix dummies = Matrix::Zero(fit.x.rows(), count_dummies(crossing, cluster));
  Index first = 0;
  for (const FrameEffect* effect : crossing) {
    fill_dummies(*effect, dummies.middleCols(first, dummies_of(*effect)));
    first += dummies_of(*effect);
  }
  const std::vector<AbsorbFactor> factors = nested_factors(fit, cluster);
  if (!factors.empty() && dummies.cols() > 0)
    Absorber(context, factors, fit.weights).absorb_or_throw(context, dummies, 1e-12);
  return dummies;
}

}  // namespace

std::vector<const FrameEffect*> crossing_effects(const Fit& fit, const Grouping& cluster) {
  std::vector<const FrameEffect*> crossing;
  for (const FrameEffect& effect : fit.frame->effects)
    if (!is_nested(effect, cluster)) crossing.push_back(&effect);
  return crossing;
}

Matrix ClusterDesign::widened(const Matrix& restrictions) const {
  Matrix wide = Matrix::Zero(restrictions.rows(), p());
  wide.leftCols(restrictions.cols()) = restrictions;
  return wide;
}

ClusterDesign plain_design(const Fit& fit, const Grouping& cluster) {
  return {&fit, &cluster, fit.x, {}, fit.bread};
}

ClusterDesign design_with_dummies(const Context& context, const Fit& fit, const Grouping& cluster) {
  ClusterDesign design = plain_design(fit, cluster);
  const Matrix dummies = dummies_within(context, fit, cluster);
  if (dummies.cols() > 0) {
    Matrix columns(fit.x.rows(), fit.k() + dummies.cols());
    columns << fit.x, dummies;
    design.columns = SharedMatrix(std::move(columns));
  }
  design.products = gram(context, design.columns, fit.weights);
  design.bread = Matrix::Zero(design.p(), design.p());
  design.bread.topLeftCorner(fit.k(), fit.k()) = fit.bread;
  const Index rest = dummies.cols();
  if (rest > 0)
    design.bread.bottomRightCorner(rest, rest) =
        scaled_inverse(design.products.bottomRightCorner(rest, rest));
  return design;
}

Matrix scaled_inverse(const Matrix& products) {
  Vector scale(products.rows());
  for (Index j = 0; j < scale.size(); ++j) scale(j) = products(j, j) > 0 ? 1 / std::sqrt(products(j, j)) : 0;
  const Matrix scaled = scale.asDiagonal() * products * scale.asDiagonal();
  return scale.asDiagonal() * symmetric_pseudo_inverse(scaled, 1e-10) * scale.asDiagonal();
}

std::vector<Matrix> cluster_products(const Context& context, const ClusterDesign& design) {
  std::vector<std::vector<Index>> members(static_cast<std::size_t>(design.clusters()));
  const Levels& level = design.cluster->level;
  for (std::size_t i = 0; i < level.size(); ++i)
    members[static_cast<std::size_t>(level[i])].push_back(static_cast<Index>(i));
  std::vector<Matrix> products(members.size());
  for_each_block(context, design.clusters(), [&](std::int64_t c) {
    const std::vector<Index>& rows = members[static_cast<std::size_t>(c)];
    const Matrix own = design.columns(rows, Eigen::all);
    const Vector& w = design.fit->weights;
    products[static_cast<std::size_t>(c)] = w.size() > 0
                                                ? Matrix(own.transpose() * Vector(w(rows)).asDiagonal() * own)
                                                : Matrix(own.transpose() * own);
  });
  return products;
}

Matrix score_sums(const Context& context, const ClusterDesign& design, const VectorView& u,
                  const Grouping& group) {
  const Vector& w = design.fit->weights;
  const Vector multiplier = w.size() > 0 ? Vector(w.cwiseProduct(u)) : Vector(u);
  Matrix sums = Matrix::Zero(group.size(), design.p());
  for_each_block(context, design.p(), [&](std::int64_t j) {
    double* const sum = sums.col(j).data();
    const double* const x = design.columns.col(j).data();
    for (std::size_t i = 0; i < group.level.size(); ++i)
      sum[group.level[i]] += x[i] * multiplier(static_cast<Index>(i));
  });
  return sums.transpose();
}

}  // namespace panelist
