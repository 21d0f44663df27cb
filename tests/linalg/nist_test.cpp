// SPDX-License-Identifier: Apache-2.0
// NIST StRD linear least squares: at least 10 digits in every coefficient, standard deviation and residual standard
// deviation; certified zeros below 1e-6.
#include "linalg/least_squares.h"
#include "reference_data.h"

namespace panelist {
namespace {

struct NistSet {
  Matrix X;
  Vector y;
  std::vector<std::string> names;
  bool constant = true;
};

Vector column(const testing::ReferenceTable& table, const std::string& name) {
  const std::vector<double> values = table.numbers(name);
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

NistSet nist_set(const std::string& name) {
  const testing::ReferenceTable table = testing::read_reference("nist_linear/" + name + ".csv");
  NistSet set;
  set.y = column(table, "y");
  set.constant = name != "NoInt1";
  const bool quintic = name.rfind("Wampler", 0) == 0;
  const Index regressors = quintic ? 5 : static_cast<Index>(table.names.size()) - 1;
  set.X = Matrix::Ones(set.y.size(), regressors + (set.constant ? 1 : 0));
  const Index first = set.constant ? 1 : 0;
  if (set.constant) set.names.emplace_back("b0");
  for (Index j = 0; j < regressors; ++j) {
    const Vector x = column(table, quintic ? "x" : table.names[static_cast<std::size_t>(j) + 1]);
    set.X.col(first + j) = quintic ? Vector(x.array().pow(static_cast<double>(j + 1))) : x;
    set.names.push_back("b" + std::to_string(j + 1));
  }
  return set;
}

double digits(double found, double certified) {
  if (certified == 0.0) return std::abs(found) < 1e-6 ? 15.0 : 0.0;
  const double error = std::abs(found - certified) / std::abs(certified);
  return error == 0.0 ? 15.0 : std::min(15.0, -std::log10(error));
}

struct Certified {
  double value = 0.0;
  double deviation = 0.0;
};

Certified certified(const std::string& set, const std::string& quantity) {
  const testing::ReferenceTable table = testing::read_reference("nist_linear/expected.csv");
  for (const auto& row : table.rows) {
    if (row[0] == set && row[1] == quantity)
      return {std::stod(row[2]), row[3].empty() ? 0.0 : std::stod(row[3])};
  }
  ADD_FAILURE() << set << ' ' << quantity << " is not certified";
  return {};
}

class Nist : public ::testing::TestWithParam<const char*> {};

TEST_P(Nist, GivesTenDigits) {
  const std::string name = GetParam();
  const NistSet set = nist_set(name);
  LeastSquaresOptions options;
  options.constant_column = set.constant ? 0 : -1;
  const LeastSquares fit = solve_least_squares({}, set.X, set.y, Vector(), options);
  ASSERT_TRUE(fit.dropped.empty());
  const double rss = fit.residuals.squaredNorm();
  const double sigma = std::sqrt(rss / static_cast<double>(set.X.rows() - set.X.cols()));
  double fewest = digits(sigma, certified(name, "residual_sd").value);
  double coefficients = 15.0;
  double deviations = 15.0;
  for (std::size_t j = 0; j < set.names.size(); ++j) {
    const Certified expected = certified(name, set.names[j]);
    const Index at = static_cast<Index>(j);
    coefficients = std::min(coefficients, digits(fit.coefficients(at, 0), expected.value));
    deviations = std::min(deviations, digits(sigma * std::sqrt(fit.bread(at, at)), expected.deviation));
  }
  RecordProperty("digits_residual_sd", std::to_string(fewest));
  RecordProperty("digits_coefficients", std::to_string(coefficients));
  RecordProperty("digits_deviations", std::to_string(deviations));
  fewest = std::min({fewest, coefficients, deviations});
  EXPECT_GE(fewest, 10.0) << name << ": coefficients " << coefficients << " deviations " << deviations
                          << " condition " << fit.condition << " refinements " << fit.refinements;
}

INSTANTIATE_TEST_SUITE_P(Sets, Nist,
                         ::testing::Values("Norris", "NoInt1", "Longley", "Wampler1", "Wampler3", "Wampler5"),
                         [](const auto& set) { return std::string(set.param); });

}  // namespace
}  // namespace panelist
