// SPDX-License-Identifier: Apache-2.0
// Small random designs of ten kinds, with their residual by dense QR of all dummies.
#pragma once
#include <Eigen/QR>
#include <map>
#include <numeric>

#include "absorb/absorber.h"
#include "base/random.h"

namespace panelist::designs {

struct Problem {
  std::vector<AbsorbFactor> factors;
  Vector w;
  Matrix V;  // y, x1, x2
};

inline AbsorbFactor factor_of(const std::string& name, std::vector<Level> raw) {
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

inline Ids random_ids(Random& random, Level rows, Level levels) {
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

inline std::pair<Ids, Ids> connected(Random& random, Level rows) {
  return {random_ids(random, rows, 2 + rows / 6), random_ids(random, rows, 2 + rows / 12)};
}

// Parts that share no level.
inline std::pair<Ids, Ids> disconnected(Random& random, Level rows) {
  const Ids part = random_ids(random, rows, 4);
  std::pair<Ids, Ids> ids = connected(random, rows);
  for (std::size_t i = 0; i < part.size(); ++i) {
    ids.first[i] += 1000 * part[i];
    ids.second[i] += 1000 * part[i];
  }
  return ids;
}

inline std::pair<Ids, Ids> path(Random& random, Level rows) {
  std::pair<Ids, Ids> ids;
  for (Level i = 0; i < rows; ++i) {
    ids.first.push_back(i / 3);
    ids.second.push_back(i / 3 + (i % 3 == 0 ? 1 : 0) + (random.below(40) == 0 ? 1 : 0));
  }
  return ids;
}

inline std::pair<Ids, Ids> nested_levels(Random& random, Level rows) {
  const Ids inner = random_ids(random, rows, 2 + rows / 5);
  return {inner, changed(inner, [](Level id) { return id / 4; })};
}

inline std::pair<Ids, Ids> almost_aliased(Random& random, Level rows) {
  const Ids own = random_ids(random, rows, 2 + rows / 5);
  return {own, changed(own, [&](Level id) { return random.below(25) == 0 ? id + 1 : id; })};
}

inline std::pair<Ids, Ids> identical(Random& random, Level rows) {
  const Ids own = random_ids(random, rows, 2 + rows / 5);
  return {own, changed(own, [](Level id) { return 7 - id; })};
}

inline std::pair<Ids, Ids> one_level(Random& random, Level rows) {
  return {random_ids(random, rows, 2 + rows / 6), Ids(static_cast<std::size_t>(rows), 3)};
}

inline std::pair<Ids, Ids> all_in_one_level(Random&, Level rows) {
  return {Ids(static_cast<std::size_t>(rows), 1), Ids(static_cast<std::size_t>(rows), 2)};
}

inline std::pair<Ids, Ids> mostly_singletons(Random& random, Level rows) {
  Ids ids(static_cast<std::size_t>(rows));
  std::iota(ids.begin(), ids.end(), 0);
  for (std::size_t i = 0; i < ids.size() / 2; ++i) ids[i] /= 3;
  return {ids, random_ids(random, rows, 6)};
}

inline std::pair<Ids, Ids> every_row_its_own(Random& random, Level rows) {
  Ids ids(static_cast<std::size_t>(rows));
  std::iota(ids.begin(), ids.end(), 0);
  return {random_ids(random, rows, 5), ids};
}

inline const Kind kinds[] = {
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

inline Matrix variables(Random& random, const std::vector<AbsorbFactor>& factors, Index rows) {
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
inline Problem design(const Kind& kind, std::uint64_t seed, Level rows) {
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

inline Matrix dummies(const std::vector<AbsorbFactor>& factors, std::size_t count) {
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

inline Vector root_of(const Problem& problem) {
  return problem.w.size() > 0 ? Vector(problem.w.cwiseSqrt()) : Vector::Ones(problem.V.rows());
}

struct Regression {
  Vector b, se;
};

// Of columns that are multiplied by the roots of the weights.
inline Regression regression(const Matrix& columns, Index df) {
  const Matrix X = columns.rightCols(2);
  Regression found;
  found.b = X.householderQr().solve(columns.col(0));
  const double sigma2 = (columns.col(0) - X * found.b).squaredNorm() / static_cast<double>(df);
  found.se = ((X.transpose() * X).inverse().diagonal() * sigma2).cwiseSqrt();
  return found;
}

inline Matrix dense_residual(const Problem& problem) {
  const Matrix D = root_of(problem).asDiagonal() * dummies(problem.factors, problem.factors.size());
  const Matrix target = root_of(problem).asDiagonal() * problem.V;
  Eigen::CompleteOrthogonalDecomposition<Matrix> qr;
  qr.setThreshold(1e-10);
  qr.compute(D);
  Matrix residual = target - D * qr.solve(target);
  residual -= D * qr.solve(residual);  // takes out the rounding of the first
  return residual;
}

inline AbsorbOptions exact_path() {
  AbsorbOptions options;
  options.dense_levels = 1 << 20;
  return options;
}

inline AbsorbOptions engine_path() {
  AbsorbOptions options;
  options.dense_levels = 0;
  return options;
}

}  // namespace panelist::designs
