// SPDX-License-Identifier: Apache-2.0
// From a frame to a Fit: outcomes checked, separated rows left out, iterated weighted least squares, the sandwich's parts.
#include <fmt/format.h>

#include <cmath>

#include "estimate/glm/dispersion.h"
#include "estimate/glm/estimate_glm.h"
#include "estimate/glm/information.h"
#include "estimate/glm/irls.h"
#include "estimate/glm/null_model.h"
#include "estimate/glm/separation.h"
#include "estimate/regression/prepared.h"

namespace panelist::glm {
namespace {

constexpr int most_samples = 100;      // each leaves out some separated rows
constexpr int most_dispersions = 200;  // rounds of mean and dispersion
constexpr double settled_dispersion = 1e-9;

void refuse_instruments(const Family& family, const ModelFrame& frame) {
  if (!frame.has_iv()) return;
  throw Error("estimate.instruments_with_family",
              fmt::format("{} has no instrumental variables here", family.words),
              "leave out the third part of the formula, or use family gaussian");
}

void check_outcome(const Family& family, const ModelFrame& frame) {
  Index bad = -1;
  std::size_t count = 0;
  for (Index i = 0; i < frame.n(); ++i)
    if (!family.allows(frame.outcome(i)) && count++ == 0) bad = i;
  if (count == 0) return;
  throw Error(
      "data.outcome_outside_family",
      fmt::format("the outcome `{}` of {} must be {}: it is not in {} row{}, first in row {} ({})",
                  frame.outcome_name, family.words, family.outcome_words, count, count == 1 ? "" : "s",
                  frame.rows[static_cast<std::size_t>(bad)] + 1, frame.outcome(bad)),
      "leave these rows out with where, or choose another family", "outcome " + frame.outcome_name);
}

bool one_sided(const Family& family, const ModelFrame& frame) {
  return frame.outcome.maxCoeff() == 0.0 ||
         (family.highest > 0.0 && frame.outcome.minCoeff() == family.highest);
}

void check_variation(const Family& family, const ModelFrame& frame) {
  if (!one_sided(family, frame)) return;
  throw Error("estimate.constant_outcome",
              fmt::format("the outcome `{}` is {} in every row used: no estimate exists", frame.outcome_name,
                          frame.outcome(0)),
              "use a sample in which the outcome varies", "outcome " + frame.outcome_name);
}

void check_rows(const ModelFrame& frame) {
  if (frame.n() > 0) return;
  throw Error("estimate.no_rows", "no rows are left to estimate with",
              "look at what `where` and missing values leave: `panelist data FILE`");
}

// Rows whose outcomes are all at one border are predicted by the constant.
void check_rest(const Family& family, const ModelFrame& frame) {
  if (frame.n() > 0 && !one_sided(family, frame)) return;
  throw Error(
      "estimate.separated",
      fmt::format("regressors and effects predict every row perfectly ({} separated, {} singletons, {} rows "
                  "with one outcome left): no estimate exists",
                  frame.dropped.separated, frame.dropped.singleton, frame.n()),
      "use fewer effects or regressors", "outcome " + frame.outcome_name);
}

using FramePointer = std::shared_ptr<const ModelFrame>;

FramePointer without(const Family& family, const FramePointer& frame, const std::vector<bool>& separated) {
  auto rest = std::make_shared<const ModelFrame>(without_separated(*frame, separated));
  check_rest(family, *rest);
  return rest;
}

// Levels that are predicted perfectly go, and the singletons they leave, until there are none.
FramePointer without_separated_levels(const Family& family, FramePointer frame) {
  for (;;) {
    const std::vector<bool> separated = separated_by_level(family, *frame);
    if (separated.empty()) return frame;
    frame = without(family, frame, separated);
  }
}

IrlsOptions irls_options(const EstimateOptions& options) {
  IrlsOptions irls;
  irls.max_steps = options.max_steps;
  irls.tight = std::min(10 * options.absorb.tolerance, 1e-6);
  return irls;
}

// One sample: its columns, and what iterating came to.
struct Attempt {
  FramePointer frame;
  Preparation prepared;
  PreparedColumns columns;  // independent ones
  Sample sample;
  IrlsState state;
};

// Rank does not depend on positive weights: the columns that least squares keeps are the ones kept here.
void choose_columns(const Context& context, const EstimateOptions& options, Attempt& attempt) {
  Preparation& prepared = attempt.prepared;
  const PreparedColumns& all = prepared.exogenous;
  const LeastSquares solution = solve_least_squares(context, all.values, prepared.y, prepared.weights,
                                                    solver_options(prepared, options, all.rounding));
  for (std::size_t j = 0; j < solution.dropped.size(); ++j)
    prepared.dropped.push_back(collinear_term(all.names, solution.dropped[j], solution.depends_on[j]));
  attempt.columns = only(all, solution.kept);
}

double moment_dispersion(const Sample& sample, const Vector& eta) {
  double above = 0.0, squares = 0.0;
  for (Index i = 0; i < sample.rows(); ++i) {
    const double mu = std::exp(eta(i)), u = sample.outcome(i) - mu;
    above += u * u - mu;
    squares += mu * mu;
  }
  return std::clamp(above / squares, 1e-3, 1e3);
}

// Mean given dispersion, dispersion given mean, until neither moves. They are orthogonal, so few rounds do.
void alternate(const Context& context, const Family& family, const Sample& sample, Irls& irls,
               Absorber* absorber) {
  double dispersion = moment_dispersion(sample, irls.state().eta);
  for (int round = 0; round < most_dispersions; ++round) {
    const double next = fitted_dispersion(context, sample, irls.state().eta, dispersion);
    const bool settled = round > 0 && std::abs(next - dispersion) <= settled_dispersion * (next + dispersion);
    if (settled) return;
    dispersion = next;
    irls.restart(family, dispersion);
    irls.run(absorber);
    if (!irls.state().converged) return;
  }
}

Attempt attempt_on(const Context& context, FramePointer frame, const EstimateOptions& options) {
  Attempt attempt;
  attempt.frame = std::move(frame);
  attempt.prepared = prepare(context, *attempt.frame, options);
  choose_columns(context, options, attempt);
  attempt.sample = {attempt.frame->outcome, attempt.frame->offset, attempt.prepared.weights};
  return attempt;
}

void iterate(const Context& context, const Family& family, const IrlsOptions& options, Attempt& attempt) {
  Absorber* absorber = attempt.prepared.absorber.get();
  // The mean of NB2 is begun as a Poisson model.
  const Family& first = family.disperses ? *find_family("poisson") : family;
  Irls irls(context, first, attempt.sample, options);
  irls.start(attempt.columns.values, 0.0);
  irls.run(absorber);
  if (family.disperses && irls.state().converged) alternate(context, family, attempt.sample, irls, absorber);
  attempt.state = irls.take();
}

void check_convergence(const Family& family, const IrlsState& state) {
  if (state.converged && !state.absorption.converged) {
    throw Error(
        "estimate.not_converged",
        fmt::format("the fixed effects of {} did not converge: a column may be off by {:.1e} of its norm",
                    family.words, state.absorption.error_bound),
        "allow more error with `--tolerance 1e-6`, or drop the effect that links few rows");
  }
  if (state.converged) return;
  throw Error("estimate.not_converged",
              fmt::format("{} did not converge in {} steps (deviance {:.6g})", family.words, state.steps,
                          state.deviance),
              "look for regressors of very different size, or for effects with few rows");
}

// Iterates; where single rows run away, looks for separation, leaves those rows out and begins again.
Attempt estimated(const Context& context, const Family& family, FramePointer frame,
                  const EstimateOptions& options) {
  IrlsOptions irls = irls_options(options);
  for (int sample = 0; sample < most_samples; ++sample) {
    frame = without_separated_levels(family, frame);
    Attempt attempt = attempt_on(context, frame, options);
    iterate(context, family, irls, attempt);
    if (!attempt.state.suspect) {
      check_convergence(family, attempt.state);
      return attempt;
    }
    const std::vector<bool> separated = separated_by_rectifier(context, family, *frame);
    if (separated.empty())
      irls.suspects = false;
    else
      frame = without(family, frame, separated);
  }
  throw Error("estimate.not_converged", "rows were found to be predicted perfectly again and again",
              "use fewer effects or regressors");
}

// Bread under the final weights.
void solve(const Context& context, const Matrix& products, const EstimateOptions& options,
           const Preparation& prepared, Fit& fit) {
  LeastSquaresOptions solver = solver_options(prepared, options, Vector());
  solver.collinear_tolerance = 0.0;
  const LeastSquares last = solve_least_squares(context, fit.x, fit.residuals, fit.weights, solver);
  const bool whole = static_cast<Index>(last.kept.size()) == fit.k();
  fit.bread = whole ? last.bread : symmetric_pseudo_inverse(products.bottomRightCorner(fit.k(), fit.k()));
  if (fit.glm->free_dispersion) fit.bread = bread_beside(fit.bread, *fit.glm->free_dispersion);
  fit.condition = last.condition;
}

std::shared_ptr<GlmParts> parts_of(const Context& context, const Family& family, const Attempt& attempt) {
  auto parts = std::make_shared<GlmParts>();
  const IrlsState& state = attempt.state;
  const NullModel null = null_model(context, family, attempt.sample, state.dispersion);
  parts->family = &family;
  parts->eta = state.eta;
  parts->deviance = state.deviance;
  parts->null_deviance = null.deviance;
  parts->log_likelihood = log_likelihood(context, family, attempt.sample, state.eta, state.dispersion);
  parts->null_log_likelihood = null.log_likelihood;
  parts->pseudo_r2 = 1.0 - parts->log_likelihood / null.log_likelihood;
  parts->dispersion = state.dispersion;
  parts->user_weights = attempt.sample.weights;
  return parts;
}

// In standard errors: what the absorption may have left in the moments (second order), the last step, and rounding of
// eta, which moves scores by that share of the root of the sum of weights.
double error_bound(const Matrix& bread, const Vector& weights, const IrlsState& state) {
  const std::vector<double>& errors = state.absorption.errors;
  Vector g = Vector::Zero(bread.rows());
  for (Index j = 0; j < g.size() && errors.size() == static_cast<std::size_t>(g.size()) + 1; ++j)
    g(j) = errors[static_cast<std::size_t>(j) + 1] * errors[0];
  const double rounding = std::numeric_limits<double>::epsilon() * (1.0 + state.eta.cwiseAbs().maxCoeff());
  return std::sqrt(std::max(g.dot(bread.cwiseAbs() * g), 0.0)) + state.last_step +
         rounding * std::sqrt(weights.sum());
}

// Standard errors by observed information, where they are wanted.
void observe(const Context& context, const EstimateOptions& options, Attempt& attempt, GlmParts& parts) {
  const Family& family = *parts.family;
  parts.observed = wants_observed(family, options.information);
  if (!parts.observed) return;
  parts.free_dispersion = observe(context, family, attempt.sample, irls_options(options),
                                  attempt.prepared.absorber.get(), attempt.state);
  check_convergence(family, attempt.state);
}

void warn_of_dispersion(const Family& family, const IrlsState& state, Fit& fit) {
  if (!family.disperses || state.dispersion > least_dispersion) return;
  fit.warnings.emplace_back("estimate.no_overdispersion",
                            "the outcome varies no more than a Poisson model says: alpha is at its bound of "
                            "zero, and the estimates are those of --family poisson");
}

Fit fit_of(const Context& context, const Family& family, Attempt attempt, const EstimateOptions& options) {
  Fit fit;
  fit.method = family.name;
  fit.frame = attempt.frame;
  const std::shared_ptr<GlmParts> parts = parts_of(context, family, attempt);
  observe(context, options, attempt, *parts);
  fit.glm = parts;
  Preparation& prepared = attempt.prepared;
  fit.dropped = std::move(prepared.dropped);
  fit.names = attempt.columns.names;
  fit.sets = attempt.columns.sets;
  IrlsState& state = attempt.state;
  fit.coefficients = state.coefficients;
  fit.residuals = std::move(state.residuals);
  fit.weights = std::move(state.weights);
  fit.x = SharedMatrix(std::move(state.columns)).part(1, fit.k());
  fit.outcome = Vector(fit.x * fit.coefficients + fit.residuals);
  fit.rss = fit.tss = fit.tss_within = missing_value;
  solve(context, state.products, options, prepared, fit);
  fit.error_bound_se = error_bound(fit.bread, fit.weights, state);
  if (prepared.absorber != nullptr) prepared.convergence = state.absorption;
  prepared.convergence.iterations = state.steps;
  complete_sample(context, fit, prepared);
  warn_of_dispersion(family, state, fit);
  if (!fit.coefficients.allFinite() || !fit.bread.allFinite()) throw_not_finite(fit, true);
  return fit;
}

}  // namespace

Fit estimate(const Context& context, std::string_view name, std::shared_ptr<const ModelFrame> frame,
             const EstimateOptions& options) {
  const Family& family = *find_family(name);
  refuse_instruments(family, *frame);
  check_rows(*frame);
  check_outcome(family, *frame);
  check_variation(family, *frame);
  return fit_of(context, family, estimated(context, family, std::move(frame), options), options);
}

}  // namespace panelist::glm
