// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/path_system.h"

#include "base/random.h"
#include "mechanism/joint/influence.h"
#include "mechanism/joint/term.h"
#include "table/statistics.h"

namespace panelist {
namespace {

// Position of d_(from, to), from < to, among theta: row by row of the strict upper triangle.
std::size_t link_position(std::size_t from, std::size_t to, std::size_t mediators) {
  std::size_t before = 2 * mediators;
  for (std::size_t row = 0; row < from; ++row) before += mediators - 1 - row;
  return before + (to - from - 1);
}

}  // namespace

std::vector<Coefficient> coefficients_of(const PathSystem& system) {
  std::vector<Coefficient> found;
  for (const PathCoefficient& wanted : system.coefficients)
    found.push_back(coefficient_of(*system.equations[wanted.equation], wanted.term));
  return found;
}

Vector estimates_of(const std::vector<Coefficient>& coefficients) {
  Vector estimates(static_cast<Index>(coefficients.size()));
  for (std::size_t i = 0; i < coefficients.size(); ++i)
    estimates(static_cast<Index>(i)) = coefficients[i].estimate;
  return estimates;
}

Matrix joint_covariance(const Context& context, const PathSystem& system) {
  struct Place {
    const Estimation* model;
    Index term;
  };
  std::vector<Place> places;
  for (const PathCoefficient& wanted : system.coefficients) {
    const Estimation* model = system.equations[wanted.equation];
    places.push_back({model, position_of(*model->fit, wanted.term)});
  }
  const Index k = static_cast<Index>(places.size());
  Matrix covariance(k, k);
  for (Index i = 0; i < k; ++i)
    for (Index j = 0; j <= i; ++j) {
      const Place &first = places[static_cast<std::size_t>(i)], &second = places[static_cast<std::size_t>(j)];
      covariance(i, j) = covariance(j, i) =
          first.model == second.model
              ? first.model->vcov.matrix(first.term, second.term)
              : cross_covariance(context, *first.model, first.term, *second.model, second.term);
    }
  return covariance;
}

Matrix monte_carlo_draws(const MediationSpec& spec, const Vector& theta, const Matrix& covariance) {
  if (spec.draws < fewest_draws) return {};
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(covariance);
  const Matrix root = eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
  Matrix draws(spec.draws, theta.size());
  Vector z(theta.size());
  for (int draw = 0; draw < spec.draws; ++draw) {
    Random random(spec.seed, spec.stream + " Monte Carlo", static_cast<std::uint64_t>(draw));
    for (Index i = 0; i < z.size(); ++i) z(i) = random.normal();
    draws.row(draw) = (theta + root * z).transpose();
  }
  return draws;
}

MonteCarloInterval monte_carlo_interval(const Vector& values, double level) {
  const std::vector<double> sample(values.data(), values.data() + values.size());
  return {static_cast<int>(values.size()), percentile(sample, 50 * (1 - level)),
          percentile(sample, 50 * (1 + level))};
}

PathSystem system_of(const MediationSpec& spec, const std::vector<std::string>& terms,
                     const Mediation& mediation) {
  const std::size_t k = terms.size();
  PathSystem system;
  for (const Estimation& model : mediation.mediator_models) system.equations.push_back(&model);
  system.equations.push_back(&mediation.outcome_model);
  for (std::size_t j = 0; j < k; ++j) system.coefficients.push_back({j, spec.x});
  for (const std::string& term : terms) system.coefficients.push_back({k, term});
  if (!spec.serial) return system;
  for (std::size_t from = 0; from < k; ++from)
    for (std::size_t to = from + 1; to < k; ++to) system.coefficients.push_back({to, terms[from]});
  return system;
}

std::vector<std::vector<std::size_t>> elementary_paths(std::size_t mediators, bool serial) {
  std::vector<std::vector<std::size_t>> paths;
  for (std::size_t j = 0; j < mediators; ++j) paths.push_back({j});
  if (!serial) return paths;
  for (std::size_t first = 0; first < paths.size(); ++first)  // grows while it is read
    for (std::size_t next = paths[first].back() + 1; next < mediators; ++next) {
      std::vector<std::size_t> longer = paths[first];
      longer.push_back(next);
      paths.push_back(std::move(longer));
    }
  return paths;
}

PathSum path_along(const std::vector<std::size_t>& path, std::size_t mediators) {
  PathProduct product;
  product.factors.push_back(static_cast<Index>(path.front()));
  for (std::size_t step = 0; step + 1 < path.size(); ++step)
    product.factors.push_back(static_cast<Index>(link_position(path[step], path[step + 1], mediators)));
  product.factors.push_back(static_cast<Index>(mediators + path.back()));
  return {product};
}

}  // namespace panelist
