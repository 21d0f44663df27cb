// SPDX-License-Identifier: Apache-2.0
// The functions behind the catalog of covariances (private to the room).
#pragma once
#include "infer/vcov.h"

namespace panelist {

VcovFunction iid_vcov, hc0_vcov, hc1_vcov, leveraged_vcov, cluster_vcov, autocorrelation_vcov,
    bias_reduced_vcov, jackknife_vcov, conley_vcov;
MeatFunction heteroskedastic_meat, clustered_meat, newey_west_meat, driscoll_kraay_meat, conley_meat;
// Of a fit by fmb, whatever its kind.
Vcov fama_macbeth_vcov(const Fit& fit, const VcovSpec& spec, const SmallSample& rules);

// The rules as they apply to this fit: likelihoods and random effects have their own.
SmallSample rules_that_apply(const Fit& fit, const SmallSample& small_sample);

// Of each row: the square of what its regressors are multiplied with in the meat.
Vector squared_multipliers(const Fit& fit);

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
