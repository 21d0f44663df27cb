// SPDX-License-Identifier: Apache-2.0
#include "base/distribution.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace panelist {

namespace {
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
using Standard = boost::math::normal;
}  // namespace

double normal_cdf(double z) {
  if (std::isnan(z)) return not_a_number;
  if (std::isinf(z)) return z > 0 ? 1.0 : 0.0;
  return boost::math::cdf(Standard(), z);
}

double normal_two_sided(double z) {
  if (std::isnan(z)) return not_a_number;
  if (std::isinf(z)) return 0.0;
  return 2.0 * boost::math::cdf(boost::math::complement(Standard(), std::abs(z)));
}

double normal_quantile(double probability) {
  if (!(probability > 0.0 && probability < 1.0)) return not_a_number;
  return boost::math::quantile(Standard(), probability);
}

double t_two_sided(double t, double df) {
  if (std::isnan(t) || !(df > 0.0)) return not_a_number;
  if (std::isinf(df)) return normal_two_sided(t);
  if (std::isinf(t)) return 0.0;
  return 2.0 * boost::math::cdf(boost::math::complement(boost::math::students_t(df), std::abs(t)));
}

double t_quantile(double probability, double df) {
  if (!(probability > 0.0 && probability < 1.0) || !(df > 0.0)) return not_a_number;
  if (std::isinf(df)) return normal_quantile(probability);
  return boost::math::quantile(boost::math::students_t(df), probability);
}

double chi2_upper(double x, double df) {
  if (std::isnan(x) || !(df > 0.0)) return not_a_number;
  if (x <= 0.0) return 1.0;
  if (std::isinf(x)) return 0.0;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(df), x));
}

double f_upper(double f, double df1, double df2) {
  if (std::isnan(f) || !(df1 > 0.0) || !(df2 > 0.0)) return not_a_number;
  if (std::isinf(df2)) return chi2_upper(f * df1, df1);
  if (f <= 0.0) return 1.0;
  if (std::isinf(f)) return 0.0;
  return boost::math::cdf(boost::math::complement(boost::math::fisher_f(df1, df2), f));
}

double f_quantile(double probability, double df1, double df2) {
  if (!(probability > 0.0 && probability < 1.0) || !(df1 > 0.0) || !(df2 > 0.0)) return not_a_number;
  if (std::isinf(df2)) return boost::math::quantile(boost::math::chi_squared(df1), probability) / df1;
  return boost::math::quantile(boost::math::fisher_f(df1, df2), probability);
}

double noncentral_chi2_quantile(double probability, double df, double noncentrality) {
  if (!(probability > 0.0 && probability < 1.0) || !(df > 0.0) || !(noncentrality >= 0.0))
    return not_a_number;
  return boost::math::quantile(boost::math::non_central_chi_squared(df, noncentrality), probability);
}

}  // namespace panelist
