// SPDX-License-Identifier: Apache-2.0
// Tail probabilities and quantiles used by tests and intervals (Boost.Math underneath).
// df = infinity turns t into the normal and F(q, df2) into chi2(q)/q. NaN in, NaN out.
#pragma once
namespace panelist {

double normal_cdf(double z);
double normal_two_sided(double z);  // P(|Z| >= |z|)
double normal_quantile(double probability);
double t_two_sided(double t, double df);  // P(|T| >= |t|)
double t_quantile(double probability, double df);
double chi2_upper(double x, double df);  // P(X >= x); df = 0 gives NaN
double f_upper(double f, double df1, double df2);
double f_quantile(double probability, double df1, double df2);
double noncentral_chi2_quantile(double probability, double df, double noncentrality);

}  // namespace panelist
