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

// Of each row: the square of what its regressors are multiplied with in the meat.
Vector squared_multipliers(const Fit& fit);
Matrix heteroskedastic_meat(const Context& context, const Matrix& scores, const Fit& fit,
                            const VcovSpec& spec);
Matrix clustered_meat(const Context& context, const Matrix& scores, const Fit& fit, const VcovSpec& spec);

// factor * bread * meat * bread, exactly symmetric.
Matrix sandwich(const Matrix& bread, const Matrix& meat, double factor);

}  // namespace panelist
