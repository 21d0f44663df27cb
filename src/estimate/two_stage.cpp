// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "estimate/regression/error_bound.h"
#include "estimate/regression/methods.h"
#include "estimate/regression/prepared.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

// The columns of the problem once everything collinear is gone.
struct TwoStageColumns {
  PreparedColumns included, endogenous, instruments;
};

std::vector<Index> shifted(const std::vector<Index>& columns, Index from, Index to) {
  std::vector<Index> part;
  for (const Index column : columns) {
    if (column >= from && column < to) part.push_back(column - from);
  }
  return part;
}

LeastSquares solve(const Context& context, const Preparation& prepared, const EstimateOptions& options,
                   const PreparedColumns& columns, const MatrixView& Y) {
  return solve_least_squares(context, columns.values, Y, prepared.weights,
                             solver_options(prepared, options, columns.rounding));
}

// Drops of `right` what depends on `left` or on earlier columns of `right`; of `left` what depends on earlier ones.
void drop_collinear(const Context& context, Preparation& prepared, const EstimateOptions& options,
                    PreparedColumns& left, PreparedColumns& right) {
  const PreparedColumns together = side_by_side({&left, &right});
  const LeastSquares ranked = solve(context, prepared, options, together, Matrix(together.values.rows(), 0));
  for (std::size_t j = 0; j < ranked.dropped.size(); ++j) {
    prepared.dropped.push_back(collinear_term(together.names, ranked.dropped[j], ranked.depends_on[j]));
  }
  const Index width = left.values.cols();
  right = only(right, shifted(ranked.kept, width, together.values.cols()));
  left = only(left, shifted(ranked.kept, 0, width));
}

void check_identified(const TwoStageColumns& columns, const ModelFrame& frame) {
  if (frame.instruments.names.empty()) {
    throw Error("estimate.no_instruments", "the endogenous variables have no instruments",
                "write them in the third part: `y ~ x | fe | endogenous ~ instrument`");
  }
  if (columns.endogenous.names.empty()) {
    throw Error(
        "estimate.all_dropped",
        "no endogenous variable is left: each is constant, absorbed or collinear with the exogenous ones",
        "take it out of the formula, or drop the effect or regressor that explains it");
  }
  if (columns.instruments.names.size() >= columns.endogenous.names.size()) return;
  throw Error("estimate.not_identified",
              fmt::format("{} usable instruments cannot identify {} endogenous variables ({} were given)",
                          columns.instruments.names.size(), columns.endogenous.names.size(),
                          frame.instruments.names.size()),
              "add instruments that vary within the effects and are not among the exogenous regressors");
}

TwoStageColumns independent(const Context& context, Preparation& prepared, const EstimateOptions& options,
                            const ModelFrame& frame) {
  TwoStageColumns columns{prepared.exogenous, prepared.endogenous, prepared.instruments};
  drop_collinear(context, prepared, options, columns.included, columns.endogenous);
  drop_collinear(context, prepared, options, columns.included, columns.instruments);
  check_identified(columns, frame);
  return columns;
}

// Sum of squares of each endogenous variable around its mean (before absorption).
double overall_variation(const Context& context, const FrameColumns& endogenous, const std::string& name,
                         const Preparation& prepared) {
  const auto at =
      std::find(endogenous.names.begin(), endogenous.names.end(), name) - endogenous.names.begin();
  const Moments moments = moments_of(context, endogenous.values.col(at), prepared.weights);
  const bool centred = prepared.intercept || prepared.absorber != nullptr;
  return centred ? moments.variation : moments.square;
}

// From columns [included, excluded] to [excluded, included].
std::vector<Index> excluded_first(Index included, Index excluded) {
  std::vector<Index> order;
  for (Index j = 0; j < excluded; ++j) order.push_back(included + j);
  for (Index j = 0; j < included; ++j) order.push_back(j);
  return order;
}

struct FirstStageSolutions {
  LeastSquares full, included_only;
};

// What is known when the first stages are written down.
struct FirstStageParts {
  const Context& context;
  const TwoStageColumns& columns;
  const ModelFrame& frame;
  const Preparation& prepared;
};

FirstStage first_stage(const FirstStageParts& known, const FirstStageSolutions& solutions, Index endogenous) {
  const auto& [context, columns, frame, prepared] = known;
  FirstStage stage;
  stage.endogenous = columns.endogenous.names[static_cast<std::size_t>(endogenous)];
  const PreparedColumns names = side_by_side({&columns.instruments, &columns.included});
  const std::vector<Index> order =
      excluded_first(columns.included.values.cols(), columns.instruments.values.cols());
  stage.names = names.names;
  stage.coefficients = solutions.full.coefficients.col(endogenous)(order);
  stage.bread = solutions.full.bread(order, order);
  stage.residuals = solutions.full.residuals.col(endogenous);
  const double rss = square_of(context, stage.residuals, prepared.weights);
  const double without =
      square_of(context, solutions.included_only.residuals.col(endogenous), prepared.weights);
  stage.r2 = 1.0 - rss / overall_variation(context, frame.endogenous, stage.endogenous, prepared);
  stage.partial_r2 = 1.0 - rss / without;
  return stage;
}

std::shared_ptr<const IvParts> parts_of(const FirstStageParts& known, const FirstStageSolutions& solutions) {
  const TwoStageColumns& columns = known.columns;
  auto parts = std::make_shared<IvParts>();
  parts->endogenous_names = columns.endogenous.names;
  parts->instrument_names = columns.instruments.names;
  parts->included_names = columns.included.names;
  parts->endogenous = columns.endogenous.values;
  parts->instruments = columns.instruments.values;
  parts->included = columns.included.values;
  for (Index j = 0; j < columns.endogenous.values.cols(); ++j) {
    parts->first_stages.push_back(first_stage(known, solutions, j));
  }
  return parts;
}

// Order of the result: intercept, endogenous, exogenous.
PreparedColumns structural_columns(const TwoStageColumns& columns, bool intercept) {
  std::vector<Index> first, rest;
  for (Index j = 0; j < columns.included.values.cols(); ++j) {
    (intercept && j == 0 ? first : rest).push_back(j);
  }
  const PreparedColumns constant = only(columns.included, first);
  const PreparedColumns exogenous = only(columns.included, rest);
  return side_by_side({&constant, &columns.endogenous, &exogenous});
}

void check_rank(const LeastSquares& second) {
  if (second.dropped.empty()) return;
  throw Error(
      "estimate.not_identified",
      "the instruments do not move the endogenous variables separately: the fitted values are collinear",
      "add an instrument for the variable that is not moved");
}

// Instruments that fell out are worth a word: the order of identification changes.
void note_dropped_instruments(Fit& fit) {
  const std::vector<std::string>& given = fit.frame->instruments.names;
  for (const DroppedTerm& term : fit.dropped) {
    if (std::find(given.begin(), given.end(), term.term) == given.end()) continue;
    fit.warnings.emplace_back("estimate.instrument_dropped",
                              fmt::format("the instrument `{}` is not used: {}", term.term, term.code));
  }
}

// What the projection on the instruments adds to the error of the moments. P are the coefficients of the projected
// columns on all instruments; see error_bound.h.
struct Projection {
  const PreparedColumns& instruments;  // included and excluded
  const LeastSquares& first;           // endogenous on them
  Index included = 0;
  bool intercept = false;
};

// P with columns in the order of the result: intercept, endogenous, exogenous.
Matrix projection_coefficients(const Projection& projection) {
  const Matrix& own = projection.first.coefficients;
  const Index constant = projection.intercept ? 1 : 0;
  Matrix P = Matrix::Zero(own.rows(), own.cols() + projection.included);
  if (projection.intercept) P(0, 0) = 1.0;
  P.middleCols(constant, own.cols()) = own;
  for (Index j = constant; j < projection.included; ++j) P(j, own.cols() + j) = 1.0;
  return P;
}

void add_projection(const Context& context, const Fit& fit, const Projection& projection, ErrorParts& parts) {
  const Vector& d = projection.instruments.unabsorbed;
  if (d.size() == 0 || d.size() != projection.first.coefficients.rows()) return;
  const Matrix P = projection_coefficients(projection).cwiseAbs();
  const Matrix moments = cross(context, projection.instruments.values, Matrix(fit.residuals), fit.weights);
  const Vector c = (projection.first.bread * moments.col(0)).cwiseAbs();
  parts.score = P.transpose() * d;
  parts.change = c.dot(d) * (parts.structural + parts.score);
}

}  // namespace

Fit estimate_two_stage(const Context& context, std::shared_ptr<const ModelFrame> frame,
                       const EstimateOptions& options) {
  Preparation prepared = prepare(context, *frame, options);
  const TwoStageColumns columns = independent(context, prepared, options, *frame);
  const PreparedColumns all_instruments = side_by_side({&columns.included, &columns.instruments});
  const SharedMatrix& endogenous = columns.endogenous.values;
  const FirstStageSolutions first = {solve(context, prepared, options, all_instruments, endogenous),
                                     solve(context, prepared, options, columns.included, endogenous)};
  const PreparedColumns structural = structural_columns(columns, prepared.intercept);
  PreparedColumns projected = structural;
  Matrix fitted = structural.values;
  fitted.middleCols(prepared.intercept ? 1 : 0, endogenous.cols()) -= first.full.residuals;
  projected.values = std::move(fitted);
  const LeastSquares second = solve(context, prepared, options, projected, prepared.y);
  check_rank(second);
  Fit fit;
  fit.method = "2sls";
  fit.iv = parts_of({context, columns, *frame, prepared}, first);
  fit.frame = std::move(frame);
  fit.dropped = std::move(prepared.dropped);
  fit.names = structural.names;
  fit.sets = structural.sets;
  fit.coefficients = second.coefficients.col(0);
  // y - X b = (y - Xhat b) - (X - Xhat) b: the first term comes with the digits of the solver.
  fit.residuals =
      second.residuals.col(0) -
      first.full.residuals * fit.coefficients.segment(prepared.intercept ? 1 : 0, endogenous.cols());
  fit.x = projected.values;
  fit.structural = structural.values;
  fit.bread = second.bread;
  fit.condition = second.condition;
  ErrorParts errors = error_parts(structural, prepared, first.full.noise + second.noise);
  complete(context, fit, std::move(prepared));
  add_projection(context, fit,
                 {all_instruments, first.full, columns.included.values.cols(), fit.frame->intercept}, errors);
  bound_error(fit, errors);
  note_dropped_instruments(fit);
  return fit;
}

}  // namespace panelist
