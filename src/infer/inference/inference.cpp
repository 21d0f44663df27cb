// SPDX-License-Identifier: Apache-2.0
#include "infer/inference.h"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/distribution.h"
#include "infer/inference/quadratic_form.h"

namespace panelist {
namespace {

constexpr std::string_view intercept_name = "(Intercept)";

Coefficient coefficient(const Fit& fit, const Vcov& vcov, Index j, double level) {
  const double df = vcov.term_df.size() > 0 ? vcov.term_df(j) : vcov.df;
  const double critical = t_quantile(1 - (1 - level) / 2, df);
  const double b = fit.coefficients(j);
  const double se = vcov.matrix(j, j) > 0 ? std::sqrt(vcov.matrix(j, j)) : missing_value;
  const double t = b / se;
  const auto at = static_cast<std::size_t>(j);
  const std::string set = at < fit.sets.size() ? fit.sets[at] : "";
  return {fit.names[at], set, b, se, t, t_two_sided(t, df), b - critical * se, b + critical * se};
}

std::vector<Index> all_but_intercept(const Fit& fit) {
  std::vector<Index> positions;
  for (std::size_t j = 0; j < fit.names.size(); ++j)
    if (fit.names[j] != intercept_name) positions.push_back(static_cast<Index>(j));
  return positions;
}

// The whole statistic is Hotelling's T2 with eta degrees of freedom (Pustejovsky & Tipton 2018).
void as_hotelling(TestResult& test, double eta) {
  const double q = test.df1;
  test.details = {{"eta", eta}};
  test.df2 = eta - q + 1;
  if (test.df2 > 0) {
    test.statistic *= test.df2 / eta;
    test.note += test.note.empty() ? "" : "; ";
    test.note += "approximate Hotelling's T2 (AHT)";
    return;
  }
  test.statistic = test.df2 = missing_value;
  test.note += fmt::format(
      "{}no joint test: Hotelling's T2 needs eta above {} for {} restrictions, these clusters give {:.4g}",
      test.note.empty() ? "" : "; ", q - 1, q, eta);
}

// The scores of one-way clusters sum to zero: their covariance has a rank below the number of clusters, whatever rounding
// adds to it.
Index most_rank(const Vcov& vcov) {
  if (vcov.kind != "cluster" || vcov.n_clusters.size() != 1) return std::numeric_limits<Index>::max();
  return std::max<Index>(1, static_cast<Index>(vcov.n_clusters[0]) - 1);
}

// F of R b = r, g = R b - r.
TestResult wald_of(const Vector& g, const Vcov& vcov, const Matrix& R) {
  TestResult test;
  test.name = "wald";
  if (g.size() == 0) return test;
  const QuadraticForm form = scaled_quadratic_form(g, R * vcov.matrix * R.transpose(), most_rank(vcov));
  if (form.rank < g.size())
    test.note = fmt::format("the covariance of the {} restrictions has rank {}", g.size(), form.rank);
  if (form.rank == 0) return test;
  const Matrix independent = form.rank == g.size() ? R : Matrix(form.directions.transpose() * R);
  test.df1 = static_cast<double>(form.rank);
  test.df2 = form.rank == 1 ? degrees_of(vcov, independent.row(0).transpose()) : vcov.df;
  test.statistic = form.value / test.df1;
  if (form.rank > 1 && vcov.joint_df) as_hotelling(test, vcov.joint_df(independent));
  test.p_value = f_upper(test.statistic, test.df1, test.df2);
  return test;
}

Matrix rows_of(const std::vector<Index>& positions, Index k) {
  Matrix R = Matrix::Zero(static_cast<Index>(positions.size()), k);
  for (std::size_t row = 0; row < positions.size(); ++row) R(static_cast<Index>(row), positions[row]) = 1;
  return R;
}

TestResult wald_of_positions(const Fit& fit, const Vcov& vcov, const std::vector<Index>& positions) {
  return wald_of(fit.coefficients(positions), vcov, rows_of(positions, fit.k()));
}

}  // namespace

QuadraticForm scaled_quadratic_form(const Vector& g, const Matrix& V, Index most_rank) {
  // To unit diagonal first: coefficients in very different units must not look like a deficient rank.
  Vector scale(V.rows());
  for (Index j = 0; j < V.rows(); ++j) scale(j) = V(j, j) > 0 ? 1 / std::sqrt(V(j, j)) : 0;
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(scale.asDiagonal() * V * scale.asDiagonal());
  const Vector projected = eigen.eigenvectors().transpose() * g.cwiseProduct(scale);
  const double largest = eigen.eigenvalues().size() > 0 ? eigen.eigenvalues().maxCoeff() : 0;
  QuadraticForm form;
  const Index first = std::max<Index>(0, projected.size() - most_rank);
  for (Index j = first; j < projected.size(); ++j) {
    if (eigen.eigenvalues()(j) <= 1e-12 * largest) continue;
    ++form.rank;
    form.value += projected(j) * projected(j) / eigen.eigenvalues()(j);
  }
  // Eigenvalues ascend.
  form.directions = scale.asDiagonal() * eigen.eigenvectors().rightCols(form.rank);
  return form;
}

Inference infer(const Fit& fit, const Vcov& vcov, double level) {
  Inference inference;
  inference.level = level;
  for (Index j = 0; j < fit.k(); ++j) inference.coefficients.push_back(coefficient(fit, vcov, j, level));
  inference.f = wald_of_positions(fit, vcov, all_but_intercept(fit));
  inference.f.name = "f";
  return inference;
}

TestResult wald_test(const Fit& fit, const Vcov& vcov, const std::vector<std::string>& terms) {
  std::vector<Index> positions;
  for (const std::string& term : terms) {
    const auto found = std::find(fit.names.begin(), fit.names.end(), term);
    if (found == fit.names.end()) throw_unknown_term(fit, term);
    positions.push_back(found - fit.names.begin());
  }
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return wald_of_positions(fit, vcov, positions);
}

TestResult restrictions_test(const Fit& fit, const Vcov& vcov, const Matrix& restrictions) {
  return wald_of(restrictions * fit.coefficients, vcov, restrictions);
}

void throw_unknown_term(const Fit& fit, std::string_view term) {
  const std::string near = nearest(term, fit.names);
  throw Error("infer.unknown_term", fmt::format("`{}` is no estimated term of the model", term),
              near.empty() ? fmt::format("the terms are: {}", fmt::join(fit.names, ", "))
                           : fmt::format("did you mean `{}`?", near),
              fmt::format("term {}", term));
}

}  // namespace panelist
