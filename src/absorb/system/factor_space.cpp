// SPDX-License-Identifier: Apache-2.0
#include "absorb/system/factor_space.h"

namespace panelist {
namespace {

// A slope varies in a level when its variance there is above this share of its mean square there.
constexpr double slope_tolerance = 1e-18;
// A second slope is independent when this share of its variance is left.
constexpr double gram_tolerance = 1e-12;

// Inverse of a small Gram matrix on its independent columns in order, zero elsewhere.
Matrix inverse_in_order(const Matrix& G, const Vector& least, Level& redundant) {
  std::vector<Index> kept;
  for (Index j = 0; j < G.cols(); ++j) {
    double left = G(j, j);
    if (!kept.empty()) {
      const Vector cross = G(kept, std::vector<Index>{j});
      const Vector share = Matrix(G(kept, kept)).llt().solve(cross);
      left -= cross.dot(share);
    }
    if (left > std::max(gram_tolerance * G(j, j), least(j))) {
      kept.push_back(j);
    } else {
      ++redundant;
    }
  }
  Matrix inverse = Matrix::Zero(G.rows(), G.cols());
  if (!kept.empty()) {
    const auto rank = static_cast<Index>(kept.size());
    const Matrix block = Matrix(G(kept, kept)).llt().solve(Matrix::Identity(rank, rank));
    inverse(kept, kept) = block;
  }
  return inverse;
}

}  // namespace

FactorSpace::FactorSpace(const AbsorbFactor& factor, const Vector& w)
    : level_(factor.level),
      w_(w),
      levels_(factor.n_levels),
      components_(factor.slopes.cols() + (factor.intercept ? 1 : 0)),
      intercept_(factor.intercept) {
  order_rows();
  inverse_weight_ = Vector::Zero(levels_);
  for (std::size_t i = 0; i < level_.size(); ++i) {
    inverse_weight_(level_[i]) += w_.size() > 0 ? w_(static_cast<Index>(i)) : 1.0;
  }
  inverse_weight_ = inverse_weight_.cwiseInverse();
  if (factor.slopes.cols() > 0) {
    build_slopes(factor.slopes);
    build_inverse();
  }
}

void FactorSpace::order_rows() {
  starts_.assign(static_cast<std::size_t>(levels_) + 1, 0);
  for (const Level level : level_) ++starts_[static_cast<std::size_t>(level) + 1];
  for (std::size_t l = 1; l < starts_.size(); ++l) starts_[l] += starts_[l - 1];
  std::vector<std::int32_t> next(starts_.begin(), starts_.end() - 1);
  rows_.resize(level_.size());
  for (std::size_t i = 0; i < level_.size(); ++i) {
    rows_[static_cast<std::size_t>(next[static_cast<std::size_t>(level_[i])]++)] =
        static_cast<std::int32_t>(i);
  }
}

void FactorSpace::build_slopes(const Matrix& slopes) {
  const Index n = slopes.rows();
  z_ = slopes;
  scale_.resize(slopes.cols());
  centre_ = Matrix::Zero(levels_, slopes.cols());
  for (Index s = 0; s < slopes.cols(); ++s) {
    for (Index i = 0; intercept_ && i < n; ++i) {
      const Level level = level_[static_cast<std::size_t>(i)];
      centre_(level, s) += inverse_weight_(level) * (w_.size() > 0 ? w_(i) : 1.0) * slopes(i, s);
    }
    for (Index i = 0; i < n; ++i) z_(i, s) -= centre_(level_[static_cast<std::size_t>(i)], s);
    const double norm = z_.col(s).norm();
    scale_(s) = norm > 0.0 ? norm / std::sqrt(static_cast<double>(n)) : 1.0;
    z_.col(s) /= scale_(s);
  }
}

void FactorSpace::build_inverse() {
  inverse_ = Matrix::Zero(columns(), components_);
  const Index shift = intercept_ ? 1 : 0;
  for (Index level = 0; level < levels_; ++level) {
    Matrix G = Matrix::Zero(z_.cols(), z_.cols());
    double weight = 0.0;
    for (std::int32_t at = starts_[static_cast<std::size_t>(level)];
         at < starts_[static_cast<std::size_t>(level) + 1]; ++at) {
      const Index row = rows_[static_cast<std::size_t>(at)];
      const double w = w_.size() > 0 ? w_(row) : 1.0;
      weight += w;
      G += w * z_.row(row).transpose() * z_.row(row);
    }
    Vector least(z_.cols());
    for (Index s = 0; s < z_.cols(); ++s) {
      const double offset = centre_(level, s) / scale_(s);
      least(s) = slope_tolerance * weight * offset * offset;
    }
    const Index first = level * components_;
    if (intercept_) inverse_(first, 0) = 1.0 / weight;
    inverse_.block(first + shift, shift, z_.cols(), z_.cols()) =
        inverse_in_order(G, least, redundant_within_);
    for (Index s = 0; s < z_.cols(); ++s) {
      if (G(s, s) <= least(s)) flatten(level, s);
    }
  }
}

// What rounding left of a slope that does not vary in the level.
void FactorSpace::flatten(Index level, Index slope) {
  for (std::int32_t at = starts_[static_cast<std::size_t>(level)];
       at < starts_[static_cast<std::size_t>(level) + 1]; ++at) {
    z_(rows_[static_cast<std::size_t>(at)], slope) = 0.0;
  }
}

void FactorSpace::sum_level(Index level, const Vector& v, double* out) const {
  const std::int32_t first = starts_[static_cast<std::size_t>(level)];
  const std::int32_t last = starts_[static_cast<std::size_t>(level) + 1];
  const Index shift = intercept_ ? 1 : 0;
  std::fill(out, out + components_, 0.0);
  for (std::int32_t at = first; at < last; ++at) {
    const Index row = rows_[static_cast<std::size_t>(at)];
    const double term = w_.size() > 0 ? w_(row) * v(row) : v(row);
    if (intercept_) out[0] += term;
    for (Index s = 0; s < z_.cols(); ++s) out[shift + s] += term * z_(row, s);
  }
}

void FactorSpace::sums(const Vector& v, Vector& out) const {
  out.resize(columns());
  for (Index level = 0; level < levels_; ++level) sum_level(level, v, out.data() + level * components_);
}

void FactorSpace::solve(Vector& a) const {
  if (!has_slopes()) {
    a.array() *= inverse_weight_.array();
    return;
  }
  for (Index level = 0; level < levels_; ++level) {
    const Index first = level * components_;
    a.segment(first, components_) =
        (inverse_.middleRows(first, components_) * a.segment(first, components_)).eval();
  }
}

void FactorSpace::add(const Vector& a, double sign, Vector& v) const {
  const Index shift = intercept_ ? 1 : 0;
  for (Index i = 0; i < v.size(); ++i) {
    const Index first = components_ * level_[static_cast<std::size_t>(i)];
    double value = intercept_ ? a(first) : 0.0;
    for (Index s = 0; s < z_.cols(); ++s) value += a(first + shift + s) * z_(i, s);
    v(i) += sign * value;
  }
}

void FactorSpace::project_out(Vector& v, Vector& workspace) const {
  sums(v, workspace);
  solve(workspace);
  add(workspace, -1.0, v);
}

Matrix FactorSpace::in_given_units(const Vector& a) const {
  Matrix given = Eigen::Map<const Matrix>(a.data(), components_, levels_).transpose();
  const Index shift = intercept_ ? 1 : 0;
  for (Index s = 0; s < z_.cols(); ++s) {
    given.col(shift + s) /= scale_(s);
    if (intercept_) given.col(0).array() -= given.col(shift + s).array() * centre_.col(s).array();
  }
  return given;
}

}  // namespace panelist
