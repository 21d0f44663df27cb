// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/bootstrap.h"

#include "base/distribution.h"
#include "base/random.h"
#include "mechanism/resampling/cluster_products.h"
#include "mechanism/resampling/replicates.h"
#include "mechanism/resampling/resampled_frame.h"
#include "table/statistics.h"

namespace panelist {
namespace {

std::vector<int> draw_counts(const MediationSpec& spec, std::uint64_t replicate, Level clusters) {
  Random random(spec.seed, spec.stream, replicate);
  std::vector<int> counts(static_cast<std::size_t>(clusters), 0);
  for (Level draw = 0; draw < clusters; ++draw) ++counts[random.below(static_cast<std::uint32_t>(clusters))];
  return counts;
}

// The columns of the elimination: regressors without the constant, then mediators, then the outcome.
struct PathColumns {
  Matrix values;
  std::vector<Index> regressors, mediators;
  Index x = -1, outcome = 0;
};

PathColumns path_columns(const ResampledPaths& paths) {
  const FrameColumns& exogenous = paths.frame->exogenous;
  PathColumns columns;
  columns.values.resize(paths.frame->n(), exogenous.values.cols() + 1);
  Index used = 0;
  const auto add = [&](const Vector& values) {
    columns.values.col(used) = values;
    return used++;
  };
  const auto listed = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (std::size_t j = 0; j < exogenous.names.size(); ++j) {
    const std::string& name = exogenous.names[j];
    if (listed(paths.mediators, name) || listed(paths.dropped, name) || (paths.frame->intercept && j == 0))
      continue;
    const Index at = add(exogenous.values.col(static_cast<Index>(j)));
    columns.regressors.push_back(at);
    if (name == paths.x) columns.x = at;
  }
  for (const std::string& mediator : paths.mediators)
    for (std::size_t j = 0; j < exogenous.names.size(); ++j)
      if (exogenous.names[j] == mediator)
        columns.mediators.push_back(add(exogenous.values.col(static_cast<Index>(j))));
  columns.outcome = add(paths.frame->outcome);
  columns.values.conservativeResize(Eigen::NoChange, used);
  return columns;
}

// a from the elimination before the mediators are taken, b from the one after.
Vector indirect_from(const ClusterProducts& products, const PathColumns& columns,
                     const std::vector<int>& counts) {
  const Index k = static_cast<Index>(columns.mediators.size());
  Elimination elimination = products.eliminate(counts);
  bool identified = true;
  for (const Index j : columns.regressors) {
    const bool taken = elimination.take(products.position(j));
    if (j == columns.x) identified = taken;
  }
  Vector indirect(k);
  for (Index m = 0; m < k; ++m) {
    const Index at = columns.mediators[static_cast<std::size_t>(m)];
    indirect(m) = products.unscaled(
        elimination.coefficient(products.position(columns.x), products.position(at)), columns.x, at);
  }
  for (const Index at : columns.mediators) identified = elimination.take(products.position(at)) && identified;
  for (Index m = 0; m < k; ++m) {
    const Index at = columns.mediators[static_cast<std::size_t>(m)];
    indirect(m) *=
        products.unscaled(elimination.coefficient(products.position(at), products.position(columns.outcome)),
                          at, columns.outcome);
  }
  return identified ? indirect : Vector::Constant(k, missing_value);
}

ModelFrame mediator_frame(const ResampledPaths& paths, const std::string& mediator) {
  ModelFrame frame = *paths.frame;
  FrameColumns columns;
  columns.values = SharedColumns(frame.n());
  for (std::size_t j = 0; j < frame.exogenous.names.size(); ++j) {
    const std::string& name = frame.exogenous.names[j];
    if (name == mediator) frame.outcome = frame.exogenous.values.col(static_cast<Index>(j));
    if (std::find(paths.mediators.begin(), paths.mediators.end(), name) != paths.mediators.end()) continue;
    columns.values.append(frame.exogenous.values.col(static_cast<Index>(j)));
    columns.names.push_back(name);
    columns.sets.push_back(frame.exogenous.sets[j]);
  }
  frame.exogenous = std::move(columns);
  frame.outcome_name = mediator;
  return frame;
}

std::vector<double> finite_of(const Vector& values) {
  std::vector<double> finite;
  for (const double value : values)
    if (std::isfinite(value)) finite.push_back(value);
  return finite;
}

double standard_deviation(const std::vector<double>& values) { return summarise("", values).sd; }

// Efron (1987): acceleration from the skewness of the leave-one-out estimates.
double acceleration(const Vector& left_out) {
  const std::vector<double> values = finite_of(left_out);
  double mean = 0, squares = 0, cubes = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) {
    const double d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

// BCa with the acceleration, BC without.
void bias_corrected(const std::vector<double>& draws, const Vector& left_out, double estimate, double level,
                    BootstrapIntervals& intervals) {
  const auto below =
      std::count_if(draws.begin(), draws.end(), [&](double value) { return value < estimate; });
  const double z0 = normal_quantile(static_cast<double>(below) / static_cast<double>(draws.size()));
  const auto limit = [&](double probability, double a) {
    const double z = z0 + normal_quantile(probability);
    const double adjusted = 100 * normal_cdf(z0 + z / (1 - a * z));
    return std::isfinite(adjusted) ? percentile(draws, adjusted) : missing_value;
  };
  intervals.bc_low = limit((1 - level) / 2, 0);
  intervals.bc_high = limit((1 + level) / 2, 0);
  if (left_out.size() == 0) return;
  const double a = acceleration(left_out);
  intervals.bca_low = limit((1 - level) / 2, a);
  intervals.bca_high = limit((1 + level) / 2, a);
}

}  // namespace

std::string resampled_cluster(const MediationSpec& spec, const ModelFrame& frame) {
  if (!spec.cluster.empty()) return spec.cluster;
  if (!frame.clusters.empty()) return frame.clusters.front().name;
  return frame.unit.level.empty() ? "" : frame.unit.name;
}

namespace {

// The cross products must give the full sample's own estimates back, else the rows are refitted.
bool reproduces(const IndirectOf& indirect, Level clusters, const Mediation& mediation) {
  const Vector full = indirect(std::vector<int>(static_cast<std::size_t>(clusters), 1));
  for (std::size_t j = 0; j < mediation.paths.size(); ++j) {
    const double expected = mediation.paths[j].indirect.estimate;
    if (!(std::abs(full(static_cast<Index>(j)) - expected) <= 1e-8 * std::abs(expected))) return false;
  }
  return true;
}

}  // namespace

std::optional<IndirectOf> indirect_by_products(const Context& context, const ResampledPaths& paths,
                                               const ClusterPlan& plan) {
  if (paths.frame->has_iv() || (!paths.method.empty() && paths.method != "ols")) return std::nullopt;
  auto columns = std::make_shared<const PathColumns>(path_columns(paths));
  std::optional<ClusterProducts> made = ClusterProducts::make(context, *paths.frame, plan, columns->values);
  if (!made.has_value() || columns->x < 0) return std::nullopt;
  auto products = std::make_shared<const ClusterProducts>(std::move(*made));
  return [columns, products](const std::vector<int>& counts) {
    return indirect_from(*products, *columns, counts);
  };
}

IndirectOf indirect_by_refits(const Context& context, const ResampledPaths& paths, const ClusterPlan& plan) {
  auto models = std::make_shared<std::vector<Refit>>();
  for (const std::string& mediator : paths.mediators)
    models->push_back({std::make_shared<const ModelFrame>(mediator_frame(paths, mediator)),
                       paths.options,
                       paths.method,
                       {paths.x}});
  const Refit outcome{paths.frame, paths.options, paths.method, paths.mediators};
  Context single = context;
  single.threads = 1;
  single.progress = nullptr;
  return [=](const std::vector<int>& counts) {
    Vector indirect = refit(single, outcome, plan, counts);
    for (Index j = 0; j < indirect.size(); ++j)
      indirect(j) *= refit(single, (*models)[static_cast<std::size_t>(j)], plan, counts)(0);
    if (!indirect.allFinite()) indirect.setConstant(missing_value);
    return indirect;
  };
}

Matrix bootstrap_draws(const Context& context, const IndirectOf& indirect, Index paths, Level clusters,
                       const MediationSpec& spec) {
  Matrix draws(spec.bootstrap, paths);
  for_each_replicate(context, "mediation bootstrap", spec.bootstrap, [&](std::int64_t r) {
    draws.row(r) = indirect(draw_counts(spec, static_cast<std::uint64_t>(r), clusters)).transpose();
  });
  return draws;
}

Matrix leave_one_out(const Context& context, const IndirectOf& indirect, Index paths, Level clusters) {
  Matrix left_out(clusters, paths);
  for_each_block(context, clusters, [&](std::int64_t g) {
    std::vector<int> counts(static_cast<std::size_t>(clusters), 1);
    counts[static_cast<std::size_t>(g)] = 0;
    left_out.row(g) = indirect(counts).transpose();
  });
  return left_out;
}

BootstrapIntervals intervals_of(const Vector& draws, const Vector& left_out, double estimate, double level) {
  BootstrapIntervals intervals{};
  const std::vector<double> finite = finite_of(draws);
  intervals.replicates = static_cast<int>(draws.size());
  intervals.failed = intervals.replicates - static_cast<int>(finite.size());
  intervals.percentile_low = intervals.percentile_high = intervals.std_error = missing_value;
  intervals.bca_low = intervals.bca_high = missing_value;
  if (finite.size() < 2) return intervals;
  intervals.std_error = standard_deviation(finite);
  if (finite.size() < fewest_draws) return intervals;
  intervals.percentile_low = percentile(finite, 50 * (1 - level));
  intervals.percentile_high = percentile(finite, 50 * (1 + level));
  bias_corrected(finite, left_out, estimate, level, intervals);
  return intervals;
}

void bootstrap_mediation(const Context& context, const MediationSpec& spec, const Table& table,
                         const std::vector<std::string>& terms, Mediation& mediation) {
  const Fit& fit = *mediation.outcome_model.fit;
  ResampledPaths paths{fit.frame, spec.total.estimate, spec.total.method, spec.x, terms, {}};
  for (const DroppedTerm& dropped : fit.dropped) paths.dropped.push_back(dropped.term);
  const ClusterPlan plan = plan_clusters(*fit.frame, table, resampled_cluster(spec, *fit.frame));
  std::optional<IndirectOf> indirect = indirect_by_products(context, paths, plan);
  if (!indirect.has_value() || !reproduces(*indirect, plan.size(), mediation))
    indirect = indirect_by_refits(context, paths, plan);
  const Index k = static_cast<Index>(terms.size());
  const Matrix draws = bootstrap_draws(context, *indirect, k, plan.size(), spec);
  mediation.draws = draws;
  const Matrix left_out = spec.bca ? leave_one_out(context, *indirect, k, plan.size()) : Matrix(0, k);
  for (Index j = 0; j < k; ++j) {
    IndirectEffect& effect = mediation.paths[static_cast<std::size_t>(j)].indirect;
    effect.bootstrap = intervals_of(draws.col(j), left_out.col(j), effect.estimate, spec.total.level);
  }
  if (mediation.total_indirect.has_value())
    mediation.total_indirect->bootstrap = intervals_of(draws.rowwise().sum(), left_out.rowwise().sum(),
                                                       mediation.total_indirect->estimate, spec.total.level);
}

}  // namespace panelist
