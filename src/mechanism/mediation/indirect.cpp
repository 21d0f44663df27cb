// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/indirect.h"

#include "base/distribution.h"
#include "base/random.h"
#include "mechanism/joint/influence.h"
#include "mechanism/joint/term.h"
#include "table/statistics.h"

namespace panelist {
namespace {

// Covariance of (a_1 .. a_k, b_1 .. b_k): own blocks from each equation, the rest by stacking.
Matrix joint_covariance(const Context& context, const std::string& x, const std::vector<std::string>& terms,
                        const Mediation& mediation) {
  const Index k = static_cast<Index>(terms.size());
  struct Place {
    const Estimation* model;
    Index term;
  };
  std::vector<Place> places;
  for (const Estimation& model : mediation.mediator_models)
    places.push_back({&model, position_of(*model.fit, x)});
  const Estimation& outcome = mediation.outcome_model;
  for (const std::string& term : terms) places.push_back({&outcome, position_of(*outcome.fit, term)});
  Matrix covariance(2 * k, 2 * k);
  for (Index i = 0; i < 2 * k; ++i)
    for (Index j = 0; j <= i; ++j) {
      const Place &first = places[static_cast<std::size_t>(i)], &second = places[static_cast<std::size_t>(j)];
      covariance(i, j) = covariance(j, i) =
          first.model == second.model
              ? first.model->vcov.matrix(first.term, second.term)
              : cross_covariance(context, *first.model, first.term, *second.model, second.term);
    }
  return covariance;
}

// Of a sum of products: own variances alone in Sobel and its kin, the whole covariance in delta.
IndirectEffect indirect_effect(const Vector& a, const Vector& b, const Matrix& covariance,
                               const std::vector<Index>& paths) {
  const Index k = a.size();
  IndirectEffect effect{};
  double sobel = 0, products = 0;
  Vector gradient = Vector::Zero(2 * k);
  for (const Index j : paths) {
    const double va = covariance(j, j), vb = covariance(k + j, k + j);
    effect.estimate += a(j) * b(j);
    sobel += a(j) * a(j) * vb + b(j) * b(j) * va;
    products += va * vb;
    gradient(j) = b(j);
    gradient(k + j) = a(j);
  }
  effect.sobel_se = std::sqrt(sobel);
  effect.aroian_se = std::sqrt(sobel + products);
  effect.goodman_se = sobel > products ? std::sqrt(sobel - products) : missing_value;
  effect.delta_se = std::sqrt(gradient.dot(covariance * gradient));
  effect.sobel_z = effect.estimate / effect.sobel_se;
  effect.delta_z = effect.estimate / effect.delta_se;
  effect.sobel_p = normal_two_sided(effect.sobel_z);
  effect.delta_p = normal_two_sided(effect.delta_z);
  return effect;
}

}  // namespace

namespace {

// draws x paths: products of (a, b) drawn from their joint normal law.
Matrix drawn_products(const MediationSpec& spec, const Vector& a, const Vector& b, const Matrix& covariance) {
  const Index k = a.size();
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(covariance);
  const Matrix root = eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
  Matrix products(spec.draws, k);
  Vector z(2 * k);
  for (int draw = 0; draw < spec.draws; ++draw) {
    Random random(spec.seed, spec.stream + " Monte Carlo", static_cast<std::uint64_t>(draw));
    for (Index i = 0; i < 2 * k; ++i) z(i) = random.normal();
    const Vector shift = root * z;
    products.row(draw) = ((a + shift.head(k)).array() * (b + shift.tail(k)).array()).transpose();
  }
  return products;
}

MonteCarloInterval interval_of(const Vector& draws, double level) {
  const std::vector<double> values(draws.data(), draws.data() + draws.size());
  return {static_cast<int>(draws.size()), percentile(values, 50 * (1 - level)),
          percentile(values, 50 * (1 + level))};
}

void add_monte_carlo(const MediationSpec& spec, const Vector& a, const Vector& b, const Matrix& covariance,
                     Mediation& mediation) {
  if (spec.draws < fewest_draws) return;
  const Matrix products = drawn_products(spec, a, b, covariance);
  for (Index j = 0; j < a.size(); ++j)
    mediation.paths[static_cast<std::size_t>(j)].indirect.monte_carlo =
        interval_of(products.col(j), spec.total.level);
  if (mediation.total_indirect)
    mediation.total_indirect->monte_carlo = interval_of(products.rowwise().sum(), spec.total.level);
}

}  // namespace

void fill_indirect_effects(const Context& context, const MediationSpec& spec,
                           const std::vector<std::string>& terms, Mediation& mediation) {
  const std::string& x = spec.x;
  const Index k = static_cast<Index>(terms.size());
  Vector a(k), b(k);
  std::vector<Index> all;
  for (Index j = 0; j < k; ++j) {
    const std::size_t m = static_cast<std::size_t>(j);
    MediationPath path{};
    path.mediator = terms[m];
    path.a = coefficient_of(mediation.mediator_models[m], x);
    path.b = coefficient_of(mediation.outcome_model, terms[m]);
    a(j) = path.a.estimate;
    b(j) = path.b.estimate;
    mediation.paths.push_back(path);
    all.push_back(j);
  }
  const Matrix covariance = joint_covariance(context, x, terms, mediation);
  for (Index j = 0; j < k; ++j) {
    MediationPath& path = mediation.paths[static_cast<std::size_t>(j)];
    path.indirect = indirect_effect(a, b, covariance, {j});
    path.share = path.indirect.estimate / mediation.total_effect.estimate;
  }
  if (k > 1) mediation.total_indirect = indirect_effect(a, b, covariance, all);
  add_monte_carlo(spec, a, b, covariance, mediation);
}

}  // namespace panelist
