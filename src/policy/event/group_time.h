// SPDX-License-Identifier: Apache-2.0
// Effects of each cohort at each time with their influence functions, and means of them.
//
//   psi_i of att(g,t) = N [ 1{i in g}/n_g (D_i - mean_g D) - 1{i in C}/n_C (D_i - mean_C D) ],  D_i = y_it - y_i,base
//   mean of cells k with p_k = share of units in cohort g_k:  w_k = p_k / P, P = sum p_k over the cells
//   psi = sum w_k psi_k + sum att_k [ (1{G = g_k} - p_k)/P - p_k/P^2 sum_j (1{G = g_j} - p_j) ]
#pragma once
#include "policy/event/design.h"

namespace panelist {

struct GroupTime {
  std::size_t cohort = 0, time = 0;  // positions among the design's cohorts and the times
  int relative = 0;
  double effect = 0;
  Vector influence;  // by unit of the frame
};

// An estimate with its influence function.
struct Influenced {
  double estimate = missing_value;
  Vector influence;
};

struct GroupTimes {
  std::vector<std::int64_t> times;    // of the rows used, ascending
  std::vector<std::int64_t> first;    // by unit of the frame
  std::vector<double> cohort_shares;  // p_g
  std::vector<GroupTime> cells;
  std::size_t not_estimated = 0;  // cells without treated or control units
  Index units = 0;

  // Mean of the cells at these positions by the cohorts' sizes.
  [[nodiscard]] Influenced by_sizes(const std::vector<std::size_t>& chosen, const EventDesign& design) const;
  // Plain mean.
  [[nodiscard]] static Influenced mean(const std::vector<Influenced>& parts);
  // Mean of parts, one a cohort, by the cohorts' sizes.
  [[nodiscard]] Influenced over_cohorts(const std::vector<Influenced>& parts,
                                        const std::vector<std::size_t>& cohorts,
                                        const EventDesign& design) const;
};
GroupTimes group_times(const EventStudySpec& spec, const EventDesign& design, bool not_yet);

// Covariance of estimates by sums of influence over clusters of units.
Matrix influence_covariance(const std::vector<Influenced>& estimates,
                            const std::vector<Level>& cluster_of_unit, Level clusters);

}  // namespace panelist
