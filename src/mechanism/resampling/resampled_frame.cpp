// SPDX-License-Identifier: Apache-2.0
#include "mechanism/resampling/resampled_frame.h"

namespace panelist {
namespace {

// Rows drawn, cluster by cluster, and the running number of the copy each belongs to.
struct DrawnRows {
  std::vector<Index> rows;
  std::vector<std::int64_t> copy;
};

DrawnRows draw_rows(const ClusterPlan& plan, const std::vector<int>& counts) {
  DrawnRows drawn;
  std::int64_t copy = 0;
  for (std::size_t g = 0; g < counts.size(); ++g)
    for (int times = 0; times < counts[g]; ++times, ++copy)
      for (const Index row : plan.members[g]) {
        drawn.rows.push_back(row);
        drawn.copy.push_back(copy);
      }
  return drawn;
}

Grouping regrouped(const Grouping& group, const DrawnRows& drawn, bool own_levels) {
  Grouping result;
  result.name = group.name;
  std::map<std::pair<std::int64_t, Level>, Level> codes;
  const auto key = [&](std::size_t i) {
    return std::pair(own_levels ? drawn.copy[i] : 0, group.level[static_cast<std::size_t>(drawn.rows[i])]);
  };
  for (std::size_t i = 0; i < drawn.rows.size(); ++i) codes.emplace(key(i), 0);
  Level next = 0;
  std::vector<std::string> names;
  for (auto& [where, code] : codes) {
    code = next++;
    names.push_back(group.names[static_cast<std::size_t>(where.second)] +
                    (own_levels ? "#" + std::to_string(where.first) : ""));
  }
  result.names = std::move(names);
  std::vector<Level> level;
  for (std::size_t i = 0; i < drawn.rows.size(); ++i) level.push_back(codes.at(key(i)));
  result.level = std::move(level);
  return result;
}

void take_columns(const std::vector<Index>& rows, FrameColumns& columns) {
  if (columns.values.cols() > 0) columns.values = columns.values.take(rows);
}

template <typename Values>
Vector take_values(const std::vector<Index>& rows, const Values& values) {
  return values.size() > 0 ? Vector(values(rows)) : Vector();
}

}  // namespace

ModelFrame resampled(const ModelFrame& frame, const ClusterPlan& plan, const std::vector<int>& counts) {
  const DrawnRows drawn = draw_rows(plan, counts);
  ModelFrame result = frame;
  std::vector<std::size_t> rows;
  for (const Index row : drawn.rows) rows.push_back(frame.rows[static_cast<std::size_t>(row)]);
  result.rows = rows;
  result.outcome = take_values(drawn.rows, frame.outcome);
  result.weights = take_values(drawn.rows, frame.weights);
  result.offset = take_values(drawn.rows, frame.offset);
  take_columns(drawn.rows, result.exogenous);
  take_columns(drawn.rows, result.endogenous);
  take_columns(drawn.rows, result.instruments);
  for (std::size_t q = 0; q < frame.effects.size(); ++q) {
    FrameEffect& effect = result.effects[q];
    effect.group = regrouped(frame.effects[q].group, drawn, plan.nested[q]);
    if (effect.slopes.cols() > 0) effect.slopes = Matrix(frame.effects[q].slopes(drawn.rows, Eigen::all));
  }
  // Coefficients need neither clusters nor the time axis.
  result.clusters.clear();
  result.unit = Grouping{};
  result.time.clear();
  result.extra = FrameColumns{};
  return result;
}

Fit estimate_frame(const Context& context, std::shared_ptr<const ModelFrame> frame,
                   const EstimateOptions& options, const std::string& method) {
  if (method.empty()) return estimate(context, std::move(frame), options);
  const MethodRequest request = read_method(method);
  EstimateOptions own = options;
  own.method_number = request.number;
  return request.estimator->estimate(context, std::move(frame), own);
}

Vector refit(const Context& context, const Refit& model, const ClusterPlan& plan,
             const std::vector<int>& counts) {
  Vector coefficients = Vector::Constant(static_cast<Index>(model.terms.size()), missing_value);
  try {
    const Fit fit =
        estimate_frame(context, std::make_shared<const ModelFrame>(resampled(*model.frame, plan, counts)),
                       model.options, model.method);
    for (std::size_t t = 0; t < model.terms.size(); ++t)
      for (std::size_t j = 0; j < fit.names.size(); ++j)
        if (fit.names[j] == model.terms[t])
          coefficients(static_cast<Index>(t)) = fit.coefficients(static_cast<Index>(j));
  } catch (const Error&) {
    // A resample in which the model cannot be estimated is counted by the caller, not an error.
  }
  return coefficients;
}

}  // namespace panelist
