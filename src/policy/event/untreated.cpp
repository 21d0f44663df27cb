// SPDX-License-Identifier: Apache-2.0
#include "policy/event/untreated.h"

#include <fmt/format.h>

#include <cmath>

#include "linalg/least_squares.h"

namespace panelist {

namespace {

constexpr Index most_columns = 3000;
constexpr double rank_tolerance = 1e-10, span_tolerance = 1e-7;
constexpr double nothing_left = 1e-18;  // of a column's squares: rounding

// Centred and at unit length in the mean: prediction depends on neither beside a constant.
void scale_column(Eigen::Ref<Vector> column, bool centred) {
  if (centred) column.array() -= column.mean();
  const double size = column.norm();
  if (size > 0) column *= std::sqrt(static_cast<double>(column.size())) / size;
}

// Columns of the frame but the constant.
Matrix scaled_controls(const ModelFrame& frame) {
  const Index first = frame.intercept ? 1 : 0;
  const auto columns = static_cast<Index>(frame.exogenous.names.size());
  Matrix controls(frame.n(), columns - first);
  if (columns > first) {
    const Matrix all = frame.exogenous.values.matrix();
    controls = all.rightCols(columns - first);
  }
  const bool constant = frame.intercept || !frame.effects.empty();
  for (Index j = 0; j < controls.cols(); ++j) scale_column(controls.col(j), constant);
  return controls;
}

Matrix with_slopes(const Matrix& values, const FrameEffect& effect) {
  Matrix out(effect.slopes.rows() > 0 ? effect.slopes.rows() : values.rows(),
             values.cols() + effect.slopes.cols());
  out.leftCols(values.cols()) = values;
  if (effect.slopes.cols() > 0) out.rightCols(effect.slopes.cols()) = effect.slopes;
  return out;
}

}  // namespace

UntreatedModel::UntreatedModel(const ModelFrame& frame, const std::vector<bool>& treated)
    : frame_(frame), treated_(treated) {
  weights_ = frame.weights.size() > 0 ? frame.weights : Vector::Ones(frame.n());
  for (Index i = 0; i < frame.n(); ++i)
    if (treated[static_cast<std::size_t>(i)]) weights_[i] = 0;
  controls_ = scaled_controls(frame);
  choose_columns();
  sort_rows();
  fit_levels();
  sum_cross_products();
  mark_predictable();
}

// Effects of one grouping are one block: levels and slopes together.
void UntreatedModel::choose_columns() {
  for (const FrameEffect& effect : frame_.effects) {
    const auto same = std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& block) {
      return block.group->name == effect.group.name;
    });
    if (same == blocks_.end())
      blocks_.push_back({&effect.group, with_slopes(Matrix(frame_.n(), 0), effect), effect.intercept, 0});
    else {
      same->values = with_slopes(same->values, effect);
      same->intercept = same->intercept || effect.intercept;
    }
  }
  for (Block& block : blocks_) {
    for (Index j = 0; j < block.values.cols(); ++j) scale_column(block.values.col(j), block.intercept);
    if (!block.intercept) continue;
    Matrix values(frame_.n(), block.values.cols() + 1);
    values << Vector::Ones(frame_.n()), block.values;
    block.values = std::move(values);
  }
  const auto largest = std::max_element(blocks_.begin(), blocks_.end(), [](const Block& a, const Block& b) {
    return a.group->size() < b.group->size();
  });
  if (largest != blocks_.end()) {
    eliminated_ = std::move(*largest);
    blocks_.erase(largest);
    level_of_row_ = eliminated_.group->level;
    levels_ = eliminated_.group->size();
  } else {
    eliminated_.values = Matrix::Ones(frame_.n(), 1);
    level_of_row_ = Levels(std::vector<Level>(static_cast<std::size_t>(frame_.n()), 0));
  }
  for (Block& block : blocks_) {
    block.offset = columns_;
    columns_ += block.group->size() * block.values.cols();
  }
  columns_ += controls_.cols();
  if (columns_ > most_columns)
    throw Error(
        "policy.too_many_levels",
        fmt::format("imputation solves for {} levels and controls beside the largest effect, {} at most",
                    columns_, most_columns),
        "take coarser effects");
}

void UntreatedModel::sort_rows() {
  const auto n = static_cast<std::size_t>(frame_.n());
  begin_.assign(static_cast<std::size_t>(levels_) + 1, 0);
  for (const Level level : level_of_row_) ++begin_[static_cast<std::size_t>(level) + 1];
  for (std::size_t l = 1; l < begin_.size(); ++l) begin_[l] += begin_[l - 1];
  rows_.resize(n);
  std::vector<std::size_t> next = begin_;
  for (std::size_t i = 0; i < n; ++i) rows_[next[static_cast<std::size_t>(level_of_row_[i])]++] = i;
}

// Slopes are taken from the level's own means, so that a small movement about a large mean counts as what it is.
void UntreatedModel::fit_levels() {
  const Index own = eliminated_.values.cols();
  level_fits_.assign(static_cast<std::size_t>(levels_), {Vector::Zero(own), {}, {}});
  for (std::size_t level = 0; level < level_fits_.size(); ++level) {
    LevelFit& fit = level_fits_[level];
    double total = 0;
    Vector sum = Vector::Zero(own), squares = Vector::Zero(own);
    for (std::size_t k = begin_[level]; k < begin_[level + 1]; ++k) {
      const auto row = static_cast<Index>(rows_[k]);
      total += weights_[row];
      sum += weights_[row] * eliminated_.values.row(row).transpose();
      squares += weights_[row] * eliminated_.values.row(row).cwiseAbs2().transpose();
    }
    if (eliminated_.intercept && total > 0) fit.means.tail(own - 1) = sum.tail(own - 1) / total;
    Matrix products = Matrix::Zero(own, own);
    for (std::size_t k = begin_[level]; k < begin_[level + 1]; ++k) {
      const auto row = static_cast<Index>(rows_[k]);
      if (weights_[row] > 0)
        products.selfadjointView<Eigen::Lower>().rankUpdate(own_columns(row), weights_[row]);
    }
    products = products.selfadjointView<Eigen::Lower>();
    Vector scale(own);
    for (Index j = 0; j < own; ++j)
      scale[j] = products(j, j) > 1e-16 * squares[j] ? 1 / std::sqrt(products(j, j)) : 0.0;
    const Matrix scaled = scale.asDiagonal() * products * scale.asDiagonal();
    const Matrix inverse = symmetric_pseudo_inverse(scaled, rank_tolerance);
    fit.inverse = scale.asDiagonal() * inverse * scale.asDiagonal();
    fit.undetermined = Matrix::Identity(own, own) - fit.inverse * products;
  }
}

Vector UntreatedModel::own_columns(Index row) const {
  return eliminated_.values.row(row).transpose() -
         level_fits_[static_cast<std::size_t>(level_of_row_[static_cast<std::size_t>(row)])].means;
}

void UntreatedModel::add_row(Index row, double scale, Vector& to) const {
  for (const Block& block : blocks_) {
    const Index own = block.values.cols();
    to.segment(block.offset + block.group->level[static_cast<std::size_t>(row)] * own, own) +=
        scale * block.values.row(row).transpose();
  }
  if (controls_.cols() > 0) to.tail(controls_.cols()) += scale * controls_.row(row).transpose();
}

Matrix UntreatedModel::level_projection(Level level) const {
  const auto at = static_cast<std::size_t>(level);
  Matrix sum = Matrix::Zero(eliminated_.values.cols(), columns_);
  Vector z(columns_);
  for (std::size_t k = begin_[at]; k < begin_[at + 1]; ++k) {
    const auto row = static_cast<Index>(rows_[k]);
    if (!(weights_[row] > 0)) continue;
    z.setZero();
    add_row(row, weights_[row], z);
    sum += own_columns(row) * z.transpose();
  }
  return level_fits_[at].inverse * sum;
}

Vector UntreatedModel::rest_of_row(Index row, const Matrix& projection) const {
  Vector z = -projection.transpose() * own_columns(row);
  add_row(row, 1, z);
  return z;
}

void UntreatedModel::sum_cross_products() {
  Matrix products = Matrix::Zero(columns_, columns_);
  Vector squares = Vector::Zero(columns_), z(columns_);
  for (Level level = 0; level < levels_; ++level) {
    const Matrix projection = level_projection(level);
    const auto at = static_cast<std::size_t>(level);
    for (std::size_t k = begin_[at]; k < begin_[at + 1]; ++k) {
      const auto row = static_cast<Index>(rows_[k]);
      if (weights_[row] == 0) continue;
      products.selfadjointView<Eigen::Lower>().rankUpdate(rest_of_row(row, projection), weights_[row]);
      z.setZero();
      add_row(row, 1, z);
      squares += weights_[row] * z.cwiseAbs2();
    }
  }
  products = products.selfadjointView<Eigen::Lower>();
  Vector scale = Vector::Ones(columns_);
  for (Index j = 0; j < columns_; ++j) {
    if (products(j, j) > nothing_left * squares[j]) {
      scale[j] = 1 / std::sqrt(products(j, j));
    } else {
      products.row(j).setZero();
      products.col(j).setZero();
    }
  }
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
    const Matrix projection = level_projection(level);
    const auto at = static_cast<std::size_t>(level);
    for (std::size_t k = begin_[at]; k < begin_[at + 1]; ++k) {
      const auto row = static_cast<Index>(rows_[k]);
      if (!treated_[rows_[k]]) continue;
      const Vector own = own_columns(row), z = rest_of_row(row, projection);
      const bool of_level =
          (level_fits_[at].undetermined.transpose() * own).norm() <= span_tolerance * own.norm();
      const bool spanned =
          null_.cols() == 0 || (null_.transpose() * z).cwiseAbs().maxCoeff() <= span_tolerance * null_.norm();
      predictable_[rows_[k]] = of_level && spanned;
    }
  }
}

UntreatedModel::Solution UntreatedModel::solve(const Matrix& values) const {
  const Index own = eliminated_.values.cols();
  Solution solution;
  solution.eliminated = Matrix::Zero(levels_ * own, values.cols());
  Matrix right = Matrix::Zero(columns_, values.cols());
  for (Level level = 0; level < levels_; ++level) {
    const Matrix projection = level_projection(level);
    const auto at = static_cast<std::size_t>(level);
    auto of_level = solution.eliminated.middleRows(level * own, own);
    for (std::size_t k = begin_[at]; k < begin_[at + 1]; ++k) {
      const auto row = static_cast<Index>(rows_[k]);
      if (values.row(row).isZero(0)) continue;
      of_level += own_columns(row) * values.row(row);
      right += rest_of_row(row, projection) * values.row(row);
    }
  }
  solution.rest = inverse_ * right;
  for (Level level = 0; level < levels_; ++level) {
    auto of_level = solution.eliminated.middleRows(level * own, own);
    of_level = level_fits_[static_cast<std::size_t>(level)].inverse * of_level.eval() -
               level_projection(level) * solution.rest;
  }
  return solution;
}

Matrix UntreatedModel::apply(const Solution& solution) const {
  const Index own = eliminated_.values.cols();
  Matrix out(static_cast<Index>(rows_.size()), solution.rest.cols());
  Vector z(columns_);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto row = static_cast<Index>(i);
    z.setZero();
    add_row(row, 1, z);
    out.row(row) =
        own_columns(row).transpose() * solution.eliminated.middleRows(level_of_row_[i] * own, own) +
        z.transpose() * solution.rest;
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
