// SPDX-License-Identifier: Apache-2.0
#include "estimate/regression/moments_of_instruments.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include "estimate/regression/moments.h"
#include "linalg/gram.h"
#include "linalg/orthonormal.h"

namespace panelist {
namespace {

Index rank_of(const Matrix& S) {
  const Vector scale = S.diagonal().cwiseMax(1e-300).cwiseSqrt().cwiseInverse();
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(scale.asDiagonal() * S * scale.asDiagonal(),
                                                    Eigen::EigenvaluesOnly);
  return (eigen.eigenvalues().array() > 1e-12 * eigen.eigenvalues().maxCoeff()).count();
}

[[noreturn]] void throw_singular(Index moments, Index rank) {
  throw Error("estimate.singular_weights",
              fmt::format("the covariance of the {} moments has rank {}: GMM has no weights", moments, rank),
              "with few clusters use fewer instruments and regressors, another vcov, or method 2sls");
}

Matrix upper_inverse(const Matrix& R) {
  return R.triangularView<Eigen::Upper>().solve(Matrix::Identity(R.rows(), R.cols()));
}

}  // namespace

MomentsOfInstruments moments_of_instruments(const Context& context, const Fit& fit) {
  const IvParts& iv = *fit.iv;
  Matrix Z(iv.instruments.rows(), iv.instruments.cols() + iv.included.cols());
  Z << iv.instruments, iv.included;
  MomentsOfInstruments moments{orthonormal(Z, fit.weights), {}, {}};
  moments.of_x = cross(context, moments.Q, fit.structural, fit.weights);
  moments.of_outcome = cross(context, moments.Q, Matrix(fit.outcome), fit.weights).col(0);
  return moments;
}

Weighting weighting_at(const Context& context, const Fit& fit, const MomentsOfInstruments& moments,
                       const Vector& residuals, const EstimateOptions& options) {
  const Index L = moments.Q.cols();
  const double variance = square_of(context, residuals, fit.weights) / fit.n;
  if (!options.moment_covariance) return {Matrix::Identity(L, L), variance};
  Vector u = residuals;
  if (fit.weights.size() > 0) u.array() *= fit.weights.array();
  const Matrix S = options.moment_covariance(context, fit, u.asDiagonal() * moments.Q) / variance;
  const Index rank = S.allFinite() ? rank_of(S) : 0;
  const Eigen::LLT<Matrix> factor(S);
  if (rank < L || factor.info() != Eigen::Success) throw_singular(L, rank);
  return {factor.matrixL(), variance};
}

void take_step(const Context& context, Fit& fit, const MomentsOfInstruments& moments,
               const Weighting& weighting) {
  const auto root = weighting.root.triangularView<Eigen::Lower>();
  const Matrix A = root.solve(moments.of_x);
  const Vector scale = A.colwise().norm().cwiseInverse().transpose();
  const Eigen::HouseholderQR<Matrix> qr(A * scale.asDiagonal());
  const Index K = A.cols();
  const Matrix inverse =
      scale.asDiagonal() * upper_inverse(qr.matrixQR().topRows(K).triangularView<Eigen::Upper>());
  fit.bread = inverse * inverse.transpose();
  // From the residuals at hand, so that only the change is rounded.
  const Vector g = cross(context, moments.Q, Matrix(fit.residuals), fit.weights).col(0);
  const Vector change = inverse * (qr.householderQ().transpose() * root.solve(g)).head(K);
  fit.coefficients += change;
  fit.residuals -= fit.structural * change;
  fit.x = Matrix(moments.Q * root.transpose().solve(A));
  fit.rss = square_of(context, fit.residuals, fit.weights);
}

}  // namespace panelist
