// SPDX-License-Identifier: Apache-2.0
#include "infer/vcov/joint_degrees.h"

#include <Eigen/Cholesky>

namespace panelist {
namespace {

Index groups_of(const JointPieces& pieces) { return static_cast<Index>(pieces.squares.size()); }
Index contrasts_of(const JointPieces& pieces) { return pieces.squares.front().rows(); }

// Of one contrast: rows B_gs', G x m.
std::vector<Matrix> by_contrast(const JointPieces& pieces) {
  const Index q = contrasts_of(pieces), m = pieces.on_basis.front().rows();
  std::vector<Matrix> rows(static_cast<std::size_t>(q), Matrix(groups_of(pieces), m));
  for (Index g = 0; g < groups_of(pieces); ++g)
    for (Index s = 0; s < q; ++s)
      rows[static_cast<std::size_t>(s)].row(g) =
          pieces.on_basis[static_cast<std::size_t>(g)].col(s).transpose();
  return rows;
}

// Of one contrast: C_gl over g and l, G x G.
std::vector<Matrix> common_parts(const JointPieces& pieces, const std::vector<Matrix>& basis) {
  Matrix sums(groups_of(pieces), basis.front().cols());
  for (Index g = 0; g < groups_of(pieces); ++g)
    sums.row(g) = pieces.basis_sums[static_cast<std::size_t>(g)].transpose();
  std::vector<Matrix> parts;
  for (std::size_t s = 0; s < basis.size(); ++s) {
    parts.emplace_back(-basis[s] * sums.transpose());
    for (Index g = 0; g < groups_of(pieces); ++g)
      parts[s](g, g) += pieces.totals[static_cast<std::size_t>(g)](static_cast<Index>(s));
  }
  return parts;
}

Matrix mean_of(const JointPieces& pieces) {
  const std::vector<Matrix> basis = by_contrast(pieces);
  std::vector<Matrix> common;
  if (pieces.common != 0) common = common_parts(pieces, basis);
  const Index q = contrasts_of(pieces);
  Matrix mean = Matrix::Zero(q, q);
  for (const Matrix& one : pieces.squares) mean += pieces.own * one;
  for (Index s = 0; s < q; ++s)
    for (Index t = 0; t < q; ++t) {
      const auto a = static_cast<std::size_t>(s), b = static_cast<std::size_t>(t);
      mean(s, t) -= pieces.own * basis[a].cwiseProduct(basis[b]).sum();
      if (!common.empty()) mean(s, t) += pieces.common * common[a].cwiseProduct(common[b]).sum();
    }
  return mean;
}

// To contrasts whose mean is the identity.
void normalise(JointPieces& pieces) {
  const Eigen::LLT<Matrix> root(mean_of(pieces));
  const auto L = root.matrixL();
  for (std::size_t g = 0; g < pieces.squares.size(); ++g) {
    pieces.squares[g] = L.solve(Matrix(L.solve(pieces.squares[g]).transpose()));
    pieces.on_basis[g] = L.solve(Matrix(pieces.on_basis[g].transpose())).transpose();
    pieces.totals[g] = L.solve(pieces.totals[g]);
  }
}

// Independent rows: sums over pairs of groups through the smaller of G and m, the diagonal put right afterwards.
double variance_of_independent(const JointPieces& pieces) {
  const std::vector<Matrix> basis = by_contrast(pieces);
  const bool by_group = groups_of(pieces) < basis.front().cols();
  double total = 0;
  for (const Matrix& a : basis)
    for (const Matrix& b : basis) {
      const Matrix crossed = by_group ? Matrix(a * b.transpose()) : Matrix(a.transpose() * b);
      total += crossed.cwiseProduct(crossed.transpose()).sum();
      total += by_group ? (a * a.transpose()).cwiseProduct(b * b.transpose()).sum() : crossed.squaredNorm();
    }
  for (std::size_t g = 0; g < pieces.squares.size(); ++g) {
    const Matrix inner = pieces.on_basis[g].transpose() * pieces.on_basis[g];
    const Matrix own = pieces.squares[g] - inner;
    total += own.squaredNorm() + own.trace() * own.trace();
    total -= inner.squaredNorm() + inner.trace() * inner.trace();
  }
  return total;
}

// P over pairs of groups for contrasts s and t, G x G.
class CorrelatedPairs {
 public:
  explicit CorrelatedPairs(const JointPieces& pieces)
      : pieces_(pieces), basis_(by_contrast(pieces)), common_(common_parts(pieces, basis_)) {}
  [[nodiscard]] Matrix of(std::size_t s, std::size_t t) const {
    Matrix P = pieces_.common * common_[s] * common_[t].transpose();
    P -= pieces_.own * basis_[s] * basis_[t].transpose();
    for (Index g = 0; g < P.rows(); ++g)
      P(g, g) += pieces_.own *
                 pieces_.squares[static_cast<std::size_t>(g)](static_cast<Index>(s), static_cast<Index>(t));
    return P;
  }

 private:
  const JointPieces& pieces_;
  std::vector<Matrix> basis_, common_;
};

double variance_of_correlated(const JointPieces& pieces) {
  const CorrelatedPairs pairs(pieces);
  const auto q = static_cast<std::size_t>(contrasts_of(pieces));
  Matrix traces = Matrix::Zero(groups_of(pieces), groups_of(pieces));
  double total = 0;
  for (std::size_t s = 0; s < q; ++s) {
    traces += pairs.of(s, s);
    for (std::size_t t = 0; t < q; ++t) total += pairs.of(s, t).cwiseProduct(pairs.of(t, s)).sum();
  }
  return total + traces.squaredNorm();
}

}  // namespace

double hotelling_degrees(JointPieces pieces) {
  normalise(pieces);
  const auto q = static_cast<double>(contrasts_of(pieces));
  const double variance =
      pieces.common == 0 ? variance_of_independent(pieces) : variance_of_correlated(pieces);
  return q * (q + 1) / variance;
}

}  // namespace panelist
