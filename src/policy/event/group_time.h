// SPDX-License-Identifier: Apache-2.0
// Effects of each cohort at each time with their influence functions, and means of them.
//
//   att(g,t)  the comparison of changes D_i = y_it - y_i,base between cohort g and controls (comparison.h), of units with a row
//             at both times; weights and covariates of the base time's row
//   psi_i of att(g,t) = N part_i, N all units
//   mean of cells k with p_k = share of cohort g_k in the units' weights:  w_k = p_k / P, P = sum p_k over the cells
//   psi = sum w_k psi_k + sum att_k [ (s_i 1{G = g_k} - p_k)/P - p_k/P^2 sum_j (s_i 1{G = g_j} - p_j) ]
//   s_i = mean weight of a unit's rows, scaled to mean one; one without weights
#pragma once
#include "policy/event/comparison.h"
#include "policy/event/design.h"

namespace panelist {

// An estimate with its influence function, by unit of the frame.
struct Influenced {
  double estimate = missing_value;
  Vector influence;
  double std_error = missing_value;  // by multipliers, where asked for
};

struct GroupTime {
  std::size_t cohort = 0, time = 0;  // positions among the design's cohorts and the times
  int relative = 0;
  Influenced att;
};

struct GroupTimeSpec {
  int reference = -1;
  bool not_yet = false;
  Adjustment adjustment = Adjustment::none;
};

struct GroupTimes {
  std::vector<std::int64_t> times;    // of the rows used, ascending
  std::vector<std::int64_t> first;    // by unit of the frame
  Vector size;                        // s, by unit of the frame
  std::vector<double> cohort_shares;  // p_g
  std::vector<GroupTime> cells;
  std::size_t nobody = 0, undetermined = 0, no_overlap = 0;  // cells that are not estimated
  std::vector<std::size_t>
      moved;  // cohorts without rows at the reference: their base is the last time before
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
GroupTimes group_times(const GroupTimeSpec& spec, const EventDesign& design);

// Sums of influence over clusters of units, divided by the units: a row a cluster, a column an estimate.
Matrix cluster_sums(const std::vector<Influenced>& estimates, const std::vector<Level>& cluster_of_unit,
                    Level clusters);

}  // namespace panelist
