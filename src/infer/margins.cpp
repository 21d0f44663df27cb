// SPDX-License-Identifier: Apache-2.0
#include "infer/margins.h"

#include <algorithm>
#include <cmath>

#include "base/distribution.h"

namespace panelist {
namespace {

constexpr const char* intercept_name = "(Intercept)";

const SharedVector& raw_column(const ModelFrame& frame, const std::string& name) {
  const std::vector<std::string>& names = frame.exogenous.names;
  const auto found = std::find(names.begin(), names.end(), name);
  return frame.exogenous.values.col(found - names.begin());
}

bool zero_or_one(const SharedVector& x) {
  return std::all_of(x.begin(), x.end(), [](double v) { return v == 0.0 || v == 1.0; });
}

// One margin: its value, its derivative by row of eta, and its own derivative in b_j beside.
struct Slope {
  double value = 0.0, own = 0.0;
  Vector by_row;
};

class MarginsOfFit {
 public:
  MarginsOfFit(const Context& context, const Fit& fit, const Vcov& vcov, const VcovSpec& spec)
      : context_(context), fit_(fit), vcov_(vcov), spec_(spec), kind_(find_vcov_kind(vcov.kind)) {
    const Vector& w = fit.glm->user_weights;
    share_ = w.size() > 0 ? Vector(w / w.sum()) : Vector::Constant(fit.x.rows(), 1.0 / fit.x.rows());
  }

  [[nodiscard]] Slope continuous(Index j) const {
    const Family& family = *fit_.glm->family;
    Slope slope;
    slope.by_row.resize(share_.size());
    for (Index i = 0; i < share_.size(); ++i) {
      slope.own += share_(i) * family.slope(fit_.glm->eta(i));
      slope.by_row(i) = share_(i) * family.curvature(fit_.glm->eta(i)) * fit_.coefficients(j);
    }
    slope.value = slope.own * fit_.coefficients(j);
    return slope;
  }

  [[nodiscard]] Slope discrete(Index j, const SharedVector& x) const {
    const Family& family = *fit_.glm->family;
    const double b = fit_.coefficients(j);
    Slope slope;
    slope.by_row.resize(share_.size());
    for (Index i = 0; i < share_.size(); ++i) {
      const double with = fit_.glm->eta(i) + b * (1.0 - x(i)), without = fit_.glm->eta(i) - b * x(i);
      const double up = family.slope(with), down = family.slope(without);
      slope.value += share_(i) * (family.mean(with) - family.mean(without));
      slope.own += share_(i) * (up * (1.0 - x(i)) + down * x(i));
      slope.by_row(i) = share_(i) * (up - down);
    }
    return slope;
  }

  [[nodiscard]] bool sums_scores() const { return kind_->meat != nullptr || vcov_.kind == "iid"; }

  [[nodiscard]] double variance(const Slope& slope, Index j) const {
    Vector g = fit_.x.transpose() * slope.by_row;
    g(j) += slope.own;
    // How the margin moves with alpha, by way of the effects.
    const double alpha = has_free_dispersion(fit_) ? -slope.by_row.dot(free().on_effects) : 0.0;
    if (has_free_dispersion(fit_)) g -= alpha * free().share;
    if (!sums_scores()) return g.dot(vcov_.matrix * g);
    const Vector b = fit_.bread * g;
    Vector effects = Vector::Zero(share_.size());
    if (fit_.absorber != nullptr) effects = on_effects(slope.by_row);
    if (vcov_.kind == "iid") return vcov_.factor * variance_by_information(g, effects, alpha);
    Vector score = (fit_.x * b + effects).cwiseProduct(fit_.weights).cwiseProduct(fit_.residuals);
    if (has_free_dispersion(fit_)) score += (alpha / free().information - free().share.dot(b)) * free().score;
    return vcov_.factor * kind_->meat(context_, score, fit_, spec_)(0, 0);
  }

 private:
  [[nodiscard]] const DispersionInScores& free() const { return *fit_.glm->free_dispersion; }

  [[nodiscard]] double variance_by_information(const Vector& g, const Vector& effects, double alpha) const {
    const double of_alpha = has_free_dispersion(fit_) ? alpha * alpha / free().information : 0.0;
    return g.dot(fit_.bread * g) + effects.cwiseAbs2().dot(fit_.weights) + of_alpha;
  }

  // v - v~ under the final weights.
  [[nodiscard]] Vector on_effects(const Vector& by_row) const {
    const Vector v = by_row.cwiseQuotient(fit_.weights);
    Matrix rest = v;
    fit_.absorber->absorb_or_throw(context_, rest);
    return v - rest.col(0);
  }

  const Context& context_;
  const Fit& fit_;
  const Vcov& vcov_;
  const VcovSpec& spec_;
  const VcovKind* kind_;
  Vector share_;
};

Coefficient coefficient(const std::string& term, double value, double se, double level) {
  const double z = se > 0 ? value / se : missing_value;
  const double margin = normal_quantile(1 - (1 - level) / 2) * se;
  return {term, "", value, se, z, normal_two_sided(z), value - margin, value + margin};
}

}  // namespace

Margins average_marginal_effects(const Context& context, const Fit& fit, const Vcov& vcov,
                                 const VcovSpec& spec, double level) {
  if (fit.glm == nullptr)
    throw Error("infer.margins_without_family", "the coefficients of a linear model are its marginal effects",
                "margins are for --family logit, probit, poisson and negbin");
  const MarginsOfFit margins(context, fit, vcov, spec);
  Margins result;
  for (Index j = 0; j < fit.k(); ++j) {
    const std::string& term = fit.names[static_cast<std::size_t>(j)];
    if (term == intercept_name) continue;
    const SharedVector& x = raw_column(*fit.frame, term);
    const bool discrete = zero_or_one(x);
    const Slope slope = discrete ? margins.discrete(j, x) : margins.continuous(j);
    const double se = std::sqrt(std::max(margins.variance(slope, j), 0.0));
    result.rows.push_back({coefficient(term, slope.value, se, level), discrete});
  }
  result.note = "average marginal effects, delta method; 0/1 regressors: change from 0 to 1";
  if (fit.absorber != nullptr)
    result.note += margins.sums_scores() ? "; the effects count as estimated, without bias correction"
                                         : "; given the effects";
  return result;
}

}  // namespace panelist
