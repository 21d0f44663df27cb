// SPDX-License-Identifier: Apache-2.0
// The functions behind the catalog of covariances (private to the room).
#pragma once
#include "infer/vcov.h"

namespace panelist {

Vcov iid_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules);
Vcov hc0_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules);
Vcov hc1_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules);
Vcov leveraged_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules);
Vcov cluster_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules);
Vcov autocorrelation_vcov(const Context& context, const Fit& fit, const VcovSpec& spec,
                          const SmallSample& rules);
Vcov bias_reduced_vcov(const Context& context, const Fit& fit, const VcovSpec& spec,
                       const SmallSample& rules);
Vcov jackknife_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules);
Vcov conley_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules);

// Of each row: the square of what its regressors are multiplied with in the meat.
Vector squared_multipliers(const Fit& fit);
Matrix heteroskedastic_meat(const Context& context, const Matrix& scores, const Fit& fit,
                            const VcovSpec& spec);
Matrix clustered_meat(const Context& context, const Matrix& scores, const Fit& fit, const VcovSpec& spec);
Matrix newey_west_meat(const Context& context, const Matrix& scores, const Fit& fit, const VcovSpec& spec);
Matrix driscoll_kraay_meat(const Context& context, const Matrix& scores, const Fit& fit,
                           const VcovSpec& spec);
Matrix conley_meat(const Context& context, const Matrix& scores, const Fit& fit, const VcovSpec& spec);

// factor * bread * meat * bread, exactly symmetric.
Matrix sandwich(const Matrix& bread, const Matrix& meat, double factor);
// Throws infer.one_cluster.
void require_two_clusters(const std::vector<const Grouping*>& clusters);
// Clusters in which 1 - leverage is zero in some direction.
void warn_of_exact_clusters(Vcov& vcov, Index clusters, const std::string& name);
// An indefinite sum to the nearest positive semidefinite matrix: negative eigenvalues become zero (Cameron, Gelbach &
// Miller 2011, section 2.3). Says whether there were any.
bool clip_negative_eigenvalues(Matrix& V);

}  // namespace panelist
