// SPDX-License-Identifier: Apache-2.0
#include "index/index.h"

#include "index/cells.h"
#include "index/components.h"
#include "index/conventions.h"
#include "index/diagnose.h"
#include "index/envelope.h"
#include "index/learned.h"
#include "index/nodes.h"
#include "index/normalise.h"
#include "index/prepare.h"
#include "index/stream.h"

namespace panelist {
namespace {

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
    warn_of_cells_beyond(column.moved, column.outside, indicator.code, plan, result);
  }
  return x;
}

LearnedWeights weights_of_pool(const Matrix& x, const Matrix& values, const std::vector<ColumnScale>& scales,
                               const PoolPlan& plan) {
  PoolCells reference{x, {}, values, {}};
  for (const ColumnScale& scale : scales) reference.constant.push_back(scale.constant);
  if (plan.weighting.zero_rule)
    for (Index j = 0; j < x.cols(); ++j)
      refuse_negative(x.col(j).minCoeff(), plan.system.indicators[static_cast<std::size_t>(j)].code);
  const ZeroRule rule =
      plan.weighting.zero_rule ? zero_rule(plan.conventions.zero).value_or(ZeroRule{}) : ZeroRule{};
  reference.z = rule.shift + rule.slope * reference.x.array();
  return learn_weights(reference, {plan.system, plan.conventions, plan.weighting});
}

void take_scores(const PoolScores& scores, const std::vector<Index>& members, IndexResult& result) {
  result.score(members) = scores.score;
  for (std::size_t k = 0; k < result.nodes.size(); ++k) {
    result.nodes[k].contribution(members) = scores.contribution.col(static_cast<Index>(k));
    result.nodes[k].score(members) = scores.part.col(static_cast<Index>(k));
  }
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
  if (means_of_ratios(plan.conventions)) warn_of_zeros((x.array() == 0).rowwise().any().count(), result);
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

// 2 x m: the smallest and the largest cell of each column.
Matrix extremes_of(const Matrix& values) {
  Matrix extremes(2, values.cols());
  extremes << values.colwise().minCoeff(), values.colwise().maxCoeff();
  return extremes;
}

IndexSystem treated_system(const IndexSystem& system, const std::vector<ColumnTreatment>& treatment) {
  IndexSystem changed = system;
  for (std::size_t j = 0; j < treatment.size(); ++j)
    changed.indicators[j] = treated_goalposts(treatment[j], system.indicators[j]);
  return changed;
}

// How one index is built: what it stands on and what it keeps.
struct Order {
  const IndexData& data;
  const IndexConventions& conventions;
  const LearnedIndex* frozen = nullptr;
  const IndexExtras& extras;
};

void keep_stage(const Order& order, const char* name, const Matrix& values, IndexResult& result) {
  if (order.extras.cells) result.stages.push_back({name, values});
}

// All cells at once: for conventions that streamed_index does not know.
IndexResult build_whole(const Context& context, const Order& order, const Weighting& weighting) {
  Prepared prepared = prepare(order.data, order.conventions);
  const IndexData kept{prepared.system, order.data.table, order.data.panel, prepared.rows};
  const std::vector<Pool> pools = make_pools(order.frozen != nullptr ? "all" : order.conventions.pool, kept);
  const PoolPlan plan{prepared.system, order.conventions, weighting, order.frozen};
  Matrix& values = prepared.values;
  const std::vector<ColumnTreatment> treatment = treat(pools, plan, values);
  const IndexSystem changed = treated_system(prepared.system, treatment);
  IndexResult result = started_result(kept, order.conventions, extremes_of(values));
  result.stages = std::move(prepared.stages);
  result.warnings = std::move(prepared.warnings);
  if (treats(order.conventions)) keep_stage(order, "treated", values, result);
  if (order.conventions.method == "pca")
    score_components(changed, values, result);
  else
    score_pools(pools, values, {changed, order.conventions, plan.weighting, order.frozen}, treatment, result);
  if (order.extras.correlations) result.diagnostics = diagnose(oriented_values(values, changed), changed);
  if (!order.extras.cells) result.stages.clear();
  finish_result(context, {changed, order.data.table, order.data.panel, prepared.rows}, result);
  return result;
}

IndexResult build(const Context& context, const Order& order) {
  context.stop_if_asked();
  static const Weighting components{};
  const Weighting* found = find_weighting(order.conventions.method);
  const Weighting& weighting = found != nullptr ? *found : components;
  std::optional<IndexResult> streamed = streamed_index(
      context, order.data, {order.data.system, order.conventions, weighting, order.frozen}, order.extras);
  IndexResult result = streamed ? std::move(*streamed) : build_whole(context, order, weighting);
  if (order.frozen != nullptr) mark_frozen(result);
  return result;
}

}  // namespace

IndexResult build_index(const Context& context, const IndexSystem& system,
                        const IndexConventions& conventions, const Table& table, const Panel& panel,
                        const std::vector<std::size_t>& rows, const IndexExtras& extras) {
  check_conventions(conventions, system);
  return build(context, {{system, table, panel, rows}, conventions, nullptr, extras});
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
                        const Panel& panel, const std::vector<std::size_t>& rows, const IndexExtras& extras) {
  if (learned_from.learned == nullptr)
    throw Error("index.not_freezable",
                "index `" + learned_from.name + "` learned nothing that goes to other rows",
                "pools by year or unit, pca and bod are learned anew on their own rows",
                "index " + learned_from.name);
  const IndexSystem system = system_of_index(learned_from);
  IndexConventions conventions = learned_from.conventions;
  conventions.screen = 0;  // the system stays whole
  check_conventions(conventions, system);
  return build(context, {{system, table, panel, rows}, conventions, learned_from.learned.get(), extras});
}

}  // namespace panelist
