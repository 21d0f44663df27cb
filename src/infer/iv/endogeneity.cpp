// SPDX-License-Identifier: Apache-2.0
// C tests, ivreg2's: the rise of J when moments are added, both J with blocks of one moment covariance at the 2SLS
// residuals of the larger set, so that the difference is never negative.
//   endogeneity  the endogenous regressors join the instruments (endog())
// Source  Hayashi (2000), section 3.6; Baum, Schaffer & Stillman (2003), Stata Journal 3(1)
#include <Eigen/QR>
#include <algorithm>

#include "infer/iv/partialled.h"

namespace panelist {

std::optional<double> c_statistic(const PartialledModel& model, const Matrix& kept, const Matrix& tested) {
  const Fit& fit = model.fit;
  Matrix Z(kept.rows(), kept.cols() + tested.cols());
  Z << kept, tested;
  const Matrix Q = orthonormal(Z, fit.weights);
  const Matrix of_x = Q.transpose() * model.weighted(regressors(fit));
  // The 2SLS residuals of all, from those of the fit.
  const Vector at_fit = Q.transpose() * model.weighted(fit.residuals);
  Matrix scaled = of_x;
  const Vector length = of_x.colwise().norm();
  for (Index j = 0; j < scaled.cols(); ++j) scaled.col(j) /= length(j);
  const Vector change = scaled.colPivHouseholderQr().solve(at_fit).cwiseQuotient(length);
  const Vector u = fit.residuals - regressors(fit) * change;
  const Vector of_u = Q.transpose() * model.weighted(u);
  const Matrix M = model.moment_covariance(Q, u);
  const Index L = kept.cols();
  const auto all = moment_distance(of_x, of_u, M);
  const auto fewer = moment_distance(of_x.topRows(L), of_u.head(L), M.topLeftCorner(L, L));
  if (!all || !fewer) return std::nullopt;
  return std::max(*all - *fewer, 0.0);
}

TestOrReason endogeneity(const PartialledModel& model) {
  const IvParts& iv = *model.fit.iv;
  const auto c = c_statistic(model, all_instruments(iv), iv.endogenous);
  if (!c) return left_out("endogeneity", singular_moments);
  return {chi2_test("endogeneity", *c, static_cast<double>(model.endogenous_count())), ""};
}

}  // namespace panelist
