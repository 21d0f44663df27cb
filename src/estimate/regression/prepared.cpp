// SPDX-License-Identifier: Apache-2.0
#include "estimate/regression/prepared.h"

#include <fmt/format.h>

namespace panelist {
namespace {

// Less than this share of a column's norm is rounding: the column is constant.
constexpr double constant_share = 1e-13;
// Less than this share of the variation before absorption is left: the effects absorb the column.
constexpr double absorbed_share = 1e-9;
// Rounding that absorption leaves, as a share of the variation before it.
constexpr double absorption_rounding = 1e-14;

Vector weights_as_used(const ModelFrame& frame) {
  if (frame.weights.size() == 0 || frame.weight_type == WeightType::frequency) return frame.weights;
  return frame.weights * (static_cast<double>(frame.n()) / frame.weights.sum());
}

std::vector<AbsorbFactor> factors_of(const ModelFrame& frame) {
  std::vector<AbsorbFactor> factors;
  for (const FrameEffect& effect : frame.effects) {
    factors.push_back(
        {effect.group.name, effect.group.level, effect.group.size(), effect.slopes, effect.intercept});
  }
  return factors;
}

bool holds_constant(const ModelFrame& frame) {
  const auto has_levels = [](const FrameEffect& effect) { return effect.intercept; };
  return frame.intercept || std::any_of(frame.effects.begin(), frame.effects.end(), has_levels);
}

PreparedColumns raw(const FrameColumns& columns, Index n) {
  PreparedColumns prepared{columns.names, columns.sets, columns.values, {}};
  prepared.sets.resize(columns.names.size());
  if (columns.names.empty()) prepared.values.resize(n, 0);
  return prepared;
}

double variation(const Vector& v, const Vector& w, bool centred) {
  if (!centred) return std::sqrt(weighted_square(v, w));
  const double mean = weighted_mean(v, w);
  return std::sqrt(weighted_square(v.array() - mean, w));
}

// The one effect that absorbs the column alone, else all of them.
std::vector<std::string> absorbing_effects(const Context& context, const Preparation& prepared,
                                           const ModelFrame& frame, const Vector& column, double before) {
  std::vector<std::string> all;
  for (const AbsorbFactor& factor : factors_of(frame)) {
    Matrix alone = column;
    Absorber(context, {factor}, prepared.weights).absorb(context, alone);
    if (std::sqrt(weighted_square(alone.col(0), prepared.weights)) <= absorbed_share * before)
      return {factor.name};
    all.push_back(factor.name);
  }
  return all;
}

// Variation of each column before absorption; 0 for constants, which are reported and removed.
Vector remove_constants(PreparedColumns& columns, Preparation& prepared, bool centred) {
  std::vector<Index> kept;
  std::vector<double> before;
  for (Index j = 0; j < columns.values.cols(); ++j) {
    const Vector column = columns.values.col(j);
    const bool is_intercept = prepared.intercept && j == 0 && &columns == &prepared.exogenous;
    const double size = std::sqrt(weighted_square(column, prepared.weights));
    const double varies = is_intercept ? size : variation(column, prepared.weights, centred);
    if (varies <= constant_share * size) {
      prepared.dropped.push_back({columns.names[static_cast<std::size_t>(j)], "constant", {}});
    } else {
      kept.push_back(j);
      before.push_back(varies);
    }
  }
  columns = only(columns, kept);
  return Eigen::Map<const Vector>(before.data(), static_cast<Index>(before.size()));
}

// One set of columns as given by the frame, and the variation of each before absorption.
struct GivenColumns {
  PreparedColumns& columns;
  const FrameColumns& given;
  const Vector& before;
};

void remove_absorbed(const Context& context, const GivenColumns& set, Preparation& prepared,
                     const ModelFrame& frame) {
  PreparedColumns& columns = set.columns;
  const Vector& before = set.before;
  std::vector<Index> kept;
  for (Index j = 0; j < columns.values.cols(); ++j) {
    const double left = std::sqrt(weighted_square(columns.values.col(j), prepared.weights));
    if (left > absorbed_share * before(j)) {
      kept.push_back(j);
      continue;
    }
    const std::string& name = columns.names[static_cast<std::size_t>(j)];
    const auto position =
        std::find(set.given.names.begin(), set.given.names.end(), name) - set.given.names.begin();
    prepared.dropped.push_back(
        {name, "absorbed",
         absorbing_effects(context, prepared, frame, set.given.values.col(position), before(j))});
  }
  columns.rounding = absorption_rounding * before;
  columns = only(columns, kept);
}

void check_convergence(const AbsorbReport& report) {
  if (report.converged) return;
  throw Error(
      "estimate.not_converged",
      fmt::format("the fixed effects did not converge in {} iterations: a column may be off by {:.1e} of "
                  "its norm",
                  report.iterations, report.error_bound),
      "allow more error with `--tolerance 1e-8`, or drop the effect that links few rows");
}

void absorb_all(const Context& context, const ModelFrame& frame, Preparation& prepared,
                const EstimateOptions& options, const std::vector<Vector>& before) {
  const std::vector<PreparedColumns*> sets = {&prepared.exogenous, &prepared.endogenous,
                                              &prepared.instruments};
  const std::vector<const FrameColumns*> given = {&frame.exogenous, &frame.endogenous, &frame.instruments};
  auto absorber = std::make_shared<Absorber>(context, factors_of(frame), prepared.weights, options.absorb);
  const PreparedColumns together = side_by_side({sets[0], sets[1], sets[2]});
  Matrix columns(frame.n(), together.values.cols() + 1);
  columns << prepared.y, together.values;
  prepared.convergence = absorber->absorb(context, columns);
  prepared.absorber = std::move(absorber);
  check_convergence(prepared.convergence);
  prepared.y = columns.col(0);
  Index next = 1;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const Index width = sets[s]->values.cols();
    sets[s]->values = columns.middleCols(next, width);
    next += width;
    remove_absorbed(context, {*sets[s], *given[s], before[s]}, prepared, frame);
  }
}

}  // namespace

double weighted_square(const Vector& v, const Vector& w) {
  return w.size() > 0 ? w.dot(v.cwiseAbs2()) : v.squaredNorm();
}

double weighted_mean(const Vector& v, const Vector& w) {
  return w.size() > 0 ? w.dot(v) / w.sum() : v.sum() / static_cast<double>(v.size());
}

PreparedColumns only(const PreparedColumns& columns, const std::vector<Index>& kept) {
  if (static_cast<Index>(kept.size()) == columns.values.cols()) return columns;
  PreparedColumns rest;
  for (const Index j : kept) {
    rest.names.push_back(columns.names[static_cast<std::size_t>(j)]);
    rest.sets.push_back(columns.sets[static_cast<std::size_t>(j)]);
  }
  rest.values = columns.values(Eigen::all, kept);
  if (columns.rounding.size() > 0) rest.rounding = columns.rounding(kept);
  return rest;
}

PreparedColumns side_by_side(const std::vector<const PreparedColumns*>& parts) {
  PreparedColumns together;
  Index width = 0;
  for (const PreparedColumns* part : parts) {
    together.names.insert(together.names.end(), part->names.begin(), part->names.end());
    together.sets.insert(together.sets.end(), part->sets.begin(), part->sets.end());
    width += part->values.cols();
  }
  together.values.resize(parts.front()->values.rows(), width);
  together.rounding = Vector::Zero(width);
  Index next = 0;
  for (const PreparedColumns* part : parts) {
    together.values.middleCols(next, part->values.cols()) = part->values;
    if (part->rounding.size() > 0) together.rounding.segment(next, part->values.cols()) = part->rounding;
    next += part->values.cols();
  }
  return together;
}

DroppedTerm collinear_term(const std::vector<std::string>& names, Index column,
                           const std::vector<Index>& depends_on) {
  DroppedTerm term{names[static_cast<std::size_t>(column)], "collinear", {}};
  for (const Index j : depends_on) term.with.push_back(names[static_cast<std::size_t>(j)]);
  return term;
}

LeastSquaresOptions solver_options(const Preparation& prepared, const EstimateOptions& options,
                                   const Vector& rounding) {
  LeastSquaresOptions solver;
  solver.collinear_tolerance = options.collinear_tolerance;
  solver.constant_column = prepared.intercept ? 0 : -1;
  solver.rounding = rounding;
  // Absorbed columns carry rounding of their own: more digits would be digits of that.
  if (prepared.absorber != nullptr) solver.refine_above_error = 1e-8;
  return solver;
}

Preparation prepare(const Context& context, const ModelFrame& frame, const EstimateOptions& options) {
  if (frame.n() == 0) {
    throw Error("estimate.no_rows", "no rows are left to estimate with",
                "look at what `where` and missing values leave: `panelist data FILE`");
  }
  Preparation prepared;
  prepared.weights = weights_as_used(frame);
  prepared.outcome = frame.offset.size() > 0 ? Vector(frame.outcome - frame.offset) : frame.outcome;
  prepared.y = prepared.outcome;
  prepared.intercept = frame.intercept;
  prepared.exogenous = raw(frame.exogenous, frame.n());
  prepared.endogenous = raw(frame.endogenous, frame.n());
  prepared.instruments = raw(frame.instruments, frame.n());
  std::vector<Vector> before;
  for (PreparedColumns* set : {&prepared.exogenous, &prepared.endogenous, &prepared.instruments}) {
    before.push_back(remove_constants(*set, prepared, holds_constant(frame)));
  }
  if (!frame.effects.empty()) absorb_all(context, frame, prepared, options, before);
  return prepared;
}

}  // namespace panelist
