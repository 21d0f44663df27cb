// SPDX-License-Identifier: Apache-2.0
// Statistics of descriptive tables. Missing values are left out by pair, by group, by move.
//
//   associate   pearson: r; spearman: r of average ranks. p two-sided from t = r sqrt((n-2)/(1-r^2)) with n - 2 degrees
//               of freedom; missing below three pairs or without spread, 0 at |r| = 1
//   balance     means of two groups, difference first - second, t and p of Welch's test (Satterthwaite's degrees of
//               freedom), normalised difference (m1 - m2) / sqrt((s1^2 + s2^2) / 2) of Imbens and Rubin (2015)
//   balance_by_cluster  the difference as the slope of x on the group:  V = G/(G-1) (N-1)/(N-2) sum_g (sum_i u_i)^2
//               over clusters g, u_i = e_i/n1 in the first group and -e_i/n2 in the second; t with G - 1 degrees of freedom
//               (one-way cluster-robust, as fixest and Stata's regress, vce(cluster))
//   ranks_down  1 + the number of larger values; ties share the better rank; missing stays missing
//   quantile_states  1 .. k by the k-quantiles of percentile(): a value on a cut belongs to the lower state; 0 missing
//   transitions how often state a at time t is state b at time t + steps of the same unit
// Cost   n log n for ranks and quantiles, else n.  Agreement  R 4.2: cor.test, t.test, rank, table, fixest's feols
//        (tests/reference/descriptive_tables)
#pragma once
#include <string>
#include <vector>

#include "table/panel.h"

namespace panelist {

enum class AssociationKind { pearson, spearman };
struct Association {
  double r = missing_value, p = missing_value;
  std::size_t n = 0;
};
Association associate(const std::vector<double>& x, const std::vector<double>& y, AssociationKind kind);

struct GroupMean {
  std::size_t n = 0;
  double mean = missing_value, sd = missing_value;
};
struct Balance {
  std::string name;
  GroupMean first, second;
  double difference = missing_value, std_error = missing_value, t = missing_value, df = missing_value,
         p = missing_value, normalised = missing_value;
  std::size_t clusters = 0;  // of balance_by_cluster
};
Balance balance(const std::string& name, const std::vector<double>& first, const std::vector<double>& second);
// The same means; std_error, t and p of the regression on the group, clustered: clusters may lie in both groups.
struct Clustered {
  std::vector<double> values;
  std::vector<std::int32_t> cluster;  // by value
};
Balance balance_by_cluster(const std::string& name, const Clustered& first, const Clustered& second);

std::vector<double> ranks_down(const std::vector<double>& values);

std::vector<int> quantile_states(const std::vector<double>& values, int states);
// counts[a][b]: moves from state a + 1 to b + 1 that start in the rows `from`; `state` is by row of the panel, 0 in none.
struct Moves {
  int states = 4, steps = 1;
};
using Transitions = std::vector<std::vector<double>>;
Transitions transitions(const Panel& panel, const std::vector<int>& state,
                        const std::vector<std::size_t>& from, const Moves& moves);

}  // namespace panelist
