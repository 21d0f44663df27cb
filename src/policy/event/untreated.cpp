// SPDX-License-Identifier: Apache-2.0
#include "policy/event/untreated.h"

#include <fmt/format.h>

#include <cmath>

namespace panelist {

namespace {

constexpr Index most_columns = 3000;
constexpr double rank_tolerance = 1e-10, span_tolerance = 1e-7;

// Columns of the frame but the constant, centred and scaled: prediction does not depend on it.
Matrix scaled_controls(const ModelFrame& frame) {
  const Index first = frame.intercept ? 1 : 0;
  const auto columns = static_cast<Index>(frame.exogenous.names.size());
  Matrix controls(frame.n(), columns - first);
  if (columns > first) {
    const Matrix all = frame.exogenous.values.matrix();
    controls = all.rightCols(columns - first);
  }
  for (Index j = 0; j < controls.cols(); ++j) {
    controls.col(j).array() -= controls.col(j).mean();
    const double size = controls.col(j).norm();
    if (size > 0) controls.col(j) *= std::sqrt(static_cast<double>(frame.n())) / size;
  }
  return controls;
}

}  // namespace

UntreatedModel::UntreatedModel(const ModelFrame& frame, const std::vector<bool>& treated)
    : frame_(frame), treated_(treated) {
  weights_ = frame.weights.size() > 0 ? frame.weights : Vector::Ones(frame.n());
  for (Index i = 0; i < frame.n(); ++i)
    if (treated[static_cast<std::size_t>(i)]) weights_[i] = 0;
  controls_ = scaled_controls(frame);
  choose_columns();
  sum_cross_products();
  mark_predictable();
}

void UntreatedModel::choose_columns() {
  const FrameEffect* largest = nullptr;
  for (const FrameEffect& effect : frame_.effects) {
    if (effect.slopes.cols() > 0 || !effect.intercept)
      throw Error("policy.slopes", "imputation takes effects without slopes", "leave out fe[x]");
    if (largest == nullptr || effect.group.size() > largest->group.size()) largest = &effect;
  }
  const auto n = static_cast<std::size_t>(frame_.n());
  eliminated_ = largest != nullptr ? largest->group.level : Levels(std::vector<Level>(n, 0));
  levels_ = largest != nullptr ? largest->group.size() : 1;
  for (const FrameEffect& effect : frame_.effects) {
    if (&effect == largest) continue;
    factors_.push_back(&effect.group);
    offsets_.push_back(columns_);
    columns_ += effect.group.size();
  }
  columns_ += controls_.cols();
  if (columns_ > most_columns)
    throw Error(
        "policy.too_many_levels",
        fmt::format("imputation solves for {} levels and controls beside the largest effect, {} at most",
                    columns_, most_columns),
        "take coarser effects");
  begin_.assign(static_cast<std::size_t>(levels_) + 1, 0);
  for (const Level level : eliminated_) ++begin_[static_cast<std::size_t>(level) + 1];
  for (std::size_t l = 1; l < begin_.size(); ++l) begin_[l] += begin_[l - 1];
  rows_.resize(n);
  std::vector<std::size_t> next = begin_;
  for (std::size_t i = 0; i < n; ++i) rows_[next[static_cast<std::size_t>(eliminated_[i])]++] = i;
}

void UntreatedModel::add_row(Index row, double scale, Vector& to) const {
  for (std::size_t f = 0; f < factors_.size(); ++f)
    to[offsets_[f] + factors_[f]->level[static_cast<std::size_t>(row)]] += scale;
  if (controls_.cols() > 0) to.tail(controls_.cols()) += scale * controls_.row(row).transpose();
}

// Means over untreated rows; zero where there are none.
Vector UntreatedModel::level_means(Level level) const {
  Vector sum = Vector::Zero(columns_);
  const auto at = static_cast<std::size_t>(level);
  for (std::size_t k = begin_[at]; k < begin_[at + 1]; ++k) {
    const auto row = static_cast<Index>(rows_[k]);
    if (weights_[row] > 0) add_row(row, weights_[row], sum);
  }
  if (level_weight_[level] > 0) sum /= level_weight_[level];
  return sum;
}

void UntreatedModel::sum_cross_products() {
  level_weight_ = Vector::Zero(levels_);
  for (std::size_t i = 0; i < rows_.size(); ++i)
    level_weight_[eliminated_[i]] += weights_[static_cast<Index>(i)];
  Matrix products = Matrix::Zero(columns_, columns_);
  for (Level level = 0; level < levels_; ++level) {
    const Vector mean = level_means(level);
    const auto at = static_cast<std::size_t>(level);
    for (std::size_t k = begin_[at]; k < begin_[at + 1]; ++k) {
      const auto row = static_cast<Index>(rows_[k]);
      if (weights_[row] == 0) continue;
      Vector z = -mean;
      add_row(row, 1, z);
      products.selfadjointView<Eigen::Lower>().rankUpdate(z, weights_[row]);
    }
  }
  products = products.selfadjointView<Eigen::Lower>();
  Vector scale = products.diagonal();
  for (double& value : scale) value = value > 0 ? 1 / std::sqrt(value) : 1.0;
  const Matrix scaled = scale.asDiagonal() * products * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(scaled);
  const double largest = columns_ > 0 ? std::max(1e-300, solver.eigenvalues().maxCoeff()) : 1.0;
  Index empty = 0;
  while (empty < columns_ && solver.eigenvalues()[empty] <= rank_tolerance * largest) ++empty;
  const Matrix kept = scale.asDiagonal() * solver.eigenvectors().rightCols(columns_ - empty);
  inverse_ =
      kept * solver.eigenvalues().tail(columns_ - empty).cwiseInverse().asDiagonal() * kept.transpose();
  null_ = scale.asDiagonal() * solver.eigenvectors().leftCols(empty);
}

void UntreatedModel::mark_predictable() {
  predictable_.assign(rows_.size(), true);
  for (Level level = 0; level < levels_; ++level) {
    const Vector mean = level_means(level);
    const auto at = static_cast<std::size_t>(level);
    for (std::size_t k = begin_[at]; k < begin_[at + 1]; ++k) {
      const auto row = static_cast<Index>(rows_[k]);
      if (!treated_[rows_[k]]) continue;
      Vector z = -mean;
      add_row(row, 1, z);
      const bool spanned =
          null_.cols() == 0 || (null_.transpose() * z).cwiseAbs().maxCoeff() <= span_tolerance * null_.norm();
      predictable_[rows_[k]] = level_weight_[level] > 0 && spanned;
    }
  }
}

UntreatedModel::Solution UntreatedModel::solve(const Matrix& values) const {
  Solution solution;
  solution.eliminated = Matrix::Zero(levels_, values.cols());
  Matrix right = Matrix::Zero(columns_, values.cols());
  for (Level level = 0; level < levels_; ++level) {
    const Vector mean = level_means(level);
    const auto at = static_cast<std::size_t>(level);
    for (std::size_t k = begin_[at]; k < begin_[at + 1]; ++k) {
      const auto row = static_cast<Index>(rows_[k]);
      if (values.row(row).isZero(0)) continue;
      solution.eliminated.row(level) += values.row(row);
      Vector z = -mean;
      add_row(row, 1, z);
      right += z * values.row(row);
    }
  }
  solution.rest = inverse_ * right;
  for (Level level = 0; level < levels_; ++level) {
    if (level_weight_[level] > 0) solution.eliminated.row(level) /= level_weight_[level];
    solution.eliminated.row(level) -= level_means(level).transpose() * solution.rest;
  }
  return solution;
}

Matrix UntreatedModel::apply(const Solution& solution) const {
  Matrix out(static_cast<Index>(rows_.size()), solution.rest.cols());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    Vector z = Vector::Zero(columns_);
    add_row(static_cast<Index>(i), 1, z);
    out.row(static_cast<Index>(i)) = solution.eliminated.row(eliminated_[i]) + z.transpose() * solution.rest;
  }
  return out;
}

Vector UntreatedModel::predicted(const Vector& outcome) const {
  return apply(solve(weights_.cwiseProduct(outcome))).col(0);
}

Matrix UntreatedModel::weights_on_untreated(const Matrix& weights) const {
  return weights_.asDiagonal() * apply(solve(weights));
}

}  // namespace panelist
