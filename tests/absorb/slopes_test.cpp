// SPDX-License-Identifier: Apache-2.0
// Factors with slopes against dense QR with dummies and slopes, by the dense system and by the block solver, and what
// must not change an answer.
#include "absorb/random_designs.h"

namespace panelist::designs {
namespace {

// How slopes are added to a design.
enum class Slopes { one, both, alone, flat_in_levels, common, two, on_the_last, count };

Matrix random_slope(Random& random, Index rows, Index count) {
  Matrix x(rows, count);
  for (Index c = 0; c < count; ++c)
    for (Index i = 0; i < rows; ++i) x(i, c) = 2000.0 + 8.0 * random.normal();
  return x;
}

Problem sloped(const Kind& kind, std::uint64_t seed, Level rows, Slopes how) {
  Problem problem = design(kind, seed, rows);
  Random random(seed, "slopes", static_cast<std::uint64_t>(how));
  const Matrix x = random_slope(random, rows, 2);
  AbsorbFactor& first = problem.factors.front();
  first.slopes = x.leftCols(how == Slopes::two ? 2 : 1);
  if (how == Slopes::alone) first.intercept = false;
  if (how == Slopes::both) problem.factors[1].slopes = x.col(1);
  if (how == Slopes::common) problem.factors[1].slopes = x.col(0);
  if (how == Slopes::on_the_last) std::swap(first.slopes, problem.factors.back().slopes);
  for (Index i = 0; how == Slopes::flat_in_levels && i < rows; ++i) {
    const Level level = first.level[static_cast<std::size_t>(i)];
    if (level % 3 == 0) first.slopes(i, 0) = 2000.0 + 0.1 * level;
  }
  for (Index i = 0; i < rows; ++i) problem.V(i, 1) += 0.1 * std::sin(7.0 * x(i, 0));
  return problem;
}

// Dummies and slopes in units of their spread, which changes neither the span nor the residual.
Matrix columns_of(const AbsorbFactor& factor) {
  const auto n = static_cast<Index>(factor.level.size());
  const Index shift = factor.intercept ? 1 : 0;
  const Index components = factor.slopes.cols() + shift;
  Matrix D = Matrix::Zero(n, components * factor.n_levels);
  for (Index i = 0; i < n; ++i) {
    const Index first = components * factor.level[static_cast<std::size_t>(i)];
    if (factor.intercept) D(i, first) = 1.0;
    for (Index c = 0; c < factor.slopes.cols(); ++c) {
      const double centre = factor.intercept ? factor.slopes.col(c).mean() : 0.0;
      const double norm = (factor.slopes.col(c).array() - centre).matrix().norm();
      const double spread = norm > 0.0 ? norm / std::sqrt(static_cast<double>(n)) : 1.0;
      D(i, first + shift + c) = (factor.slopes(i, c) - centre) / spread;
    }
  }
  return D;
}

Matrix columns_of(const std::vector<AbsorbFactor>& factors, std::size_t count) {
  Matrix D(static_cast<Index>(factors.front().level.size()), 0);
  for (std::size_t q = 0; q < count; ++q) {
    const Matrix own = columns_of(factors[q]);
    D.conservativeResize(Eigen::NoChange, D.cols() + own.cols());
    D.rightCols(own.cols()) = own;
  }
  return D;
}

// Residual times the roots of the weights, and the rank of the first 1, 2, .. factors.
struct Dense {
  Matrix residual;
  std::vector<Index> ranks;
};

Dense dense(const Problem& problem) {
  Dense found;
  const Vector root = root_of(problem);
  found.residual = root.asDiagonal() * problem.V;
  Eigen::CompleteOrthogonalDecomposition<Matrix> qr;
  for (std::size_t count = 1; count <= problem.factors.size(); ++count) {
    qr.setThreshold(1e-10);
    qr.compute(Matrix(root.asDiagonal() * columns_of(problem.factors, count)));
    found.ranks.push_back(qr.rank());
  }
  const Matrix D = root.asDiagonal() * columns_of(problem.factors, problem.factors.size());
  for (int pass = 0; pass < 2; ++pass) found.residual -= D * qr.solve(found.residual);
  return found;
}

Matrix absorbed(const Problem& problem, const AbsorbOptions& options, int threads = 1) {
  Context context;
  context.threads = threads;
  Matrix found = problem.V;
  const AbsorbReport report = Absorber(context, problem.factors, problem.w, options).absorb(context, found);
  EXPECT_TRUE(report.converged) << report.iterations << " " << report.error_bound;
  return found;
}

// Every kind of graph with every way to add slopes. Where levels and slopes leave fewer than five degrees of freedom
// there is nothing to absorb for.
template <typename Check>
void on_every_design(const Check& check) {
  for (const Kind& kind : kinds) {
    for (int how = 0; how < static_cast<int>(Slopes::count); ++how) {
      for (const std::uint64_t seed : {3, 4, 5, 8}) {
        SCOPED_TRACE(testing::Message() << kind.name << " " << seed << " slopes " << how);
        const Problem problem = sloped(kind, seed, 160, static_cast<Slopes>(how));
        if (Absorber({}, problem.factors, problem.w).rank() <= 160 - 7) check(problem);
      }
    }
  }
}

TEST(Slopes, AgreeWithDenseQrOfDummiesAndSlopes) {
  on_every_design([](const Problem& problem) {
    const Dense expected = dense(problem);
    const Index df = problem.V.rows() - expected.ranks.back() - 2;
    const Regression of_dense = regression(expected.residual, df);
    for (const AbsorbOptions& options : {exact_path(), engine_path()}) {
      const Matrix found = root_of(problem).asDiagonal() * absorbed(problem, options);
      const Vector apart = regression(found, df).b - of_dense.b;
      EXPECT_LT(apart.cwiseQuotient(of_dense.se).cwiseAbs().maxCoeff(), 1e-10)
          << "dense " << options.dense_levels;
    }
  });
}

TEST(Slopes, HaveTheDenseRank) {
  on_every_design([](const Problem& problem) {
    const Dense expected = dense(problem);
    const Absorber absorber({}, problem.factors, problem.w);
    Index before = 0;
    for (std::size_t q = 0; q < problem.factors.size(); ++q) {
      const FactorDegrees& degrees = absorber.degrees()[q];
      EXPECT_TRUE(degrees.exact);
      EXPECT_EQ(degrees.levels - degrees.redundant, expected.ranks[q] - before) << "factor " << q;
      before = expected.ranks[q];
    }
  });
}

TEST(Slopes, ReweightedAreAsBuiltAnew) {
  on_every_design([](const Problem& problem) {
    Random random(7, "weights", 0);
    Problem other = problem;
    other.w.resize(problem.V.rows());
    for (double& weight : other.w) weight = std::exp(random.normal());
    Absorber absorber({}, problem.factors, problem.w, engine_path());
    Matrix warm = problem.V;
    (void)absorber.absorb({}, warm, 1e-3);
    const Index rank = absorber.rank();
    absorber.reweight({}, other.w);
    EXPECT_TRUE(absorber.absorb({}, warm).converged);
    EXPECT_EQ(absorber.rank(), rank);
    const Matrix anew = absorbed(other, engine_path());
    for (Index j = 0; j < anew.cols(); ++j)
      EXPECT_LT((warm.col(j) - anew.col(j)).norm(), 1e-8 * problem.V.col(j).norm());
  });
}

TEST(Slopes, DoNotDependOnTheirUnits) {
  for (const double unit : {1e-8, 1e8}) {
    on_every_design([&](const Problem& problem) {
      Problem other = problem;
      for (AbsorbFactor& factor : other.factors) factor.slopes *= unit;
      const Matrix one = absorbed(problem, engine_path()), same = absorbed(other, engine_path());
      for (Index j = 0; j < one.cols(); ++j)
        EXPECT_LT((one.col(j) - same.col(j)).norm(), 1e-8 * problem.V.col(j).norm());
    });
  }
}

// A row of weight k as k rows of weight one.
Problem repeated(const Problem& problem, const std::vector<Index>& rows) {
  Problem other;
  for (const AbsorbFactor& factor : problem.factors) {
    Ids ids;
    for (const Index row : rows) ids.push_back(factor.level[static_cast<std::size_t>(row)]);
    other.factors.push_back(factor_of(factor.name, ids));
    other.factors.back().slopes = factor.slopes(rows, Eigen::all);
    other.factors.back().intercept = factor.intercept;
  }
  other.V = problem.V(rows, Eigen::all);
  return other;
}

// One of these designs is too hard for steps without an end: it is held to what it says of itself.
struct Judged {
  Matrix columns;
  std::vector<double> errors;
};

Judged judged(const Problem& problem) {
  Judged found{problem.V, {}};
  const Absorber absorber({}, problem.factors, problem.w, engine_path());
  const AbsorbReport report = absorber.absorb({}, found.columns);
  EXPECT_EQ(report.converged, report.error_bound < 1e-8);
  found.errors = report.errors;
  return found;
}

TEST(Slopes, TakeFrequencyWeightsAsRepeatedRows) {
  on_every_design([](const Problem& given) {
    Problem problem = given;
    problem.w.resize(problem.V.rows());
    std::vector<Index> rows;
    for (Index i = 0; i < problem.w.size(); ++i) {
      problem.w(i) = static_cast<double>(1 + i % 3);
      rows.insert(rows.end(), static_cast<std::size_t>(1 + i % 3), i);
    }
    const Judged weighted = judged(problem), each = judged(repeated(problem, rows));
    for (Index j = 0; j < given.V.cols(); ++j) {
      const auto k = static_cast<std::size_t>(j);
      const double apart = (each.columns.col(j) - weighted.columns(rows, j)).norm();
      EXPECT_LE(apart, weighted.errors[k] + each.errors[k] + 1e-10 * given.V.col(j).norm());
    }
  });
}

// Workers who move along a ring of firms, each with a trend: many steps with the diagonal.
Problem ring(Level workers, Level firms, Level periods) {
  Random random(5, "ring", 0);
  Ids id, firm;
  std::vector<double> when;
  for (Level i = 0; i < workers; ++i) {
    Level at = static_cast<Level>(random.below(static_cast<std::uint32_t>(firms)));
    for (Level t = 0; t < periods; ++t) {
      if (random.below(8) == 0) at = (at + (random.below(2) == 0 ? 1 : firms - 1)) % firms;
      id.push_back(i);
      firm.push_back(at);
      when.push_back(2000.0 + t);
    }
  }
  Problem problem;
  problem.factors = {factor_of("worker", id), factor_of("firm", firm)};
  problem.factors[0].slopes = Eigen::Map<const Vector>(when.data(), static_cast<Index>(when.size()));
  problem.V = variables(random, problem.factors, static_cast<Index>(when.size()));
  return problem;
}

TEST(Slopes, BoundTheErrorOfEveryColumnOnHardGraphs) {
  for (const bool second : {false, true}) {
    Problem problem = ring(700, 250, 8);
    Random random(6, "second", 0);
    if (second) problem.factors[1].slopes = random_slope(random, problem.V.rows(), 1);
    const Matrix expected = absorbed(problem, exact_path());
    for (const double tolerance : {1e-4, 1e-9}) {
      AbsorbOptions options = engine_path();
      options.tolerance = tolerance;
      Matrix found = problem.V;
      const AbsorbReport report = Absorber({}, problem.factors, problem.w, options).absorb({}, found);
      EXPECT_TRUE(report.converged);
      EXPECT_EQ(report.solver, "conjugate gradients");
      for (Index j = 0; j < found.cols(); ++j) {
        const double error = (found.col(j) - expected.col(j)).norm();
        EXPECT_LE(error, report.errors[static_cast<std::size_t>(j)] + 1e-11 * problem.V.col(j).norm());
        EXPECT_LE(error, 1.1 * tolerance * expected.col(j).norm());
      }
    }
  }
}

TEST(Slopes, AreBitEqualForAnyNumberOfThreads) {
  Problem problem = ring(6000, 900, 8);
  Random random(8, "threads", 0);
  problem.factors[1].slopes = random_slope(random, problem.V.rows(), 1);
  for (const AbsorbOptions& options : {AbsorbOptions{}, engine_path()}) {
    const Matrix one = absorbed(problem, options, 1);
    for (const int threads : {2, 7}) EXPECT_EQ(one, absorbed(problem, options, threads));
  }
}

// A square of time at firms beside a trend of workers is nearly a combination of both.
TEST(Slopes, SayWhenTheyWereNotReached) {
  Problem problem = ring(700, 250, 8);
  problem.factors[1].slopes = problem.factors[0].slopes.array().square().matrix();
  AbsorbOptions options = engine_path();
  for (const int steps : {20, 200}) {
    options.max_iterations = steps;
    Matrix found = problem.V;
    const AbsorbReport report = Absorber({}, problem.factors, problem.w, options).absorb({}, found);
    EXPECT_FALSE(report.converged);
    EXPECT_EQ(report.iterations, steps);
    EXPECT_GT(report.error_bound, 10.0 * options.tolerance);
  }
}

// A level with fewer rows than components spans as many columns as it has rows.
Index components_spanned(const AbsorbFactor& factor, Index components) {
  std::vector<Index> rows(static_cast<std::size_t>(factor.n_levels), 0);
  for (const Level level : factor.level) ++rows[static_cast<std::size_t>(level)];
  Index spanned = 0;
  for (const Index count : rows) spanned += std::min(count, components);
  return spanned;
}

// Rows in an order of their own, three factors, the two smaller solved densely: what is left is orthogonal to every
// level and slope, and the effects account for what was taken.
TEST(Slopes, OfManyRowsAreLeftWithNothingAndAddUp) {
  Random random(9, "rows", 0);
  const Level rows = 24000;
  Problem problem;
  problem.factors = {factor_of("unit", random_ids(random, rows, 2500)),
                     factor_of("year", random_ids(random, rows, 12)),
                     factor_of("region", random_ids(random, rows, 30))};
  const Matrix x = random_slope(random, rows, 3);
  problem.factors[0].slopes = x.leftCols(2);
  problem.factors[1].slopes = x.col(0);
  problem.factors[2].slopes = x.col(2);
  problem.factors[2].intercept = false;
  problem.V = variables(random, problem.factors, rows);
  for (const bool weighted : {false, true}) {
    if (weighted) problem.w = (x.col(1).array() - 1990.0).abs() + 0.1;
    const Absorber absorber({}, problem.factors, problem.w);
    Matrix found = problem.V;
    EXPECT_EQ(absorber.absorb({}, found).solver, "exact");
    const Vector u = weighted ? Vector(problem.w.cwiseProduct(found.col(0))) : Vector(found.col(0));
    const std::vector<Matrix> effects = absorber.effects({}, problem.V.col(0));
    Vector rest = problem.V.col(0) - found.col(0);
    for (std::size_t q = 0; q < problem.factors.size(); ++q) {
      const AbsorbFactor& factor = problem.factors[q];
      const Matrix D = columns_of(factor);
      EXPECT_LT((D.transpose() * u).cwiseAbs().maxCoeff(), 1e-9 * u.norm());
      for (Index i = 0; i < rows; ++i) {
        const auto level = effects[q].row(factor.level[static_cast<std::size_t>(i)]);
        if (factor.intercept) rest(i) -= level(0);
        rest(i) -= level.tail(factor.slopes.cols()).dot(factor.slopes.row(i));
      }
    }
    EXPECT_LT(rest.cwiseAbs().maxCoeff(), 1e-7);
    EXPECT_EQ(absorber.rank(), components_spanned(problem.factors[0], 3) + 2 * 12 - 2 + 30);
  }
}

}  // namespace
}  // namespace panelist::designs
