// SPDX-License-Identifier: Apache-2.0
#include "shape/marginal/derivative.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "shape/marginal/whole_column.h"

namespace panelist {
namespace {

// What the moderator enters as: itself, or inside a factor of a product with x.
// A lag of it is another variable; where `name` is itself a lag, expressions made of it hold it.
bool holds(const Expression& expression, const std::string& name, const Table& table) {
  const std::string label = expression.label();
  if (label == name) return true;
  if (is_lag_or_lead(label, table)) return false;
  if (expression.columns().contains(name)) return true;
  return expression.uses_panel() && !table.has(name) && label.find(name) != std::string::npos;
}

bool holds(const FormulaTerm& term, const std::string& name, const Table& table) {
  return std::any_of(term.factors.begin(), term.factors.end(),
                     [&](const FormulaFactor& factor) { return holds(factor.expression, name, table); });
}

std::vector<const FormulaTerm*> terms_with(const Formula& formula, const std::string& x, const Table& table) {
  std::vector<const FormulaTerm*> found;
  for (const auto* part : {&formula.endogenous, &formula.regressors})
    for (const FormulaTerm& term : *part)
      if (holds(term, x, table)) found.push_back(&term);
  return found;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double spread_of(const std::vector<double>& values, double mean) {
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size()));
}

[[noreturn]] void throw_no_interaction(const MarginalSpec& asked) {
  throw Error("shape.no_interaction",
              asked.x == asked.by
                  ? fmt::format("no term of the model bends the effect of `{}`", asked.x)
                  : fmt::format("no term of the model is a product of `{}` and `{}`", asked.x, asked.by),
              asked.x == asked.by ? fmt::format("add I({}^2) to the formula", asked.x)
                                  : fmt::format("write {} * {} in the formula", asked.x, asked.by),
              "term " + asked.x);
}

}  // namespace

std::vector<double> used_values(const std::string& text, const Fit& fit, const Table& table,
                                const Panel* panel) {
  Diagnostics problems;
  const Expression expression = parse_expression(table.has(text) ? "`" + text + "`" : text, {}, problems);
  problems.throw_first_error();
  const Column column = evaluate(expression, {table, panel}, problems);
  if (column.is_text())
    throw Error("shape.not_in_data", fmt::format("`{}` is text", text), "name a numeric column",
                "term " + text);
  std::vector<double> values;
  for (const std::size_t row : fit.frame->rows)
    if (!column.is_missing(row)) values.push_back(column.values()[row]);
  if (values.empty())
    throw Error("shape.not_in_data", fmt::format("`{}` has no value on the rows of the model", text), "",
                "term " + text);
  return values;
}

Derivatives::Derivatives(const EstimationSpec& spec, const Estimation& estimation, const MarginalSpec& asked,
                         const Table& table, const Panel* panel)
    : fit_(estimation.fit.get()), table_(&table), panel_(panel), x_(asked.x), by_(asked.by) {
  terms_ = terms_with(spec.formula, x_, table);
  const std::vector<double> x = used_values(x_, *fit_, table, panel);
  mean_x_ = mean_of(x);
  step_ = 1e-3 * std::max(std::abs(mean_x_), spread_of(x, mean_x_));
  bool moderated = false;
  for (const FormulaTerm* term : terms_) {
    std::size_t with_x = 0;
    for (const FormulaFactor& factor : term->factors) {
      if (holds(factor.expression, x_, table)) ++with_x;
      const bool plain = factor.expression.label() == x_ || factor.expression.label() == by_;
      const bool inside =
          holds(factor.expression, x_, table) && (!plain || factor.kind == FormulaFactor::Kind::polynomial);
      curved_ = curved_ || inside;
      if (!plain) take_places(factor.expression);
    }
    curved_ = curved_ || with_x > 1;
    moderated = moderated || (x_ == by_ ? curved_ : holds(*term, by_, table));
  }
  if (!moderated) throw_no_interaction(asked);
}

// What stands beside x and the moderator: shares of categories, means of numbers; lines of what looks at other rows.
void Derivatives::take_places(const Expression& expression) {
  const std::string label = expression.label();
  if (table_->has(label)) return take_shares(label);
  if (lines_.contains(label) || beside_.contains(label)) return;
  const bool with_x = holds(expression, x_, *table_), with_by = holds(expression, by_, *table_);
  if (!looks_at_other_rows(expression, *fit_, *table_)) return take_means(expression);
  if (with_x || with_by)
    lines_[label] = line_in(with_x ? x_ : by_, expression, *fit_, *table_, panel_);
  else
    beside_[label] = mean_of(used_values(expression.text(), *fit_, *table_, panel_));
}

void Derivatives::take_shares(const std::string& name) {
  const Column& column = table_->at(name);
  std::map<std::string, double>& shares = shares_[name];
  if (!shares.empty()) return;
  const auto& rows = fit_->frame->rows;
  if (!column.is_text() && !means_.contains(name))
    means_[name] = mean_of(used_values(name, *fit_, *table_, panel_));
  for (const std::size_t row : rows) shares[column.text_at(row)] += 1 / static_cast<double>(rows.size());
}

// Columns that stand beside x and the moderator inside an expression.
void Derivatives::take_means(const Expression& expression) {
  for (const std::string& name : expression.columns()) {
    const Column* column = table_->find(name);
    if (name == x_ || name == by_ || column == nullptr || column->is_text() || means_.contains(name))
      continue;
    std::vector<double> values;
    for (const std::size_t row : fit_->frame->rows)
      if (!column->is_missing(row)) values.push_back(column->values()[row]);
    means_[name] = values.empty() ? missing_value : mean_of(values);
  }
}

// Five rows around the mean of x, with the moderator at its value.
Table Derivatives::point_table(const Expression& expression, const MarginalPlace& place) const {
  Table points(5);
  const double centre = x_ == by_ && std::isfinite(place.value) ? place.value : mean_x_;
  for (const std::string& name : expression.columns()) {
    std::vector<double> values(5, missing_value);
    for (int i = 0; i < 5; ++i) {
      if (name == x_)
        values[static_cast<std::size_t>(i)] = centre + (i - 2) * step_;
      else if (name == by_)
        values[static_cast<std::size_t>(i)] = place.value;
      else if (const auto mean = means_.find(name); mean != means_.end())
        values[static_cast<std::size_t>(i)] = mean->second;
    }
    points.set(name, Column::numbers(std::move(values)));
  }
  return points;
}

Derivatives::Value Derivatives::expression_at(const Expression& expression,
                                              const MarginalPlace& place) const {
  if (expression.label() == x_) return {x_ == by_ && std::isfinite(place.value) ? place.value : mean_x_, 1};
  if (expression.label() == by_) return {place.value, 0};
  const double x = x_ == by_ && std::isfinite(place.value) ? place.value : mean_x_;
  if (const auto beside = beside_.find(expression.label()); beside != beside_.end())
    return {beside->second, 0};
  if (const auto line = lines_.find(expression.label()); line != lines_.end()) {
    const bool with_x = holds(expression, x_, *table_);
    const auto& [constant, slope] = line->second;
    return {constant + slope * (with_x ? x : place.value), with_x ? slope : 0};
  }
  Diagnostics problems;
  const Column column = evaluate(expression, {point_table(expression, place), nullptr}, problems);
  const std::vector<double>& f = column.values();
  return {f[2], holds(expression, x_, *table_) ? (f[0] - 8 * f[1] + 8 * f[3] - f[4]) / (12 * step_) : 0};
}

Derivatives::Values Derivatives::values_of(const FormulaFactor& factor, const MarginalPlace& place) const {
  const std::string label = factor.expression.label();
  if (factor.kind == FormulaFactor::Kind::polynomial) {
    const Value base = expression_at(factor.expression, place);
    Values powers;
    for (int d = 1; d <= factor.degree; ++d)
      powers.emplace_back(fmt::format("poly({},{}){}", label, factor.degree, d),
                          Value{std::pow(base.value, d), d * std::pow(base.value, d - 1) * base.slope});
    return powers;
  }
  const Column* column = table_->find(label);
  const bool dummies =
      factor.kind == FormulaFactor::Kind::categories || (column != nullptr && column->is_text());
  if (!dummies) return {{label, expression_at(factor.expression, place)}};
  if (label == by_) return {{label + "::" + place.group, {1, 0}}};
  Values at_shares;
  if (const auto shares = shares_.find(label); shares != shares_.end())
    for (const auto& [group, share] : shares->second) at_shares.push_back({label + "::" + group, {share, 0}});
  return at_shares;
}

namespace {

// Adds the slope to the coefficient's place; a reference category has none.
void add_slope(const Fit& fit, const std::string& name, double slope, Vector& contrast) {
  const auto found = std::find(fit.names.begin(), fit.names.end(), name);
  if (found != fit.names.end()) contrast(found - fit.names.begin()) += slope;
  for (const DroppedTerm& dropped : fit.dropped)
    if (dropped.term == name && slope != 0)
      throw Error(
          "shape.term_dropped", fmt::format("`{}` was dropped ({}) from the model", name, dropped.code),
          "the moderator may not vary within a group, or the effects absorb the product", "term " + name);
}

}  // namespace

Vector Derivatives::at(const MarginalPlace& place) const {
  Vector contrast = Vector::Zero(fit_->k());
  for (const FormulaTerm* term : terms_) {
    // name, product, derivative by the product rule
    std::vector<std::pair<std::string, Value>> products = {{"", {1, 0}}};
    for (const FormulaFactor& factor : term->factors) {
      std::vector<std::pair<std::string, Value>> longer;
      for (const auto& [name, product] : products)
        for (const auto& [own, value] : values_of(factor, place))
          longer.emplace_back(
              name.empty() ? own : name + ":" + own,
              Value{product.value * value.value, product.slope * value.value + product.value * value.slope});
      products = std::move(longer);
    }
    for (const auto& [name, product] : products) add_slope(*fit_, name, product.slope, contrast);
  }
  if (!place.group.empty() && contrast.isZero(0))
    throw Error("shape.no_interaction",
                fmt::format("the model has no effect of `{}` where `{}` is {}", x_, by_, place.group),
                fmt::format("its products leave the reference category out: add {} to the formula", x_),
                "term " + x_);
  return contrast;
}

}  // namespace panelist
