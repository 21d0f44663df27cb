// SPDX-License-Identifier: Apache-2.0
#include "index/index.h"

#include "base/text.h"
#include "index/cells.h"
#include "index/components.h"
#include "index/conventions.h"
#include "index/diagnose.h"
#include "index/envelope.h"
#include "index/learned.h"
#include "index/nodes.h"
#include "index/normalise.h"
#include "index/prepare.h"

namespace panelist {
namespace {

constexpr double most_inconsistent = 0.1;  // consistency ratio, Saaty (1980)

void warn(IndexResult& result, const std::string& code, const std::string& message) {
  result.warnings.emplace_back(code, message);
}

// What one pool is built from: its system after treatment, its conventions, the weighting, and what an earlier run
// learned (else it is learned here).
struct PoolPlan {
  const IndexSystem& system;
  const IndexConventions& conventions;
  const Weighting& weighting;
  const LearnedIndex* frozen = nullptr;
};

void warn_of_column(const NormalisedColumn& column, const std::string& code, const PoolPlan& plan,
                    IndexResult& result) {
  const std::string cells = " cells of `" + code + "` lie beyond its ";
  if (column.moved > 0)
    warn(result, "index.outside_goalposts",
         std::to_string(column.moved) + cells + "fixed min or max and were moved to it");
  if (column.outside > 0 && (plan.frozen != nullptr || plan.conventions.pool.rfind("base:", 0) == 0))
    warn(result, "index.outside_reference",
         std::to_string(column.outside) + cells + "goalposts in the reference rows: scores may leave [0, 1]");
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

std::vector<ColumnScale> learn_scales(const Matrix& reference, const PoolPlan& plan) {
  const Normalisation& normalisation = *find_normalisation(plan.conventions.normalise);
  std::vector<ColumnScale> scales;
  for (Index j = 0; j < reference.cols(); ++j)
    scales.push_back(
        normalisation.learn(reference.col(j), plan.system.indicators[static_cast<std::size_t>(j)]));
  return scales;
}

// The cells of some rows under learned scales.
Matrix normalise_rows(const Matrix& values, const std::vector<ColumnScale>& scales, const Pool& pool,
                      const PoolPlan& plan, IndexResult& result) {
  const Normalisation& normalisation = *find_normalisation(plan.conventions.normalise);
  Matrix x(values.rows(), values.cols());
  for (Index j = 0; j < values.cols(); ++j) {
    const auto at = static_cast<std::size_t>(j);
    const Indicator& indicator = plan.system.indicators[at];
    const NormalisedColumn column =
        scaled(normalisation, scales[at], values.col(j), indicator, plan.conventions.cap);
    x.col(j) = column.values;
    take_scale(scales[at], pool.name, result.indicators[at], result);
    warn_of_column(column, indicator.code, plan, result);
  }
  return x;
}

void refuse_negative(const PoolCells& reference, const PoolPlan& plan) {
  if (!plan.weighting.zero_rule) return;
  for (Index j = 0; j < reference.x.cols(); ++j)
    if (reference.x.col(j).minCoeff() < 0) {
      const std::string& code = plan.system.indicators[static_cast<std::size_t>(j)].code;
      throw Error("index.negative_values", "`" + code + "` has values below zero, which have no entropy",
                  "use normalise = \"minmax\" or \"rank\"", "indicator " + code);
    }
}

LearnedWeights weights_of_pool(const Matrix& x, const Matrix& values, const std::vector<ColumnScale>& scales,
                               const PoolPlan& plan) {
  PoolCells reference{x, {}, values, {}};
  for (const ColumnScale& scale : scales) reference.constant.push_back(scale.constant);
  refuse_negative(reference, plan);
  const ZeroRule rule =
      plan.weighting.zero_rule ? zero_rule(plan.conventions.zero).value_or(ZeroRule{}) : ZeroRule{};
  reference.z = rule.shift + rule.slope * reference.x.array();
  return learn_weights(reference, {plan.system, plan.conventions, plan.weighting});
}

// Adds a pool's weights, by its share of the rows.
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

void take_scores(const PoolScores& scores, const std::vector<Index>& members, IndexResult& result) {
  result.score(members) = scores.score;
  for (std::size_t k = 0; k < result.nodes.size(); ++k) {
    result.nodes[k].contribution(members) = scores.contribution.col(static_cast<Index>(k));
    result.nodes[k].score(members) = scores.part.col(static_cast<Index>(k));
  }
}

void warn_of_comparisons(const LearnedWeights& learned, IndexResult& result) {
  for (const auto& [node, ratio] : learned.consistency)
    if (ratio > most_inconsistent)
      warn(result, "index.inconsistent_comparisons",
           "the comparisons under `" + (node.empty() ? result.name : node) +
               "` contradict one another: consistency ratio " + fixed(ratio, 3) + ", above 0.1");
}

// A zero makes a geometric or harmonic mean zero whatever the other cells are.
void warn_of_zeros(const Matrix& x, const IndexConventions& conventions, IndexResult& result) {
  const bool ratios =
      std::any_of(conventions.aggregate.begin(), conventions.aggregate.end(),
                  [](const std::string& name) { return name == "geometric" || name == "harmonic"; });
  const Index rows = ratios ? (x.array() == 0).rowwise().any().count() : 0;
  if (rows > 0)
    warn(result, "index.zero_in_mean",
         std::to_string(rows) + " rows have a cell of zero: geometric and harmonic means over it are zero");
}

void report_pool(const Pool& pool, const LearnedWeights& learned, IndexResult& result) {
  warn_of_comparisons(learned, result);
  if (learned.all_constant)
    warn(result, "index.all_constant",
         "no indicator varies" + (pool.name.empty() ? "" : " in " + pool.name) + ": equal weights");
  if (!pool.name.empty()) result.weights_by_pool[pool.name] = {learned.weight.begin(), learned.weight.end()};
  for (const auto& [node, ratio] : learned.consistency) result.consistency.emplace_back(node, ratio);
}

void score_by_row(const Matrix& x, const Matrix& reference, const IndexConventions& conventions,
                  PoolScores& scores) {
  scores.score = benefit_of_the_doubt(x, reference, {conventions.share_low, conventions.share_high}).score;
  scores.contribution.setConstant(missing_value);
}

// Learns from the pool's reference rows (or takes what was learned earlier) and scores its members.
LearnedIndex score_pool(const Pool& pool, const Matrix& values, const PoolPlan& plan, Matrix& normal,
                        IndexResult& result) {
  LearnedIndex learned;
  if (plan.frozen != nullptr) learned = *plan.frozen;
  if (plan.frozen == nullptr) learned.scale = learn_scales(values(pool.reference, Eigen::all), plan);
  const Matrix x = normalise_rows(values(pool.members, Eigen::all), learned.scale, pool, plan, result);
  normal(pool.members, Eigen::all) = x;
  if (plan.frozen == nullptr)
    learned.weights = weights_of_pool(normal(pool.reference, Eigen::all), values(pool.reference, Eigen::all),
                                      learned.scale, plan);
  const double share = static_cast<double>(pool.members.size()) / static_cast<double>(result.rows.size());
  take_weights(learned.weights, share, result);
  PoolScores scores = score_rows(x, learned.weights, plan.system, plan.conventions);
  if (plan.weighting.by_row) score_by_row(x, normal(pool.reference, Eigen::all), plan.conventions, scores);
  take_scores(scores, pool.members, result);
  warn_of_zeros(x, plan.conventions, result);
  report_pool(pool, learned.weights, result);
  return learned;
}

void score_pools(const std::vector<Pool>& pools, const Matrix& values, const PoolPlan& plan,
                 const std::vector<ColumnTreatment>& treatment, IndexResult& result) {
  Matrix normal(values.rows(), values.cols());
  for (IndicatorResult& indicator : result.indicators) indicator.entropy = 0;
  for (const Pool& pool : pools) {
    LearnedIndex learned = score_pool(pool, values, plan, normal, result);
    if (!pool.name.empty() || plan.weighting.by_row) continue;
    learned.treatment = treatment;
    learned.node_weights = plan.system.node_weights;
    learned.comparisons = plan.system.comparisons;
    result.learned = std::make_shared<LearnedIndex>(std::move(learned));
  }
  result.stages.push_back({"normalised", normal});
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
  if (conventions.pool.rfind("base:", 0) == 0) return "1/ln N, N the rows it was learned on";
  if (conventions.pool == "year") return "1/ln N, N the units of the year";
  if (conventions.pool == "unit") return "1/ln N, N the times of the unit";
  return "1/ln N, N = " + std::to_string(rows) + " (all rows)";
}

void warn_of_conventions(IndexResult& result) {
  const IndexConventions& c = result.conventions;
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

// Outliers, learned from the base rows under a base period, else from all rows.
std::vector<ColumnTreatment> treat(const std::vector<Pool>& pools, const PoolPlan& plan, Matrix& values) {
  std::vector<ColumnTreatment> treatment = plan.frozen != nullptr
                                               ? plan.frozen->treatment
                                               : std::vector<ColumnTreatment>(plan.system.indicators.size());
  if (!treats(plan.conventions)) return treatment;
  for (Index j = 0; j < values.cols(); ++j) {
    const auto at = static_cast<std::size_t>(j);
    if (plan.frozen == nullptr)
      treatment[at] = learn_treatment(
          pools.size() == 1 ? Vector(values(pools.front().reference, j)) : Vector(values.col(j)),
          plan.system.indicators[at], plan.conventions);
    values.col(j) = treated(treatment[at], values.col(j));
  }
  return treatment;
}

IndexSystem treated_system(const IndexSystem& system, const std::vector<ColumnTreatment>& treatment) {
  IndexSystem changed = system;
  for (std::size_t j = 0; j < treatment.size(); ++j)
    changed.indicators[j] = treated_goalposts(treatment[j], system.indicators[j]);
  return changed;
}

void mark_frozen(IndexResult& result) {
  if (!result.k_text.empty()) result.k_text = "1/ln N, N the rows it was learned on";
  warn(result, "index.frozen",
       "goalposts and weights are those of an earlier run, not learned on these rows");
}

IndexResult build(const IndexData& data, const IndexConventions& conventions, const LearnedIndex* frozen) {
  Prepared prepared = prepare(data, conventions);
  const IndexData kept{prepared.system, data.table, data.panel, prepared.rows};
  const std::vector<Pool> pools =
      frozen != nullptr ? make_pools("all", kept) : make_pools(conventions.pool, kept);
  static const Weighting components{};
  const Weighting* weighting = find_weighting(conventions.method);
  const PoolPlan plan{prepared.system, conventions, weighting != nullptr ? *weighting : components, frozen};
  Matrix values = prepared.values;
  const std::vector<ColumnTreatment> treatment = treat(pools, plan, values);
  const IndexSystem changed = treated_system(prepared.system, treatment);
  IndexResult result = start(kept, conventions, values);
  result.stages = std::move(prepared.stages);
  result.warnings = std::move(prepared.warnings);
  if (treats(conventions)) result.stages.push_back({"treated", values});
  if (conventions.method == "pca")
    score_components(changed, values, result);
  else
    score_pools(pools, values, {changed, conventions, plan.weighting, frozen}, treatment, result);
  finish({changed, data.table, data.panel, prepared.rows}, values, result);
  if (frozen != nullptr) mark_frozen(result);
  return result;
}

}  // namespace

IndexResult build_index(const Context& context, const IndexSystem& system,
                        const IndexConventions& conventions, const Table& table, const Panel& panel,
                        const std::vector<std::size_t>& rows) {
  context.stop_if_asked();
  check_conventions(conventions, system);
  return build({system, table, panel, rows}, conventions, nullptr);
}

IndexSystem system_of_index(const IndexResult& index) {
  IndexSystem system{index.name, {}, {}, {}, {}};
  for (const IndicatorResult& result : index.indicators) system.indicators.push_back(result.indicator);
  if (index.learned == nullptr) return system;
  system.node_weights = index.learned->node_weights;
  system.comparisons = index.learned->comparisons;
  return system;
}

IndexResult apply_index(const Context& context, const IndexResult& learned_from, const Table& table,
                        const Panel& panel, const std::vector<std::size_t>& rows) {
  context.stop_if_asked();
  if (learned_from.learned == nullptr)
    throw Error("index.not_freezable",
                "index `" + learned_from.name + "` learned nothing that goes to other rows",
                "pools by year or unit, pca and bod are learned anew on their own rows",
                "index " + learned_from.name);
  const IndexSystem system = system_of_index(learned_from);
  IndexConventions conventions = learned_from.conventions;
  conventions.screen = 0;  // the system stays whole
  check_conventions(conventions, system);
  return build({system, table, panel, rows}, conventions, learned_from.learned.get());
}

}  // namespace panelist
