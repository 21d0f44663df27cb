// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/distribution.h"
#include "base/text.h"
#include "mechanism/conditional_mediation.h"
#include "mechanism/joint/term.h"
#include "mechanism/mediation/bootstrap.h"
#include "mechanism/mediation/moderated_equations.h"
#include "table/statistics.h"

namespace panelist {
namespace {

constexpr int points_of_curve = 41;

// Where the links of a mediator stand among theta; -1 where the stage is not moved.
struct Links {
  Index a0, a1 = -1, b0, b1 = -1;
};

// theta: for each mediator a0 (a1) b0 (b1).
struct LinkedSystem {
  PathSystem system;
  std::vector<Links> links;
};

LinkedSystem linked_system(const ModeratedEquations& equations, const ConditionalMediation& result,
                           const std::string& x) {
  LinkedSystem linked;
  for (const Estimation& model : result.mediator_models) linked.system.equations.push_back(&model);
  linked.system.equations.push_back(&result.outcome_model);
  const std::size_t k = result.mediator_models.size();
  const auto add = [&](std::size_t equation, const std::string& term) {
    if (term.empty()) return Index{-1};
    linked.system.coefficients.push_back({equation, term});
    return static_cast<Index>(linked.system.coefficients.size() - 1);
  };
  for (std::size_t j = 0; j < k; ++j) {
    Links links{};
    links.a0 = add(j, x);
    links.a1 = add(j, equations.product_of_x);
    links.b0 = add(k, equations.base.terms[j]);
    links.b1 = equations.products.empty() ? -1 : add(k, equations.products[j]);
    linked.links.push_back(links);
  }
  return linked;
}

// (a0 + a1 w)(b0 + b1 w)
PathSum effect_at(const Links& links, double w) {
  PathSum sum = {{1, {links.a0, links.b0}}};
  if (links.a1 >= 0) sum.push_back({w, {links.a1, links.b0}});
  if (links.b1 >= 0) sum.push_back({w, {links.a0, links.b1}});
  if (links.a1 >= 0 && links.b1 >= 0) sum.push_back({w * w, {links.a1, links.b1}});
  return sum;
}

PathSum index_of(const Links& links) {
  if (links.b1 < 0) return {{1, {links.a1, links.b0}}};
  return {{1, {links.a0, links.b1}}};
}

// Everything effects are computed from.
struct Evidence {
  Vector theta;
  Matrix covariance, monte_carlo;
  ResampledCoefficients resampled;
  double level;
};

IndirectEffect effect_from(const Evidence& evidence, const PathSum& sum) {
  IndirectEffect effect = effect_of(sum, evidence.theta, evidence.covariance);
  effect.sobel_se = effect.sobel_z = effect.sobel_p = missing_value;
  effect.aroian_se = effect.goodman_se = missing_value;
  if (evidence.monte_carlo.rows() > 0)
    effect.monte_carlo = monte_carlo_interval(values_of(sum, evidence.monte_carlo), evidence.level);
  if (evidence.resampled.draws.rows() > 0)
    effect.bootstrap =
        intervals_of(values_of(sum, evidence.resampled.draws), values_of(sum, evidence.resampled.left_out),
                     effect.estimate, evidence.level);
  return effect;
}

CurvePoint point_of(const IndirectEffect& effect, double value, double level) {
  const double half = normal_quantile((1 + level) / 2) * effect.delta_se;
  CurvePoint point{value, effect.estimate, effect.estimate - half, effect.estimate + half};
  if (effect.bootstrap) {
    point.low = effect.bootstrap->percentile_low;
    point.high = effect.bootstrap->percentile_high;
  } else if (effect.monte_carlo) {
    point.low = effect.monte_carlo->low;
    point.high = effect.monte_carlo->high;
  }
  return point;
}

std::vector<CurvePoint> curve_of(const Evidence& evidence, const Links& links,
                                 const ConditionalMediation& result) {
  Evidence without_bca = evidence;
  without_bca.resampled.left_out.resize(0, evidence.theta.size());
  std::vector<CurvePoint> curve;
  for (int i = 0; i < points_of_curve; ++i) {
    const double value =
        result.least + (result.greatest - result.least) * i / static_cast<double>(points_of_curve - 1);
    curve.push_back(point_of(effect_from(without_bca, effect_at(links, value)), value, evidence.level));
  }
  return curve;
}

std::vector<double> values_asked(const ConditionalSpec& spec, const ConditionalMediation& result) {
  if (!spec.at.empty()) return spec.at;
  return {result.mean - result.deviation, result.mean, result.mean + result.deviation};
}

ConditionalPath path_of(const ConditionalSpec& spec, const Evidence& evidence, const Links& links,
                        const ConditionalMediation& result) {
  ConditionalPath path;
  const std::vector<double> values = values_asked(spec, result);
  for (const double value : values)
    path.effects.push_back({value, effect_from(evidence, effect_at(links, value))});
  if (values.size() > 1)
    path.difference = effect_from(
        evidence, difference_of(effect_at(links, values.back()), effect_at(links, values.front())));
  if (links.a1 < 0 || links.b1 < 0) path.index = effect_from(evidence, index_of(links));
  path.curve = curve_of(evidence, links, result);
  return path;
}

void fill_paths(const ConditionalSpec& spec, const LinkedSystem& linked, const Evidence& evidence,
                const std::vector<Coefficient>& coefficients, ConditionalMediation& result) {
  for (std::size_t j = 0; j < linked.links.size(); ++j) {
    const Links& links = linked.links[j];
    ConditionalPath path = path_of(spec, evidence, links, result);
    path.mediator = result.mediator_models[j].fit->frame->outcome_name;
    const auto add = [&](Index at, std::vector<Coefficient>& to) {
      if (at >= 0) to.push_back(coefficients[static_cast<std::size_t>(at)]);
    };
    add(links.a0, path.first);
    add(links.a1, path.first);
    add(links.b0, path.second);
    add(links.b1, path.second);
    result.paths.push_back(std::move(path));
  }
}

void describe_moderator(const Column& values, ConditionalMediation& result) {
  std::vector<double> used;
  for (const std::size_t row : result.outcome_model.fit->frame->rows) used.push_back(values.cells()[row]);
  const Summary summary = summarise("", used);
  result.mean = summary.mean;
  result.deviation = summary.sd;
  result.least = summary.min;
  result.greatest = summary.max;
  if (!(result.greatest > result.least))
    throw Error("mechanism.constant_moderator",
                fmt::format("the moderator `{}` has one value on the {} rows of the model", result.moderator,
                            used.size()),
                "indirect effects move along something that varies", "moderator " + result.moderator);
}

void say_values_outside(const ConditionalSpec& spec, const ConditionalMediation& result, Diagnostics& notes) {
  for (const double value : spec.at)
    if (value < result.least || value > result.greatest)
      notes.warning(
          "mechanism.value_outside",
          fmt::format("{} = {} lies outside the data, which reach from {} to {}", result.moderator,
                      significant(value, 4), significant(result.least, 4), significant(result.greatest, 4)),
          {}, "there the indirect effect is what the straight lines say, not what rows show");
}

Evidence evidence_of(const Context& context, const ConditionalSpec& spec, const Table& table,
                     const LinkedSystem& linked, const std::shared_ptr<const ModelFrame>& widest) {
  const MediationSpec& mediation = spec.mediation;
  Evidence evidence;
  evidence.theta = estimates_of(coefficients_of(linked.system));
  evidence.covariance = joint_covariance(context, linked.system);
  evidence.monte_carlo = monte_carlo_draws(mediation, evidence.theta, evidence.covariance);
  evidence.level = mediation.total.level;
  if (mediation.bootstrap > 0)
    evidence.resampled =
        resample_coefficients(context, mediation, table, resampled_system(widest, linked.system, mediation));
  return evidence;
}

}  // namespace

ConditionalMediation mediate_at(const Context& context, const ConditionalSpec& spec, const Table& table,
                                const Panel* panel, Diagnostics& notes) {
  const ModeratedEquations equations = moderated_equations(spec, table, panel);
  const MediationEquations& base = equations.base;
  ConditionalMediation result;
  result.moderator = equations.moderator;
  result.stage = spec.stage;
  result.added = equations.added;
  result.direct_moves = equations.direct_moves;
  result.usual_values = spec.at.empty();
  Diagnostics repeated;  // the outcome equation holds every variable
  result.outcome_model = estimate_model(context, base.outcome, base.table, panel, notes);
  describe_moderator(equations.moderator_values, result);
  result.total = estimate_model(context, base.total, base.table, panel, repeated);
  for (const EstimationSpec& equation : base.mediators)
    result.mediator_models.push_back(estimate_model(context, equation, base.table, panel, repeated));
  result.total_effect = coefficient_of(result.total, spec.mediation.x);
  result.direct_effect = coefficient_of(result.outcome_model, spec.mediation.x);
  const LinkedSystem linked = linked_system(equations, result, spec.mediation.x);
  const auto widest = frame_of(context, equations.widest, base.table, panel, repeated);
  const Evidence evidence = evidence_of(context, spec, table, linked, widest);
  fill_paths(spec, linked, evidence, coefficients_of(linked.system), result);
  say_values_outside(spec, result, notes);
  say_one_way_drawn(spec.mediation, *result.total.fit->frame, notes);
  say_rows_lost(context, spec.mediation, *result.total.fit->frame, {table, panel, notes});
  if (!result.paths.empty() && result.paths.front().effects.front().effect.bootstrap)
    say_failed_draws(*result.paths.front().effects.front().effect.bootstrap, notes);
  return result;
}

}  // namespace panelist
