// SPDX-License-Identifier: Apache-2.0
// Columns and matrices that several results look at and nobody changes.
//
// A SharedVector or SharedMatrix is a read-only Eigen map that keeps its numbers alive: copying one copies no number.
// Each may be a whole array of its own, a column of a table, or columns of a larger matrix. SharedColumns is a set of
// columns that lie in different places, or that a source serves block by block (column_source.h).
// Cost  none; from a Matrix or Vector by value it takes it over.
#pragma once
#include <algorithm>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

#include "base/memory.h"
#include "linalg/column_source.h"
#include "linalg/matrix.h"

namespace panelist {

class SharedVector : public Eigen::Map<const Vector> {
 public:
  using View = Eigen::Map<const Vector>;
  SharedVector() : View(nullptr, 0) {}
  SharedVector(Vector values) : View(nullptr, 0) {  // NOLINT: a vector is a way to write one
    const auto kept = std::make_shared<const Vector>(std::move(values));
    hold({kept, kept->data()}, kept->size());
  }
  template <typename Derived>
  SharedVector(const Eigen::MatrixBase<Derived>& values) : SharedVector(Vector(values)) {}  // NOLINT
  SharedVector(std::shared_ptr<const double[]> values, Index size) : View(nullptr, 0) {
    hold(std::move(values), size);
  }
  SharedVector(const SharedVector& other) = default;
  SharedVector& operator=(const SharedVector& other) {
    if (this != &other) hold(other.values_, other.size());
    return *this;
  }
  [[nodiscard]] const std::shared_ptr<const double[]>& values() const { return values_; }

 private:
  void hold(std::shared_ptr<const double[]> values, Index size) {
    values_ = std::move(values);
    new (static_cast<View*>(this)) View(values_.get(), size);
  }
  std::shared_ptr<const double[]> values_;
};

class SharedMatrix : public Eigen::Map<const Matrix, 0, Eigen::OuterStride<>> {
 public:
  using View = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;
  SharedMatrix() : View(nullptr, 0, 0, Eigen::OuterStride<>(0)) {}
  SharedMatrix(Matrix values) : SharedMatrix() {  // NOLINT: a matrix is a way to write one
    const auto kept = std::make_shared<const Matrix>(std::move(values));
    hold({kept, kept->data()}, kept->rows(), kept->cols());
  }
  template <typename Derived>
  SharedMatrix(const Eigen::MatrixBase<Derived>& values) : SharedMatrix(Matrix(values)) {}  // NOLINT
  // Columns one after another, without gaps.
  SharedMatrix(std::shared_ptr<const double[]> values, Index rows, Index columns) : SharedMatrix() {
    hold(std::move(values), rows, columns);
  }
  SharedMatrix(const SharedMatrix& other) = default;
  SharedMatrix& operator=(const SharedMatrix& other) {
    if (this != &other) hold(other.values_, other.rows(), other.cols());
    return *this;
  }
  // Columns first .. first + count - 1, and one column.
  [[nodiscard]] SharedMatrix part(Index first, Index count) const {
    return {std::shared_ptr<const double[]>(values_, values_.get() + first * rows()), rows(), count};
  }
  [[nodiscard]] SharedVector column(Index j) const {
    return {std::shared_ptr<const double[]>(values_, values_.get() + j * rows()), rows()};
  }

 private:
  void hold(std::shared_ptr<const double[]> values, Index rows, Index columns) {
    values_ = std::move(values);
    new (static_cast<View*>(this)) View(values_.get(), rows, columns, Eigen::OuterStride<>(rows));
  }
  std::shared_ptr<const double[]> values_;
};

class SharedColumns {
 public:
  SharedColumns() = default;
  SharedColumns(const SharedMatrix& values) : rows_(values.rows()) {  // NOLINT
    for (Index j = 0; j < values.cols(); ++j) append(values.column(j));
  }
  SharedColumns(Matrix values) : SharedColumns(SharedMatrix(std::move(values))) {}  // NOLINT
  explicit SharedColumns(Index rows) : rows_(rows) {}

  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Index cols() const { return static_cast<Index>(columns_.size()); }
  // The whole of a column; of one that is served by a source it is made when first asked for.
  [[nodiscard]] const SharedVector& col(Index j) const {
    return columns_[static_cast<std::size_t>(j)]->whole();
  }
  [[nodiscard]] double operator()(Index i, Index j) const { return col(j)(i); }
  // Some rows of a column, as of a ColumnSource.
  [[nodiscard]] const double* load(Index j, Index first, Index count, double* buffer) const {
    return columns_[static_cast<std::size_t>(j)]->load(first, count, buffer);
  }
  void append(const SharedVector& column) {
    rows_ = column.size();
    columns_.push_back(std::make_shared<const Column>(column));
  }
  void append(std::shared_ptr<const ColumnSource> source) {
    rows_ = source->rows();
    columns_.push_back(std::make_shared<const Column>(std::move(source)));
  }
  // The column is not asked for any more; its numbers go when nobody else holds them.
  void let_go(Index j) {
    columns_[static_cast<std::size_t>(j)] = std::make_shared<const Column>(SharedVector());
  }
  // A copy side by side.
  [[nodiscard]] Matrix matrix() const {
    Matrix all(rows_, cols());
    for (Index j = 0; j < cols(); ++j) all.col(j) = col(j);
    return all;
  }
  // The rows listed, in that order.
  [[nodiscard]] SharedColumns take(const std::vector<Index>& rows) const {
    SharedColumns taken(static_cast<Index>(rows.size()));
    for (Index j = 0; j < cols(); ++j) taken.append(Vector(col(j)(rows)));
    return taken;
  }

 private:
  class Column {
   public:
    explicit Column(const SharedVector& whole) : whole_(whole) {}
    explicit Column(std::shared_ptr<const ColumnSource> source) : source_(std::move(source)) {}
    [[nodiscard]] const SharedVector& whole() const {
      if (source_ != nullptr) std::call_once(made_, [this] { whole_ = made_whole(*source_); });
      return whole_;
    }
    [[nodiscard]] const double* load(Index first, Index count, double* buffer) const {
      return source_ != nullptr ? source_->load(first, count, buffer) : whole_.data() + first;
    }

   private:
    static SharedVector made_whole(const ColumnSource& source) {
      Vector all(source.rows());
      for (Index first = 0; first < all.size(); first += rows_per_block) {
        const Index count = std::min(rows_per_block, all.size() - first);
        const double* const rows = source.load(first, count, all.data() + first);
        if (rows != all.data() + first) std::copy_n(rows, count, all.data() + first);
      }
      return all;
    }
    std::shared_ptr<const ColumnSource> source_;  // null: the whole is given
    mutable std::once_flag made_;
    mutable SharedVector whole_;
  };

  Index rows_ = 0;
  std::vector<std::shared_ptr<const Column>> columns_;
};

}  // namespace panelist
