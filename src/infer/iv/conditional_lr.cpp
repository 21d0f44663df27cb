// SPDX-License-Identifier: Apache-2.0
// Conditional likelihood ratio and K of one endogenous coefficient under equal variances. With Y = [y~ x~], Omega the
// covariance of its residuals on the instruments (n - L - s in the divisor), c = (1, -b):
//   QS(b) = c'Y'P Y c / c'Omega c, between the roots low <= high of |Y'P Y - q Omega| = 0
//   QT = low + high - QS, what the data say of the instruments' strength;  QST^2 = QS QT - low high
//   LR = QS - low, p conditional on QT;   K = QST^2 / QT = QS - low high / QT ~ chi2(1)
// Both sets are those of b by QS(b) alone: LR keeps QS up to the value with p = 1 - level (p falls in QS: Mikusheva
// 2010); K keeps QS below one value and above another, where QS is near its greatest and K says nothing.
// Source  Moreira (2003); Kleibergen (2002); Andrews, Moreira & Stock (2006, 2007); Mikusheva (2010), J. Econometrics 157
#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "base/distribution.h"
#include "infer/iv/requested.h"
#include "infer/iv/weak_sets.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

void refuse_others(const PartialledModel& model, const std::string& written) {
  if (model.endogenous_count() > 1)
    throw_left_out(written, "it is a test of one endogenous regressor", "test with anderson_rubin");
  if (!model.iid())
    throw_left_out(written, fmt::format("it assumes equal variances, and the vcov is `{}`", model.spec.kind),
                   "test with anderson_rubin, which takes any vcov, or take --vcov iid");
}

// y less the estimate times x, and x in units of the estimate's error: b = centre + scale t.
struct Pair {
  Line line{0, 1};
  Matrix reached, residual;  // 2 x 2: Y'P Y and Omega
  double low = 0, high = 0;
  double instruments = 0;

  [[nodiscard]] double total() const { return low + high; }
  [[nodiscard]] double qs(double t) const {
    const Eigen::Vector2d c(1, -t);
    return c.dot(reached * c) / c.dot(residual * c);
  }
  [[nodiscard]] double lr_p(double qs) const {
    return conditional_lr_upper(qs - low, std::max(total() - qs, 0.0), instruments);
  }
  [[nodiscard]] double k(double qs) const {
    const double qt = total() - qs;
    return qt > 0 ? std::max(qs - low * high / qt, 0.0) : 0;
  }
};

Pair pair_of(const PartialledModel& model, const std::string& written) {
  Pair pair;
  pair.line = line_of(model);
  Matrix Y(model.outcome.size(), 2);
  Y << model.outcome - pair.line.centre * model.endogenous.col(0), pair.line.scale * model.endogenous.col(0);
  const Matrix left = residuals_on_instruments(model, Y);
  pair.instruments = static_cast<double>(model.instrument_count());
  pair.reached = gram(model.context, Matrix(Y - left), model.fit.weights);
  pair.residual =
      gram(model.context, left, model.fit.weights) / (model.n - model.all_instruments - model.absorbed);
  const Eigen::SelfAdjointEigenSolver<Matrix> check(pair.residual);
  if (!(check.eigenvalues()(0) > 1e-14 * check.eigenvalues()(1)))
    throw_left_out(written, "the instruments fit the regressor or the outcome exactly",
                   "look at the first stage");
  const Eigen::GeneralizedSelfAdjointEigenSolver<Matrix> roots(pair.reached, pair.residual,
                                                               Eigen::EigenvaluesOnly);
  pair.low = pair.instruments > 1 ? std::max(roots.eigenvalues()(0), 0.0) : 0;
  pair.high = roots.eigenvalues()(1);
  return pair;
}

// Real t with QS(t) = q.
std::vector<double> values_with(const Pair& pair, double q) {
  const Matrix N = pair.reached - q * pair.residual;
  const double discriminant = N(0, 1) * N(0, 1) - N(0, 0) * N(1, 1);
  if (discriminant < 0 || N(1, 1) == 0) return {};
  const double sum = N(0, 1) + std::copysign(std::sqrt(discriminant), N(0, 1));
  return sum == 0 ? std::vector<double>{0} : std::vector<double>{sum / N(1, 1), N(0, 0) / sum};
}

// QS at which the conditional p passes `size`; nothing when it never does.
std::optional<double> critical_qs(const Pair& pair, double size) {
  if (pair.lr_p(pair.high) > size) return std::nullopt;
  double kept = pair.low, rejected = pair.high;
  for (int step = 0; step < 200 && rejected - kept > 1e-15 * (1 + pair.high); ++step) {
    const double middle = kept + (rejected - kept) / 2;
    (pair.lr_p(middle) > size ? kept : rejected) = middle;
  }
  return kept;
}

}  // namespace

TestResult conditional_lr(const PartialledModel& model, const std::string& written, double value) {
  refuse_others(model, written);
  const Pair pair = pair_of(model, written);
  const double qs = pair.qs((value - pair.line.centre) / pair.line.scale);
  TestResult test;
  test.name = "clr";
  test.statistic = std::max(qs - pair.low, 0.0);
  test.p_value = pair.lr_p(qs);
  test.details = {{"value", value}, {"conditioned_on", pair.total() - qs}};
  test.note = "conditional likelihood ratio, p given the strength of the instruments; assumes iid errors";
  const std::optional<double> critical = critical_qs(pair, 1 - model.level);
  const std::vector<double> ends = critical ? values_with(pair, *critical) : std::vector<double>{};
  test.set = set_between(ends, pair.line, [&](double t) { return !critical || pair.qs(t) <= *critical; });
  return test;
}

TestResult kleibergen_k(const PartialledModel& model, const std::string& written, double value) {
  refuse_others(model, written);
  const Pair pair = pair_of(model, written);
  const double qs = pair.qs((value - pair.line.centre) / pair.line.scale);
  TestResult test = chi2_test("kleibergen_k", pair.k(qs), 1);
  test.details = {{"value", value}};
  test.note = "assumes iid errors; its set holds values near the least of the likelihood too";
  const double q = t_quantile(1 - (1 - model.level) / 2, std::numeric_limits<double>::infinity());
  const double critical = q * q, sum = pair.total() + critical;
  const double discriminant = sum * sum - 4 * (critical * pair.total() + pair.low * pair.high);
  std::vector<double> ends;
  // With one instrument K is Anderson-Rubin's statistic: there is no second range.
  std::vector<double> turns;
  if (discriminant > 0) turns = {(sum - std::sqrt(discriminant)) / 2, (sum + std::sqrt(discriminant)) / 2};
  if (pair.instruments == 1 && !turns.empty()) turns = {critical};
  for (const double turn : turns)
    for (const double t : values_with(pair, turn)) ends.push_back(t);
  test.set = set_between(ends, pair.line, [&](double t) { return pair.k(pair.qs(t)) <= critical; });
  return test;
}

}  // namespace panelist
