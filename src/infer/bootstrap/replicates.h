// SPDX-License-Identifier: Apache-2.0
// The replicates of a wild bootstrap and what is read off them (private to the room).
#pragma once
#include <functional>

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

// The values s (in standard errors from the estimate) that a test keeps, searched outwards from zero.
using Verdict = std::function<bool(double)>;
std::vector<std::pair<double, double>> kept_ranges(const Context& context, const Verdict& kept);
// Ascending ranges with the name of their form.
ConfidenceSet set_of_parts(std::vector<std::pair<double, double>> parts);

}  // namespace panelist
