// SPDX-License-Identifier: Apache-2.0
// Augmented Dickey-Fuller regression of one series without gaps (private to the room).
//
//   y_t - y_t-1 = rho y_t-1 + sum_{j=1..p} c_j (y_t-j - y_t-j-1) + d_t + e_t,   t statistic of rho
//   variance of e: rss/(n - k), or rss/n
// p value of t: MacKinnon (1994), asymptotic; t beyond the range of his approximation counts as its end. Critical values
// at 1, 5 and 10 %: MacKinnon (2010), for the n rows.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist {

enum class Deterministic { none, constant, trend };
inline int count_of(Deterministic terms) { return static_cast<int>(terms); }

enum class VarianceDivisor { degrees_of_freedom, rows };

struct DickeyFuller {
  double rho = 0, std_error = 0, t = 0;
  double sigma2 = 0;
  Index lags = 0;
  double rows = 0;
};
// The series must have more than 2 lags + terms + 2 values (least_length). Throws infer.no_variation where y or its changes
// do not vary; `name` says of what.
DickeyFuller dickey_fuller(const Context& context, const Vector& y, Index lags, Deterministic terms,
                           VarianceDivisor divisor, std::string_view name);
// Values a series must have for a degree of freedom to be left.
Index least_length(Index lags, Deterministic terms);

// The number of lags from 0 to `most` with the least log(rss/n) + c k/n on common rows; c = 2 (aic), log n (bic).
Index lags_by_criterion(const Context& context, const Vector& y, Index most, Deterministic terms,
                        std::string_view criterion, std::string_view name);
// floor(12 (T/100)^(1/4)), less where the series is too short (Schwert 1989).
Index most_lags(Index length, Deterministic terms);

// Residuals of the changes and of the level on lags of the changes and the deterministic terms.
struct Orthogonalised {
  Vector changes, level;
};
Orthogonalised orthogonalised(const Context& context, const Vector& y, Index lags, Deterministic terms);

double mackinnon_p(double t, Deterministic terms);
std::vector<std::pair<std::string, double>> dickey_fuller_critical_values(double rows, Deterministic terms);

}  // namespace panelist
