// SPDX-License-Identifier: Apache-2.0
// Tests from the groups' coefficients and their covariance; z of separate estimates among them.
#include <algorithm>
#include <limits>

#include "base/distribution.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/joint/influence.h"

namespace panelist {
namespace {

// A variance that is rounding error beside the parts it came from is none.
constexpr double rounding = 1e-20;
constexpr double infinite = std::numeric_limits<double>::infinity();

// A difference, its variance, and the sum of the variances it came from.
struct Difference {
  double value, variance, scale;
};
struct Law {
  Form form;
  double df = infinite;
};

// `df`: infinite for z and chi2, else of t (as F(1, df) in the form of chi2).
TestResult pair_test(std::string_view method, const Difference& difference, Law law, double level) {
  TestResult test;
  test.name = method;
  if (law.form == Form::chi2 || std::isfinite(law.df)) test.df1 = 1;
  if (std::isfinite(law.df)) test.df2 = law.df;
  const bool some = difference.variance > rounding * difference.scale;
  describe(test, difference.value, some ? difference.variance : missing_value, level);
  if (!some) {
    test.note = "the difference has no variance";
    return test;
  }
  const double z = difference.value / std::sqrt(difference.variance);
  test.statistic = std::isnan(test.df1) ? z : z * z;
  test.p_value = t_two_sided(z, law.df);
  return test;
}

// chi2 of R b = 0; its df is the rank of the covariance.
TestResult joint_test(std::string_view method, const Vector& coefficients, const Matrix& covariance) {
  Fit fit;
  fit.coefficients = coefficients;
  Vcov vcov;
  vcov.matrix = covariance;
  TestResult test =
      restrictions_test(fit, vcov, equality_restrictions(static_cast<std::size_t>(coefficients.size())));
  test.name = method;
  test.statistic *= test.df1;
  test.df2 = missing_value;
  return test;
}

// Of the kinds that are for few clusters, cr2 by coefficient; infinite otherwise.
double own_degrees(const GroupEstimate& group, const std::string& term) {
  const Vcov& vcov = group.estimation.vcov;
  if (vcov.kind == "cr3" || vcov.kind == "jackknife") return vcov.df;
  if (vcov.term_df.size() == 0) return infinite;
  const Index place = position_of(*group.estimation.fit, term);
  return place >= 0 ? vcov.term_df(place) : vcov.df;
}

// Welch and Satterthwaite's, from those of the two coefficients; with clusters in both groups the smaller of them,
// which is the least that Welch's can be.
double degrees_of_pair(const Comparison& comparison, const GroupPair& pair, const Matrix& V) {
  const double first = own_degrees(comparison.groups()[pair.first], comparison.spec.term);
  const double second = own_degrees(comparison.groups()[pair.second], comparison.spec.term);
  if (std::isinf(first) && std::isinf(second)) return infinite;
  if (comparison.result.overlapping) return std::min(first, second);
  const auto i = static_cast<Index>(pair.first), j = static_cast<Index>(pair.second);
  const double own = V(i, i), other = V(j, j), both = own + other;
  return both * both / (own * own / first + other * other / second);
}

bool has_own_degrees(const Comparison& comparison) {
  return std::any_of(comparison.groups().begin(), comparison.groups().end(), [&](const GroupEstimate& group) {
    return std::isfinite(own_degrees(group, comparison.spec.term));
  });
}

TestResult no_joint_test(std::string_view method) {
  TestResult test;
  test.name = method;
  test.note = "chi-squared takes the clusters as many, and the vcov is for few of them: take interaction";
  return test;
}

}  // namespace

Matrix equality_restrictions(std::size_t groups) {
  const auto q = static_cast<Index>(groups) - 1;
  Matrix restrictions = Matrix::Zero(q, q + 1);
  restrictions.col(0).setOnes();
  restrictions.rightCols(q) = -Matrix::Identity(q, q);
  return restrictions;
}

void describe(TestResult& test, double difference, double variance, double level) {
  const bool some = variance > 0;
  const double se = some ? std::sqrt(variance) : missing_value;
  const double margin =
      some ? t_quantile(1 - (1 - level) / 2, std::isnan(test.df2) ? infinite : test.df2) * se : missing_value;
  test.details = {{"difference", difference},
                  {"std_error", se},
                  {"t", difference / se},
                  {"conf_low", difference - margin},
                  {"conf_high", difference + margin}};
}

DifferenceTests tests_of(const Comparison& comparison, std::string_view method,
                         const JointCovariance& covariance, Form form) {
  DifferenceTests tests{std::string(method), {}, {}};
  for (std::size_t p = 0; p < comparison.result.pairs.size(); ++p) {
    const GroupPair& pair = comparison.result.pairs[p];
    const auto i = static_cast<Index>(pair.first), j = static_cast<Index>(pair.second);
    const double factor = covariance.pair_factors.empty() ? 1 : covariance.pair_factors[p];
    const Matrix V = factor * covariance.matrix;
    const double both = V(i, i) + V(j, j);
    const Law law{form, method == "bootstrap" ? infinite : degrees_of_pair(comparison, pair, V)};
    tests.pairs.push_back(
        pair_test(method, {pair.difference, both - 2 * V(i, j), both}, law, comparison.spec.model.level));
  }
  const std::vector<GroupEstimate>& groups = comparison.groups();
  if (groups.size() < 3) return tests;
  if (method != "bootstrap" && has_own_degrees(comparison)) {
    tests.joint = no_joint_test(method);
    return tests;
  }
  Vector coefficients(static_cast<Index>(groups.size()));
  for (std::size_t g = 0; g < groups.size(); ++g)
    coefficients(static_cast<Index>(g)) = groups[g].coefficient.estimate;
  tests.joint = joint_test(method, coefficients, covariance.joint_factor * covariance.matrix);
  return tests;
}

DifferenceTests disjoint_tests(Comparison& comparison) {
  const std::vector<GroupEstimate>& groups = comparison.groups();
  Vector variances(static_cast<Index>(groups.size()));
  for (std::size_t g = 0; g < groups.size(); ++g)
    variances(static_cast<Index>(g)) = groups[g].coefficient.std_error * groups[g].coefficient.std_error;
  return tests_of(comparison, "disjoint", {Matrix(variances.asDiagonal()), {}, 1}, Form::z);
}

TestResult disjoint_difference(const Coefficient& first, const Coefficient& second) {
  const double own = first.std_error * first.std_error, other = second.std_error * second.std_error;
  return pair_test("disjoint", {first.estimate - second.estimate, own + other, own + other}, {Form::z}, 0.95);
}

}  // namespace panelist
