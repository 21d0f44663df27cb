// SPDX-License-Identifier: Apache-2.0
#include "infer/vcov/degrees.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace panelist {
namespace {

bool has_effects(const Fit& fit) { return !fit.dof.factors.empty(); }

const FrameEffect& effect(const Fit& fit, std::size_t q) { return fit.frame->effects[q]; }

// Only the level part of an effect can be nested; slopes always count (reghdfe).
std::vector<bool> nested_effects(const Fit& fit, const Clusters& clusters) {
  std::vector<bool> result(fit.dof.groups.size(), false);
  for (std::size_t q = 0; q < result.size(); ++q) {
    const Grouping& group = *fit.dof.groups[q];
    if (!effect(fit, q).intercept) continue;
    for (const Grouping* cluster : clusters)
      if (group.level.data() == cluster->level.data() || nested(group.level, cluster->level, group.size()))
        result[q] = true;
  }
  return result;
}

// A slope moves less than this share of its variation over all rows in a level: it does not move there.
constexpr double idle_share = 1e-9;

// Levels of an effect in which a slope is constant (with the level itself) or zero (without): not estimable. Measured
// against the slope's range (with levels, its largest size without), so that its unit does not matter.
double idle_slope_levels(const FrameEffect& effect, Index slope) {
  const auto levels = static_cast<std::size_t>(effect.group.size());
  std::vector<double> low(levels, std::numeric_limits<double>::infinity());
  std::vector<double> high(levels, -std::numeric_limits<double>::infinity());
  for (std::size_t row = 0; row < effect.group.level.size(); ++row) {
    const auto level = static_cast<std::size_t>(effect.group.level[row]);
    const double value = effect.slopes(static_cast<Index>(row), slope);
    low[level] = std::min(low[level], value);
    high[level] = std::max(high[level], value);
  }
  const auto size = [&](double least, double most) {
    return effect.intercept ? most - least : std::max(most, -least);
  };
  const double overall =
      size(*std::min_element(low.begin(), low.end()), *std::max_element(high.begin(), high.end()));
  double idle = 0;
  for (std::size_t level = 0; level < levels; ++level)
    if (!(size(low[level], high[level]) > idle_share * overall)) ++idle;
  return idle;
}

double slope_degrees(const Fit& fit) {
  double df = 0;
  for (const FrameEffect& one : fit.frame->effects)
    for (Index slope = 0; slope < one.slopes.cols(); ++slope)
      df += static_cast<double>(one.group.size()) - idle_slope_levels(one, slope);
  return df;
}

double fixest_parameters(const Fit& fit) {
  double count = static_cast<double>(fit.dof.terms);
  double with_level = 0;
  for (std::size_t q = 0; q < fit.dof.factors.size(); ++q) {
    count += static_cast<double>(fit.dof.factors[q].levels);
    if (effect(fit, q).intercept) ++with_level;
  }
  return with_level > 0 ? count + 1 - with_level : count;
}

double fixest_nonnested(const Fit& fit, const Clusters& clusters) {
  const std::vector<bool> is_nested = nested_effects(fit, clusters);
  double nested_levels = 0, nested_count = 0, with_level = 0;
  for (std::size_t q = 0; q < is_nested.size(); ++q) {
    if (effect(fit, q).intercept) ++with_level;
    if (!is_nested[q]) continue;
    ++nested_count;
    nested_levels += static_cast<double>(fit.dof.groups[q]->size());
  }
  double k = fixest_parameters(fit);
  if (nested_count > 0)
    k -= nested_count == with_level ? nested_levels - with_level : nested_levels - nested_count;
  return std::max(k, static_cast<double>(fit.dof.terms) + 1);
}

double xtreg_clustered(const Fit& fit) {
  std::size_t unit = 0;
  for (std::size_t q = 0; q < fit.dof.groups.size(); ++q)
    if (fit.dof.groups[q]->name == fit.frame->unit.name) unit = q;
  const double others =
      static_cast<double>(fit.dof.absorbed) - static_cast<double>(fit.dof.groups[unit]->size());
  return static_cast<double>(fit.dof.terms) + others + 1;
}

double nonnested_parameters(const Fit& fit, const Clusters& clusters, const SmallSample& rules) {
  const double terms = static_cast<double>(fit.dof.terms);
  if (rules.constant_counts)
    return clusters.empty() ? terms + static_cast<double>(fit.dof.absorbed) : xtreg_clustered(fit);
  if (!rules.exact_rank) return clusters.empty() ? fixest_parameters(fit) : fixest_nonnested(fit, clusters);
  const AbsorbedDegrees absorbed = absorbed_degrees(fit, clusters);
  if (rules.nested_counts_one) return terms + absorbed.df + (absorbed.any_nested ? 1 : 0);
  return terms + instrumental_absorbed(fit, clusters);
}

double parameters_with_effects(const Fit& fit, const Clusters& clusters, const SmallSample& rules) {
  if (rules.k == SmallSample::Parameters::nonnested) return nonnested_parameters(fit, clusters, rules);
  return rules.exact_rank ? static_cast<double>(fit.dof.terms + fit.dof.absorbed) : fixest_parameters(fit);
}

}  // namespace

AbsorbedDegrees absorbed_degrees(const Fit& fit, const Clusters& clusters) {
  AbsorbedDegrees result;
  const std::vector<bool> is_nested = nested_effects(fit, clusters);
  std::vector<const Grouping*> remaining;
  for (std::size_t q = 0; q < is_nested.size(); ++q) {
    if (is_nested[q]) result.any_nested = true;
    if (!is_nested[q] && effect(fit, q).intercept) remaining.push_back(fit.dof.groups[q]);
  }
  for (std::size_t j = 0; j < remaining.size(); ++j) {
    Level redundant = j > 0 || result.any_nested ? 1 : 0;
    for (std::size_t i = 0; i < j; ++i)
      redundant = std::max(redundant, connected_components(remaining[i]->level, remaining[j]->level,
                                                           remaining[i]->size(), remaining[j]->size()));
    result.df += static_cast<double>(remaining[j]->size() - redundant);
  }
  result.df += slope_degrees(fit);
  return result;
}

double instrumental_absorbed(const Fit& fit, const Clusters& clusters) {
  if (!has_effects(fit)) return 0;
  return std::max(absorbed_degrees(fit, clusters).df, 1.0);
}

namespace {

std::string separated_words(const Fit& fit) {
  const std::size_t separated = fit.frame == nullptr ? 0 : fit.frame->dropped.separated;
  return separated == 0 ? "" : fmt::format(" (after {} separated ones were left out)", separated);
}

}  // namespace

double counted_parameters(const Fit& fit, const Clusters& clusters, const SmallSample& rules) {
  if (rules.k == SmallSample::Parameters::none) return 0;
  if (rules.k == SmallSample::Parameters::one) return 1;
  double k = static_cast<double>(fit.dof.terms);
  if (has_effects(fit)) k = parameters_with_effects(fit, clusters, rules);
  if (fit.n - k <= 0)
    throw Error(
        "infer.no_degrees_of_freedom",
        fmt::format("{} observations{} leave no degrees of freedom for {} parameters as the rule `{}` "
                    "counts them",
                    fit.n, separated_words(fit), k, rules.name),
        "use fewer regressors or effects, or another --ssc");
  return k;
}

double smallest_groups(const Clusters& clusters) {
  double smallest = std::numeric_limits<double>::infinity();
  for (const Grouping* cluster : clusters)
    smallest = std::min(smallest, static_cast<double>(cluster->size()));
  return smallest;
}

double reference_degrees(const Fit& fit, const Clusters& clusters, const SmallSample& rules, double k) {
  if (rules.df == SmallSample::Reference::normal) return std::numeric_limits<double>::infinity();
  const double residual =
      std::max(rules.k == SmallSample::Parameters::none ? fit.df_residual() : fit.n - k, 1.0);
  if (clusters.empty() || rules.df == SmallSample::Reference::residual) return residual;
  const double by_groups = std::max(smallest_groups(clusters) - 1, 1.0);
  if (!rules.nested_counts_one) return by_groups;
  // reghdfe alone compares with the residual degrees of freedom, without its extra one for nested effects.
  const double nested_one = absorbed_degrees(fit, clusters).any_nested ? 1 : 0;
  return std::min(residual + nested_one, by_groups);
}

}  // namespace panelist
