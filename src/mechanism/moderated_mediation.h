// SPDX-License-Identifier: Apache-2.0
// Is the indirect effect the same in several groups? Mediation in each group, and the differences of the indirect effects.
//
//   group g:  Y = c_g X + ..., M_j = a_gj X + ..., Y = c'_g X + sum_j b_gj M_j + ...   everything its own
//   difference = a_1 b_1 - a_2 b_2 of every pair, first less later, of each mediator and of their sum
//   delta      se^2 = se_1^2 + se_2^2, normal
//   bootstrap  clusters drawn within each group, streams of their own by group: percentile and BC interval of the
//              difference; p = 2 min(share of draws <= 0, share >= 0), 1 added to both counts
// Both take the groups as independent: where a cluster (else a unit) has rows in several, there are no differences and
// `shared` counts it.
// Errors  mechanism.one_group and those of mediate, with the group
// Cost    a mediation a group
// Source  Preacher, Rucker & Hayes (2007), Multivariate Behavioral Research 42(1); Edwards & Lambert (2007)
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

struct GroupMediation {
  std::string group;
  Mediation mediation;
};

struct IndirectDifference {
  std::string first, second, mediator;  // "M", "M1 -> M2"; "": the sum of all
  double estimate = missing_value, delta_se = missing_value, delta_z = missing_value, delta_p = missing_value;
  std::optional<BootstrapIntervals> bootstrap;
  double bootstrap_p = missing_value;
};

struct ModeratedMediation {
  std::string by;
  std::vector<GroupMediation> groups;
  std::vector<IndirectDifference> differences;
  int shared = 0;  // clusters with rows in several groups
};

// Groups are sorted; rows without a value of `by` are in none.
ModeratedMediation mediate_by_group(const Context& context, const MediationSpec& spec, const std::string& by,
                                    const Table& table, const Panel* panel, Diagnostics& notes);

}  // namespace panelist
