// SPDX-License-Identifier: Apache-2.0
// cr2: the residuals of each cluster times (I - H_gg)^(-1/2), and the degrees of freedom of every contrast.
//
//   c'Vc has the mean and variance of a chi2 with  df = (tr G)^2 / tr(G^2),   G_gh = p_g' Omega p_h,
//   p_g = (I - H)_g' A_g X_g (X'X)^-1 c;   Omega = I (Bell & McCaffrey), or s2 I + rho 1 1' within clusters (ik)
//   several contrasts: eta of Hotelling's T2 (joint_degrees.h), from G_gh of every pair of contrasts
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "infer/vcov/cluster_hat.h"
#include "infer/vcov/degrees.h"
#include "infer/vcov/joint_degrees.h"
#include "infer/vcov/kinds.h"

namespace panelist {
namespace {

constexpr double most_numbers = 1e8;
constexpr Index most_clusters_of_ik = 5000;

// Of one cluster, all linear in the contrast c: v = A_g X_g (X'X)^-1 c.
struct Piece {
  Matrix squares;     // k x k: v'v = c' squares c
  Matrix on_basis;    // m x k: U_g'v
  Vector total;       // k: 1'v
  Vector basis_sums;  // m: U_g'1
};

// Moulton's working covariance, as Imbens & Kolesar estimate it.
struct Moulton {
  double own = 1, common = 0;
};

Moulton moulton_of(const ClusterHat& hat) {
  double ssr = 0, of_sums = 0, pairs = 0, n = 0;
  for (Index g = 0; g < hat.clusters(); ++g) {
    const auto size = static_cast<double>(hat.size(g));
    ssr += hat.u(g).squaredNorm();
    of_sums += hat.u(g).sum() * hat.u(g).sum();
    pairs += size * size;
    n += size;
  }
  if (pairs == n) return {ssr / n, 0};
  const double common = (of_sums - ssr) / (pairs - n);
  return {std::max(ssr / n - common, 0.0), common};
}

class Satterthwaite {
 public:
  explicit Satterthwaite(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}
  void work_with(const Moulton& moulton) { moulton_ = moulton; }

  [[nodiscard]] double degrees(const Vector& c) const {
    Vector squares(clusters());
    Matrix Q(clusters(), pieces_.front().on_basis.rows());
    for (Index g = 0; g < clusters(); ++g) {
      squares(g) = c.dot(piece(g).squares * c);
      Q.row(g) = (piece(g).on_basis * c).transpose();
    }
    return moulton_.common == 0 ? independent(squares, Q) : correlated(c, squares, Q);
  }
  // eta of the contrasts in the rows of R.
  [[nodiscard]] double joint_degrees(const Matrix& R) const {
    JointPieces joint;
    joint.own = moulton_.common == 0 ? 1 : moulton_.own;
    joint.common = moulton_.common;
    for (const Piece& one : pieces_) {
      joint.squares.emplace_back(R * one.squares * R.transpose());
      joint.on_basis.emplace_back(one.on_basis * R.transpose());
      joint.totals.emplace_back(R * one.total);
      joint.basis_sums.push_back(one.basis_sums);
    }
    return hotelling_degrees(std::move(joint));
  }

 private:
  [[nodiscard]] Index clusters() const { return static_cast<Index>(pieces_.size()); }
  [[nodiscard]] const Piece& piece(Index g) const { return pieces_[static_cast<std::size_t>(g)]; }

  // G = diag(squares) - QQ'
  [[nodiscard]] static double independent(const Vector& squares, const Matrix& Q) {
    const Vector of_q = Q.rowwise().squaredNorm();
    const double trace = (squares - of_q).sum();
    const double crossed =
        Q.rows() < Q.cols() ? (Q * Q.transpose()).squaredNorm() : (Q.transpose() * Q).squaredNorm();
    return trace * trace / ((squares - of_q).squaredNorm() + crossed - of_q.squaredNorm());
  }

  [[nodiscard]] double correlated(const Vector& c, const Vector& squares, const Matrix& Q) const {
    Matrix sums(clusters(), Q.cols()), G = squares.asDiagonal();
    Matrix common = Matrix::Zero(clusters(), clusters());
    for (Index g = 0; g < clusters(); ++g) {
      sums.row(g) = piece(g).basis_sums.transpose();
      common(g, g) = piece(g).total.dot(c);
    }
    common -= Q * sums.transpose();
    G = moulton_.own * (G - Q * Q.transpose()) + moulton_.common * common * common.transpose();
    return G.trace() * G.trace() / G.squaredNorm();
  }

  std::vector<Piece> pieces_;
  Moulton moulton_;
};

void refuse_what_is_too_large(const Fit& fit, const ClusterHat& hat, bool ik) {
  const double numbers = static_cast<double>(hat.clusters()) * static_cast<double>(fit.k()) *
                         static_cast<double>(hat.basis(0).cols() + fit.k());
  if (numbers <= most_numbers && (!ik || hat.clusters() <= most_clusters_of_ik)) return;
  throw Error(
      "infer.crossing_effects",
      fmt::format("the degrees of freedom of cr2 with {} clusters are too large a sum", hat.clusters()),
      "with so many clusters cluster(a) needs no correction");
}

void refuse_weights_of_ik(const Fit& fit) {
  if (fit.weights.size() == 0) return;
  throw Error("infer.weights_not_defined",
              "the degrees of freedom of Imbens and Kolesar are not defined with weights",
              "write cr2(a) without `ik`");
}

struct BiasReduced {
  Vector residuals;  // in the order of the hat matrix
  std::vector<Piece> pieces;
  Index exact_clusters = 0;
};

BiasReduced adjust(const ClusterHat& hat, const Matrix& bread) {
  BiasReduced result;
  for (Index g = 0; g < hat.clusters(); ++g) {
    Index exact = 0;
    Matrix columns(hat.size(g), bread.cols() + 1);
    columns << hat.x(g) * bread, hat.u(g);
    const Matrix adjusted = hat.inverse_power(g, 0.5, columns, &exact);
    const Matrix v = adjusted.leftCols(bread.cols());
    result.pieces.push_back({v.transpose() * v, hat.basis(g).transpose() * v, v.colwise().sum().transpose(),
                             hat.basis(g).colwise().sum().transpose()});
    result.residuals.conservativeResize(hat.first(g) + hat.size(g));
    result.residuals.tail(hat.size(g)) = adjusted.rightCols(1);
    if (exact > 0) ++result.exact_clusters;
  }
  return result;
}

double smallest_of_slopes(const Fit& fit, const Vector& degrees) {
  double smallest = std::numeric_limits<double>::infinity();
  for (Index j = 0; j < degrees.size(); ++j)
    if (degrees.size() == 1 || fit.names[static_cast<std::size_t>(j)] != "(Intercept)")
      smallest = std::min(smallest, degrees(j));
  return smallest;
}

void add_degrees(Vcov& vcov, const Fit& fit, std::shared_ptr<const Satterthwaite> of) {
  vcov.contrast_df = [of](const Vector& c) { return of->degrees(c); };
  vcov.joint_df = [of](const Matrix& R) { return of->joint_degrees(R); };
  vcov.term_df.resize(fit.k());
  for (Index j = 0; j < fit.k(); ++j) vcov.term_df(j) = of->degrees(Vector::Unit(fit.k(), j));
  vcov.df = smallest_of_slopes(fit, vcov.term_df);
}

}  // namespace

void warn_of_exact_clusters(Vcov& vcov, Index clusters, const std::string& name) {
  if (clusters == 0) return;
  vcov.warnings.emplace_back(
      "infer.cluster_fitted_exactly",
      fmt::format(
          "{} cluster{} of `{}` alone determine{} some coefficient or effect: the part of the residuals that "
          "is zero by that is left out (pseudo-inverse)",
          clusters, clusters == 1 ? "" : "s", name, clusters == 1 ? "s" : ""));
}

Vcov bias_reduced_vcov(const Context& context, const Fit& fit, const VcovSpec& spec,
                       const SmallSample& rules) {
  const Clusters clusters = cluster_groups(fit, spec);
  require_two_clusters(clusters);
  const bool ik = spec.option == "ik";
  const ClusterHat hat(context, fit, *clusters.front());
  if (ik) refuse_weights_of_ik(fit);
  refuse_what_is_too_large(fit, hat, ik);
  BiasReduced adjusted = adjust(hat, fit.bread);
  Vcov vcov;
  vcov.n_clusters = {static_cast<double>(hat.clusters())};
  vcov.k = counted_parameters(fit, clusters, rules);
  vcov.option = spec.option;
  vcov.adjusted_residuals = std::make_shared<const Vector>(hat.in_rows(adjusted.residuals));
  Vector multiplier = *vcov.adjusted_residuals;
  if (fit.weights.size() > 0) multiplier.array() *= fit.weights.array();
  vcov.matrix = sandwich(fit.bread, cluster_meat(multiplier.asDiagonal() * fit.x, *clusters.front()), 1);
  auto degrees = std::make_shared<Satterthwaite>(std::move(adjusted.pieces));
  if (ik) degrees->work_with(moulton_of(hat));
  add_degrees(vcov, fit, degrees);
  vcov.details = evenness(hat, fit);
  warn_of_exact_clusters(vcov, adjusted.exact_clusters, spec.columns.front());
  const bool weighted = fit.weights.size() > 0 && fit.frame->weight_type != WeightType::frequency;
  vcov.note = fmt::format("Standard errors clustered by {} ({} clusters, CR2{}) in parentheses",
                          spec.columns.front(), hat.clusters(), weighted ? ", working variance 1/w" : "");
  return vcov;
}

}  // namespace panelist
