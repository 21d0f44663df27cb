// SPDX-License-Identifier: Apache-2.0
// k-class estimators, from the 2SLS fit: with V = M_Z X (zero but for the endogenous columns) and u2 its residuals
//   K = X'W(I - k M_Z)X = Xhat'WXhat + (1 - k) V'WV,   b = b2 + (1 - k) K^-1 V'W u2,   bread = K^-1, scores Xhat u
//   LIML   k = smallest root of |Y'M_X2 Y - k Y'M_Z Y| = 0,  Y = [y X1]; one when exactly identified
//   Fuller k = LIML's less a/(n - L), L counts the instruments and the rank of the effects
// Source  Davidson & MacKinnon (2004), section 12.5; ivreg2 and ivregress (whose robust scores are those of Xhat)
#include <fmt/format.h>

#include <Eigen/Eigenvalues>

#include "estimate/regression/methods.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

// [u2 X1] with the included exogenous regressors taken out, and what the excluded instruments leave of it. u2 is in the
// span of [y X], and orthogonal to the included ones.
struct RootParts {
  Matrix total, left;
};

RootParts root_parts(const Context& context, const Fit& fit) {
  const IvParts& iv = *fit.iv;
  Matrix Y(fit.residuals.size(), iv.endogenous.cols() + 1);
  Y << fit.residuals, iv.endogenous;
  Matrix Z(Y.rows(), iv.instruments.cols() + iv.included.cols());
  Z << iv.instruments, iv.included;
  for (Index j = 0; j < Y.cols(); ++j)
    if (Y.col(j).norm() > 0) Y.col(j).normalize();
  const Matrix without =
      iv.included.cols() > 0 ? solve_least_squares(context, iv.included, Y, fit.weights).residuals : Y;
  const Matrix left = solve_least_squares(context, Z, Y, fit.weights).residuals;
  return {gram(context, without, fit.weights), gram(context, left, fit.weights)};
}

double smallest_root(const Context& context, const Fit& fit) {
  if (fit.iv->instruments.cols() == fit.iv->endogenous.cols()) return 1.0;
  const RootParts parts = root_parts(context, fit);
  const Eigen::GeneralizedSelfAdjointEigenSolver<Matrix> eigen(parts.left, parts.total,
                                                               Eigen::EigenvaluesOnly);
  return std::max(1.0, 1.0 / eigen.eigenvalues().maxCoeff());
}

[[noreturn]] void throw_too_large(double k) {
  throw Error(
      "estimate.k_too_large",
      fmt::format("X'(I - k M_Z)X is not positive definite for k = {}: no k-class estimate exists", k),
      "take a k of one or a little above, or method liml");
}

// (A + (1 - k) V'V)^-1 from A^-1.
Matrix bread_of(const Fit& fit, const Matrix& left, double k) {
  const Index size = fit.k();
  const Matrix change = Matrix::Identity(size, size) + (1.0 - k) * fit.bread * left;
  const Matrix bread = change.partialPivLu().solve(fit.bread);
  const Matrix symmetric = 0.5 * (bread + bread.transpose());
  const Vector scale = fit.bread.diagonal().cwiseSqrt().cwiseInverse();
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(scale.asDiagonal() * symmetric * scale.asDiagonal());
  if (!symmetric.allFinite() || !(eigen.eigenvalues().minCoeff() > 0)) throw_too_large(k);
  return symmetric;
}

Fit k_class(const Context& context, Fit fit, double k) {
  const Matrix V = fit.structural - fit.x;
  fit.bread = bread_of(fit, gram(context, V, fit.weights), k);
  const Matrix moments = cross(context, V, Matrix(fit.residuals), fit.weights);
  const Vector change = (1.0 - k) * (fit.bread * moments.col(0));
  fit.coefficients += change;
  fit.residuals -= fit.structural * change;
  fit.rss = square_of(context, fit.residuals, fit.weights);
  fit.iv_method.k = k;
  return fit;
}

}  // namespace

Fit estimate_liml(const Context& context, std::shared_ptr<const ModelFrame> frame,
                  const EstimateOptions& options) {
  Fit first = estimate_two_stage(context, std::move(frame), options);
  const double root = smallest_root(context, first);
  Fit fit = k_class(context, std::move(first), root);
  fit.method = "liml";
  fit.iv_method.smallest_root = root;
  return fit;
}

Fit estimate_fuller(const Context& context, std::shared_ptr<const ModelFrame> frame,
                    const EstimateOptions& options) {
  Fit first = estimate_two_stage(context, std::move(frame), options);
  const double root = smallest_root(context, first);
  const double a = std::isnan(options.method_number) ? 1.0 : options.method_number;
  const auto instruments = static_cast<double>(first.iv->instruments.cols() + first.iv->included.cols());
  const double left = first.n - instruments - static_cast<double>(first.dof.absorbed);
  if (!(left > 0))
    throw Error("estimate.no_degrees_of_freedom",
                "fuller needs more observations than instruments and fixed effects together",
                "use fewer instruments or effects");
  Fit fit = k_class(context, std::move(first), root - a / left);
  fit.method = fmt::format("fuller({})", a);
  fit.iv_method.smallest_root = root;
  return fit;
}

Fit estimate_k_class(const Context& context, std::shared_ptr<const ModelFrame> frame,
                     const EstimateOptions& options) {
  Fit fit = k_class(context, estimate_two_stage(context, std::move(frame), options), options.method_number);
  fit.method = fmt::format("kclass({})", options.method_number);
  return fit;
}

}  // namespace panelist
