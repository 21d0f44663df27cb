// SPDX-License-Identifier: Apache-2.0
// Overidentification of a 2SLS fit: J = min over b of g(b)' S^-1 g(b), g(b) = Z'W(y - X b), S the covariance of the
// moments at the 2SLS residuals. Under iid errors that is Sargan's statistic; otherwise Hansen's J, which takes one
// further step to the efficient coefficients.
// Source  Sargan (1958); Hansen (1982); ivreg2
#include "infer/iv/partialled.h"

namespace panelist {
namespace {

Matrix all_instruments(const IvParts& iv) {
  Matrix Z(iv.instruments.rows(), iv.instruments.cols() + iv.included.cols());
  Z << iv.instruments, iv.included;
  return Z;
}

}  // namespace

TestOrReason overidentification(const PartialledModel& model) {
  const std::string name = model.iid() ? "sargan" : "hansen_j";
  const Index df = model.instrument_count() - model.endogenous_count();
  if (df == 0) return left_out(name, "the equation is exactly identified");
  const Fit& fit = model.fit;
  const Matrix Q = orthonormal(all_instruments(*fit.iv), fit.weights);
  const SharedMatrix& X = fit.structural.size() > 0 ? fit.structural : fit.x;
  const auto J =
      moment_distance(Q.transpose() * model.weighted(X), Q.transpose() * model.weighted(fit.residuals),
                      model.moment_covariance(Q, fit.residuals));
  if (!J)
    return left_out(name,
                    "the covariance of the moments is not positive definite (few clusters for the number of "
                    "instruments)");
  return {chi2_test(name, *J, static_cast<double>(df)), ""};
}

}  // namespace panelist
