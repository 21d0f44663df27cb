// SPDX-License-Identifier: Apache-2.0
#include "infer/bootstrap/refusals.h"

#include <fmt/format.h>

#include "estimate/random_effects.h"

namespace panelist {

void require_least_squares(const Fit& fit, std::string_view what) {
  if (fit.glm != nullptr)
    throw Error("infer.least_squares_only",
                fmt::format("the {} is one of least squares; the model is `{}`", what, fit.method),
                "estimate by ols");
  if (fit.iv != nullptr)
    throw Error("usage.not_available",
                fmt::format("the {} is one of least squares; the model has instruments", what),
                "wild(x = 0) of 2SLS draws clusters, anderson_rubin holds with weak instruments");
  if (is_random_effects(fit))
    throw Error("usage.not_available",
                fmt::format("the {} is one of least squares; the model has random effects", what),
                "absorb the unit instead: y ~ x | unit");
}

void require_two_clusters(const Grouping& cluster) {
  if (cluster.size() >= 2) return;
  throw Error("infer.one_cluster",
              fmt::format("all rows used lie in one cluster of `{}`: nothing can be drawn", cluster.name),
              "cluster by a column with many groups", "column " + cluster.name);
}

void require_some_variance(const Fit& fit, const Matrix& restrictions, const Matrix& variance,
                           const Grouping& cluster) {
  const Matrix iid = restrictions * fit.bread * restrictions.transpose();
  const double scale = fit.residuals.squaredNorm() / fit.n * iid.diagonal().maxCoeff();
  if (variance.allFinite() && scale > 0 && variance.diagonal().minCoeff() > 1e-18 * scale) return;
  throw Error("infer.no_variance",
              "the coefficient has a clustered variance of zero: the scores of every cluster cancel",
              "a regressor that moves in one cluster only has no clustered standard error; cluster otherwise",
              "column " + cluster.name);
}

Vcov clustered_vcov(const Context& context, const Fit& fit, const SmallSample& rules,
                    const Grouping& cluster) {
  VcovSpec spec;
  spec.kind = "cluster";
  spec.columns = {cluster.name};
  return covariance(context, fit, spec, rules);
}

}  // namespace panelist
