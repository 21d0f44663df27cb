// SPDX-License-Identifier: Apache-2.0
#include "cli/saved_rows.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/distribution.h"
#include "base/file.h"
#include "estimate/leverage.h"
#include "table/read.h"

namespace panelist::cli {
namespace {

std::string free_name(const Table& table, std::string name) {
  while (table.has(name)) name += "_";
  return name;
}

// Values of the used rows, spread over all rows of the table.
Column spread(const ModelFrame& frame, const Vector& values) {
  std::vector<double> all(frame.table_rows, missing_value);
  for (std::size_t i = 0; i < frame.rows.size(); ++i) all[frame.rows[i]] = values[static_cast<Index>(i)];
  return Column::numbers(std::move(all));
}

Column sample_flag(const ModelFrame& frame) {
  std::vector<double> flag(frame.table_rows, 0);
  for (const std::size_t row : frame.rows) flag[row] = 1;
  return Column::numbers(std::move(flag), ColumnKind::integer);
}

// What the effect adds to each used row: its level plus its slopes times their variables.
Vector contribution(const FrameEffect& effect, const Matrix& coefficients) {
  Vector values(static_cast<Index>(effect.group.level.size()));
  const Index first_slope = effect.intercept ? 1 : 0;
  for (Index i = 0; i < values.size(); ++i) {
    const Level level = effect.group.level[static_cast<std::size_t>(i)];
    values[i] = effect.intercept ? coefficients(level, 0) : 0;
    for (Index s = 0; s < effect.slopes.cols(); ++s)
      values[i] += coefficients(level, first_slope + s) * effect.slopes(i, s);
  }
  return values;
}

// Standard error of each fitted value, sigma sqrt(h/w), and the interval that t of the residual degrees of freedom gives.
void save_intervals(const Session& session, const Estimation& estimation, const Vector& fitted,
                    Table& saved) {
  const Fit& fit = *estimation.fit;
  const Leverages rows = leverages(session.context, fit);
  Vector variance = rows.values;
  if (fit.weights.size() > 0 && fit.frame->weight_type != WeightType::frequency)
    variance.array() /= fit.weights.array();
  const Vector se = estimation.goodness.sigma * variance.cwiseSqrt();
  const double level = estimation.inference.level;
  const Vector margin = t_quantile(1 - (1 - level) / 2, fit.df_residual()) * se;
  const auto add = [&](const std::string& name, const std::string& label, const Vector& values) {
    Column column = spread(*fit.frame, values);
    column.label = label + ", equal variances (iid)";
    saved.set(free_name(saved, name), std::move(column));
  };
  add("fitted_se", "standard error of fitted", se);
  add("fitted_low", "lower end of fitted", fitted - margin);
  add("fitted_high", "upper end of fitted", fitted + margin);
  if (estimation.vcov.kind != "iid")
    session.say(fmt::format("fitted_se, fitted_low and fitted_high assume equal variances (iid), not {}\n",
                            estimation.vcov_spec.text));
  if (!rows.exact)
    session.say(fmt::format("fitted_se comes from random projections: about {:.0f}% off in each row\n",
                            50 * rows.error));
}

}  // namespace

void check_save(const Arguments& arguments, std::size_t formulas) {
  const auto path = arguments.find("save");
  if (!path && arguments.has("intervals"))
    throw Error("usage.missing_option", "`--intervals` says nothing without `--save`", "add --save FILE");
  if (!path) return;
  if (formulas != 1)
    throw Error("usage.bad_value", "`--save` needs a single formula", "run the formulas one by one",
                "option --save");
  const std::string extension = extension_of(*path);
  const auto is_extension = [&](const char* known) { return extension == known; };
  const auto known = {"csv", "tsv", "dta", "xlsx", "pcol"};
  if (std::none_of(known.begin(), known.end(), is_extension))
    throw Error("usage.bad_value", fmt::format("`{}`: the extension does not name a format", *path),
                "end it in .csv, .tsv, .dta, .xlsx or .pcol", "option --save");
  std::error_code absent;
  if (std::filesystem::equivalent(*path, arguments.positional().front(), absent))
    throw Error("usage.bad_value", fmt::format("`{}` is the data file itself", *path), "name another file",
                "option --save");
}

void save_rows(const Session& session, const Table& table, const Estimation& estimation,
               const std::string& path, bool intervals) {
  const ModelFrame& frame = *estimation.fit->frame;
  const FittedValues values = fitted_values(session.context, *estimation.fit);
  Table saved = table;
  saved.set(free_name(table, "residual"), spread(frame, values.residuals));
  saved.set(free_name(table, "fitted"), spread(frame, values.fitted));
  if (intervals) save_intervals(session, estimation, values.fitted, saved);
  for (std::size_t f = 0; f < values.effects.size(); ++f)
    saved.set(free_name(table, "effect_" + frame.effects[f].group.name),
              spread(frame, contribution(frame.effects[f], values.effects[f])));
  saved.set(free_name(table, "in_sample"), sample_flag(frame));
  write_table(saved, path);
  session.say(fmt::format("{} rows in {}\n", saved.rows(), path));
}

}  // namespace panelist::cli
