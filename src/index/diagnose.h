// SPDX-License-Identifier: Apache-2.0
// Is the indicator system fit for an index? All on the correlation matrix R of the direction-oriented indicators
// that vary, over the rows used.
//
//   KMO      sum r^2/(sum r^2 + sum q^2) off the diagonal, q = -R^-1_jk / sqrt(R^-1_jj R^-1_kk); MSA by column
//   Bartlett chi2 = -(N - 1 - (2m + 5)/6) ln|R|, df m(m-1)/2
//   alpha    m/(m-1) (1 - m/sum R), the standardised one
// A singular R (duplicates, fewer rows than indicators) leaves KMO, MSA and Bartlett missing.
#pragma once
#include "index/index.h"

namespace panelist {

IndexDiagnostics diagnose(const Matrix& oriented, const IndexSystem& system);
// The same from the correlations of the indicators that vary.
IndexDiagnostics diagnose_correlations(const Matrix& r, Index rows, const std::vector<std::string>& codes);

}  // namespace panelist
