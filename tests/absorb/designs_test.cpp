// SPDX-License-Identifier: Apache-2.0
// Five hundred small random designs against dense QR with all dummies, by the small exact path and by the engine; then
// what must not change an answer: order of rows, names of levels, repeated rows, units, threads.
#include <Eigen/QR>
#include <numeric>

#include "absorb/absorber.h"
#include "base/random.h"

namespace panelist {
namespace {

struct Problem {
  std::vector<AbsorbFactor> factors;
  Vector w;
  Matrix V;  // y, x1, x2
};

AbsorbFactor factor_of(const std::string& name, std::vector<Level> raw) {
  std::map<Level, Level> ids;
  for (const Level level : raw) ids.emplace(level, 0);
  Level next = 0;
  for (auto& [level, id] : ids) id = next++;
  for (Level& level : raw) level = ids.at(level);
  AbsorbFactor factor;
  factor.name = name;
  factor.n_levels = next;
  factor.level = std::move(raw);
  return factor;
}

using Ids = std::vector<Level>;

Ids random_ids(Random& random, Level rows, Level levels) {
  Ids ids(static_cast<std::size_t>(rows));
  for (Level& id : ids) id = static_cast<Level>(random.below(static_cast<std::uint32_t>(levels)));
  return ids;
}

template <typename Change>
Ids changed(const Ids& ids, const Change& change) {
  Ids other;
  for (const Level id : ids) other.push_back(change(id));
  return other;
}

// The kinds of graph. Each gives the first two factors; more factors are added at random.
struct Kind {
  const char* name;
  std::pair<Ids, Ids> (*graph)(Random&, Level rows);
};

std::pair<Ids, Ids> connected(Random& random, Level rows) {
  return {random_ids(random, rows, 2 + rows / 6), random_ids(random, rows, 2 + rows / 12)};
}

// Parts that share no level.
std::pair<Ids, Ids> disconnected(Random& random, Level rows) {
  const Ids part = random_ids(random, rows, 4);
  std::pair<Ids, Ids> ids = connected(random, rows);
  for (std::size_t i = 0; i < part.size(); ++i) {
    ids.first[i] += 1000 * part[i];
    ids.second[i] += 1000 * part[i];
  }
  return ids;
}

std::pair<Ids, Ids> path(Random& random, Level rows) {
  std::pair<Ids, Ids> ids;
  for (Level i = 0; i < rows; ++i) {
    ids.first.push_back(i / 3);
    ids.second.push_back(i / 3 + (i % 3 == 0 ? 1 : 0) + (random.below(40) == 0 ? 1 : 0));
  }
  return ids;
}

std::pair<Ids, Ids> nested_levels(Random& random, Level rows) {
  const Ids inner = random_ids(random, rows, 2 + rows / 5);
  return {inner, changed(inner, [](Level id) { return id / 4; })};
}

std::pair<Ids, Ids> almost_aliased(Random& random, Level rows) {
  const Ids own = random_ids(random, rows, 2 + rows / 5);
  return {own, changed(own, [&](Level id) { return random.below(25) == 0 ? id + 1 : id; })};
}

std::pair<Ids, Ids> identical(Random& random, Level rows) {
  const Ids own = random_ids(random, rows, 2 + rows / 5);
  return {own, changed(own, [](Level id) { return 7 - id; })};
}

std::pair<Ids, Ids> one_level(Random& random, Level rows) {
  return {random_ids(random, rows, 2 + rows / 6), Ids(static_cast<std::size_t>(rows), 3)};
}

std::pair<Ids, Ids> all_in_one_level(Random&, Level rows) {
  return {Ids(static_cast<std::size_t>(rows), 1), Ids(static_cast<std::size_t>(rows), 2)};
}

std::pair<Ids, Ids> mostly_singletons(Random& random, Level rows) {
  Ids ids(static_cast<std::size_t>(rows));
  std::iota(ids.begin(), ids.end(), 0);
  for (std::size_t i = 0; i < ids.size() / 2; ++i) ids[i] /= 3;
  return {ids, random_ids(random, rows, 6)};
}

std::pair<Ids, Ids> every_row_its_own(Random& random, Level rows) {
  Ids ids(static_cast<std::size_t>(rows));
  std::iota(ids.begin(), ids.end(), 0);
  return {random_ids(random, rows, 5), ids};
}

const Kind kinds[] = {
    {"connected", connected},
    {"disconnected", disconnected},
    {"path", path},
    {"nested", nested_levels},
    {"almost aliased", almost_aliased},
    {"identical", identical},
    {"one level", one_level},
    {"all in one level", all_in_one_level},
    {"mostly singletons", mostly_singletons},
    {"every row its own", every_row_its_own},
};

Matrix variables(Random& random, const std::vector<AbsorbFactor>& factors, Index rows) {
  Matrix V(rows, 3);
  for (Index i = 0; i < rows; ++i) {
    double effect = 0.0;
    for (const AbsorbFactor& factor : factors)
      effect += std::sin(1.0 + factor.level[static_cast<std::size_t>(i)]);
    V(i, 1) = random.normal() + effect;
    V(i, 2) = 100.0 + random.normal() - 3.0 * effect;
    V(i, 0) = V(i, 1) - 0.5 * V(i, 2) + 2.0 * effect + random.normal();
  }
  return V;
}

// Design `seed`: kind, number of factors (2, 3, 4), order of factors and weights all follow from it.
Problem design(const Kind& kind, std::uint64_t seed, Level rows) {
  Random random(seed, kind.name, 1);
  const auto [first, second] = kind.graph(random, rows);
  Problem problem;
  problem.factors = {factor_of("f0", first), factor_of("f1", second)};
  if (seed % 3 > 0) problem.factors.push_back(factor_of("f2", random_ids(random, rows, 5)));
  if (seed % 3 > 1) {
    const Ids ids = changed(first, [&](Level id) { return random.below(3) == 0 ? id / 7 : id / 8; });
    problem.factors.push_back(factor_of("f3", ids));
  }
  const auto turn = static_cast<long>(random.below(static_cast<std::uint32_t>(problem.factors.size())));
  std::rotate(problem.factors.begin(), problem.factors.begin() + turn, problem.factors.end());
  if (seed % 2 == 0) {
    problem.w.resize(rows);
    for (double& weight : problem.w) weight = 0.1 + 3.0 * random.uniform();
  }
  problem.V = variables(random, problem.factors, rows);
  return problem;
}

// --- the reference ---------------------------------------------------------------------------------------------

Matrix dummies(const std::vector<AbsorbFactor>& factors, std::size_t count) {
  const auto n = static_cast<Index>(factors.front().level.size());
  Index columns = 0;
  for (std::size_t q = 0; q < count; ++q) columns += factors[q].n_levels;
  Matrix D = Matrix::Zero(n, columns);
  Index offset = 0;
  for (std::size_t q = 0; q < count; ++q) {
    for (Index i = 0; i < n; ++i) D(i, offset + factors[q].level[static_cast<std::size_t>(i)]) = 1.0;
    offset += factors[q].n_levels;
  }
  return D;
}

Index dense_rank(const Matrix& D) {
  Eigen::ColPivHouseholderQR<Matrix> qr(D);
  qr.setThreshold(1e-10);
  return qr.rank();
}

Vector root_of(const Problem& problem) {
  return problem.w.size() > 0 ? Vector(problem.w.cwiseSqrt()) : Vector::Ones(problem.V.rows());
}

struct Regression {
  Vector b, se;
};

// Of columns that are multiplied by the roots of the weights.
Regression regression(const Matrix& columns, Index df) {
  const Matrix X = columns.rightCols(2);
  Regression found;
  found.b = X.householderQr().solve(columns.col(0));
  const double sigma2 = (columns.col(0) - X * found.b).squaredNorm() / static_cast<double>(df);
  found.se = ((X.transpose() * X).inverse().diagonal() * sigma2).cwiseSqrt();
  return found;
}

Matrix dense_residual(const Problem& problem) {
  const Matrix D = root_of(problem).asDiagonal() * dummies(problem.factors, problem.factors.size());
  const Matrix target = root_of(problem).asDiagonal() * problem.V;
  Eigen::CompleteOrthogonalDecomposition<Matrix> qr;
  qr.setThreshold(1e-10);
  qr.compute(D);
  Matrix residual = target - D * qr.solve(target);
  residual -= D * qr.solve(residual);  // takes out the rounding of the first
  return residual;
}

AbsorbOptions exact_path() {
  AbsorbOptions options;
  options.dense_levels = 1 << 20;
  return options;
}

AbsorbOptions engine_path() {
  AbsorbOptions options;
  options.dense_levels = 0;
  return options;
}

void expect_exact_degrees(const Absorber& absorber, const Problem& problem) {
  Index before = 0;
  for (std::size_t q = 0; q < problem.factors.size(); ++q) {
    const Index rank = dense_rank(dummies(problem.factors, q + 1));
    const FactorDegrees& degrees = absorber.degrees()[q];
    EXPECT_TRUE(degrees.exact) << "factor " << q;
    EXPECT_EQ(degrees.levels, problem.factors[q].n_levels);
    EXPECT_EQ(degrees.levels - degrees.redundant, rank - before) << "factor " << q;
    before = rank;
  }
  EXPECT_EQ(absorber.rank(), before);
}

// Returns whether coefficients were there to be compared; counts the runs that iterated.
bool expect_dense_answer(const Problem& problem, const AbsorbOptions& options, int& iterated) {
  const Absorber absorber({}, problem.factors, problem.w, options);
  Matrix found = problem.V;
  const AbsorbReport report = absorber.absorb({}, found);
  EXPECT_TRUE(report.converged);
  iterated += report.iterations > 0 ? 1 : 0;
  expect_exact_degrees(absorber, problem);
  found = root_of(problem).asDiagonal() * found;
  const Matrix expected = dense_residual(problem);
  const Index df = problem.V.rows() - absorber.rank() - 2;
  if (df < 3) {
    EXPECT_LT((found - expected).norm(), 1e-10 * problem.V.norm());
    return false;
  }
  const Regression ours = regression(found, df), reference = regression(expected, df);
  const Vector errors = (ours.b - reference.b).cwiseAbs().cwiseQuotient(reference.se);
  EXPECT_LT(errors.maxCoeff(), 1e-10);
  EXPECT_LT((ours.se - reference.se).cwiseAbs().cwiseQuotient(reference.se).maxCoeff(), 1e-9);
  return true;
}

TEST(Designs, FiveHundredAgreeWithDenseQrOfAllDummies) {
  int compared = 0, iterated = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    for (const Kind& kind : kinds) {
      const Problem problem = design(kind, seed, 40 + static_cast<Level>(seed % 5) * 15);
      for (const AbsorbOptions& options : {exact_path(), engine_path()}) {
        SCOPED_TRACE(testing::Message() << kind.name << " " << seed << " dense " << options.dense_levels);
        compared += expect_dense_answer(problem, options, iterated) ? 1 : 0;
        if (HasFailure()) return;
      }
    }
  }
  EXPECT_GE(compared, 800);
  EXPECT_GE(iterated, 300);
}

// What the effects span is gone. Where rounding ends the iterations above that, the report says so and bounds it.
TEST(Designs, LeaveNothingOfTheirOwnLevels) {
  int unfinished = 0;
  for (const Kind& kind : kinds) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      Problem problem = design(kind, seed, 90);
      for (Index i = 0; i < 90; ++i)
        problem.V(i, 0) = 5.0 + 3.0 * problem.factors.back().level[static_cast<std::size_t>(i)];
      for (const AbsorbOptions& options : {exact_path(), engine_path()}) {
        Matrix found = problem.V;
        const AbsorbReport report = Absorber({}, problem.factors, problem.w, options).absorb({}, found);
        const double before = problem.V.col(0).norm();
        unfinished += report.converged ? 0 : 1;
        const double left = (root_of(problem).asDiagonal() * found).col(0).norm();
        EXPECT_LE(left, report.converged ? 1e-10 * before : report.errors[0]) << kind.name << " " << seed;
      }
    }
  }
  EXPECT_LE(unfinished, 1);
}

// --- what must not change an answer ----------------------------------------------------------------------------

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

TEST(Designs, TakeRowsInAnyOrder) {
  on_every_kind([](const Problem& problem, const AbsorbOptions& options) {
    const std::vector<Index> order = random_order(problem.V.rows());
    const Problem other = rows_of(problem, order);
    expect_same(residual(problem, options)(order, Eigen::all), residual(other, options), problem);
  });
}

TEST(Designs, DoNotDependOnTheNumbersOfLevels) {
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

TEST(Designs, TakeFrequencyWeightsAsRepeatedRows) {
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

TEST(Designs, DoNotDependOnUnits) {
  on_every_kind([](const Problem& problem, const AbsorbOptions& options) {
    const Vector units = Vector::Map(std::vector<double>{1e8, 1e-8, 1.0}.data(), 3);
    Problem scaled = problem;
    scaled.V = problem.V * units.asDiagonal();
    const Matrix found = residual(scaled, options) * units.cwiseInverse().asDiagonal();
    expect_same(residual(problem, options), found, problem);
  });
}

TEST(Designs, FollowFrischWaughAndLovell) {
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

TEST(Designs, AreBitEqualForAnyNumberOfThreads) {
  for (const Kind& kind : kinds) {
    const Problem problem = design(kind, 8, 30000);
    const Matrix one = residual(problem, engine_path());
    for (const int threads : {2, 5}) EXPECT_EQ(one, residual(problem, engine_path(), threads)) << kind.name;
  }
}

}  // namespace
}  // namespace panelist
