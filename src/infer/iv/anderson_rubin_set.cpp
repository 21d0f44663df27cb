// SPDX-License-Identifier: Apache-2.0
// Confidence set by inversion of the Anderson-Rubin F: {b : g(b)' M(b)^-1 g(b) <= c},  g(b) = Z~'W(y~ - x~ b),
// M(b) the covariance of Z~ times the residual of y~ - x~ b on Z~: quadratic in b, known from one covariance of the
// moments of y~ and x~. Since M(b) is positive definite the condition is that
//   N(b) = M(b) - g(b) g(b)'/c = N0 + N1 t + N2 t^2
// is positive semidefinite: the ends are among the real eigenvalues of this quadratic matrix polynomial (a generalised
// eigenvalue problem of twice its size), all of them, without a grid. Equal variances: M = s^2(b) I, a quadratic.
// t = (b - estimate)/scale; ends are polished by bisection on the statistic.
// Source  Anderson & Rubin (1949); Dufour & Taamouti (2005), Econometrica 73(4) for the quadratic
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "base/distribution.h"
#include "infer/iv/weak_sets.h"

namespace panelist {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// M(t) and g(t) in powers of t.
struct Inversion {
  Vector g0, g1;
  Matrix M0, M1, M2;
  double critical = 0;  // of the Wald statistic
};

// Moments of [e x] under the vcov: blocks of the covariance of (Z e_i, Z x_i).
Matrix moments_of_both(const PartialledModel& model, const Matrix& Q, const Matrix& residuals) {
  const Index L = Q.cols();
  if (model.iid()) return residuals.transpose() * model.weighted(residuals) / model.n;
  Matrix scores(Q.rows(), 2 * L);
  scores << residuals.col(0).asDiagonal() * Q, residuals.col(1).asDiagonal() * Q;
  return model.kind.meat(model.context, model.weighted(scores), model.fit, model.spec);
}

// e(t) = e - x t with e the outcome less x times the centre, x in units of the scale. Of equal variances the problem
// is one of scalars: |g(t)|^2 <= c s^2(t).
Inversion inversion_of(const PartialledModel& model, const Line& line, double level) {
  const Matrix Q = orthonormal(model.instruments, model.fit.weights);
  Matrix both(model.outcome.size(), 2);
  both.col(0) = model.outcome - line.centre * model.endogenous.col(0);
  both.col(1) = line.scale * model.endogenous.col(0);
  const Matrix g = Q.transpose() * model.weighted(both);
  const Matrix M = moments_of_both(model, Q, both - Q * g);
  const Index size = M.rows() / 2;
  const auto df1 = static_cast<double>(model.instrument_count());
  Inversion inversion;
  inversion.g0 = g.col(0);
  inversion.g1 = -g.col(1);
  inversion.M0 = M.topLeftCorner(size, size);
  inversion.M1 = -(M.topRightCorner(size, size) + M.bottomLeftCorner(size, size));
  inversion.M2 = M.bottomRightCorner(size, size);
  inversion.critical = wald_of_f(model, f_quantile(level, df1, model.f_df2()), df1);
  return inversion;
}

double statistic(const Inversion& inversion, double t) {
  const Vector g = inversion.g0 + t * inversion.g1;
  const Matrix M = inversion.M0 + t * inversion.M1 + t * t * inversion.M2;
  if (M.rows() == 1) return g.squaredNorm() / M(0, 0);
  return full_rank_form(g, M).value_or(infinite);
}

bool inside(const Inversion& inversion, double t) { return statistic(inversion, t) <= inversion.critical; }

struct Polynomial {
  Matrix N0, N1, N2;
};

Polynomial polynomial_of(const Inversion& in) {
  if (in.M0.rows() == 1) {
    const auto scalar = [](double value) { return Matrix::Constant(1, 1, value); };
    return {in.M0 - scalar(in.g0.squaredNorm() / in.critical),
            in.M1 - scalar(2 * in.g0.dot(in.g1) / in.critical),
            in.M2 - scalar(in.g1.squaredNorm() / in.critical)};
  }
  return {in.M0 - in.g0 * in.g0.transpose() / in.critical,
          in.M1 - (in.g0 * in.g1.transpose() + in.g1 * in.g0.transpose()) / in.critical,
          in.M2 - in.g1 * in.g1.transpose() / in.critical};
}

// Real eigenvalues of N0 + N1 t + N2 t^2, ascending. Some may be spurious: the statistic decides between them.
std::vector<double> real_roots(const Polynomial& N) {
  const Index n = N.N0.rows();
  const double size = std::max({N.N0.norm(), N.N1.norm(), N.N2.norm()});
  Matrix A = Matrix::Zero(2 * n, 2 * n), B = Matrix::Identity(2 * n, 2 * n);
  A.topRightCorner(n, n).setIdentity();
  A.bottomLeftCorner(n, n) = -N.N0 / size;
  A.bottomRightCorner(n, n) = -N.N1 / size;
  B.bottomRightCorner(n, n) = N.N2 / size;
  const Eigen::GeneralizedEigenSolver<Matrix> eigen(A, B, false);
  std::vector<double> roots;
  for (Index i = 0; i < 2 * n; ++i) {
    const double beta = eigen.betas()(i);
    const std::complex<double> alpha = eigen.alphas()(i);
    if (std::abs(beta) <= 1e-14 * std::abs(alpha)) continue;
    const std::complex<double> root = alpha / beta;
    if (std::abs(root.imag()) <= 1e-6 * (1 + std::abs(root.real()))) roots.push_back(root.real());
  }
  std::sort(roots.begin(), roots.end());
  return roots;
}

// The end between a point inside and one outside, near the root: bisection where the statistic changes sides.
double polished(const Inversion& inversion, double root, double low, double high) {
  const bool low_inside = inside(inversion, low);
  double width = 1e-9 * (1 + std::abs(root));
  double a = std::max(low, root - width), b = std::min(high, root + width);
  while (a > low && inside(inversion, a) != low_inside) a = std::max(low, root - (width *= 10));
  while (b < high && inside(inversion, b) == low_inside) b = std::min(high, root + (width *= 10));
  for (int step = 0; step < 200 && b - a > 1e-15 * (1 + std::abs(root)); ++step) {
    const double middle = 0.5 * (a + b);
    (inside(inversion, middle) == low_inside ? a : b) = middle;
  }
  return 0.5 * (a + b);
}

ConfidenceSet set_of(const Inversion& inversion, const Line& line) {
  const std::vector<double> roots = real_roots(polynomial_of(inversion));
  const std::vector<double> points = points_between(roots);
  ConfidenceSet set;
  bool open = inside(inversion, points.front());
  double from = -infinite;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const bool next = inside(inversion, points[i + 1]);
    if (next == open) continue;
    const double end = line.centre + line.scale * polished(inversion, roots[i], points[i], points[i + 1]);
    if (open) set.parts.emplace_back(from, end);
    from = end;
    open = next;
  }
  if (open) set.parts.emplace_back(from, infinite);
  set.form = form_of_parts(set.parts);
  return set;
}

bool semidefinite(const PartialledModel& model, const Inversion& inversion) {
  if (model.iid() || model.spec.columns.size() < 2) return true;
  const Index L = inversion.M0.rows();
  Matrix all(2 * L, 2 * L);
  all << inversion.M0, 0.5 * inversion.M1, 0.5 * inversion.M1.transpose(), inversion.M2;
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(all, Eigen::EigenvaluesOnly);
  return eigen.eigenvalues().minCoeff() >= -1e-12 * eigen.eigenvalues().maxCoeff();
}

}  // namespace

std::optional<ConfidenceSet> anderson_rubin_set(const PartialledModel& model, double level) {
  const Line line = line_of(model);
  const Inversion inversion = inversion_of(model, line, level);
  if (!semidefinite(model, inversion)) return std::nullopt;
  return set_of(inversion, line);
}

}  // namespace panelist
