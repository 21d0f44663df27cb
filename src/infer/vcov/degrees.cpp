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

using Parts = std::vector<CountedPart>;

void add(Parts& parts, const std::string& what, double count) {
  if (count != 0) parts.push_back({what, count});
}

double sum_of(const Parts& parts) {
  double sum = 0;
  for (const CountedPart& part : parts) sum += part.count;
  return sum;
}

void add_terms(Parts& parts, const Fit& fit) {
  add(parts, fit.dof.terms == 1 ? "term" : "terms", static_cast<double>(fit.dof.terms));
}

void add_levels(Parts& parts, const Fit& fit) {
  for (const FactorDegrees& factor : fit.dof.factors)
    add(parts, factor.name, static_cast<double>(factor.levels));
}

// Every further effect with levels of its own repeats the constant.
Parts fixest_parts(const Fit& fit) {
  Parts parts;
  add_terms(parts, fit);
  add_levels(parts, fit);
  double with_level = 0;
  for (std::size_t q = 0; q < fit.dof.factors.size(); ++q)
    if (effect(fit, q).intercept) ++with_level;
  add(parts, "redundant, one for each further effect", with_level > 0 ? 1 - with_level : 0);
  return parts;
}

Parts fixest_nonnested(const Fit& fit, const Clusters& clusters) {
  Parts parts = fixest_parts(fit);
  const std::vector<bool> is_nested = nested_effects(fit, clusters);
  for (std::size_t q = 0; q < is_nested.size(); ++q)
    if (is_nested[q])
      add(parts, fmt::format("{} is nested and counts as one", fit.dof.groups[q]->name),
          1 - static_cast<double>(fit.dof.groups[q]->size()));
  const double least = static_cast<double>(fit.dof.terms) + 1;
  if (sum_of(parts) < least) add(parts, "the effects count as one at least", least - sum_of(parts));
  return parts;
}

// Terms and the exact rank of the effects.
Parts rank_parts(const Fit& fit) {
  Parts parts;
  add_levels(parts, fit);
  add(parts, "redundant", static_cast<double>(fit.dof.absorbed) - sum_of(parts));
  Parts all;
  add_terms(all, fit);
  all.insert(all.end(), parts.begin(), parts.end());
  return all;
}

Parts xtreg_parts(const Fit& fit, const Clusters& clusters) {
  Parts parts = rank_parts(fit);
  if (clusters.empty()) return parts;
  std::size_t unit = 0;
  for (std::size_t q = 0; q < fit.dof.groups.size(); ++q)
    if (fit.dof.groups[q]->name == fit.frame->unit.name) unit = q;
  const Grouping& group = *fit.dof.groups[unit];
  add(parts, group.name + " does not count under clusters", -static_cast<double>(group.size()));
  add(parts, "the constant", 1);
  return parts;
}

Parts nonnested_parts(const Fit& fit, const Clusters& clusters, const SmallSample& rules) {
  if (rules.constant_counts) return xtreg_parts(fit, clusters);
  if (!rules.exact_rank) return clusters.empty() ? fixest_parts(fit) : fixest_nonnested(fit, clusters);
  Parts parts;
  add_terms(parts, fit);
  const AbsorbedDegrees absorbed = absorbed_degrees(fit, clusters);
  parts.insert(parts.end(), absorbed.parts.begin(), absorbed.parts.end());
  if (rules.nested_counts_one)
    add(parts, "for nested effects", absorbed.any_nested ? 1 : 0);
  else
    add(parts, "all effects are nested and count as one", instrumental_absorbed(fit, clusters) - absorbed.df);
  return parts;
}

Parts parts_with_effects(const Fit& fit, const Clusters& clusters, const SmallSample& rules) {
  if (rules.k == SmallSample::Parameters::nonnested) return nonnested_parts(fit, clusters, rules);
  return rules.exact_rank ? rank_parts(fit) : fixest_parts(fit);
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
  double all_redundant = 0;
  for (std::size_t j = 0; j < remaining.size(); ++j) {
    Level redundant = j > 0 || result.any_nested ? 1 : 0;
    for (std::size_t i = 0; i < j; ++i)
      redundant = std::max(redundant, connected_components(remaining[i]->level, remaining[j]->level,
                                                           remaining[i]->size(), remaining[j]->size()));
    add(result.parts, remaining[j]->name, static_cast<double>(remaining[j]->size()));
    all_redundant += static_cast<double>(redundant);
  }
  add(result.parts, "redundant", -all_redundant);
  add(result.parts, "slopes", slope_degrees(fit));
  result.df = sum_of(result.parts);
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

std::vector<CountedPart> counted_parts(const Fit& fit, const Clusters& clusters, const SmallSample& rules) {
  if (rules.k == SmallSample::Parameters::none) return {};
  if (rules.k == SmallSample::Parameters::one) return {{"for the constant", 1}};
  if (has_effects(fit)) return parts_with_effects(fit, clusters, rules);
  Parts parts;
  add_terms(parts, fit);
  return parts;
}

double counted_parameters(const Fit& fit, const Clusters& clusters, const SmallSample& rules) {
  const double k = sum_of(counted_parts(fit, clusters, rules));
  if (rules.k == SmallSample::Parameters::none || rules.k == SmallSample::Parameters::one) return k;
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
