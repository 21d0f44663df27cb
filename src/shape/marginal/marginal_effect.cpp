// SPDX-License-Identifier: Apache-2.0
#include "shape/marginal_effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/distribution.h"
#include "base/text.h"
#include "infer/simultaneous.h"
#include "shape/marginal/derivative.h"
#include "table/statistics.h"

namespace panelist {
namespace {

// The moderator's values on the rows used: numbers, or names of groups.
struct Moderator {
  std::vector<double> numbers;
  std::vector<std::string> texts;
  [[nodiscard]] bool grouped() const { return !texts.empty(); }
};

bool is_category(const Formula& formula, const std::string& by) {
  for (const auto* part : {&formula.endogenous, &formula.regressors})
    for (const FormulaTerm& term : *part)
      for (const FormulaFactor& factor : term.factors)
        if (factor.kind == FormulaFactor::Kind::categories && factor.expression.label() == by) return true;
  return false;
}

Moderator moderator_of(const EstimationSpec& spec, const Fit& fit, const MarginalSpec& asked,
                       const Table& table, const Panel* panel) {
  Moderator moderator;
  const Column* column = table.find(asked.by);
  if (column != nullptr && (column->is_text() || is_category(spec.formula, asked.by))) {
    for (const std::size_t row : fit.frame->rows) moderator.texts.push_back(column->text_at(row));
    return moderator;
  }
  moderator.numbers = used_values(asked.by, fit, table, panel);
  return moderator;
}

[[noreturn]] void throw_constant(const std::string& by) {
  throw Error("shape.constant_moderator",
              fmt::format("the moderator `{}` does not vary on the rows of the model", by),
              "an effect over its values needs more than one", "term " + by);
}

// Of the moderator of few values, all of them: percentiles would repeat them.
std::vector<double> few_values(const MarginalSpec& asked, const Moderator& moderator) {
  std::set<double> distinct;
  for (const double number : moderator.numbers) {
    distinct.insert(number);
    if (distinct.size() > asked.percents.size()) return {};
  }
  return {distinct.begin(), distinct.end()};
}

std::vector<MarginalPlace> grid_places(double low, double high, int points) {
  std::vector<MarginalPlace> places;
  for (int i = 0; i < points; ++i)
    places.push_back({points == 1 ? low : low + (high - low) * i / (points - 1), ""});
  return places;
}

std::vector<MarginalPlace> places_of(const MarginalSpec& asked, const Moderator& moderator) {
  std::vector<MarginalPlace> places;
  if (moderator.grouped()) {
    const std::set<std::string> groups(moderator.texts.begin(), moderator.texts.end());
    if (groups.size() < 2) throw_constant(asked.by);
    for (const std::string& group : groups) places.push_back({missing_value, group});
    return places;
  }
  const auto [low, high] = std::minmax_element(moderator.numbers.begin(), moderator.numbers.end());
  if (!(*low < *high)) throw_constant(asked.by);
  if (asked.grid > 0) return grid_places(*low, *high, asked.grid);
  for (const double value : asked.at.empty() ? few_values(asked, moderator) : asked.at)
    places.push_back({value, ""});
  if (!places.empty()) return places;
  for (const double percent : asked.percents) places.push_back({percentile(moderator.numbers, percent), ""});
  return places;
}

// Of the rows, those whose nearest point this is; of two equally near the lower one.
std::vector<double> shares_of(const std::vector<MarginalPlace>& places, const Moderator& moderator) {
  std::vector<double> shares(places.size(), 0);
  const auto count = static_cast<double>(std::max(moderator.numbers.size(), moderator.texts.size()));
  for (const std::string& text : moderator.texts)
    for (std::size_t i = 0; i < places.size(); ++i)
      if (places[i].group == text) shares[i] += 1 / count;
  for (const double number : moderator.numbers) {
    std::size_t nearest_place = 0;
    for (std::size_t i = 1; i < places.size(); ++i)
      if (std::abs(number - places[i].value) < std::abs(number - places[nearest_place].value))
        nearest_place = i;
    shares[nearest_place] += 1 / count;
  }
  return shares;
}

MarginalPoint point_at(const Estimation& estimation, const MarginalPlace& place, const Vector& contrast) {
  MarginalPoint point{};
  point.group = place.group;
  point.value = place.value;
  point.percent = missing_value;
  point.estimate = contrast.dot(estimation.fit->coefficients);
  point.std_error = std::sqrt(contrast.dot(estimation.vcov.matrix * contrast));
  const double df = degrees_of(estimation.vcov, contrast);
  point.statistic = point.std_error > 0 ? point.estimate / point.std_error : missing_value;
  point.p_value = t_two_sided(point.statistic, df);
  const double margin = t_quantile(0.5 * (1 + estimation.inference.level), df) * point.std_error;
  point.low = point.estimate - margin;
  point.high = point.estimate + margin;
  return point;
}

void add_uniform_band(const Context& context, const Estimation& estimation, const Matrix& contrasts,
                      const MarginalSpec& asked, MarginalEffects& effects) {
  const Context seeded{context.threads, asked.seed, context.stop};
  const Matrix joint = contrasts * estimation.vcov.matrix * contrasts.transpose();
  effects.uniform_critical = simultaneous_critical(seeded, joint, {effects.df, effects.level, asked.draws});
  for (MarginalPoint& point : effects.points) {
    point.uniform_low = point.estimate - effects.uniform_critical * point.std_error;
    point.uniform_high = point.estimate + effects.uniform_critical * point.std_error;
  }
}

void require_linear(const Estimation& estimation) {
  if (estimation.fit->glm == nullptr) return;
  throw Error("shape.linear_only",
              fmt::format("in a {} model the effect on the outcome depends on every regressor",
                          estimation.fit->method),
              "take a linear model, or the average marginal effects of `fit --effects`");
}

}  // namespace

std::vector<double> MarginalEffects::outside() const {
  std::vector<double> values;
  for (const MarginalPoint& point : points)
    if (point.value < lowest || point.value > highest) values.push_back(point.value);
  return values;
}

MarginalEffects marginal_effects(const Context& context, const EstimationSpec& spec,
                                 const Estimation& estimation, const MarginalSpec& asked, const Table& table,
                                 const Panel* panel) {
  require_linear(estimation);
  const Derivatives derivatives(spec, estimation, asked, table, panel);
  const Moderator moderator = moderator_of(spec, *estimation.fit, asked, table, panel);
  const std::vector<MarginalPlace> places = places_of(asked, moderator);
  const std::vector<double> shares = shares_of(places, moderator);
  MarginalEffects effects;
  effects.x = asked.x;
  effects.by = asked.by;
  effects.level = estimation.inference.level;
  effects.df = estimation.vcov.df;
  effects.n = estimation.fit->n;
  effects.critical = t_quantile(0.5 * (1 + effects.level), effects.df);
  if (derivatives.depends_on_x() && asked.x != asked.by) effects.mean_x = derivatives.mean_x();
  const bool by_percent =
      asked.grid == 0 && asked.at.empty() && !moderator.grouped() && few_values(asked, moderator).empty();
  if (!moderator.grouped()) {
    const auto [low, high] = std::minmax_element(moderator.numbers.begin(), moderator.numbers.end());
    effects.lowest = *low;
    effects.highest = *high;
  }
  Matrix contrasts(static_cast<Index>(places.size()), estimation.fit->k());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Vector contrast = derivatives.at(places[i]);
    contrasts.row(static_cast<Index>(i)) = contrast.transpose();
    effects.points.push_back(point_at(estimation, places[i], contrast));
    effects.points.back().share = shares[i];
    if (by_percent) effects.points.back().percent = asked.percents[i];
  }
  add_uniform_band(context, estimation, contrasts, asked, effects);
  return effects;
}

}  // namespace panelist
