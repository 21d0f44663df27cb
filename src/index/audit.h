// SPDX-License-Identifier: Apache-2.0
// What a referee would ask of an index.
//
//   effective weight  w_j cov(x'_j, S)/var S: the indicator's share of the variance of the scores (arithmetic means; they
//                     sum to one). Of rows that lack cells: cov(w'_j x'_j, S)/var S, w' rescaled over the row's cells.
//                     Correlations are of the rows that have both.
//   flags             dominant     a weight above 0.4
//                     redundant    r > 0.92 between two normalised indicators: one thing counted twice
//                     conflicting  r < -0.4: they cancel each other
//                     silent       effective weight below a tenth of the weight: it counts on paper only
//                     imputed      more than 5% of an indicator's cells were filled in
//                     growth       growth rates or indices "previous year = 100" among levels: scores mix the two
//                     size         more than half of the weight on totals (units that are no rate, share or ratio)
// Source  Paruolo, Saisana and Saltelli (2013); OECD and JRC (2008)
#pragma once
#include "index/index.h"

namespace panelist {

struct AuditFlag {
  std::string kind, message;
  std::vector<std::string> parts{};  // what the message says beside its fixed words, in order
};

struct IndexAudit {
  std::vector<double> effective_weights;  // by indicator; missing where scores are no sums
  std::vector<AuditFlag> flags;
};
IndexAudit audit_index(const IndexResult& index);

// By unit and label: "上年=100", "growth", "%", "yuan per person".
bool is_growth(const Indicator& indicator);
bool is_total(const Indicator& indicator);

}  // namespace panelist
