// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/bootstrap.h"

#include <set>

#include "base/random.h"
#include "mechanism/resampling/cluster_products.h"
#include "mechanism/resampling/replicates.h"
#include "mechanism/resampling/resampled_frame.h"

namespace panelist {
namespace {

std::vector<int> draw_counts(const MediationSpec& spec, std::uint64_t replicate, Level clusters) {
  Random random(spec.seed, spec.stream, replicate);
  std::vector<int> counts(static_cast<std::size_t>(clusters), 0);
  for (Level draw = 0; draw < clusters; ++draw) ++counts[random.below(static_cast<std::uint32_t>(clusters))];
  return counts;
}

bool listed(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The equations as positions: those of an elimination are columns taken one after another.
struct Step {
  bool restart = false;      // some column taken before is no regressor here
  std::vector<Index> takes;  // in the order of the frame
  Index outcome = 0;
};

struct PathColumns {
  Matrix values;                                    // exogenous without the constant, then the outcome
  std::vector<Step> steps;                          // an equation each
  std::vector<std::pair<std::size_t, Index>> path;  // of theta: equation and column
};

// Position of each column of the frame among `values`.
std::map<std::string, Index> fill_columns(const ModelFrame& frame, Matrix& values) {
  std::map<std::string, Index> position;
  const FrameColumns& exogenous = frame.exogenous;
  const Index first = frame.intercept ? 1 : 0, k = static_cast<Index>(exogenous.names.size()) - first;
  values.resize(frame.n(), k + 1);
  for (Index j = 0; j < k; ++j) {
    values.col(j) = exogenous.values.col(first + j);
    position[exogenous.names[static_cast<std::size_t>(first + j)]] = j;
  }
  values.col(k) = frame.outcome;
  return position;
}

std::vector<Step> steps_of(const ResampledSystem& system, const std::map<std::string, Index>& position) {
  std::vector<Step> steps;
  std::vector<std::string> taken;
  for (const ResampledEquation& equation : system.equations) {
    Step step;
    step.restart = std::any_of(taken.begin(), taken.end(),
                               [&](const std::string& name) { return !listed(equation.regressors, name); });
    if (step.restart) taken.clear();
    for (const std::string& name : equation.regressors)
      if (!listed(taken, name)) step.takes.push_back(position.at(name));
    taken = equation.regressors;
    step.outcome =
        equation.outcome.empty() ? static_cast<Index>(position.size()) : position.at(equation.outcome);
    steps.push_back(std::move(step));
  }
  return steps;
}

// Nothing when a coefficient is not of an exogenous column.
std::optional<PathColumns> path_columns(const ResampledSystem& system) {
  PathColumns columns;
  const std::map<std::string, Index> position = fill_columns(*system.frame, columns.values);
  columns.steps = steps_of(system, position);
  for (const PathCoefficient& wanted : system.coefficients) {
    const auto found = position.find(wanted.term);
    if (found == position.end()) return std::nullopt;
    columns.path.emplace_back(wanted.equation, found->second);
  }
  return columns;
}

// Each equation goes on from the columns the one before has taken, where these are regressors of its own too.
Vector theta_from(const ClusterProducts& products, const PathColumns& columns,
                  const std::vector<int>& counts) {
  Elimination elimination = products.eliminate(counts);
  std::set<Index> spanned;  // taken with nothing left of them
  Vector theta = Vector::Constant(static_cast<Index>(columns.path.size()), missing_value);
  for (std::size_t e = 0; e < columns.steps.size(); ++e) {
    const Step& step = columns.steps[e];
    if (step.restart) {
      elimination = products.eliminate(counts);
      spanned.clear();
    }
    for (const Index j : step.takes)
      if (!elimination.take(products.position(j))) spanned.insert(j);
    for (std::size_t i = 0; i < columns.path.size(); ++i) {
      const auto& [equation, column] = columns.path[i];
      if (equation == e && !spanned.contains(column))
        theta(static_cast<Index>(i)) = products.unscaled(
            elimination.coefficient(products.position(column), products.position(step.outcome)), column,
            step.outcome);
    }
  }
  if (!theta.allFinite()) theta.setConstant(missing_value);
  return theta;
}

ModelFrame frame_of_equation(const ResampledSystem& system, const ResampledEquation& equation) {
  ModelFrame frame = *system.frame;
  FrameColumns columns;
  columns.values = SharedColumns(frame.n());
  for (std::size_t j = 0; j < frame.exogenous.names.size(); ++j) {
    const std::string& name = frame.exogenous.names[j];
    const auto values = frame.exogenous.values.col(static_cast<Index>(j));
    if (name == equation.outcome) frame.outcome = values;
    const bool constant = frame.intercept && j == 0;
    if (!constant && !listed(equation.regressors, name)) continue;
    columns.values.append(values);
    columns.names.push_back(name);
    columns.sets.push_back(frame.exogenous.sets[j]);
  }
  frame.exogenous = std::move(columns);
  if (!equation.outcome.empty()) frame.outcome_name = equation.outcome;
  return frame;
}

// The regressions of the equations and, for each, where its coefficients stand in theta.
struct RefittedEquation {
  Refit model;
  std::vector<Index> places;
};

std::vector<RefittedEquation> refitted_equations(const ResampledSystem& system) {
  std::vector<RefittedEquation> models;
  for (std::size_t e = 0; e < system.equations.size(); ++e) {
    RefittedEquation made{{std::make_shared<const ModelFrame>(frame_of_equation(system, system.equations[e])),
                           system.options,
                           system.method,
                           {}},
                          {}};
    for (std::size_t i = 0; i < system.coefficients.size(); ++i) {
      if (system.coefficients[i].equation != e) continue;
      made.model.terms.push_back(system.coefficients[i].term);
      made.places.push_back(static_cast<Index>(i));
    }
    models.push_back(std::move(made));
  }
  return models;
}

// The cross products must give the full sample's own coefficients back.
bool reproduces(const ThetaOf& theta, Level clusters, const ResampledSystem& system) {
  const Vector full = theta(std::vector<int>(static_cast<std::size_t>(clusters), 1));
  return ((full - system.theta).cwiseAbs().array() <= 1e-8 * system.theta.cwiseAbs().array()).all();
}

}  // namespace

std::string resampled_cluster(const MediationSpec& spec, const ModelFrame& frame) {
  if (!spec.cluster.empty()) return spec.cluster;
  if (!frame.clusters.empty()) return frame.clusters.front().name;
  return frame.unit.level.empty() ? "" : frame.unit.name;
}

ResampledSystem resampled_system(std::shared_ptr<const ModelFrame> widest, const PathSystem& system,
                                 const MediationSpec& spec) {
  const std::string& outcome = system.equations.back()->fit->frame->outcome_name;
  ResampledSystem resampled{
      std::move(widest), spec.total.estimate, spec.total.method, {}, system.coefficients, {}};
  for (const Estimation* model : system.equations) {
    const ModelFrame& frame = *model->fit->frame;
    ResampledEquation equation{frame.outcome_name == outcome ? "" : frame.outcome_name, {}};
    const auto first = frame.exogenous.names.begin() + (frame.intercept ? 1 : 0);
    std::copy_if(first, frame.exogenous.names.end(), std::back_inserter(equation.regressors),
                 [&](const std::string& name) {
                   const auto& dropped = model->fit->dropped;
                   return std::none_of(dropped.begin(), dropped.end(),
                                       [&](const DroppedTerm& one) { return one.term == name; });
                 });
    resampled.equations.push_back(std::move(equation));
  }
  resampled.theta = estimates_of(coefficients_of(system));
  return resampled;
}

std::optional<ThetaOf> theta_by_products(const Context& context, const ResampledSystem& system,
                                         const ClusterPlan& plan) {
  if (system.frame->has_iv() || (!system.method.empty() && system.method != "ols")) return std::nullopt;
  std::optional<PathColumns> made_columns = path_columns(system);
  if (!made_columns) return std::nullopt;
  auto columns = std::make_shared<const PathColumns>(std::move(*made_columns));
  std::optional<ClusterProducts> made = ClusterProducts::make(context, *system.frame, plan, columns->values);
  if (!made.has_value()) return std::nullopt;
  auto products = std::make_shared<const ClusterProducts>(std::move(*made));
  return
      [columns, products](const std::vector<int>& counts) { return theta_from(*products, *columns, counts); };
}

ThetaOf theta_by_refits(const Context& context, const ResampledSystem& system, const ClusterPlan& plan) {
  auto models = std::make_shared<const std::vector<RefittedEquation>>(refitted_equations(system));
  const Index k = static_cast<Index>(system.coefficients.size());
  Context single = context;
  single.threads = 1;
  single.progress = nullptr;
  return [=](const std::vector<int>& counts) {
    Vector theta(k);
    for (const RefittedEquation& equation : *models) {
      const Vector own = refit(single, equation.model, plan, counts);
      for (std::size_t i = 0; i < equation.places.size(); ++i)
        theta(equation.places[i]) = own(static_cast<Index>(i));
    }
    if (!theta.allFinite()) theta.setConstant(missing_value);
    return theta;
  };
}

Matrix bootstrap_draws(const Context& context, const ThetaOf& theta, Index coefficients, Level clusters,
                       const MediationSpec& spec) {
  Matrix draws(spec.bootstrap, coefficients);
  for_each_replicate(context, "mediation bootstrap", spec.bootstrap, [&](std::int64_t r) {
    draws.row(r) = theta(draw_counts(spec, static_cast<std::uint64_t>(r), clusters)).transpose();
  });
  return draws;
}

Matrix leave_one_out(const Context& context, const ThetaOf& theta, Index coefficients, Level clusters) {
  Matrix left_out(clusters, coefficients);
  for_each_block(context, clusters, [&](std::int64_t g) {
    std::vector<int> counts(static_cast<std::size_t>(clusters), 1);
    counts[static_cast<std::size_t>(g)] = 0;
    left_out.row(g) = theta(counts).transpose();
  });
  return left_out;
}

ResampledCoefficients resample_coefficients(const Context& context, const MediationSpec& spec,
                                            const Table& table, const ResampledSystem& system) {
  const ClusterPlan plan = plan_clusters(*system.frame, table, resampled_cluster(spec, *system.frame));
  std::optional<ThetaOf> theta = theta_by_products(context, system, plan);
  if (!theta.has_value() || !reproduces(*theta, plan.size(), system))
    theta = theta_by_refits(context, system, plan);
  const Index k = static_cast<Index>(system.coefficients.size());
  return {bootstrap_draws(context, *theta, k, plan.size(), spec),
          spec.bca ? leave_one_out(context, *theta, k, plan.size()) : Matrix(0, k)};
}

}  // namespace panelist
