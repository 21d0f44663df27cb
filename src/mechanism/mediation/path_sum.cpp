// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/path_sum.h"

#include "base/distribution.h"

namespace panelist {
namespace {

double product_of(const PathProduct& term, const Vector& theta) {
  double product = term.weight;
  for (const Index i : term.factors) product *= theta(i);
  return product;
}

// Sum over the products a b of var(a) var(b); missing when there is a product of another length.
double products_of_variances(const PathSum& sum, const Matrix& covariance) {
  double products = 0;
  for (const PathProduct& term : sum) {
    if (term.factors.size() != 2) return missing_value;
    products += covariance(term.factors[0], term.factors[0]) * covariance(term.factors[1], term.factors[1]);
  }
  return products;
}

}  // namespace

double value_of(const PathSum& sum, const Vector& theta) {
  double value = 0;
  for (const PathProduct& term : sum) value += product_of(term, theta);
  return value;
}

Vector gradient_of(const PathSum& sum, const Vector& theta) {
  Vector gradient = Vector::Zero(theta.size());
  for (const PathProduct& term : sum)
    for (std::size_t i = 0; i < term.factors.size(); ++i) {
      PathProduct others = term;
      others.factors.erase(others.factors.begin() + static_cast<std::ptrdiff_t>(i));
      gradient(term.factors[i]) += product_of(others, theta);
    }
  return gradient;
}

PathSum difference_of(const PathSum& first, const PathSum& second) {
  PathSum difference = first;
  for (PathProduct term : second) {
    term.weight = -term.weight;
    difference.push_back(std::move(term));
  }
  return difference;
}

IndirectEffect effect_of(const PathSum& sum, const Vector& theta, const Matrix& covariance) {
  IndirectEffect effect{};
  const Vector gradient = gradient_of(sum, theta);
  const double sobel = gradient.cwiseAbs2().dot(covariance.diagonal());
  const double products = products_of_variances(sum, covariance);
  effect.estimate = value_of(sum, theta);
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

Vector values_of(const PathSum& sum, const Matrix& draws) {
  Vector values(draws.rows());
  for (Index r = 0; r < draws.rows(); ++r) values(r) = value_of(sum, draws.row(r).transpose());
  return values;
}

}  // namespace panelist
