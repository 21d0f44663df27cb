// SPDX-License-Identifier: Apache-2.0
#include "estimate/regression/error_bound.h"
#include "estimate/regression/methods.h"
#include "estimate/regression/prepared.h"

namespace panelist {
namespace {

// From [y X] to [X y].
Matrix outcome_last(const Matrix& products) {
  std::vector<Index> order;
  for (Index j = 1; j < products.cols(); ++j) order.push_back(j);
  if (products.cols() > 0) order.push_back(0);
  return products(order, order);
}

}  // namespace

Fit estimate_ols(const Context& context, std::shared_ptr<const ModelFrame> frame,
                 const EstimateOptions& options) {
  if (options.release_regressors) {
    // A copy shares the columns: they are its own once the frame given is let go of.
    auto own = std::make_shared<ModelFrame>(*frame);
    frame.reset();
    Preparation prepared = prepare_releasing(context, *own, options);
    return solve_ols(context, std::move(own), std::move(prepared), options);
  }
  Preparation prepared = prepare(context, *frame, options);
  return solve_ols(context, std::move(frame), std::move(prepared), options);
}

Fit solve_ols(const Context& context, std::shared_ptr<const ModelFrame> frame, Preparation prepared,
              const EstimateOptions& options) {
  const PreparedColumns& columns = prepared.exogenous;
  LeastSquaresOptions solver = solver_options(prepared, options, columns.rounding);
  solver.products = outcome_last(prepared.products);
  const LeastSquares solution =
      solve_least_squares(context, columns.values, prepared.y, prepared.weights, solver);
  Fit fit;
  fit.method = "ols";
  fit.frame = std::move(frame);
  for (std::size_t j = 0; j < solution.dropped.size(); ++j) {
    prepared.dropped.push_back(collinear_term(columns.names, solution.dropped[j], solution.depends_on[j]));
  }
  PreparedColumns kept = only(columns, solution.kept);
  const ErrorParts errors = error_parts(kept, prepared, solution.noise);
  fit.dropped = std::move(prepared.dropped);
  fit.names = std::move(kept.names);
  fit.sets = std::move(kept.sets);
  fit.x = kept.values;
  fit.coefficients = solution.coefficients.col(0);
  fit.residuals = solution.residuals.col(0);
  fit.bread = solution.bread;
  fit.condition = solution.condition;
  complete(context, fit, std::move(prepared));
  bound_error(fit, errors);
  return fit;
}

}  // namespace panelist
