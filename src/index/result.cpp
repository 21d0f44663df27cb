// SPDX-License-Identifier: Apache-2.0
#include "index/result.h"

#include "base/text.h"
#include "index/nodes.h"
#include "index/prepare.h"
#include "index/ranks.h"

namespace panelist {
namespace {

constexpr double most_inconsistent = 0.1;  // consistency ratio, Saaty (1980)

void warn_of_comparisons(const LearnedWeights& learned, IndexResult& result) {
  for (const auto& [node, ratio] : learned.consistency)
    if (ratio > most_inconsistent)
      warn(result, "index.inconsistent_comparisons",
           "the comparisons under `" + (node.empty() ? result.name : node) +
               "` contradict one another: consistency ratio " + fixed(ratio, 3) + ", above 0.1");
}

std::string entropy_base(const IndexConventions& conventions, std::size_t rows) {
  if (conventions.method != "entropy") return "";
  if (conventions.pool.rfind("base:", 0) == 0) return "1/ln N, N the rows it was learned on";
  if (conventions.pool == "year") return "1/ln N, N the units of the year";
  if (conventions.pool == "unit") return "1/ln N, N the times of the unit";
  return "1/ln N, N = " + std::to_string(rows) + " (all rows)";
}

// Means beyond the levels there are, and a second scaling where there is no second step, do nothing.
void warn_of_idle_conventions(IndexResult& result) {
  const IndexConventions& c = result.conventions;
  int height = 0;
  for (const NodeResult& node : result.nodes) height = std::max(height, node.level);
  if (c.aggregate.size() > static_cast<std::size_t>(height) + 1)
    warn(result, "index.idle_convention",
         "aggregate has " + std::to_string(c.aggregate.size()) + " means and the index " +
             std::to_string(height + 1) + (height == 0 ? " level" : " levels") +
             ": the last ones do nothing");
  if (c.renormalise && c.levels != "two-step")
    warn(result, "index.idle_convention", "renormalise does nothing without levels = \"two-step\"");
}

// Given weights that do not sum to one. Those of a tree are shares within each parent, whatever their sum.
void warn_of_rescaled_weights(IndexResult& result) {
  if (result.conventions.method != "given" || result.conventions.levels == "tree") return;
  double sum = 0;
  for (const IndicatorResult& indicator : result.indicators)
    sum += indicator.indicator.weight.value_or(missing_value);
  if (std::abs(sum - 1) > 1e-6)
    warn(result, "index.weights_rescaled",
         "the given weights sum to " + shortest(std::round(sum * 1e6) / 1e6) + ": each was divided by that");
}

// One thing under two names.
void warn_of_twins(IndexResult& result) {
  for (const auto& [first, second, r] : result.diagnostics.correlated)
    if (std::abs(r) > 1 - 1e-10)
      warn(result, "index.twin_indicators",
           "`" + first + "` and `" + second + "` hold the same up to scale (r = " + (r > 0 ? "1" : "-1") +
               "): " + (r > 0 ? "it counts twice" : "they cancel"));
}

void warn_of_conventions(IndexResult& result) {
  const IndexConventions& c = result.conventions;
  warn_of_idle_conventions(result);
  warn_of_rescaled_weights(result);
  warn_of_twins(result);
  if (c.method == "pca" && result.rows.size() <= result.indicators.size())
    warn(result, "index.more_indicators_than_rows",
         std::to_string(result.indicators.size()) + " indicators on " + std::to_string(result.rows.size()) +
             " rows: their correlation matrix is singular and the components arbitrary");
  if (c.method == "pca" && (c.pool != "all" || c.levels != "one-step" || c.normalise != "minmax"))
    warn(result, "index.convention_ignored",
         "pca takes z-scores pooled over all rows in one step: normalise, pool and levels do not apply");
  else if (c.pool == "year")
    warn(result, "index.pool_by_year",
         "weights and goalposts are each year's own: scores rank units within a year and show no growth");
  else if (c.pool == "unit")
    warn(result, "index.pool_by_unit",
         "weights and goalposts are each unit's own: scores do not compare units");
}

}  // namespace

IndexResult started_result(const IndexData& data, const IndexConventions& conventions,
                           const Matrix& extremes) {
  const auto n = static_cast<Index>(data.rows.size());
  IndexResult result;
  result.name = data.system.name;
  result.conventions = conventions;
  result.rows = data.rows;
  result.score = Vector::Zero(n);
  for (Index j = 0; j < extremes.cols(); ++j) {
    IndicatorResult indicator{};
    indicator.indicator = data.system.indicators[static_cast<std::size_t>(j)];
    indicator.min = extremes.col(j).minCoeff();
    indicator.max = extremes.col(j).maxCoeff();
    indicator.entropy = indicator.redundancy = missing_value;
    result.indicators.push_back(indicator);
  }
  for (const Node& node : index_nodes(data.system))
    result.nodes.push_back({node.code, node.parent, node.level, 0, Vector::Zero(n), Vector::Zero(n)});
  return result;
}

void warn(IndexResult& result, const std::string& code, const std::string& message) {
  result.warnings.emplace_back(code, message);
}

void warn_of_cells_beyond(Index moved, Index outside, const std::string& code, const PoolPlan& plan,
                          IndexResult& result) {
  const auto cells = [&](Index count) {
    return std::to_string(count) + (count == 1 ? " cell of `" : " cells of `") + code + "` " +
           (count == 1 ? "lies" : "lie") + " beyond its ";
  };
  if (moved > 0)
    warn(result, "index.outside_goalposts",
         cells(moved) + "fixed min or max and " + (moved == 1 ? "was" : "were") + " moved to it");
  if (outside > 0 && (plan.frozen != nullptr || plan.conventions.pool.rfind("base:", 0) == 0))
    warn(result, "index.outside_reference",
         cells(outside) + "goalposts in the reference rows: scores may leave [0, 1]");
}

void take_scale(const ColumnScale& scale, const std::string& pool, IndicatorResult& target,
                IndexResult& result) {
  if (pool.empty()) {
    target.min = scale.min;
    target.max = scale.max;
  }
  if (!scale.constant) return;
  target.constant = true;
  warn(result, "index.constant_indicator",
       "`" + target.indicator.code + "` does not vary" + (pool.empty() ? "" : " in " + pool) + ": weight 0");
}

void take_weights(const LearnedWeights& learned, double share, IndexResult& result) {
  for (std::size_t j = 0; j < result.indicators.size(); ++j) {
    IndicatorResult& indicator = result.indicators[j];
    const Index column = static_cast<Index>(j);
    indicator.weight += share * learned.weight(column);
    indicator.local_weight += share * learned.local(column);
    indicator.entropy += share * learned.entropy(column);
    indicator.redundancy = 1 - indicator.entropy;
  }
  for (std::size_t k = 0; k < result.nodes.size(); ++k)
    result.nodes[k].weight += share * learned.node_weight(static_cast<Index>(k));
}

bool means_of_ratios(const IndexConventions& conventions) {
  return std::any_of(conventions.aggregate.begin(), conventions.aggregate.end(),
                     [](const std::string& name) { return name == "geometric" || name == "harmonic"; });
}

void warn_of_zeros(Index rows, IndexResult& result) {
  if (rows > 0)
    warn(result, "index.zero_in_mean",
         std::to_string(rows) + (rows == 1 ? " row has" : " rows have") +
             " a cell of zero: geometric and harmonic means over it are zero");
}

void report_pool(const Pool& pool, const LearnedWeights& learned, IndexResult& result) {
  warn_of_comparisons(learned, result);
  if (learned.all_constant)
    warn(result, "index.all_constant",
         "no indicator varies" + (pool.name.empty() ? "" : " in " + pool.name) + ": equal weights");
  if (!pool.name.empty()) result.weights_by_pool[pool.name] = {learned.weight.begin(), learned.weight.end()};
  for (const auto& [node, ratio] : learned.consistency) result.consistency.emplace_back(node, ratio);
}

void refuse_negative(double least, const std::string& code) {
  if (!(least < 0)) return;
  throw Error("index.negative_values", "`" + code + "` has values below zero, which have no entropy",
              "use normalise = \"minmax\" or \"rank\"", "indicator " + code);
}

void refuse_lost(const VectorView& before, const Vector& after, const std::string& code,
                 const std::string& what) {
  const Index lost = (before.array().isFinite() && !after.array().isFinite()).count();
  if (lost == 0) return;
  throw Error("index.not_positive",
              std::to_string(lost) + (lost == 1 ? " cell of `" : " cells of `") + code +
                  (lost == 1 ? "` has no " : "` have no ") + what +
                  " under what was learned from the reference rows: too small for it",
              "correct it, or learn the index anew from rows that hold such cells", "indicator " + code);
}

void mark_frozen(IndexResult& result) {
  if (!result.k_text.empty()) result.k_text = "1/ln N, N the rows it was learned on";
  warn(result, "index.frozen",
       "goalposts and weights are those of an earlier run, not learned on these rows");
}

void finish_result(const Context& context, const IndexData& data, IndexResult& result) {
  result.k_text = entropy_base(result.conventions, result.rows.size());
  result.rank = RanksWithinTime(data.panel, result.rows).rank(context, result.score);
  result.diagnostics.imputed = imputed_cells(data.system, data.rows);
  for (IndicatorResult& indicator : result.indicators) {
    if (indicator.constant) result.diagnostics.constant.push_back(indicator.indicator.code);
    if (indicator.indicator.dimension.empty()) indicator.local_weight = indicator.weight;
  }
  warn_of_conventions(result);
}

}  // namespace panelist
