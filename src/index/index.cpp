// SPDX-License-Identifier: Apache-2.0
#include "index/index.h"

#include "base/text.h"
#include "index/cells.h"
#include "index/components.h"
#include "index/diagnose.h"
#include "index/nodes.h"
#include "index/normalise.h"
#include "index/weigh.h"

namespace panelist {
namespace {

void check_word(const std::string& what, const std::string& word, const std::vector<std::string>& legal) {
  if (std::find(legal.begin(), legal.end(), word) != legal.end()) return;
  const bool method = what == "method";
  throw Error(method ? "index.unknown_method" : "index.unknown_convention", "no " + what + " `" + word + "`",
              "choose among " + join(legal, ", "), what + " " + word);
}

void check_conventions(const IndexConventions& conventions, const IndexSystem& system) {
  check_word("method", conventions.method, index_methods());
  check_word("normalise", conventions.normalise, {"minmax", "zscore", "rank", "none"});
  check_word("pool", conventions.pool, {"all", "year", "unit"});
  check_word("levels", conventions.levels, {"one-step", "two-step"});
  if (!zero_rule(conventions.zero).has_value())
    throw Error("index.unknown_convention", "no rule for zeros `" + conventions.zero + "`",
                "limit, a shift such as 1e-4, or smooth:a with 0 <= a < 1", "zero " + conventions.zero);
  if (conventions.winsor < 0 || conventions.winsor >= 0.5)
    throw Error("index.unknown_convention", "winsor is the share at each tail, from 0 to below 0.5",
                "0.01 is usual", "winsor");
  if (conventions.levels != "two-step" || dimensions_of(system).empty()) return;
  for (const Indicator& indicator : system.indicators)
    if (indicator.dimension.empty())
      throw Error("index.unknown_convention",
                  "two-step weights need every indicator in a dimension; `" + indicator.code + "` has none",
                  "give it a dimension, or use one-step", "indicator " + indicator.code);
}

void warn(IndexResult& result, const std::string& code, const std::string& message) {
  result.warnings.emplace_back(code, message);
}

// The cells of one pool, normalised; min and max go to the indicators when there is one pool only.
PoolCells normalise_pool(const Matrix& values, const Weighting& weighting, const std::string& pool,
                         IndexResult& result) {
  PoolCells cells{Matrix(values.rows(), values.cols()), {}, {}};
  for (Index j = 0; j < values.cols(); ++j) {
    IndicatorResult& target = result.indicators[static_cast<std::size_t>(j)];
    const NormalisedColumn column = normalised(values.col(j), target.indicator, result.conventions.normalise);
    cells.x.col(j) = column.values;
    cells.constant.push_back(column.constant);
    if (pool.empty()) {
      target.min = column.min;
      target.max = column.max;
    }
    if (column.constant) {
      target.constant = true;
      warn(result, "index.constant_indicator",
           "`" + target.indicator.code + "` does not vary" + (pool.empty() ? "" : " in " + pool) +
               ": weight 0");
    }
    if (column.moved > 0)
      warn(result, "index.outside_goalposts",
           std::to_string(column.moved) + " cells of `" + target.indicator.code +
               "` lie beyond its fixed min or max and were moved to it");
    if (weighting.zero_rule && column.values.minCoeff() < 0)
      throw Error("index.negative_values",
                  "`" + target.indicator.code + "` has values below zero, which have no entropy",
                  "use normalise = \"minmax\" or \"rank\"", "indicator " + target.indicator.code);
  }
  return cells;
}

// Adds a pool's weights, by its share of the rows, and its scores.
void take_scores(const PoolScores& scores, const std::vector<Index>& members, IndexResult& result) {
  const double share = static_cast<double>(members.size()) / static_cast<double>(result.rows.size());
  for (std::size_t j = 0; j < result.indicators.size(); ++j) {
    IndicatorResult& indicator = result.indicators[j];
    const Index column = static_cast<Index>(j);
    indicator.weight += share * scores.weight(column);
    indicator.local_weight += share * scores.local(column);
    indicator.entropy += share * scores.entropy(column);
    indicator.redundancy = 1 - indicator.entropy;
  }
  result.score(members) = scores.score;
  for (std::size_t k = 0; k < result.nodes.size(); ++k) {
    const Index column = static_cast<Index>(k);
    result.nodes[k].weight += share * scores.node_weight(column);
    result.nodes[k].contribution(members) = scores.contribution.col(column);
    result.nodes[k].score(members) = scores.part.col(column);
  }
}

void score_pools(const IndexData& data, const Matrix& values, const Weighting& weighting,
                 IndexResult& result) {
  const Pools pools = make_pools(result.conventions.pool, data);
  const ZeroRule rule =
      weighting.zero_rule ? zero_rule(result.conventions.zero).value_or(ZeroRule{}) : ZeroRule{};
  Matrix normal(values.rows(), values.cols());
  for (IndicatorResult& indicator : result.indicators) indicator.entropy = 0;
  for (std::size_t g = 0; g < pools.members.size(); ++g) {
    const std::vector<Index>& members = pools.members[g];
    PoolCells cells = normalise_pool(values(members, Eigen::all), weighting, pools.names[g], result);
    normal(members, Eigen::all) = cells.x;
    cells.z = rule.shift + rule.slope * cells.x.array();
    const PoolScores scores = score_pool(cells, data.system, result.conventions, weighting);
    take_scores(scores, members, result);
    if (scores.all_constant)
      warn(result, "index.all_constant",
           "no indicator varies" + (pools.names[g].empty() ? "" : " in " + pools.names[g]) +
               ": equal weights");
    if (!pools.names[g].empty())
      result.weights_by_pool[pools.names[g]] = {scores.weight.begin(), scores.weight.end()};
  }
  result.stages.push_back({"normalised", normal});
}

// The part of F of some indicators, counted from the worst row, over the range of F.
Vector part_of_components(const ComponentScores& scores, const std::vector<Index>& indicators) {
  Vector part = Vector::Zero(scores.score.size());
  for (std::size_t i = 0; i < scores.columns.size(); ++i)
    if (std::find(indicators.begin(), indicators.end(), scores.columns[i]) != indicators.end())
      part += scores.coefficients(static_cast<Index>(i)) * scores.z.col(static_cast<Index>(i));
  return part;
}

void component_weights(const ComponentScores& scores, const std::vector<Node>& nodes, IndexResult& result) {
  const double sum = scores.coefficients.sum();
  for (std::size_t i = 0; i < scores.columns.size(); ++i)
    result.indicators[static_cast<std::size_t>(scores.columns[i])].weight =
        scores.coefficients(static_cast<Index>(i)) / sum;
  for (const Node& dimension : nodes)
    for (const Index j : dimension.indicators) {
      IndicatorResult& indicator = result.indicators[static_cast<std::size_t>(j)];
      if (dimension.level != 1) continue;
      double within = 0;
      for (const Index other : dimension.indicators)
        within += result.indicators[static_cast<std::size_t>(other)].weight;
      indicator.local_weight = within != 0 ? indicator.weight / within : missing_value;
    }
}

void score_components(const IndexData& data, const Matrix& values, IndexResult& result) {
  const ComponentScores scores = component_scores(oriented_values(values, data.system));
  const std::vector<Node> nodes = index_nodes(data.system);
  for (std::size_t j = 0; j < result.indicators.size(); ++j) {
    IndicatorResult& indicator = result.indicators[j];
    indicator.constant = std::find(scores.columns.begin(), scores.columns.end(), static_cast<Index>(j)) ==
                         scores.columns.end();
    if (indicator.constant)
      warn(result, "index.constant_indicator", "`" + indicator.indicator.code + "` does not vary: weight 0");
  }
  if (scores.columns.empty()) {
    warn(result, "index.all_constant", "no indicator varies: every score is 0");
    return;
  }
  component_weights(scores, nodes, result);
  result.score = scores.score;
  result.components = scores.components;
  Matrix z = Matrix::Zero(values.rows(), values.cols());
  z(Eigen::all, scores.columns) = scores.z;
  result.stages.push_back({"normalised", z});
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const Vector part = part_of_components(scores, nodes[k].indicators);
    for (const Index j : nodes[k].indicators)
      result.nodes[k].weight += result.indicators[static_cast<std::size_t>(j)].weight;
    result.nodes[k].score = rescaled(part);
    result.nodes[k].contribution = (part.array() - part(scores.worst)) / scores.range;
  }
}

IndexResult start(const IndexData& data, const IndexConventions& conventions, const Matrix& values) {
  IndexResult result;
  result.name = data.system.name;
  result.conventions = conventions;
  result.rows = data.rows;
  result.score = Vector::Zero(values.rows());
  for (Index j = 0; j < values.cols(); ++j) {
    IndicatorResult indicator{};
    indicator.indicator = data.system.indicators[static_cast<std::size_t>(j)];
    indicator.min = values.col(j).minCoeff();
    indicator.max = values.col(j).maxCoeff();
    indicator.entropy = indicator.redundancy = missing_value;
    result.indicators.push_back(indicator);
  }
  for (const Node& node : index_nodes(data.system))
    result.nodes.push_back(
        {node.code, node.parent, node.level, 0, Vector::Zero(values.rows()), Vector::Zero(values.rows())});
  return result;
}

void rank_within_time(const Panel& panel, IndexResult& result) {
  std::map<std::int64_t, std::vector<double>> scores;
  const auto time_of = [&](std::size_t i) { return panel.time.empty() ? 0 : panel.time[result.rows[i]]; };
  for (std::size_t i = 0; i < result.rows.size(); ++i)
    scores[time_of(i)].push_back(result.score(static_cast<Index>(i)));
  for (auto& [time, values] : scores) std::sort(values.begin(), values.end(), std::greater<>());
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const std::vector<double>& values = scores[time_of(i)];
    const auto first =
        std::lower_bound(values.begin(), values.end(), result.score(static_cast<Index>(i)), std::greater<>());
    result.rank.push_back(static_cast<int>(first - values.begin()) + 1);
  }
}

std::string entropy_base(const IndexConventions& conventions, std::size_t rows) {
  if (conventions.method != "entropy") return "";
  if (conventions.pool == "year") return "1/ln N, N the units of the year";
  if (conventions.pool == "unit") return "1/ln N, N the times of the unit";
  return "1/ln N, N = " + std::to_string(rows) + " (all rows)";
}

void warn_of_conventions(IndexResult& result) {
  const IndexConventions& c = result.conventions;
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

std::vector<ImputedCells> imputed_cells(const IndexSystem& system, const std::vector<std::size_t>& rows) {
  std::vector<ImputedCells> found;
  for (const Indicator& indicator : system.indicators) {
    const auto filled = [&](std::size_t row) {
      return std::binary_search(indicator.imputed.begin(), indicator.imputed.end(), row);
    };
    const auto cells = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), filled));
    if (cells > 0) found.push_back({indicator.code, cells});
  }
  return found;
}

void finish(const IndexData& data, const Matrix& values, IndexResult& result) {
  result.k_text = entropy_base(result.conventions, result.rows.size());
  rank_within_time(data.panel, result);
  result.diagnostics = diagnose(oriented_values(values, data.system), data.system);
  result.diagnostics.imputed = imputed_cells(data.system, data.rows);
  for (IndicatorResult& indicator : result.indicators) {
    if (indicator.constant) result.diagnostics.constant.push_back(indicator.indicator.code);
    if (indicator.indicator.dimension.empty()) indicator.local_weight = indicator.weight;
  }
  warn_of_conventions(result);
}

}  // namespace

IndexResult build_index(const Context& context, const IndexSystem& system,
                        const IndexConventions& conventions, const Table& table, const Panel& panel,
                        const std::vector<std::size_t>& rows) {
  context.stop_if_asked();
  check_conventions(conventions, system);
  const IndexData data{system, table, panel, rows};
  const Matrix raw = indicator_values(data);
  const Matrix values = winsorised(raw, conventions.winsor);
  IndexResult result = start(data, conventions, values);
  const bool denominated =
      std::any_of(system.indicators.begin(), system.indicators.end(),
                  [](const Indicator& indicator) { return !indicator.denominator.empty(); });
  if (denominated) result.stages.push_back({"denominated", raw});
  if (!imputed_cells(system, rows).empty()) result.stages.push_back({"imputed", raw});
  if (conventions.winsor > 0) result.stages.push_back({"treated", values});
  if (conventions.method == "pca") {
    score_components(data, values, result);
  } else {
    for (const Weighting& weighting : weightings())
      if (weighting.name == conventions.method) score_pools(data, values, weighting, result);
  }
  finish(data, values, result);
  return result;
}

}  // namespace panelist
