// SPDX-License-Identifier: Apache-2.0
// The replicates of a wild bootstrap and what is read off them (private to the room).
#pragma once
#include "infer/bootstrap/wild_maps.h"

namespace panelist {

// One restriction: t*(s) = (n0 + s n1) / sqrt(d00 + 2 s d01 + s^2 d11), s the statistic of the value tested.
struct WildReplicates {
  std::int64_t reps = 0;
  bool enumerated = false;
  Matrix sums;        // reps x 5: n0 n1 d00 d01 d11 (q = 1)
  Vector statistics;  // F* (q > 1)
};
WildReplicates draw_replicates(const Context& context, const WildMaps& maps, const WildSpec& spec);

struct Shares {
  double symmetric = missing_value, equal_tailed = missing_value;
  std::int64_t undefined = 0;
};
// t* of each replicate at s; missing where its variance is zero.
Vector statistics_at(const WildReplicates& replicates, double s);
// Of t* against t.
Shares shares_of(const Vector& statistics, double t);
// Of F* against F: one tail.
Shares upper_share(const Vector& statistics, double f);

// In units of s = (R b - r) / se: the values not rejected.
std::vector<std::pair<double, double>> kept_values(const Context& context, const WildReplicates& replicates,
                                                   const WildSpec& spec);

}  // namespace panelist
