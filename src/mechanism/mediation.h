// SPDX-License-Identifier: Apache-2.0
// Mediation on one common sample: mediators in parallel or one after another.
//
//   Y = c X + ...          total
//   M_j = a_j X + ...      one equation per mediator
//   Y = c' X + sum b_j M_j + ...
//   indirect_j = a_j b_j;  c - c' = sum a_j b_j exactly (OLS, common sample)
//   serial, M1 -> M2 in the order named:  M2 = a_2 X + d_12 M1 + ..., paths a_1 b_1, a_2 b_2, a_1 d_12 b_2 (seven of three
//   mediators), and c - c' is still their sum
//   contrast of two paths: their difference, delta and bootstrap from the same joint law
//   Sobel se = sqrt(a^2 sb^2 + b^2 sa^2) (never cov(a, b)); delta uses the stacked cluster covariance of a
//   and b bootstrap: units (or clusters) resampled with new ids for the effects; percentile, BC and BCa intervals
//   Monte Carlo: (a, b) drawn from N((a, b), V), V the stacked covariance; percentiles of the products
//   A replicate in which x or a mediator is collinear counts as failed and is left out.
//   Percentiles are those of table/statistics.h (Stata's _pctile). BCa: acceleration from leaving one cluster out.
//   A lagged mediator "L.M" is the outcome of its own equation as it stands: L.M on x of the same row.
//   share = a b / c;  verdict: partial, full, suppression, none
//   Verdict (Wen & Ye 2014, at 5 %): a b counts when a and b are both significant, else when its bootstrap interval
//   (BCa if made, at the model's level) or, without bootstrap, Sobel says so; then c' decides between full, partial
//   (same sign) and suppression. Several mediators are judged by their total indirect effect.
// Cost    bootstrap on per-cluster cross products: replicates x (clusters k^2 + k^3), no refits, when at most
// one
//         factor varies within clusters beyond the dense limit; refits otherwise.
// Errors  mechanism.unknown_term mechanism.mediator_in_formula mechanism.no_mediator mechanism.term_dropped
//         mechanism.repeated_mediator mechanism.serial_mediators
// Source  Baron & Kenny (1986); Sobel (1982); Wen & Ye (2014); Efron (1987) for BCa
// Agrees  Stata sgmediation (tests/mechanism), R refits
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct MediationSpec {
  EstimationSpec total;                // formula: Y ~ X + controls | effects
  std::string x;                       // term
  std::vector<std::string> mediators;  // expressions: "DTI", "L.M"
  int bootstrap = 0;
  std::uint64_t seed = 1;
  std::string cluster;  // resampled units: "" = the first vcov cluster, else the panel unit, else rows
  bool bca = true;
  int draws = 0;  // of (a, b) from their joint normal law, for the Monte Carlo interval
  std::string stream =
      "mediation";                // names the random numbers: samples drawn apart have streams of their own
  bool serial = false;            // each mediator depends on those before it
  std::optional<bool> contrasts;  // of the paths, pair by pair; by default of up to three paths
};

inline constexpr std::size_t most_serial_mediators = 3;

// Fewer finite draws than this give no interval (its ends are missing): 2.5 % of them must be one draw at least.
inline constexpr int fewest_draws = 40;

struct BootstrapIntervals {
  int replicates = 0, failed = 0;
  double percentile_low, percentile_high, bca_low, bca_high, std_error;
  double bc_low = missing_value, bc_high = missing_value;  // bias-corrected without acceleration
  double p_value = missing_value;  // 2 min(share of draws <= 0, share >= 0), 1 added to all counts
};

// Percentiles of a b over draws of (a, b) from the normal law with their joint covariance.
struct MonteCarloInterval {
  int draws = 0;
  double low = missing_value, high = missing_value;
};

struct IndirectEffect {
  double estimate;
  double sobel_se, sobel_z, sobel_p;
  double aroian_se, goodman_se;
  double delta_se, delta_z, delta_p;
  std::optional<BootstrapIntervals> bootstrap;
  std::optional<MonteCarloInterval> monte_carlo = {};
};

struct MediationPath {
  std::string mediator;
  Coefficient a, b;
  IndirectEffect indirect;
  double share;
};

// A path through several mediators in a row.
struct MediationChain {
  std::vector<std::string> through;
  std::vector<Coefficient> links;  // a, d ..., b
  IndirectEffect indirect;
  double share;
};

// One path less another. Sobel's numbers are missing: the two share coefficients or equations.
struct IndirectContrast {
  std::string first, second;  // "M1", "M1 -> M2"
  IndirectEffect difference;
};

struct Mediation {
  Estimation total;
  std::vector<Estimation> mediator_models;
  Estimation outcome_model;
  Coefficient total_effect, direct_effect;
  std::vector<MediationPath> paths;
  std::vector<MediationChain> chains;  // serial: those of two mediators and more
  std::vector<IndirectContrast> contrasts;
  std::optional<IndirectEffect> total_indirect;  // with several mediators: the sum of paths and chains
  std::string verdict;                           // "partial" "full" "suppression" "none"
  std::string verdict_text;                      // in words, for the note
  Matrix draws;                                  // bootstrap: replicates x (paths, chains)

  // The total indirect effect over the total effect; NaN without them.
  [[nodiscard]] double total_share() const {
    const bool defined = total_indirect && total_effect.estimate != 0;
    return defined ? total_indirect->estimate / total_effect.estimate : missing_value;
  }
};

Mediation mediate(const Context& context, const MediationSpec& spec, const Table& table, const Panel* panel,
                  Diagnostics& notes);

}  // namespace panelist
