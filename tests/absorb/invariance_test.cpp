// SPDX-License-Identifier: Apache-2.0
// What must not change an answer, on every kind of graph and by both paths: order of rows, names of levels, repeated
// rows, units, partialling out, threads.
#include "absorb/engine/vectors.h"
#include "absorb/random_designs.h"

namespace panelist::designs {
namespace {

Matrix residual(const Problem& problem, const AbsorbOptions& options, int threads = 1) {
  Context context;
  context.threads = threads;
  Matrix found = problem.V;
  const AbsorbReport report = Absorber(context, problem.factors, problem.w, options).absorb(context, found);
  EXPECT_TRUE(report.converged);
  return found;
}

// Rows in the order given; a row may stand in it more than once.
Problem rows_of(const Problem& problem, const std::vector<Index>& order) {
  Problem other;
  for (const AbsorbFactor& factor : problem.factors) {
    Ids raw;
    for (const Index row : order) raw.push_back(factor.level[static_cast<std::size_t>(row)]);
    other.factors.push_back(factor_of(factor.name, raw));
  }
  other.V = problem.V(order, Eigen::all);
  if (problem.w.size() > 0) other.w = problem.w(order);
  return other;
}

std::vector<Index> random_order(Index count) {
  Random random(12, "order", static_cast<std::uint64_t>(count));
  std::vector<Index> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), Index{0});
  for (std::size_t i = order.size(); i-- > 1;)
    std::swap(order[i], order[random.below(static_cast<std::uint32_t>(i + 1))]);
  return order;
}

void expect_same(const Matrix& one, const Matrix& other, const Problem& problem) {
  for (Index j = 0; j < one.cols(); ++j)
    EXPECT_LT((one.col(j) - other.col(j)).norm(), 1e-9 * problem.V.col(j).norm()) << "column " << j;
}

// check(problem, options) on every kind of graph by both paths.
template <typename Check>
void on_every_kind(const Check& check) {
  for (const Kind& kind : kinds) {
    for (const std::uint64_t seed : {3, 4, 5, 8}) {
      for (const AbsorbOptions& options : {exact_path(), engine_path()}) {
        SCOPED_TRACE(testing::Message() << kind.name << " " << seed << " dense " << options.dense_levels);
        check(design(kind, seed, 300), options);
      }
    }
  }
}

TEST(Invariance, TakeRowsInAnyOrder) {
  on_every_kind([](const Problem& problem, const AbsorbOptions& options) {
    const std::vector<Index> order = random_order(problem.V.rows());
    const Problem other = rows_of(problem, order);
    expect_same(residual(problem, options)(order, Eigen::all), residual(other, options), problem);
  });
}

TEST(Invariance, AreTheSameBitsWithAndWithoutWideVectors) {
  on_every_kind([](const Problem& problem, const AbsorbOptions& options) {
    const Matrix wide = residual(problem, options);
    engine::allow_wide_vectors(false);
    const Matrix plain = residual(problem, options);
    engine::allow_wide_vectors(true);
    EXPECT_EQ(wide, plain);
  });
}

// Few pairs of levels of the second and third factor: rows are taken by pairs, under these weights and under others.
TEST(Invariance, TakeNearlyNestedFactorsAsTheDenseSolutionDoes) {
  Random random(5, "nearly nested", 1);
  constexpr Level rows = 1200;
  Problem problem;
  const Ids second = random_ids(random, rows, 60);
  problem.factors = {
      factor_of("f0", random_ids(random, rows, 150)), factor_of("f1", second),
      factor_of("f2", changed(second, [&](Level id) { return id / 2 + (random.below(15) == 0 ? 1 : 0); }))};
  problem.V = variables(random, problem.factors, rows);
  Context context;
  context.threads = 2;
  Absorber absorber(context, problem.factors, problem.w, engine_path());
  for (int time = 0; time < 2; ++time) {
    Matrix found = problem.V;
    EXPECT_GT(absorber.absorb(context, found).iterations, 0);
    expect_same(root_of(problem).asDiagonal() * found, dense_residual(problem), problem);
    problem.w.resize(rows);
    for (double& weight : problem.w) weight = 0.2 + random.uniform();
    absorber.reweight(context, problem.w);
  }
}

TEST(Invariance, DoNotDependOnTheNumbersOfLevels) {
  on_every_kind([](const Problem& problem, const AbsorbOptions& options) {
    Problem other = problem;
    for (AbsorbFactor& factor : other.factors) {
      const std::vector<Index> names = random_order(factor.n_levels);
      Ids ids;
      for (const Level level : factor.level)
        ids.push_back(static_cast<Level>(names[static_cast<std::size_t>(level)]));
      factor.level = std::move(ids);
    }
    expect_same(residual(problem, options), residual(other, options), problem);
    EXPECT_EQ(Absorber({}, problem.factors, problem.w, options).rank(),
              Absorber({}, other.factors, other.w, options).rank());
  });
}

TEST(Invariance, TakeFrequencyWeightsAsRepeatedRows) {
  on_every_kind([](Problem problem, const AbsorbOptions& options) {
    std::vector<Index> order;
    problem.w.resize(problem.V.rows());
    for (Index i = 0; i < problem.V.rows(); ++i) {
      problem.w(i) = static_cast<double>(1 + i % 4);
      order.insert(order.end(), static_cast<std::size_t>(1 + i % 4), i);
    }
    Problem repeated = rows_of(problem, order);
    repeated.w = Vector();
    expect_same(residual(problem, options)(order, Eigen::all), residual(repeated, options), repeated);
  });
}

TEST(Invariance, DoNotDependOnUnits) {
  on_every_kind([](const Problem& problem, const AbsorbOptions& options) {
    const Vector units = Vector::Map(std::vector<double>{1e8, 1e-8, 1.0}.data(), 3);
    Problem scaled = problem;
    scaled.V = problem.V * units.asDiagonal();
    const Matrix found = residual(scaled, options) * units.cwiseInverse().asDiagonal();
    expect_same(residual(problem, options), found, problem);
  });
}

TEST(Invariance, FollowFrischWaughAndLovell) {
  on_every_kind([](const Problem& problem, const AbsorbOptions& options) {
    const Matrix root = root_of(problem).asDiagonal();
    const Matrix all = root * residual(problem, options);
    const Index df = problem.V.rows() - Absorber({}, problem.factors, problem.w, options).rank() - 2;
    if (df < 3) return;
    // The coefficient of x1 once x2 is partialled out of the absorbed columns.
    const Vector x2 = all.col(2) / all.col(2).norm();
    const Vector y = all.col(0) - x2 * x2.dot(all.col(0)), x1 = all.col(1) - x2 * x2.dot(all.col(1));
    const Regression whole = regression(dense_residual(problem), df);
    EXPECT_LT(std::abs(x1.dot(y) / x1.squaredNorm() - whole.b(0)), 1e-10 * whole.se(0));
  });
}

TEST(Invariance, AreBitEqualForAnyNumberOfThreads) {
  for (const Kind& kind : kinds) {
    const Problem problem = design(kind, 8, 30000);
    const Matrix one = residual(problem, engine_path());
    for (const int threads : {2, 5}) EXPECT_EQ(one, residual(problem, engine_path(), threads)) << kind.name;
  }
}

}  // namespace
}  // namespace panelist::designs
