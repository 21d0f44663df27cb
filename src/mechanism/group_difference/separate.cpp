// SPDX-License-Identifier: Apache-2.0
// Tests from the groups' coefficients and their covariance; z of separate estimates among them.
#include <limits>

#include "base/distribution.h"
#include "mechanism/group_difference/tests.h"

namespace panelist {
namespace {

// A variance that is rounding error beside the parts it came from is none.
constexpr double rounding = 1e-20;
constexpr double infinite = std::numeric_limits<double>::infinity();

// A difference, its variance, and the sum of the variances it came from.
struct Difference {
  double value, variance, scale;
};

TestResult pair_test(std::string_view method, const Difference& difference, Form form, double level) {
  TestResult test;
  test.name = method;
  if (form == Form::chi2) test.df1 = 1;
  const bool some = difference.variance > rounding * difference.scale;
  describe(test, difference.value, some ? difference.variance : missing_value, level);
  if (!some) {
    test.note = "the difference has no variance";
    return test;
  }
  const double z = difference.value / std::sqrt(difference.variance);
  test.statistic = form == Form::z ? z : z * z;
  test.p_value = normal_two_sided(z);
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
    tests.pairs.push_back(
        pair_test(method, {pair.difference, both - 2 * V(i, j), both}, form, comparison.spec.model.level));
  }
  const std::vector<GroupEstimate>& groups = comparison.groups();
  if (groups.size() < 3) return tests;
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
  return pair_test("disjoint", {first.estimate - second.estimate, own + other, own + other}, Form::z, 0.95);
}

}  // namespace panelist
