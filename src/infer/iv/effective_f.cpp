// SPDX-License-Identifier: Apache-2.0
// Effective F of one endogenous regressor: with instruments scaled to Z~'WZ~ = n I and W the covariance of
// (Z~ v_y, Z~ v_x) per observation times n/(n - L - s), blocks W1 W12; W12' W2,
//   F = |Z~'W x~|^2 / (n tr W2), clustered times n/(n-1) (G-1)/G
// H0: the worst bias (Nagar) exceeds a share tau of the benchmark. With x = 1/tau (simplified) or B/tau (2SLS, B the
// largest bias over the true coefficient),
//   K = tr(W2)^2 (1 + 2x)/(tr(W2^2) + 2x tr(W2) maxeig(W2)),  critical value = chi2'_95%(K, x K)/K
//   B = sup_b |tr S12 - 2 e| / sqrt(tr W2 tr S1), e the least or largest eigenvalue of the symmetric part of S12,
//   S12 = W12 - b W2, S1 = W1 - b(W12 + W12') + b^2 W2
// The supremum is searched over b = tan(angle): the whole line, its limit included.
// Source  Montiel Olea & Pflueger (2013), JBES 31(3); Pflueger & Wang (2015), Stata Journal 15(1) (weakivtest)
#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/distribution.h"
#include "infer/iv/partialled.h"

namespace panelist {
namespace {

struct Blocks {
  Matrix W1, W12, W2;
};

// Q'WQ = I: the factor n of scores in sqrt(n) Q and the n of "per observation" cancel.
Blocks blocks_of(const PartialledModel& model, const Matrix& Q, const Matrix& residuals) {
  const Index L = Q.cols();
  const double left = model.n - model.all_instruments - model.absorbed, factor = model.n / left;
  if (model.iid()) {
    const Matrix omega = residuals.transpose() * model.weighted(residuals) / model.n * factor;
    const Matrix I = Matrix::Identity(L, L);
    return {omega(0, 0) * I, omega(0, 1) * I, omega(1, 1) * I};
  }
  Matrix scores(Q.rows(), 2 * L);
  scores << residuals.col(0).asDiagonal() * Q, residuals.col(1).asDiagonal() * Q;
  const Matrix W = factor * model.kind.meat(model.context, model.weighted(scores), model.fit, model.spec);
  return {W.topLeftCorner(L, L), W.topRightCorner(L, L), W.bottomRightCorner(L, L)};
}

double bias_at(const Blocks& W, double cosine, double sine) {
  // Times cos: b = sine/cosine may be infinite.
  const Matrix S12 = cosine * W.W12 - sine * W.W2;
  const double trace1 =
      cosine * cosine * W.W1.trace() - 2 * cosine * sine * W.W12.trace() + sine * sine * W.W2.trace();
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(0.5 * (S12 + S12.transpose()), Eigen::EigenvaluesOnly);
  const double low = eigen.eigenvalues().minCoeff(), high = eigen.eigenvalues().maxCoeff();
  const double worst = std::max(std::abs(S12.trace() - 2 * low), std::abs(S12.trace() - 2 * high));
  return trace1 > 0 ? worst / std::sqrt(W.W2.trace() * trace1) : 0;
}

// W with the outcome in units that make both blocks of one size.
Blocks balanced(Blocks W) {
  const double unit = std::sqrt(W.W2.trace() / W.W1.trace());
  W.W1 *= unit * unit;
  W.W12 *= unit;
  return W;
}

double largest_bias(const Blocks& given) {
  const Blocks W = balanced(given);
  const auto at = [&](double angle) { return bias_at(W, std::cos(angle), std::sin(angle)); };
  // Each point costs an eigenvalue problem of the number of instruments.
  const Index L = W.W2.rows();
  const Index points = std::clamp<Index>(32000 / (L * L), 100, 4000);
  const double step = std::numbers::pi / static_cast<double>(points);
  Index best = 0;
  double most = 0;
  for (Index i = 0; i < points; ++i)
    if (const double value = at(-std::numbers::pi / 2 + static_cast<double>(i) * step); value > most)
      most = value, best = i;
  double low = -std::numbers::pi / 2 + static_cast<double>(best - 1) * step, high = low + 2 * step;
  constexpr double golden = 0.6180339887498949;
  for (int i = 0; i < 60; ++i) {
    const double a = high - golden * (high - low), b = low + golden * (high - low);
    (at(a) > at(b) ? high : low) = at(a) > at(b) ? b : a;
  }
  return std::max(most, at(0.5 * (low + high)));
}

double critical_value(const Matrix& W2, double x) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(W2, Eigen::EigenvaluesOnly);
  const double trace = W2.trace(), largest = eigen.eigenvalues().maxCoeff();
  const double K = trace * trace * (1 + 2 * x) / ((W2 * W2).trace() + 2 * x * trace * largest);
  return noncentral_chi2_quantile(0.95, K, x * K) / K;
}

void add_critical_values(TestResult& test, const Blocks& W) {
  const double bias = largest_bias(W);
  for (const int tau : {5, 10, 20, 30})
    test.critical.emplace_back(fmt::format("{}%", tau), critical_value(W.W2, bias * 100.0 / tau));
  for (const int tau : {5, 10, 20, 30})
    test.critical.emplace_back(fmt::format("simplified {}%", tau), critical_value(W.W2, 100.0 / tau));
  test.details = {{"largest_bias", bias}};
}

}  // namespace

TestOrReason effective_f(const PartialledModel& model) {
  if (model.endogenous_count() > 1)
    return does_not_apply("effective_f", "there are several endogenous regressors, it is of one");
  const Matrix Q = orthonormal(model.instruments, model.fit.weights);
  Matrix both(model.outcome.size(), 2);
  both << model.outcome, model.endogenous;
  const Matrix g = Q.transpose() * model.weighted(both);
  const Matrix residuals = both - Q * g;
  const Blocks W = blocks_of(model, Q, residuals);
  if (is_rounding(model, W.W2, Q, residuals.col(1))) return left_out("effective_f", singular_moments);
  if (!(W.W2.trace() > 0) || !(W.W1.trace() > 0))
    return left_out("effective_f", "the first stage or the reduced form has no residuals");
  TestOrReason result;
  result.test.name = "effective_f";
  const double clusters = model.clustered() ? model.n / (model.n - 1) * (model.groups - 1) / model.groups : 1;
  result.test.statistic = clusters * g.col(1).squaredNorm() / W.W2.trace();
  add_critical_values(result.test, W);
  result.test.note =
      "Montiel Olea-Pflueger; critical values of 5% tests that the bias of 2SLS exceeds 5, 10, "
      "20, 30% of the worst";
  return result;
}

}  // namespace panelist
