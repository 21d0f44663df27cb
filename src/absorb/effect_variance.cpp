// SPDX-License-Identifier: Apache-2.0
// With G taken apart around e (system/generalised_inverse.h), n'G^- n = n_e' G_ee^-1 n_e + r'P r, r = n_R - K'n_e. A row
// of N is a level's own unit vector plus what normalisation adds, which is the same for all levels of a factor in a
// component.
#include "absorb/effect_variance.h"

#include <map>

#include "absorb/system/generalised_inverse.h"
#include "absorb/system/levels.h"

namespace panelist {
namespace {

// Components of all levels, numbered.
struct Components {
  std::vector<std::vector<Index>> of;  // by factor and level
  Index count = 0;
};

Components numbered(const std::vector<AbsorbFactor>& factors) {
  Components components{level_components(factors).root, 0};
  std::map<Index, Index> numbers;
  for (std::vector<Index>& own : components.of)
    for (Index& root : own) root = numbers.emplace(root, static_cast<Index>(numbers.size())).first->second;
  components.count = static_cast<Index>(numbers.size());
  return components;
}

class Variances {
 public:
  Variances(const TakenApart& system, Components components)
      : system_(system), components_(std::move(components)), e_(system.eliminated_factor()) {
    measure_eliminated();
    average();
  }

  [[nodiscard]] Vector of_factor(std::size_t q) {
    const Matrix added = added_by_normalisation(q);
    const Matrix image = system_.reduced_inverse() * added;
    const Vector squares = added.cwiseProduct(image).colwise().sum();
    Vector values(system_.spaces()[q].levels());
    for (Index level = 0; level < values.size(); ++level) {
      const Index c = components_.of[q][static_cast<std::size_t>(level)];
      const double share = share_of_eliminated(q, c);
      values(level) =
          squares(c) + share * share * inverse_weights_(c) +
          (q == e_ ? of_eliminated(level, image.col(c), share) : of_reduced(q, level, image.col(c)));
    }
    return values;
  }

 private:
  // Sums over the levels of e in each component: of 1/d, of ones, of K.
  void measure_eliminated() {
    const Index levels = system_.eliminated().levels();
    inverse_weights_ = eliminated_levels_ = Vector::Zero(components_.count);
    K_sums_ = Matrix::Zero(system_.offsets().back(), components_.count);
    scratch_ = system_.scratch();
    for (Index level = 0; level < levels; ++level) {
      const Index c = components_.of[e_][static_cast<std::size_t>(level)];
      own_.push_back(system_.level(level, scratch_));
      inverse_weights_(c) += own_.back().inverse(0, 0);
      eliminated_levels_(c) += 1.0;
      for (std::size_t j = 0; j < own_.back().touched.size(); ++j)
        K_sums_(own_.back().touched[j], c) += own_.back().K(0, static_cast<Index>(j));
    }
  }

  // r of the mean of each factor, by component.
  void average() {
    for (std::size_t q = 0; q < components_.of.size(); ++q) {
      if (q == e_) {
        means_.emplace_back(-K_sums_ * eliminated_levels_.cwiseInverse().asDiagonal());
        continue;
      }
      means_.emplace_back(Matrix::Zero(system_.offsets().back(), components_.count));
      Vector count = Vector::Zero(components_.count);
      for (const Index c : components_.of[q]) count(c) += 1.0;
      for (std::size_t level = 0; level < components_.of[q].size(); ++level) {
        const Index c = components_.of[q][level];
        means_.back()(system_.offsets()[q] + static_cast<Index>(level), c) = 1.0 / count(c);
      }
    }
  }

  [[nodiscard]] Matrix added_by_normalisation(std::size_t q) const {
    if (q > 0) return -means_[q];
    Matrix added = Matrix::Zero(system_.offsets().back(), components_.count);
    for (std::size_t later = 1; later < means_.size(); ++later) added += means_[later];
    return added;
  }

  // What normalisation adds at each level of e.
  [[nodiscard]] double share_of_eliminated(std::size_t q, Index component) const {
    if (q > 0) return q == e_ ? -1.0 / eliminated_levels_(component) : 0.0;
    return e_ > 0 ? 1.0 / eliminated_levels_(component) : 0.0;
  }

  template <typename Column>
  [[nodiscard]] double of_eliminated(Index level, const Column& image, double share) const {
    const TakenApart::OfLevel& own = own_[static_cast<std::size_t>(level)];
    const Vector K = own.K.row(0);
    const Matrix P = system_.reduced_inverse()(own.touched, own.touched);
    return own.inverse(0, 0) * (1.0 + 2.0 * share) + K.dot(P * K) - 2.0 * K.dot(Vector(image(own.touched)));
  }

  template <typename Column>
  [[nodiscard]] double of_reduced(std::size_t q, Index level, const Column& image) const {
    const Index j = system_.offsets()[q] + level;
    return system_.reduced_inverse()(j, j) + 2.0 * image(j);
  }

  const TakenApart& system_;
  Components components_;
  std::size_t e_;
  std::vector<TakenApart::OfLevel> own_;
  Vector inverse_weights_, eliminated_levels_;
  Matrix K_sums_, scratch_;
  std::vector<Matrix> means_;
};

Vector inverse_weights(const FactorSpace& space) {
  Vector sums;
  space.sums(Vector::Ones(static_cast<Index>(space.level().size())), sums);
  return sums.cwiseInverse();
}

bool has_slopes(const AbsorbFactor& factor) { return factor.slopes.cols() > 0 || !factor.intercept; }

}  // namespace

EffectVariances effect_variances(const Absorber& absorber, Index dense_levels) {
  const std::vector<AbsorbFactor>& factors = absorber.given_factors();
  if (factors.empty()) return {};
  if (std::any_of(factors.begin(), factors.end(), has_slopes)) return {{}, "an effect has slopes"};
  const auto system = TakenApart::of(factors, absorber.weights(), dense_levels);
  if (system == nullptr) return {{}, "the effects besides the largest have too many levels"};
  if (factors.size() == 1) return {{inverse_weights(system->eliminated())}, ""};
  Components components = numbered(factors);
  Index levels = 0;
  for (const AbsorbFactor& factor : factors) levels += factor.n_levels;
  if (levels - system->rank() > components.count * static_cast<Index>(factors.size() - 1))
    return {{}, "the levels of the effects cannot be told apart"};
  Variances variances(*system, std::move(components));
  EffectVariances result;
  for (std::size_t q = 0; q < factors.size(); ++q) result.values.push_back(variances.of_factor(q));
  return result;
}

}  // namespace panelist
