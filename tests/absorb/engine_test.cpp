// SPDX-License-Identifier: Apache-2.0
// The engine for plain factors: hard graphs, certified errors, exact ranks, invariance.
#include <Eigen/QR>
#include <numeric>

#include "absorb/absorber.h"
#include "absorb/engine/approximate_cholesky.h"
#include "absorb/engine/rank.h"
#include "absorb/engine/ritz.h"
#include "absorb/engine/semidefinite.h"
#include "absorb/random_designs.h"
#include "base/random.h"

namespace panelist {
namespace {

using designs::factor_of;

struct Problem {
  std::vector<AbsorbFactor> factors;
  Vector w;
  Matrix V;
};

Matrix noise(Index n, Index columns, std::uint64_t seed) {
  Random random(seed, "noise", 0);
  Matrix V(n, columns);
  for (Index j = 0; j < columns; ++j) {
    for (Index i = 0; i < n; ++i)
      V(i, j) = random.normal() + std::sin(1e-3 * static_cast<double>(i * (j + 1)));
  }
  return V;
}

// Workers of five years who rarely move, and only to a neighbouring firm of a ring; optionally years.
Problem ring(Level workers, Level firms, std::size_t factors, bool weighted) {
  Random random(91, "ring", static_cast<std::uint64_t>(workers));
  std::vector<Level> worker, firm, year;
  for (Level i = 0; i < workers; ++i) {
    auto at = static_cast<Level>(random.below(static_cast<std::uint32_t>(firms)));
    for (Level t = 0; t < 5; ++t) {
      if (t > 0 && random.below(20) == 0) at = (at + 1) % firms;
      worker.push_back(i);
      firm.push_back(at);
      year.push_back(t);
    }
  }
  Problem problem;
  problem.factors = {factor_of("worker", worker), factor_of("firm", firm)};
  if (factors > 2) problem.factors.push_back(factor_of("year", year));
  const auto n = static_cast<Index>(worker.size());
  if (weighted) {
    problem.w.resize(n);
    for (Index i = 0; i < n; ++i) problem.w(i) = 0.2 + random.uniform();
  }
  problem.V = noise(n, 3, 17);
  return problem;
}

Problem permuted(const Problem& problem, std::uint64_t seed, std::vector<Index>& order) {
  Random random(seed, "order", 0);
  order.resize(static_cast<std::size_t>(problem.V.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  for (std::size_t i = order.size(); i-- > 1;)
    std::swap(order[i], order[random.below(static_cast<std::uint32_t>(i + 1))]);
  Problem other;
  for (const AbsorbFactor& factor : problem.factors) {
    std::vector<Level> raw;
    for (const Index row : order) raw.push_back(factor.level[static_cast<std::size_t>(row)]);
    other.factors.push_back(factor_of(factor.name, raw));
  }
  other.V = problem.V(order, Eigen::all);
  if (problem.w.size() > 0) other.w = problem.w(order);
  return other;
}

AbsorbOptions iterative(double tolerance = 1e-8) {
  AbsorbOptions options;
  options.dense_levels = 0;
  options.tolerance = tolerance;
  return options;
}

Matrix residual(const Problem& problem, const AbsorbOptions& options, AbsorbReport* report = nullptr) {
  Matrix V = problem.V;
  const AbsorbReport found = Absorber({}, problem.factors, problem.w, options).absorb({}, V);
  if (report != nullptr) *report = found;
  return V;
}

double norm(const Vector& v, const Vector& w) {
  return std::sqrt(w.size() > 0 ? w.dot(v.cwiseAbs2()) : v.squaredNorm());
}

TEST(Engine, BoundsTheErrorOfEveryColumnOnHardGraphs) {
  for (const bool weighted : {false, true}) {
    for (const std::size_t factors : {2U, 3U}) {
      const Problem problem = ring(6000, 700, factors, weighted);
      const Matrix tight = residual(problem, iterative(1e-12));
      for (const double tolerance : {1e-3, 1e-6, 1e-8}) {
        AbsorbReport report;
        const Matrix found = residual(problem, iterative(tolerance), &report);
        EXPECT_TRUE(report.converged);
        ASSERT_EQ(report.errors.size(), 3U);
        for (Index j = 0; j < 3; ++j) {
          const double error = norm(found.col(j) - tight.col(j), problem.w);
          EXPECT_LE(error, report.errors[static_cast<std::size_t>(j)]) << factors << " " << tolerance;
          EXPECT_LE(error, 1.01 * tolerance * norm(tight.col(j), problem.w));
        }
      }
    }
  }
}

TEST(Engine, AgreesWithTheDenseSolutionOfTheSameGraph) {
  const Problem problem = ring(6000, 700, 3, true);
  const Matrix dense = residual(problem, AbsorbOptions{});
  AbsorbReport report;
  const Matrix found = residual(problem, iterative(1e-11), &report);
  EXPECT_EQ(report.solver, "conjugate gradients");
  EXPECT_LT((found - dense).norm(), 1e-10 * dense.norm());
}

TEST(Engine, TakesRowsInAnyOrder) {
  const Problem problem = ring(6000, 700, 3, true);
  std::vector<Index> order;
  const Problem other = permuted(problem, 5, order);
  const Matrix found = residual(problem, iterative(1e-11));
  const Matrix shuffled = residual(other, iterative(1e-11));
  EXPECT_LT((found(order, Eigen::all) - shuffled).norm(), 1e-9 * found.norm());
}

TEST(Engine, TakesFrequencyWeightsAsRepeatedRows) {
  Problem weighted = ring(3000, 300, 3, false);
  Problem repeated;
  std::vector<Index> rows;
  weighted.w.resize(weighted.V.rows());
  for (Index i = 0; i < weighted.V.rows(); ++i) {
    weighted.w(i) = static_cast<double>(1 + i % 3);
    for (Index k = 0; k <= i % 3; ++k) rows.push_back(i);
  }
  for (const AbsorbFactor& factor : weighted.factors) {
    std::vector<Level> raw;
    for (const Index row : rows) raw.push_back(factor.level[static_cast<std::size_t>(row)]);
    repeated.factors.push_back(factor_of(factor.name, raw));
  }
  repeated.V = weighted.V(rows, Eigen::all);
  const Matrix one = residual(weighted, iterative(1e-11));
  const Matrix two = residual(repeated, iterative(1e-11));
  EXPECT_LT((one(rows, Eigen::all) - two).norm(), 1e-9 * two.norm());
}

TEST(Engine, DoesNotDependOnTheUnitsOfAColumn) {
  Problem problem = ring(3000, 300, 2, false);
  const Matrix plain = residual(problem, iterative());
  problem.V.col(0) *= 1e8;
  problem.V.col(1) *= 1e-8;
  problem.V.col(2).array() += 1e6;
  const Matrix scaled = residual(problem, iterative());
  EXPECT_LT((scaled.col(0) * 1e-8 - plain.col(0)).norm(), 2e-8 * plain.col(0).norm());
  EXPECT_LT((scaled.col(1) * 1e8 - plain.col(1)).norm(), 2e-8 * plain.col(1).norm());
  EXPECT_LT((scaled.col(2) - plain.col(2)).norm(), 1e-7 * plain.col(2).norm());
}

// Weights from one to a thousand times the first, in rising steps: factors wear out on the way.
TEST(Engine, ReweightedIsAsBuiltAnewOnHardGraphs) {
  std::vector<Index> order;
  Problem sorted = ring(20000, 1500, 3, false);
  for (const bool weighted : {false, true}) {
    if (weighted) sorted.w = Vector::Constant(sorted.V.rows(), 0.7);
    const Problem shuffled = permuted(sorted, 8, order);
    for (const Problem* problem : {&std::as_const(sorted), &shuffled}) {
      Absorber absorber({}, problem->factors, problem->w, iterative());
      Matrix warm = problem->V;
      (void)absorber.absorb({}, warm, 1e-4);
      Random random(11, "weights", 0);
      Vector steps(warm.rows());
      for (double& value : steps) value = random.normal();
      for (const double spread : {0.5, 2.0, 3.5}) {
        Problem other = *problem;
        other.w = (spread * steps.array()).exp();
        absorber.reweight({}, other.w);
        const AbsorbReport report = absorber.absorb({}, warm);
        EXPECT_TRUE(report.converged) << spread;
        const Matrix anew = residual(other, iterative());
        for (Index j = 0; j < warm.cols(); ++j)
          EXPECT_LT(norm(warm.col(j) - anew.col(j), other.w), 2.5e-8 * norm(anew.col(j), other.w)) << spread;
      }
      absorber.reweight({}, problem->w);
      Matrix back = problem->V;
      (void)absorber.absorb({}, back);
      EXPECT_LT((back - residual(*problem, iterative())).norm(), 5e-8 * back.norm());
    }
  }
}

TEST(Engine, IsBitEqualForAnyNumberOfThreadsOnHardGraphs) {
  std::vector<Index> order;
  const Problem sorted = ring(30000, 2500, 3, true);
  const Problem shuffled = permuted(sorted, 8, order);
  for (const Problem* problem : {&sorted, &shuffled}) {
    const Matrix one = residual(*problem, iterative());
    for (const int threads : {2, 7}) {
      Context context;
      context.threads = threads;
      Matrix other = problem->V;
      (void)Absorber(context, problem->factors, problem->w, iterative()).absorb(context, other);
      EXPECT_EQ(one, other) << threads;
    }
  }
}

// Firm and year both tell even from odd: a null vector more than the two constants.
TEST(Rank, FindsNullVectorsBeyondTheConstants) {
  std::vector<Level> unit, firm, year;
  for (Level i = 0; i < 500; ++i) {
    for (Level t = 0; t < 6; ++t) {
      unit.push_back(i);
      firm.push_back(2 * ((i * 7 + t / 2) % 40) + t % 2);
      year.push_back(t);
    }
  }
  const std::vector<AbsorbFactor> factors = {factor_of("unit", unit), factor_of("firm", firm),
                                             factor_of("year", year)};
  const auto degrees = engine::degrees_of({}, factors);
  Matrix D = Matrix::Zero(3000, 500 + 80 + 6);
  for (Index i = 0; i < 3000; ++i) {
    D(i, unit[static_cast<std::size_t>(i)]) = 1.0;
    D(i, 500 + firm[static_cast<std::size_t>(i)]) = 1.0;
    D(i, 580 + year[static_cast<std::size_t>(i)]) = 1.0;
  }
  Eigen::ColPivHouseholderQR<Matrix> qr(D);
  qr.setThreshold(1e-10);
  Index rank = 0;
  for (const FactorDegrees& factor : degrees) {
    EXPECT_TRUE(factor.exact);
    rank += factor.levels - factor.redundant;
  }
  EXPECT_EQ(rank, qr.rank());
  EXPECT_GT(degrees[2].redundant, 1);
}

Matrix laplacian(Index vertices, const std::vector<engine::Edge>& edges) {
  Matrix L = Matrix::Zero(vertices, vertices);
  for (const engine::Edge& edge : edges) {
    L(edge.a, edge.a) += edge.weight;
    L(edge.b, edge.b) += edge.weight;
    L(edge.a, edge.b) -= edge.weight;
    L(edge.b, edge.a) -= edge.weight;
  }
  return L;
}

// r = L x for a random x, so that the solution is x up to a constant in each component.
double error_of_solution(Index vertices, const std::vector<engine::Edge>& edges) {
  const Vector x = noise(vertices, 1, 3).col(0);
  const Matrix L = laplacian(vertices, edges);
  const Vector r = L * x;
  engine::RowBlock rhs(vertices, 4), found(vertices, 4);
  for (Index i = 0; i < vertices; ++i) rhs.row(i)[0] = r(i);
  engine::ApproximateCholesky(vertices, edges, 1).solve(rhs, found, 0);
  Vector y(vertices);
  for (Index i = 0; i < vertices; ++i) y(i) = found.row(i)[0];
  return (L * y - r).norm() / r.norm();
}

TEST(ApproximateCholesky, IsExactOnTreesPathsCyclesAndParallelEdges) {
  std::vector<engine::Edge> path, tree, cycle;
  for (std::int32_t i = 1; i < 200; ++i) {
    path.push_back({i - 1, i, 0.5 + i % 7});
    path.push_back({i, i - 1, 0.25});
    tree.push_back({(i - 1) / 3, i, 1.0 + i % 5});
  }
  cycle = path;
  cycle.push_back({199, 0, 2.0});
  EXPECT_LT(error_of_solution(200, path), 1e-11);
  EXPECT_LT(error_of_solution(200, tree), 1e-11);
  EXPECT_LT(error_of_solution(200, cycle), 1e-11);
}

TEST(ApproximateCholesky, TakesSeveralComponentsAndLevelsWithoutEdges) {
  std::vector<engine::Edge> edges;
  for (std::int32_t i = 1; i < 60; ++i) {
    if (i % 20 != 0) edges.push_back({i - 1, i, 1.0});
  }
  EXPECT_LT(error_of_solution(65, edges), 1e-12);
}

TEST(ApproximateCholesky, IsTheExactFactorInExpectation) {
  Random random(4, "dense graph", 0);
  std::vector<engine::Edge> edges;
  for (std::int32_t a = 0; a < 12; ++a) {
    for (std::int32_t b = a + 1; b < 12; ++b) edges.push_back({a, b, 0.5 + random.uniform()});
  }
  const Matrix L = laplacian(12, edges);
  // M^-1 applied to L x stays near x for every seed: eigenvalues within a fixed band, one on average.
  double mean = 0.0;
  constexpr int seeds = 400;
  const Vector x = (Vector::LinSpaced(12, -1.0, 1.0).array().cube()).matrix();
  const Vector r = L * x;
  for (int seed = 1; seed <= seeds; ++seed) {
    engine::RowBlock rhs(12, 4), found(12, 4);
    for (Index i = 0; i < 12; ++i) rhs.row(i)[0] = r(i);
    engine::ApproximateCholesky(12, edges, static_cast<std::uint64_t>(seed)).solve(rhs, found, 0);
    double energy = 0.0;
    for (Index i = 0; i < 12; ++i) energy += r(i) * found.row(i)[0];
    EXPECT_GT(energy, 0.1 * x.dot(r));
    EXPECT_LT(energy, 10.0 * x.dot(r));
    mean += energy / seeds;
  }
  EXPECT_NEAR(mean / x.dot(r), 1.3, 0.5);
}

TEST(Semidefinite, LeavesOutDependentColumns) {
  Matrix B = noise(9, 5, 2);
  B.col(3) = B.col(0) - 2.0 * B.col(1);
  const Matrix S = B.transpose() * B;
  const engine::SemidefiniteSolver solver(S, S.diagonal());
  EXPECT_EQ(solver.kept(), (std::vector<Index>{0, 1, 2, 4}));
  const Matrix h = S * noise(5, 2, 6);
  Matrix x = h;
  solver.solve(x);
  EXPECT_LT((S * x - h).norm(), 1e-11 * h.norm());
}

TEST(Ritz, IsTheSmallestEigenvalueAfterAllSteps) {
  // Conjugate gradients by hand on a diagonal matrix.
  const Vector d = (Vector(4) << 0.01, 0.5, 1.0, 3.0).finished();
  Vector r = Vector::Ones(4);
  Vector p = r;
  engine::Lanczos lanczos;
  for (int step = 0; step < 4; ++step) {
    const Vector q = d.cwiseProduct(p);
    const double rho = r.squaredNorm();
    const double alpha = rho / p.dot(q);
    r -= alpha * q;
    const double beta = r.squaredNorm() / rho;
    lanczos.add(alpha, beta);
    p = r + beta * p;
  }
  EXPECT_NEAR(lanczos.smallest_ritz(), 0.01, 2e-5);
}

}  // namespace
}  // namespace panelist
