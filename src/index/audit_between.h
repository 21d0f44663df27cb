// SPDX-License-Identifier: Apache-2.0
// What the indices of one study have in common, and where they contradict one another. Where one of two indices explains
// the other, whatever they share explains itself.
//
//   shared       one column in two systems; the message says its weight in each
//   twin         |r| > 0.98 between indicators of two systems that have other names (after denominators, on common rows,
//                differenced within units too, so that a common trend alone is no twin)
//   unit         the same indicator (one column, or one label) in two units
//   denominator  the same column over two denominators, or with and without one
//   source       the same indicator (one column, or one label) from two sources: revisions and vintages differ
//   direction    the same column counted for better in one system and for worse in the other
// Labels are compared without blanks, case and what stands in brackets.
// Cost  twins: n m1 m2 for each pair of systems
#pragma once
#include "index/audit.h"

namespace panelist {

struct SharedIndicator {
  std::string first, second;                           // indices
  std::string code, other;                             // columns: the same, or twins
  double r = missing_value, r_within = missing_value;  // of twins
  double first_weight = missing_value, second_weight = missing_value;
};

struct AuditBetween {
  std::vector<SharedIndicator> shared, twins;
  std::vector<AuditFlag> flags;  // all of the above in words
};
AuditBetween audit_between(const std::vector<const IndexResult*>& indices, const Table& table,
                           const Panel& panel);

}  // namespace panelist
