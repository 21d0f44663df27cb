// SPDX-License-Identifier: Apache-2.0
#include "index/envelope.h"

#include "base/diagnostic.h"

namespace panelist {
namespace {

// The simplex in a table: rows of constraints with their slacks, the last row the objective, the last column the right
// side. Ties go to the smallest index (Bland), so it ends.
class Simplex {
 public:
  Simplex(const Vector& c, const Matrix& a, const Vector& b)
      : m_(c.size()), rows_(b.size()), basis_(b.size()) {
    table_ = Matrix::Zero(rows_ + 1, m_ + 1);
    table_.topLeftCorner(rows_, m_) = a;
    table_.col(m_).head(rows_) = b;
    table_.row(rows_).head(m_) = -c.transpose();
    columns_.resize(static_cast<std::size_t>(m_));
    for (Index j = 0; j < m_; ++j) columns_[static_cast<std::size_t>(j)] = j;
    for (Index i = 0; i < rows_; ++i) basis_[static_cast<std::size_t>(i)] = m_ + i;
  }

  Vector solve() {
    for (;;) {
      const Index entering = pick_column();
      if (entering < 0) break;
      const Index leaving = pick_row(entering);
      if (leaving < 0)
        throw Error("index.unbounded", "benefit of the doubt has no largest score",
                    "an indicator is zero on every reference row: leave it out", "method bod");
      pivot(leaving, entering);
    }
    Vector w = Vector::Zero(m_);
    for (Index i = 0; i < rows_; ++i)
      if (basis_[static_cast<std::size_t>(i)] < m_) w(basis_[static_cast<std::size_t>(i)]) = table_(i, m_);
    return w;
  }

 private:
  static constexpr double small = 1e-12;

  [[nodiscard]] Index pick_column() const {
    Index best = -1;
    for (Index j = 0; j < m_; ++j)
      if (table_(rows_, j) < -small &&
          (best < 0 || columns_[static_cast<std::size_t>(j)] < columns_[static_cast<std::size_t>(best)]))
        best = j;
    return best;
  }

  [[nodiscard]] Index pick_row(Index column) const {
    Index best = -1;
    double least = 0;
    for (Index i = 0; i < rows_; ++i) {
      if (!(table_(i, column) > small)) continue;
      const double ratio = table_(i, m_) / table_(i, column);
      const bool tie = best >= 0 && ratio == least &&
                       basis_[static_cast<std::size_t>(i)] < basis_[static_cast<std::size_t>(best)];
      if (best < 0 || ratio < least || tie) {
        best = i;
        least = ratio;
      }
    }
    return best;
  }

  // The entering variable and the leaving slack change places.
  void pivot(Index row, Index column) {
    const double pivot = table_(row, column);
    const Vector factor = table_.col(column);
    table_.row(row) /= pivot;
    for (Index i = 0; i <= rows_; ++i)
      if (i != row) table_.row(i) -= factor(i) * table_.row(row);
    table_.col(column) = -factor / pivot;
    table_(row, column) = 1 / pivot;
    std::swap(basis_[static_cast<std::size_t>(row)], columns_[static_cast<std::size_t>(column)]);
  }

  Index m_, rows_;
  Matrix table_;
  std::vector<Index> basis_, columns_;
};

bool dominated(const Matrix& x, Index row) {
  for (Index other = 0; other < x.rows(); ++other) {
    if (other == row || !((x.row(other).array() >= x.row(row).array()).all())) continue;
    if ((x.row(other).array() > x.row(row).array()).any() || other < row) return true;
  }
  return false;
}

// Reference rows that no other row dominates: the others bind nothing.
Matrix frontier(const Matrix& x) {
  std::vector<Index> kept;
  for (Index i = 0; i < x.rows(); ++i)
    if (!dominated(x, i)) kept.push_back(i);
  return x(kept, Eigen::all);
}

// low w'x <= w_j x_j <= high w'x as rows of A w <= 0.
Matrix share_rows(const Vector& x, const ShareBounds& bounds) {
  const Matrix own = x.asDiagonal();
  const Matrix total = Vector::Ones(x.size()) * x.transpose();
  Matrix rows(2 * x.size(), x.size());
  rows << bounds.low * total - own, own - bounds.high * total;
  return rows;
}

void check_bounds(const ShareBounds& bounds, Index m) {
  const double count = static_cast<double>(m);
  if (bounds.low >= 0 && count * bounds.low <= 1 && count * bounds.high >= 1) return;
  throw Error("index.infeasible_shares",
              "no weights give every indicator a share within the bounds: they sum to less or more than one",
              "with m indicators, low is at most 1/m and high at least 1/m", "method bod");
}

Vector own_weights(const Vector& x, const Matrix& rows, const ShareBounds& bounds) {
  if (bounds.low <= 0 && bounds.high >= 1) return largest(x, rows, Vector::Ones(rows.rows()));
  const Matrix shares = share_rows(x, bounds);
  Matrix a(rows.rows() + shares.rows(), rows.cols());
  a << rows, shares;
  Vector b = Vector::Zero(a.rows());
  b.head(rows.rows()).setOnes();
  return largest(x, a, b);
}

}  // namespace

Vector largest(const Vector& c, const Matrix& a, const Vector& b) { return Simplex(c, a, b).solve(); }

Envelope benefit_of_the_doubt(const Matrix& x, const Matrix& reference, const ShareBounds& bounds) {
  if (x.minCoeff() < 0 || reference.minCoeff() < 0)
    throw Error("index.negative_values", "benefit of the doubt takes cells that are not below zero",
                "use normalise = \"minmax\" or \"max\"", "method bod");
  check_bounds(bounds, x.cols());
  const Matrix rows = frontier(reference);
  Envelope envelope{Vector::Zero(x.rows()), Matrix::Zero(x.rows(), x.cols())};
  for (Index i = 0; i < x.rows(); ++i) {
    const Vector weights = own_weights(x.row(i).transpose(), rows, bounds);
    envelope.weights.row(i) = weights.transpose();
    envelope.score(i) = weights.dot(x.row(i));
  }
  return envelope;
}

}  // namespace panelist
