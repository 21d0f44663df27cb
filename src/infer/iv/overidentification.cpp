// SPDX-License-Identifier: Apache-2.0
// Overidentification. Equal variances: Sargan's u'P_Z u / s^2 at the residuals of the method. Otherwise Hansen's
// J = min over b of g(b)' S^-1 g(b), g(b) = Z'W(y - X b), S the covariance of the moments at the residuals that the
// method weights by: 2SLS and the k-class take one further step to the efficient coefficients. CUE: J at its own.
//   basmann       n = observations, S = Sargan's: S (n - L - s)/(n - S)
//   liml_overid   n log(k), k LIML's smallest root: Anderson & Rubin's likelihood ratio; n (k - 1) in details
// Source  Sargan (1958); Basmann (1960); Hansen (1982); Anderson & Rubin (1950); ivreg2
#include <cmath>

#include "infer/iv/partialled.h"

namespace panelist {
namespace {

constexpr const char* exactly_identified = "the equation is exactly identified";

Index excess(const PartialledModel& model) { return model.instrument_count() - model.endogenous_count(); }

double sargan(const PartialledModel& model) {
  const Fit& fit = model.fit;
  const Matrix Q = orthonormal(all_instruments(*fit.iv), fit.weights);
  return (Q.transpose() * model.weighted(fit.residuals)).squaredNorm() / (fit.rss / model.n);
}

std::optional<double> hansen(const PartialledModel& model) {
  const Fit& fit = model.fit;
  const Matrix Q = orthonormal(all_instruments(*fit.iv), fit.weights);
  const Matrix M = model.moment_covariance(Q, residuals_in_scores(fit));
  const Vector g = Q.transpose() * model.weighted(fit.residuals);
  if (fit.method == "cue") return full_rank_form(g, M);
  return moment_distance(Q.transpose() * model.weighted(regressors(fit)), g, M);
}

}  // namespace

TestOrReason overidentification(const PartialledModel& model) {
  const std::string name = model.iid() ? "sargan" : "hansen_j";
  if (excess(model) == 0) return left_out(name, exactly_identified);
  const std::optional<double> J = model.iid() ? sargan(model) : hansen(model);
  if (!J) return left_out(name, singular_moments);
  return {chi2_test(name, *J, static_cast<double>(excess(model))), ""};
}

TestOrReason basmann(const PartialledModel& model) {
  if (!model.iid()) return does_not_apply("basmann", "it assumes equal variances (vcov iid)");
  if (excess(model) == 0) return does_not_apply("basmann", exactly_identified);
  const double S = sargan(model), left = model.n - model.all_instruments - model.absorbed;
  return {chi2_test("basmann", S * left / (model.n - S), static_cast<double>(excess(model))), ""};
}

TestOrReason liml_overidentification(const PartialledModel& model) {
  const double root = model.fit.iv_method.smallest_root;
  if (std::isnan(root)) return does_not_apply("liml_overid", "it is a test of method liml");
  if (excess(model) == 0) return does_not_apply("liml_overid", exactly_identified);
  TestOrReason result{chi2_test("liml_overid", model.n * std::log(root), static_cast<double>(excess(model))),
                      ""};
  result.test.details = {{"linear", model.n * (root - 1)}};
  result.test.note = "Anderson-Rubin likelihood ratio; assumes iid errors";
  return result;
}

}  // namespace panelist
