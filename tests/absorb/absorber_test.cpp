// SPDX-License-Identifier: Apache-2.0
// The absorber against dense QR on random graphs, by both solvers.
#include "absorb/absorber.h"

#include <Eigen/QR>

#include "base/random.h"

namespace panelist {
namespace {

struct Problem {
  std::vector<AbsorbFactor> factors;
  Vector w;
  Matrix V;
};

// Renumbers the levels that occur.
AbsorbFactor factor_from(const std::string& name, std::vector<Level> raw) {
  std::map<Level, Level> ids;
  for (const Level level : raw) ids.emplace(level, static_cast<Level>(ids.size()));
  for (Level& level : raw) level = ids.at(level);
  AbsorbFactor factor;
  factor.name = name;
  factor.level = std::move(raw);
  factor.n_levels = static_cast<Level>(ids.size());
  return factor;
}

// Rows fall into `parts` that share no level, so that graphs come out disconnected.
Problem random_problem(std::uint64_t seed, std::size_t factor_count) {
  Random random(seed, "graph", factor_count);
  const Index n = 30 + random.below(170);
  const Level parts = 1 + static_cast<Level>(random.below(3));
  std::vector<Level> part(static_cast<std::size_t>(n));
  for (Level& p : part) p = static_cast<Level>(random.below(static_cast<std::uint32_t>(parts)));
  Problem problem;
  for (std::size_t q = 0; q < factor_count; ++q) {
    const std::uint32_t levels = 2 + random.below(q == 0 ? 40 : 12);
    std::vector<Level> raw;
    for (const Level p : part) raw.push_back(p * 1000 + static_cast<Level>(random.below(levels)));
    problem.factors.push_back(factor_from("f" + std::to_string(q), raw));
  }
  std::rotate(problem.factors.begin(), problem.factors.begin() + static_cast<long>(seed % factor_count),
              problem.factors.end());
  if (seed % 2 == 0) {
    problem.w.resize(n);
    for (Index i = 0; i < n; ++i) problem.w(i) = 0.1 + 3.0 * random.uniform();
  }
  problem.V.resize(n, 3);
  for (Index i = 0; i < n; ++i)
    problem.V.row(i) << random.normal(), 100.0 + random.uniform(), 1e3 * random.normal();
  return problem;
}

void add_slope(AbsorbFactor& factor, std::uint64_t seed, bool intercept) {
  Random random(seed, "slope", 0);
  factor.slopes.resize(static_cast<Index>(factor.level.size()), 1);
  for (Index i = 0; i < factor.slopes.rows(); ++i) factor.slopes(i, 0) = 2000.0 + 20.0 * random.uniform();
  factor.intercept = intercept;
}

Matrix dummies(const AbsorbFactor& factor) {
  const Index n = static_cast<Index>(factor.level.size());
  const Index components = factor.slopes.cols() + (factor.intercept ? 1 : 0);
  Matrix D = Matrix::Zero(n, components * factor.n_levels);
  for (Index i = 0; i < n; ++i) {
    const Index first = components * factor.level[static_cast<std::size_t>(i)];
    if (factor.intercept) D(i, first) = 1.0;
    for (Index s = 0; s < factor.slopes.cols(); ++s) {
      const double x = factor.slopes(i, s);
      D(i, first + (factor.intercept ? 1 : 0) + s) = factor.intercept ? (x - 2010.0) / 10.0 : x / 2010.0;
    }
  }
  return D;
}

Matrix dummies(const std::vector<AbsorbFactor>& factors, std::size_t count) {
  Matrix D(static_cast<Index>(factors.front().level.size()), 0);
  for (std::size_t q = 0; q < count; ++q) {
    const Matrix own = dummies(factors[q]);
    D.conservativeResize(Eigen::NoChange, D.cols() + own.cols());
    D.rightCols(own.cols()) = own;
  }
  return D;
}

Vector root_weights(const Problem& problem) {
  return problem.w.size() > 0 ? Vector(problem.w.cwiseSqrt()) : Vector::Ones(problem.V.rows());
}

Index dense_rank(const Matrix& D) {
  Eigen::ColPivHouseholderQR<Matrix> qr(D);
  qr.setThreshold(1e-10);
  return qr.rank();
}

Matrix dense_residual(const Problem& problem) {
  const Vector root = root_weights(problem);
  Eigen::CompleteOrthogonalDecomposition<Matrix> qr;
  qr.setThreshold(1e-10);
  qr.compute(Matrix(root.asDiagonal() * dummies(problem.factors, problem.factors.size())));
  const Matrix target = root.asDiagonal() * problem.V;
  return problem.V - dummies(problem.factors, problem.factors.size()) * qr.solve(target);
}

double relative_error(const Matrix& found, const Problem& problem) {
  const Matrix expected = dense_residual(problem);
  double worst = 0.0;
  for (Index j = 0; j < found.cols(); ++j) {
    Vector centred = problem.V.col(j).array() - problem.V.col(j).mean();
    worst = std::max(worst, (found.col(j) - expected.col(j)).norm() / centred.norm());
  }
  return worst;
}

AbsorbOptions iterative() {
  AbsorbOptions options;
  options.dense_levels = 0;
  return options;
}

void expect_exact_degrees(const Absorber& absorber, const Problem& problem) {
  Index before = 0;
  for (std::size_t q = 0; q < problem.factors.size(); ++q) {
    const Index rank = dense_rank(dummies(problem.factors, q + 1));
    const FactorDegrees& degrees = absorber.degrees()[q];
    EXPECT_EQ(degrees.levels - degrees.redundant, rank - before) << "factor " << q;
    EXPECT_TRUE(degrees.exact);
    before = rank;
  }
  EXPECT_EQ(absorber.rank(), before);
}

class RandomGraph : public ::testing::TestWithParam<int> {};

TEST_P(RandomGraph, OfTwoFactorsAgreesWithDenseQr) {
  const Problem problem = random_problem(static_cast<std::uint64_t>(GetParam()), 2);
  const Absorber absorber({}, problem.factors, problem.w);
  Matrix V = problem.V;
  EXPECT_EQ(absorber.absorb({}, V).solver, "exact");
  EXPECT_LT(relative_error(V, problem), 1e-12);
  expect_exact_degrees(absorber, problem);
}

TEST_P(RandomGraph, OfThreeFactorsAgreesWithDenseQr) {
  const Problem problem = random_problem(static_cast<std::uint64_t>(GetParam()), 3);
  const Absorber absorber({}, problem.factors, problem.w);
  Matrix V = problem.V;
  (void)absorber.absorb({}, V);
  EXPECT_LT(relative_error(V, problem), 1e-12);
  expect_exact_degrees(absorber, problem);
}

TEST_P(RandomGraph, OfFourFactorsHasTheDenseRank) {
  const Problem problem = random_problem(static_cast<std::uint64_t>(GetParam()), 4);
  expect_exact_degrees(Absorber({}, problem.factors, problem.w), problem);
}

TEST_P(RandomGraph, WithSlopesAgreesWithDenseQr) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  Problem problem = random_problem(seed, 2);
  add_slope(problem.factors[seed % 3 == 0 ? 1 : 0], seed, seed % 5 != 0);
  const Absorber absorber({}, problem.factors, problem.w);
  Matrix V = problem.V;
  (void)absorber.absorb({}, V);
  EXPECT_LT(relative_error(V, problem), 1e-10);
  expect_exact_degrees(absorber, problem);
  const Absorber by_iteration({}, problem.factors, problem.w, iterative());
  V = problem.V;
  const AbsorbReport report = by_iteration.absorb({}, V);
  EXPECT_TRUE(report.converged) << report.iterations << " " << report.error_bound;
  EXPECT_LT(relative_error(V, problem), 1e-9);
}

TEST_P(RandomGraph, ByConjugateGradientsAgreesWithinTheReportedBound) {
  for (const std::size_t count : {2U, 3U}) {
    const Problem problem = random_problem(static_cast<std::uint64_t>(GetParam()), count);
    const Absorber absorber({}, problem.factors, problem.w, iterative());
    Matrix V = problem.V;
    const AbsorbReport report = absorber.absorb({}, V);
    EXPECT_EQ(report.solver, "conjugate gradients");
    EXPECT_TRUE(report.converged) << report.iterations << " " << report.error_bound;
    EXPECT_LE(report.error_bound, 1e-9);
    EXPECT_LT(relative_error(V, problem), 1e-10);
  }
}

TEST_P(RandomGraph, RecoversEffectsThatAddUp) {
  const Problem problem = random_problem(static_cast<std::uint64_t>(GetParam()), 2 + GetParam() % 2);
  for (const AbsorbOptions& options : {AbsorbOptions{}, iterative()}) {
    const Absorber absorber({}, problem.factors, problem.w, options);
    Matrix V = problem.V.col(1);
    (void)absorber.absorb({}, V);
    const std::vector<Matrix> effects = absorber.effects({}, problem.V.col(1));
    Vector rest = problem.V.col(1);
    for (std::size_t q = 0; q < effects.size(); ++q) {
      for (Index i = 0; i < rest.size(); ++i) {
        rest(i) -= effects[q](problem.factors[q].level[static_cast<std::size_t>(i)], 0);
      }
      if (q > 0) {
        EXPECT_NEAR(effects[q].col(0).sum(), 0.0, 1e-8);
      }
    }
    EXPECT_LT((rest - V.col(0)).norm(), 1e-8);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomGraph, ::testing::Range(1, 51));

TEST_P(RandomGraph, ReweightedIsAsBuiltAnewAlsoFromAWarmStart) {
  const Problem problem = random_problem(static_cast<std::uint64_t>(GetParam()), 3);
  Random random(7, "weights", static_cast<std::uint64_t>(GetParam()));
  Vector other(problem.V.rows());
  for (double& value : other) value = std::exp(random.normal());
  for (const AbsorbOptions& options : {AbsorbOptions{}, iterative()}) {
    Absorber absorber({}, problem.factors, problem.w, options);
    Matrix warm = problem.V;
    (void)absorber.absorb({}, warm, 1e-3);
    absorber.reweight({}, other);
    (void)absorber.absorb({}, warm);
    Matrix anew = problem.V;
    const Absorber fresh({}, problem.factors, other, options);
    (void)fresh.absorb({}, anew);
    EXPECT_LT((warm - anew).norm(), 1e-9 * problem.V.norm());
    EXPECT_EQ(absorber.rank(), fresh.rank());
  }
}

TEST(Absorber, DoesNothingWithoutFactors) {
  Matrix V = Matrix::Random(5, 2);
  const Matrix before = V;
  const Absorber absorber({}, {}, Vector());
  EXPECT_EQ(absorber.absorb({}, V).solver, "none");
  EXPECT_EQ(V, before);
  EXPECT_EQ(absorber.rank(), 0);
}

TEST(Absorber, SubtractsWeightedGroupMeans) {
  Problem problem;
  problem.factors = {factor_from("g", {0, 0, 1, 1, 1})};
  problem.w = Vector::LinSpaced(5, 1.0, 5.0);
  Matrix V = (Vector(5) << 1.0, 4.0, 2.0, 2.0, 8.0).finished();
  (void)Absorber({}, problem.factors, problem.w).absorb({}, V);
  EXPECT_DOUBLE_EQ(V(0, 0), -2.0);
  EXPECT_DOUBLE_EQ(V(1, 0), 1.0);
  EXPECT_DOUBLE_EQ(V(4, 0), 3.5);
}

TEST(Absorber, LeavesNothingWithOneLevelPerRow) {
  Problem problem;
  std::vector<Level> each(40);
  std::vector<Level> half(40);
  for (std::size_t i = 0; i < 40; ++i) {
    each[i] = static_cast<Level>(i);
    half[i] = static_cast<Level>(i % 2);
  }
  for (const AbsorbOptions& options : {AbsorbOptions{}, iterative()}) {
    for (const auto& factors : {std::vector{factor_from("each", each)},
                                std::vector{factor_from("half", half), factor_from("each", each)},
                                std::vector{factor_from("each", each), factor_from("copy", each)}}) {
      Matrix V = Matrix::Random(40, 2);
      const Absorber absorber({}, factors, Vector(), options);
      EXPECT_TRUE(absorber.absorb({}, V).converged);
      EXPECT_EQ(V.norm(), 0.0);
      EXPECT_EQ(absorber.rank(), 40);
    }
  }
}

TEST(Absorber, IsBitEqualForAnyNumberOfThreads) {
  const Index n = 30000;
  Random random(7, "threads", 0);
  std::vector<Level> a, b;
  for (Index i = 0; i < n; ++i) {
    a.push_back(static_cast<Level>(random.below(2000)));
    b.push_back(static_cast<Level>(random.below(300)));
  }
  Matrix V(n, 4);
  for (Index j = 0; j < 4; ++j) {
    for (Index i = 0; i < n; ++i) V(i, j) = random.normal();
  }
  const std::vector<AbsorbFactor> factors = {factor_from("a", a), factor_from("b", b)};
  for (const AbsorbOptions& options : {AbsorbOptions{}, iterative()}) {
    Matrix one = V;
    (void)Absorber({}, factors, Vector(), options).absorb({}, one);
    for (const int count : {2, 7}) {
      Context context;
      context.threads = count;
      Matrix other = V;
      (void)Absorber(context, factors, Vector(), options).absorb(context, other);
      EXPECT_EQ(one, other);
    }
  }
}

// Each level of one factor meets two of the other: a path, the hardest connected graph.
Problem long_path(Level length) {
  std::vector<Level> a, b;
  for (Level i = 0; i < length; ++i) {
    a.insert(a.end(), {i, i, i});
    b.insert(b.end(), {i, static_cast<Level>(i + 1), i});
  }
  Problem problem;
  problem.factors = {factor_from("a", a), factor_from("b", b)};
  Random random(3, "path", 0);
  problem.V.resize(3 * length, 1);
  for (Index i = 0; i < 3 * length; ++i) problem.V(i, 0) = random.normal();
  return problem;
}

TEST(Absorber, SolvesALongPathAndBoundsItsError) {
  const Problem problem = long_path(400);
  Matrix V = problem.V;
  (void)Absorber({}, problem.factors, Vector()).absorb({}, V);
  EXPECT_LT(relative_error(V, problem), 1e-11);
  V = problem.V;
  const AbsorbReport report = Absorber({}, problem.factors, Vector(), iterative()).absorb({}, V);
  EXPECT_TRUE(report.converged);
  EXPECT_LT(relative_error(V, problem), 1e-9);
}

TEST(Absorber, ReportsWhenItDoesNotConverge) {
  const Problem problem = long_path(400);
  AbsorbOptions options = iterative();
  options.max_iterations = 4;
  Matrix V = problem.V;
  const AbsorbReport report = Absorber({}, problem.factors, problem.w, options).absorb({}, V);
  EXPECT_FALSE(report.converged);
  EXPECT_EQ(report.iterations, 4);
  EXPECT_GE(report.error_bound, relative_error(V, problem));
}

TEST(Absorber, SaysWhichDegreesAreABound) {
  Problem problem;
  Random random(11, "wide", 0);
  for (const char* name : {"a", "b", "c"}) {
    std::vector<Level> raw;
    for (int i = 0; i < 1500; ++i) raw.push_back(static_cast<Level>(random.below(600)));
    problem.factors.push_back(factor_from(name, raw));
  }
  const Absorber absorber({}, problem.factors, problem.w, iterative());
  EXPECT_TRUE(absorber.degrees()[1].exact);
  EXPECT_FALSE(absorber.degrees()[2].exact);
  EXPECT_GE(absorber.rank(), dense_rank(dummies(problem.factors, 3)));
}

TEST(Absorber, CountsLevelsWhereASlopeIsConstant) {
  AbsorbFactor factor = factor_from("g", {0, 0, 0, 1, 1, 2});
  factor.slopes = (Vector(6) << 0.1, 0.2, 0.4, 0.3, 0.3, 7.7).finished();
  const Absorber absorber({}, {factor}, Vector());
  EXPECT_EQ(absorber.degrees()[0].levels, 6);
  EXPECT_EQ(absorber.degrees()[0].redundant, 2);
}

TEST(Absorber, GivesSlopesInUnitsOfTheColumnGiven) {
  AbsorbFactor factor = factor_from("g", {0, 0, 0, 1, 1, 1});
  factor.slopes = (Vector(6) << 2001, 2002, 2003, 2001, 2002, 2003).finished();
  const Vector y = (Vector(6) << 1, 3, 5, 10, 9, 8).finished();
  const std::vector<Matrix> effects = Absorber({}, {factor}, Vector()).effects({}, y);
  EXPECT_NEAR(effects[0](0, 1), 2.0, 1e-12);
  EXPECT_NEAR(effects[0](1, 1), -1.0, 1e-12);
  EXPECT_NEAR(effects[0](0, 0), 1.0 - 2.0 * 2001, 1e-8);
}

TEST(Graph, CountsComponentsAndNesting) {
  const std::vector<Level> a = {0, 0, 1, 2, 2};
  const std::vector<Level> b = {0, 1, 1, 2, 3};
  EXPECT_EQ(connected_components(a, b, 3, 4), 2);
  EXPECT_FALSE(nested(a, b, 3));
  EXPECT_TRUE(nested({0, 1, 2, 3, 3}, {0, 0, 1, 1, 1}, 4));
}

TEST(Absorber, TakesAMillionRows) {
  const Index n = 1000000;
  Random random(5, "large", 0);
  AbsorbFactor a, b;
  a.n_levels = 100000;
  b.n_levels = 10;
  std::vector<Level> of_a, of_b;
  for (Index i = 0; i < n; ++i) {
    of_a.push_back(i < a.n_levels ? static_cast<Level>(i) : static_cast<Level>(random.below(100000)));
    of_b.push_back(static_cast<Level>(random.below(10)));
  }
  a.level = std::move(of_a);
  b.level = std::move(of_b);
  Matrix V(n, 5);
  for (Index j = 0; j < 5; ++j) {
    for (Index i = 0; i < n; ++i) V(i, j) = random.uniform();
  }
  const Absorber absorber({}, {a, b}, Vector());
  EXPECT_TRUE(absorber.absorb({}, V).converged);
  EXPECT_EQ(absorber.rank(), 100009);
  Vector sums = Vector::Zero(10);
  for (Index i = 0; i < n; ++i) sums(b.level[static_cast<std::size_t>(i)]) += V(i, 0);
  EXPECT_LT(sums.cwiseAbs().maxCoeff(), 1e-8);
}

}  // namespace
}  // namespace panelist
