// SPDX-License-Identifier: Apache-2.0
// Covariance of coefficients of different equations by stacking their scores.
//
//   psi_i = bread_j . s_i              what row i adds to coefficient j (n)
//   Cov(b1, b2) = sqrt(factor1 factor2) sum_g (sum_{i in g} psi1_i)(sum_{i in g} psi2_i)
// under iid: sigma12 (x1 bread1_j)'W(x2 bread2_k), sigma12 = u1'W u2 / sqrt(df1 df2), zero when one residual is orthogonal.
#pragma once
#include "infer/estimation.h"

namespace panelist {

// Position of a term among the estimated ones, or -1.
Index position_of(const Fit& fit, const std::string& term);
Vector influence(const Fit& fit, Index term);
// Meat of the columns under the structure of the vcov (rows as in the fit); robust by rows where it has none.
Matrix joint_meat(const Context& context, const Matrix& columns, const Fit& fit, const VcovSpec& spec);
// Both estimations on the same rows in the same order.
double cross_covariance(const Context& context, const Estimation& first, Index i, const Estimation& second,
                        Index j);

}  // namespace panelist
