// SPDX-License-Identifier: Apache-2.0
#include "shape/threshold/threshold_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace panelist {
namespace {

constexpr Index fewest_units = 5;  // fewer give no draws by unit

Vector column_of(const Fit& fit, const std::string& term) {
  const FrameColumns& columns = fit.frame->exogenous;
  for (std::size_t j = 0; j < columns.names.size(); ++j)
    if (columns.names[j] == term) return columns.values.col(static_cast<Index>(j));
  const std::string near = nearest(term, columns.names);
  throw Error("shape.unknown_term", fmt::format("the model has no term `{}`", term),
              near.empty() ? "name a regressor of the formula" : fmt::format("did you mean `{}`?", near),
              "term " + term);
}

void require_kept(const Fit& fit, const std::string& term) {
  for (const DroppedTerm& dropped : fit.dropped)
    if (dropped.term == term)
      throw Error("shape.term_dropped",
                  fmt::format("`{}` was dropped ({}) from the model", term, dropped.code),
                  "look at what spans it: the effects or another regressor", "term " + term);
}

void fill_units(const Fit& fit, ThresholdRows& rows) {
  const ModelFrame& frame = *fit.frame;
  if (frame.unit.level.empty() || frame.time.empty())
    throw Error("shape.no_panel", "a panel threshold needs the unit and the time of every row",
                "say the panel: --panel UNIT,TIME");
  rows.units = frame.unit.size();
  rows.by_unit.resize(static_cast<std::size_t>(rows.units));
  for (Index i = 0; i < frame.n(); ++i) {
    rows.unit.push_back(frame.unit.level[static_cast<std::size_t>(i)]);
    rows.row.push_back(frame.rows[static_cast<std::size_t>(i)]);
    rows.by_unit[static_cast<std::size_t>(rows.unit.back())].push_back(i);
  }
  for (std::vector<Index>& own : rows.by_unit)
    std::sort(own.begin(), own.end(), [&](Index a, Index b) {
      return frame.time[static_cast<std::size_t>(a)] < frame.time[static_cast<std::size_t>(b)];
    });
}

void require_balanced(const Fit& fit, ThresholdRows& rows) {
  const std::set<std::int64_t> times(fit.frame->time.begin(), fit.frame->time.end());
  rows.periods = static_cast<Index>(times.size());
  std::vector<std::string> short_units;
  for (std::size_t u = 0; u < rows.by_unit.size(); ++u)
    if (static_cast<Index>(rows.by_unit[u].size()) != rows.periods)
      short_units.emplace_back(fit.frame->unit.names[u]);
  if (!short_units.empty())
    throw Error(
        "shape.unbalanced_panel",
        fmt::format("{} of {} units lack periods, `{}` the first: a panel threshold needs a balanced panel",
                    short_units.size(), rows.units, short_units.front()),
        "leave those units out, or impute; `panelist data FILE` shows the gaps");
  if (rows.periods < 2)
    throw Error("shape.no_panel", "a panel threshold needs two periods or more", "check `where`");
  if (rows.units < fewest_units)
    throw Error(
        "shape.too_few_units",
        fmt::format("{} units are too few for a panel threshold, whose draws are of units", rows.units),
        fmt::format("it takes {} or more", fewest_units));
}

}  // namespace

Table with_threshold_variable(ThresholdSpec& spec, const Table& table, const Panel* panel) {
  Table wider = table;
  if (!table.has(spec.by)) {
    Diagnostics problems;
    const Expression expression = parse_expression(spec.by, {}, problems);
    problems.throw_first_error();
    wider.set(spec.by, evaluate(expression, {table, panel}, problems));
  }
  if (wider.at(spec.by).is_text())
    throw Error("shape.not_in_data", fmt::format("the threshold variable `{}` is text", spec.by),
                "name a numeric column", "term " + spec.by);
  spec.model.frame.needed_columns.push_back(spec.by);
  return wider;
}

ThresholdRows threshold_rows(const ThresholdSpec& spec, const Estimation& linear, const Table& table) {
  const Fit& fit = *linear.fit;
  ThresholdRows rows;
  rows.x = column_of(fit, spec.x);
  require_kept(fit, spec.x);
  fill_units(fit, rows);
  require_balanced(fit, rows);
  const std::vector<double>& q = table.at(spec.by).values();
  rows.q.resize(fit.frame->n());
  for (Index i = 0; i < rows.q.size(); ++i) rows.q(i) = q[rows.row[static_cast<std::size_t>(i)]];
  if (!(rows.q.minCoeff() < rows.q.maxCoeff()))
    throw Error("shape.constant_moderator",
                fmt::format("the threshold variable `{}` does not vary on the rows of the model", spec.by),
                "a threshold needs more than one value", "term " + spec.by);
  return rows;
}

}  // namespace panelist
