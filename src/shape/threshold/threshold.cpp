// SPDX-License-Identifier: Apache-2.0
#include "shape/threshold.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <set>

#include "base/text.h"
#include "shape/marginal/whole_column.h"
#include "shape/threshold/bootstrap.h"
#include "shape/threshold/threshold_rows.h"

namespace panelist {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double critical_ratio(double level) { return -2 * std::log(1 - std::sqrt(level)); }

void require_least_squares(const ThresholdSpec& spec) {
  const bool weighted = !spec.model.frame.weights.empty();
  if (weighted)
    throw Error("shape.unweighted_only", "a panel threshold takes no weights",
                "leave the weights out of this table");
  if (spec.model.method.empty() && spec.model.formula.endogenous.empty()) return;
  if (spec.model.method == "ols") return;
  throw Error("shape.least_squares_only", "a panel threshold is found by least squares, without instruments",
              "write the formula as y ~ x + controls | effects");
}

// The effect of x in a regime is one number: x stands in no other term. A lag of it is another variable.
void require_one_term(const ThresholdSpec& spec, const Table& table) {
  const auto holds_x = [&](const FormulaFactor& factor) {
    const std::string label = factor.expression.label();
    return label == spec.x || (!is_lag_or_lead(label, table) && factor.expression.columns().contains(spec.x));
  };
  for (const FormulaTerm& term : spec.model.formula.regressors)
    if (term.text != spec.x && std::any_of(term.factors.begin(), term.factors.end(), holds_x))
      throw Error(
          "shape.x_elsewhere",
          fmt::format("`{}` also stands in `{}`: its effect would differ within a regime", spec.x, term.text),
          fmt::format("leave `{}` out, or look at marginal effects", term.text), "term " + term.text);
}

[[noreturn]] void throw_empty_regime(const ThresholdSpec& spec, int count) {
  throw Error(
      "shape.empty_regime",
      fmt::format("there is no place for {} threshold{} in `{}` that leaves {}% of the rows in every regime",
                  count, count > 1 ? "s" : "", spec.by, shortest(100 * spec.trim)),
      "ask for fewer thresholds, or a smaller `trim`", "term " + spec.by);
}

// Everything found in the sums of squares.
struct Searched {
  ThresholdSearch::Outcome outcome;
  std::vector<ThresholdSearch::Found> steps;  // with 0, 1, .. thresholds
};

Searched search_steps(const ThresholdSpec& spec, const ThresholdSearch& search, const Vector& y) {
  Searched searched;
  searched.outcome = search.outcome(y);
  for (int count = 0; count <= spec.count; ++count) {
    const auto found = search.find(searched.outcome, count);
    if (!found) throw_empty_regime(spec, count);
    searched.steps.push_back(*found);
  }
  return searched;
}

double f_of(double ssr_null, double ssr, const ThresholdRows& rows) {
  return (ssr_null - ssr) / (ssr / rows.freedom());
}

ThresholdEstimate estimate_of(const ThresholdSearch& search, const Searched& searched, std::size_t which,
                              const ThresholdRows& rows, double critical) {
  std::vector<Index> others = searched.steps.back().chosen;
  const Index own = others[which];
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(which));
  const Vector sums = search.profile(searched.outcome, others);
  const double least = sums.minCoeff(), variance = searched.steps.back().ssr / rows.freedom();
  const std::vector<double>& values = search.candidates().value;
  ThresholdEstimate estimate{values[static_cast<std::size_t>(own)], infinity, -infinity, true, {}, {}};
  bool left = false;
  for (std::size_t j = 0; j < values.size(); ++j) {
    const double sum = sums(static_cast<Index>(j));
    if (!std::isfinite(sum)) continue;
    const double ratio = (sum - least) / variance;
    estimate.at.push_back(values[j]);
    estimate.ratio.push_back(ratio);
    if (ratio > critical) {
      left = left || std::isfinite(estimate.low);
      continue;
    }
    if (left) estimate.connected = false;
    estimate.low = std::min(estimate.low, values[j]);
    estimate.high = std::max(estimate.high, values[j]);
  }
  return estimate;
}

// "DT (UL <= 0.536)", "DT (0.536 < UL <= 0.61)".
std::string regime_name(const ThresholdSpec& spec, const Regime& regime, int digits) {
  const std::string low = significant(regime.above, digits), high = significant(regime.up_to, digits);
  if (std::isinf(regime.above)) return fmt::format("{} ({} <= {})", spec.x, spec.by, high);
  if (std::isinf(regime.up_to)) return fmt::format("{} ({} > {})", spec.x, spec.by, low);
  return fmt::format("{} ({} < {} <= {})", spec.x, low, spec.by, high);
}

std::vector<Regime> regimes_of(const ThresholdSpec& spec, const std::vector<ThresholdEstimate>& thresholds,
                               const ThresholdRows& rows) {
  std::vector<Regime> regimes;
  for (std::size_t r = 0; r <= thresholds.size(); ++r) {
    Regime regime{};
    regime.above = r == 0 ? -infinity : thresholds[r - 1].value;
    regime.up_to = r == thresholds.size() ? infinity : thresholds[r].value;
    regime.term = regime_name(spec, regime, 4);
    std::set<Level> units;
    for (Index i = 0; i < rows.q.size(); ++i) {
      if (!(rows.q(i) > regime.above && rows.q(i) <= regime.up_to)) continue;
      regime.n += 1;
      units.insert(rows.unit[static_cast<std::size_t>(i)]);
    }
    regime.units = static_cast<int>(units.size());
    regimes.push_back(std::move(regime));
  }
  return regimes;
}

// x within each regime, zero elsewhere, as columns of the table; rows without q were left out before.
Table with_regime_columns(const std::vector<Regime>& regimes, const ThresholdRows& rows, const Table& table) {
  Table wider = table;
  for (const Regime& regime : regimes) {
    std::vector<double> values(table.rows(), missing_value);
    for (Index i = 0; i < rows.q.size(); ++i)
      values[rows.row[static_cast<std::size_t>(i)]] =
          rows.q(i) > regime.above && rows.q(i) <= regime.up_to ? rows.x(i) : 0;
    wider.set(regime.term, Column::numbers(std::move(values)));
  }
  return wider;
}

FormulaTerm term_of_column(const std::string& name) {
  Diagnostics problems;
  FormulaFactor factor;
  factor.expression = parse_expression("`" + name + "`", {}, problems);
  problems.throw_first_error();
  FormulaTerm term;
  term.factors.push_back(factor);
  term.text = name;
  return term;
}

Formula with_regimes(const Formula& formula, const std::string& x, const std::vector<Regime>& regimes) {
  Formula changed = formula;
  changed.regressors.clear();
  for (const FormulaTerm& term : formula.regressors) {
    if (term.text != x) {
      changed.regressors.push_back(term);
      continue;
    }
    for (const Regime& regime : regimes) changed.regressors.push_back(term_of_column(regime.term));
  }
  changed.text = formula_text(changed);
  return changed;
}

const Coefficient& coefficient_named(const Estimation& estimation, const std::string& term) {
  for (const Coefficient& coefficient : estimation.inference.coefficients)
    if (coefficient.term == term) return coefficient;
  throw Error("shape.term_dropped", fmt::format("`{}` was dropped from the model with regimes", term),
              "x may not vary within the regime: ask for fewer thresholds, or a larger `trim`",
              "term " + term);
}

void estimate_regimes(const Context& context, const ThresholdSpec& spec, const Table& table,
                      const Panel* panel, Diagnostics& notes, ThresholdModel& model,
                      const ThresholdRows& rows) {
  model.regimes = regimes_of(spec, model.thresholds, rows);
  EstimationSpec with = spec.model;
  with.formula = with_regimes(spec.model.formula, spec.x, model.regimes);
  model.estimation =
      estimate_model(context, with, with_regime_columns(model.regimes, rows, table), panel, notes);
  for (Regime& regime : model.regimes) regime.coefficient = coefficient_named(model.estimation, regime.term);
}

}  // namespace

ThresholdModel threshold_model(const Context& context, const ThresholdSpec& asked, const Table& table,
                               const Panel* panel, Diagnostics& notes) {
  require_least_squares(asked);
  require_one_term(asked, table);
  ThresholdSpec spec = asked;
  spec.count = std::clamp(spec.count, 1, most_thresholds);
  const Table needed = with_threshold_variable(spec, table, panel);
  Diagnostics said_with_the_model;
  const Estimation linear = estimate_model(context, spec.model, needed, panel, said_with_the_model);
  const ThresholdRows rows = threshold_rows(spec, linear, needed);
  const Residualiser residual(*linear.fit);
  const ThresholdSearch search(context, residual, rows.x, rows.q,
                               candidates_of(rows.q, spec.trim, spec.grid));
  const Vector y = linear.fit->residuals;  // what effects, controls and x leave of the outcome
  const Searched searched = search_steps(spec, search, y);
  ThresholdModel model;
  model.x = spec.x;
  model.by = spec.by;
  model.units = static_cast<int>(rows.units);
  model.periods = static_cast<int>(rows.periods);
  model.candidates = static_cast<int>(search.candidates().value.size());
  model.level = spec.model.level;
  model.critical_ratio = critical_ratio(model.level);
  model.ssr_linear = searched.outcome.ssr;
  for (std::size_t r = 0; r < searched.steps.back().chosen.size(); ++r)
    model.thresholds.push_back(estimate_of(search, searched, r, rows, model.critical_ratio));
  for (int count = 1; count <= spec.count; ++count) {
    const auto& null = searched.steps[static_cast<std::size_t>(count - 1)];
    const auto& found = searched.steps[static_cast<std::size_t>(count)];
    ThresholdTest test{count, null.ssr, found.ssr, f_of(null.ssr, found.ssr, rows)};
    if (spec.bootstrap > 0)
      bootstrap_test(context,
                     {search, residual, rows, searched.outcome, y, null, found, spec.bootstrap, spec.seed},
                     test);
    model.tests.push_back(test);
  }
  estimate_regimes(context, spec, needed, panel, notes, model, rows);
  return model;
}

}  // namespace panelist
