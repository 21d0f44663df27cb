// SPDX-License-Identifier: Apache-2.0
#include "infer/vcov/left_out.h"

#include <Eigen/Cholesky>

#include "infer/iv/partialled.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

// A direction of the instruments, or of the regressors in them, that is smaller without the cluster is its own.
constexpr double exactly = 1e-9;

struct TwoStage {
  Matrix to_unit;  // k x k: regressors times it have X'PX = I, whatever their units
  Matrix X;        // rows times W^(1/2): these regressors and the effects that cross clusters
  Matrix Q;        // the same: orthonormal instruments and these effects
  Vector u;
};

TwoStage two_stage(const Context& context, const Fit& fit, const Grouping& cluster) {
  const Vector root = roots_of_weights(fit);
  const Matrix crossing = crossing_basis(context, fit, cluster);
  const Matrix instruments = orthonormal(all_instruments(*fit.iv), fit.weights);
  TwoStage all;
  all.to_unit = Eigen::LLT<Matrix>(fit.bread).matrixL();
  all.X.resize(root.size(), fit.k() + crossing.cols());
  all.X << root.asDiagonal() * (regressors(fit) * all.to_unit), crossing;
  all.Q.resize(root.size(), instruments.cols() + crossing.cols());
  all.Q << root.asDiagonal() * instruments, crossing;
  all.u = root.cwiseProduct(fit.residuals);
  return all;
}

std::vector<std::vector<Index>> members_of(const Grouping& cluster) {
  std::vector<std::vector<Index>> members(static_cast<std::size_t>(cluster.size()));
  for (std::size_t i = 0; i < cluster.level.size(); ++i)
    members[static_cast<std::size_t>(cluster.level[i])].push_back(static_cast<Index>(i));
  return members;
}

}  // namespace

LeftOut left_out_of_least_squares(const Fit& fit, const ClusterHat& hat) {
  LeftOut result{Matrix(hat.clusters(), fit.k()), Vector(fit.residuals.size())};
  for (Index g = 0; g < hat.clusters(); ++g) {
    Index exact = 0;
    const Matrix left_out = hat.inverse_power(g, 1, hat.u(g), &exact);
    result.residuals.segment(hat.first(g), hat.size(g)) = left_out;
    result.moves.row(g) = -(fit.bread * (hat.x(g).transpose() * left_out)).transpose();
    if (exact > 0) ++result.exact_clusters;
  }
  return result;
}

LeftOut left_out_of_two_stage(const Context& context, const Fit& fit, const Grouping& cluster) {
  const TwoStage all = two_stage(context, fit, cluster);
  const Matrix reached = all.Q.transpose() * all.X;
  const Vector moments = all.Q.transpose() * all.u;
  const auto members = members_of(cluster);
  LeftOut result;
  result.moves.resize(cluster.size(), fit.k());
  std::vector<char> exact(members.size());
  for_each_block(context, cluster.size(), [&](std::int64_t g) {
    const std::vector<Index>& rows = members[static_cast<std::size_t>(g)];
    const Matrix Q = all.Q(rows, Eigen::all);
    Index instruments_left = 0, regressors_left = 0;
    const Matrix rest = Matrix::Identity(Q.cols(), Q.cols()) - Q.transpose() * Q;
    const Matrix inverse = symmetric_pseudo_inverse(rest, exactly, &instruments_left);
    const Matrix to_x = reached - Q.transpose() * all.X(rows, Eigen::all);
    const Vector to_u = moments - Q.transpose() * all.u(rows);
    const Matrix A = to_x.transpose() * inverse * to_x;
    const Vector move =
        symmetric_pseudo_inverse(A, exactly, &regressors_left) * (to_x.transpose() * (inverse * to_u));
    result.moves.row(g) = (all.to_unit * move.head(fit.k())).transpose();
    exact[static_cast<std::size_t>(g)] = instruments_left < Q.cols() || regressors_left < A.cols() ? 1 : 0;
  });
  for (const char one : exact) result.exact_clusters += one;
  return result;
}

}  // namespace panelist
