// SPDX-License-Identifier: Apache-2.0
#include "index/index.h"

#include "base/text.h"
#include "index/available.h"
#include "index/cells.h"
#include "index/components.h"
#include "index/conventions.h"
#include "index/diagnose.h"
#include "index/envelope.h"
#include "index/fill.h"
#include "index/learned.h"
#include "index/nodes.h"
#include "index/normalise.h"
#include "index/prepare.h"
#include "index/stream.h"

namespace panelist {
namespace {

// The cells of a column that are not missing.
Vector observed(const Vector& column, const PoolPlan& plan) {
  if (column.allFinite()) return column;
  const std::vector<Index> seen = observed_cells(column);
  if (!seen.empty()) return column(seen);
  throw Error("index.missing_cells", "an indicator of `" + plan.system.name + "` has no cell to learn from",
              "leave it out, or choose another pool", "index " + plan.system.name);
}

std::vector<ColumnScale> learn_scales(const Matrix& reference, const PoolPlan& plan) {
  const Normalisation& normalisation = *find_normalisation(plan.conventions.normalise);
  std::vector<ColumnScale> scales;
  for (Index j = 0; j < reference.cols(); ++j)
    scales.push_back(normalisation.learn(observed(reference.col(j), plan),
                                         plan.system.indicators[static_cast<std::size_t>(j)]));
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
    refuse_lost(values.col(j), column.values, indicator.code, "normalised value");
    take_scale(scales[at], pool.name, result.indicators[at], result);
    warn_of_cells_beyond(column.moved, column.outside, indicator.code, plan, result);
  }
  return x;
}

LearnedWeights weights_of_pool(const Matrix& all_x, const Matrix& all_values,
                               const std::vector<ColumnScale>& scales, const PoolPlan& plan) {
  const std::vector<Index> complete = complete_rows(all_x);
  if (complete.size() < 2 && complete.size() < static_cast<std::size_t>(all_x.rows()))
    throw Error("index.too_few_complete_rows",
                "weights of index `" + plan.system.name +
                    "` are learned from rows without gaps, of which there are " +
                    std::to_string(complete.size()),
                "fill cells with impute, or give the weights", "index " + plan.system.name);
  const Matrix x = all_x(complete, Eigen::all), values = all_values(complete, Eigen::all);
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

// What an earlier run learned of a year or unit, or of all rows.
LearnedPool frozen_pool(const LearnedIndex& frozen, const Pool& pool) {
  if (frozen.pools.empty()) return {pool.name, frozen.scale, frozen.weights};
  std::vector<std::string> known;
  for (const LearnedPool& learned : frozen.pools) {
    if (learned.name == pool.name) return learned;
    known.push_back(learned.name);
  }
  throw Error("index.unknown_pool",
              "nothing was learned of " + pool.name + ", which has goalposts and weights of its own",
              "it knows " + join(known, ", ") + "; freeze an index with pool = \"all\" to score others",
              "pool " + pool.name);
}

// Learns from the pool's reference rows (or takes what was learned earlier) and scores its members.
LearnedPool score_pool(const Pool& pool, const Matrix& values, const PoolPlan& plan, Matrix& normal,
                       IndexResult& result) {
  LearnedPool learned =
      plan.frozen != nullptr ? frozen_pool(*plan.frozen, pool) : LearnedPool{pool.name, {}, {}};
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
  LearnedIndex learned{treatment, {}, {}, plan.system.node_weights, plan.system.comparisons};
  for (IndicatorResult& indicator : result.indicators) indicator.entropy = 0;
  for (const Pool& pool : pools) {
    LearnedPool one = score_pool(pool, values, plan, normal, result);
    if (pool.name.empty()) {
      learned.scale = std::move(one.scale);
      learned.weights = std::move(one.weights);
    } else {
      learned.pools.push_back(std::move(one));
    }
  }
  if (pools.size() > 1) shorten_pool_warnings(result);
  if (!plan.weighting.by_row) result.learned = std::make_shared<LearnedIndex>(std::move(learned));
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
    const std::vector<Index> seen = observed_cells(values.col(j));
    if (plan.frozen == nullptr)
      treatment[at] = learn_treatment(
          observed(pools.size() == 1 ? Vector(values(pools.front().reference, j)) : Vector(values.col(j)),
                   plan),
          plan.system.indicators[at], plan.conventions);
    const Vector before = values(seen, j), after = treated(treatment[at], before);
    refuse_lost(before, after, plan.system.indicators[at].code, "logarithm or power");
    values(seen, j) = after;
  }
  return treatment;
}

// 2 x m: the smallest and the largest cell of each column.
Matrix extremes_of(const Matrix& values) {
  Matrix extremes(2, values.cols());
  for (Index j = 0; j < values.cols(); ++j) {
    const Vector seen = values.col(j)(observed_cells(values.col(j)));
    extremes(0, j) = seen.size() > 0 ? seen.minCoeff() : missing_value;
    extremes(1, j) = seen.size() > 0 ? seen.maxCoeff() : missing_value;
  }
  return extremes;
}

// A mean near zero makes any coefficient of variation large.
void warn_of_signs(const Matrix& extremes, IndexResult& result) {
  const IndexConventions& c = result.conventions;
  const bool combined = c.method == "combined" && std::count(c.combine.begin(), c.combine.end(), "cv") > 0;
  if (c.method != "cv" && !combined) return;
  for (Index j = 0; j < extremes.cols(); ++j)
    if (extremes(0, j) < 0 && extremes(1, j) > 0)
      warn(result, "index.signs_under_cv",
           "`" + result.indicators[static_cast<std::size_t>(j)].indicator.code +
               "` has values on both sides of zero: its coefficient of variation says nothing");
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

// Frozen goalposts hold for all rows, unless each year or unit has its own.
std::string pools_of(const Order& order) {
  const bool one = order.frozen != nullptr && order.frozen->pools.empty();
  return one ? "all" : order.conventions.pool;
}

// Principal components, and what they learned, in the result.
void take_components(const Order& order, const IndexSystem& system, const Matrix& values,
                     const std::vector<ColumnTreatment>& treatment, IndexResult& result) {
  const LearnedComponents* frozen =
      order.frozen != nullptr && order.frozen->components ? &*order.frozen->components : nullptr;
  LearnedIndex learned{treatment, {}, {}, system.node_weights, system.comparisons};
  learned.components = score_components(system, values, frozen, result);
  result.learned = std::make_shared<LearnedIndex>(std::move(learned));
}

void count_unobserved(const Matrix& values, const IndexSystem& system, IndexResult& result) {
  Index cells = 0;
  for (Index j = 0; j < values.cols(); ++j) {
    const Index missing = values.rows() - values.col(j).array().isFinite().count();
    if (missing > 0)
      result.diagnostics.unobserved.push_back(
          {system.indicators[static_cast<std::size_t>(j)].code, static_cast<std::size_t>(missing)});
    cells += missing;
  }
  const Index rows = values.rows() - static_cast<Index>(complete_rows(values).size());
  if (cells > 0)
    warn(result, "index.available_cells",
         std::to_string(cells) + (cells == 1 ? " cell is missing: " : " cells are missing: ") +
             std::to_string(rows) +
             (rows == 1 ? " row is scored by the cells it has" : " rows are scored by the cells they have"));
}

// All cells at once: for conventions that streamed_index does not know.
IndexResult build_whole(const Context& context, const Order& order, const Weighting& weighting) {
  Prepared prepared = prepare(order.data, order.conventions);
  const IndexData kept{prepared.system, order.data.table, order.data.panel, prepared.rows};
  const std::vector<Pool> pools = make_pools(pools_of(order), kept);
  const PoolPlan plan{prepared.system, order.conventions, weighting, order.frozen};
  Matrix& values = prepared.values;
  const std::vector<ColumnTreatment> treatment = treat(pools, plan, values);
  const IndexSystem changed = treated_system(prepared.system, treatment);
  const Matrix extremes = extremes_of(values);
  IndexResult result = started_result(kept, order.conventions, extremes);
  result.stages = std::move(prepared.stages);
  result.warnings = std::move(prepared.warnings);
  if (order.frozen == nullptr) warn_of_signs(extremes, result);
  if (treats(order.conventions)) keep_stage(order, "treated", values, result);
  if (order.conventions.method == "pca")
    take_components(order, changed, values, treatment, result);
  else
    score_pools(pools, values, {changed, order.conventions, plan.weighting, order.frozen}, treatment, result);
  if (order.extras.correlations)
    result.diagnostics =
        diagnose(oriented_values(values(complete_rows(values), Eigen::all), changed), changed);
  count_unobserved(values, changed, result);
  if (!order.extras.cells) result.stages.clear();
  finish_result(context, {changed, order.data.table, order.data.panel, prepared.rows}, result);
  return result;
}

IndexResult build(const Context& context, const Order& order) {
  context.stop_if_asked();
  check_fill_column(order.data, order.conventions.impute);
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
                "bod scores a row against the rows beside it: choose a method with common weights",
                "index " + learned_from.name);
  const IndexSystem system = system_of_index(learned_from);
  IndexConventions conventions = learned_from.conventions;
  conventions.screen = 0;  // the system stays whole
  check_conventions(conventions, system);
  return build(context, {{system, table, panel, rows}, conventions, learned_from.learned.get(), extras});
}

}  // namespace panelist
