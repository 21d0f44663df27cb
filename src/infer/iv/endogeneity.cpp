// SPDX-License-Identifier: Apache-2.0
// C test that the endogenous regressors are exogenous (ivreg2's endog()): the rise of J when they join the
// instruments, both J with blocks of one moment covariance at the OLS residuals, so the difference is never negative.
// Source  Hayashi (2000), section 3.6; Baum, Schaffer & Stillman (2003), Stata Journal 3(1)
#include <algorithm>

#include "infer/iv/partialled.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

// Excluded instruments, included exogenous, endogenous: the restricted set has all, the unrestricted the first L.
Matrix restricted_instruments(const IvParts& iv) {
  Matrix Z(iv.instruments.rows(), iv.instruments.cols() + iv.included.cols() + iv.endogenous.cols());
  Z << iv.instruments, iv.included, iv.endogenous;
  return Z;
}

}  // namespace

TestOrReason endogeneity(const PartialledModel& model) {
  const Fit& fit = model.fit;
  const SharedMatrix& X = fit.structural.size() > 0 ? fit.structural : fit.x;
  const Vector u = solve_least_squares(model.context, X, fit.outcome, fit.weights).residuals.col(0);
  const Matrix Q = orthonormal(restricted_instruments(*fit.iv), fit.weights);
  const Matrix M = model.moment_covariance(Q, u);
  const Matrix of_x = Q.transpose() * model.weighted(X);
  const Vector of_u = Q.transpose() * model.weighted(u);
  const Index L = model.instrument_count() + fit.iv->included.cols();
  const auto restricted = moment_distance(of_x, of_u, M);
  const auto unrestricted = moment_distance(of_x.topRows(L), of_u.head(L), M.topLeftCorner(L, L));
  if (!restricted || !unrestricted)
    return left_out("endogeneity",
                    "the covariance of the moments is not positive definite (few clusters for the number of "
                    "instruments)");
  return {chi2_test("endogeneity", std::max(*restricted - *unrestricted, 0.0),
                    static_cast<double>(model.endogenous_count())),
          ""};
}

}  // namespace panelist
