// SPDX-License-Identifier: Apache-2.0
// Tables of what is asked of one model: marginal effects, U-shapes, thresholds.
#include <fmt/format.h>

#include "base/text.h"
#include "report/shape_tables.h"
#include "study/run/build_tables.h"
#include "study/run/coded_model.h"
#include "study/run/sample_steps.h"
#include "study/run/shapes.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

TableHead head_of(const Workspace& work, const TableEntry& entry) {
  return {entry.id, entry.title, entry.number, style_of(work, entry), term_labels_of(work, entry)};
}

Regression regression_of(Workspace& work, const TableEntry& entry, const ShapeEntry& asked) {
  TableEntry as_columns = entry;
  as_columns.columns = {asked.of};
  return plan_columns(work, as_columns).front();
}

ordered_json column_json(Workspace& work, const TableEntry& entry, const Regression& regression,
                         const Estimation& estimation) {
  ordered_json json = timeless_json(estimation);
  json["sample"] = sample_steps(work, entry, regression, estimation);
  json["code"] = code_json(work, entry, regression, estimation);
  return json;
}

void warn_outside(Workspace& work, const ShapeEntry& asked, const MarginalEffects& effects) {
  const std::vector<double> values = effects.outside();
  if (values.empty()) return;
  std::vector<std::string> texts;
  for (const double value : values) texts.push_back(shortest(value));
  work.notes.warning(
      "shape.outside_data",
      fmt::format("`{}` runs from {} to {} on the rows used: the effect at {} is extrapolated", effects.by,
                  significant(effects.lowest, 4), significant(effects.highest, 4), join(texts, ", ")),
      asked.span, "ask for values inside");
}

}  // namespace

MarginalResult marginal_result(Workspace& work, const TableEntry& entry, const ShapeEntry& asked) {
  MarginalResult result;
  result.regression = regression_of(work, entry, asked);
  const EstimationSpec spec = estimation_spec(work, entry, result.regression);
  result.estimation = estimate_model(work.context, spec, result.regression.table, &work.panel, work.notes);
  MarginalSpec wanted;
  wanted.x = asked.x;
  wanted.by = asked.by->text;
  wanted.at = asked.at;
  wanted.grid = asked.points;
  wanted.seed = work.study->seed;
  result.effects =
      marginal_effects(work.context, spec, result.estimation, wanted, result.regression.table, &work.panel);
  warn_outside(work, asked, result.effects);
  return result;
}

std::vector<BuiltTable> build_marginal_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const bool done = attempt(work.notes, entry.shape->span, [&] {
    const MarginalResult result = marginal_result(work, entry, *entry.shape);
    built.table = marginal_effects_table(result.effects, result.estimation, head_of(work, entry));
    built.json["columns"].push_back(column_json(work, entry, result.regression, result.estimation));
    built.json["marginal_effects"] = to_json(result.effects);
  });
  if (!done) return {};
  return {std::move(built)};
}

std::vector<BuiltTable> build_u_shape_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const ShapeEntry& asked = *entry.shape;
  const bool done = attempt(work.notes, asked.span, [&] {
    const Regression regression = regression_of(work, entry, asked);
    const EstimationSpec spec = estimation_spec(work, entry, regression);
    const Estimation estimation =
        estimate_model(work.context, spec, regression.table, &work.panel, work.notes);
    std::optional<std::pair<double, double>> range;
    if (asked.at.size() == 2) range = {asked.at[0], asked.at[1]};
    const UShape shape = u_shape(*estimation.fit, estimation.vcov, asked.x, spec.level, range);
    built.table = u_shape_table(shape, estimation, head_of(work, entry), range.has_value());
    built.json["columns"].push_back(column_json(work, entry, regression, estimation));
    built.json["u_shape"] = to_json(shape);
  });
  if (!done) return {};
  return {std::move(built)};
}

std::vector<BuiltTable> build_threshold_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const ShapeEntry& asked = *entry.shape;
  const bool done = attempt(work.notes, asked.span, [&] {
    const Regression regression = regression_of(work, entry, asked);
    ThresholdSpec spec;
    spec.model = estimation_spec(work, entry, regression);
    spec.x = asked.x;
    spec.by = asked.by->text;
    spec.count = asked.count;
    spec.trim = asked.trim;
    spec.bootstrap = asked.boot;
    spec.seed = work.study->seed;
    const ThresholdModel model =
        threshold_model(work.context, spec, regression.table, &work.panel, work.notes);
    built.table = threshold_table(model, head_of(work, entry));
    // Columns of regimes are no columns of the data: no code in other programs.
    built.json["columns"].push_back(timeless_json(model.estimation));
    built.json["columns"].back()["sample"] = sample_steps(work, entry, regression, model.estimation, spec.by);
    built.json["threshold"] = to_json(model);
  });
  if (!done) return {};
  return {std::move(built)};
}

}  // namespace panelist::study
