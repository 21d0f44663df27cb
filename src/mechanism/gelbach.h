// SPDX-License-Identifier: Apache-2.0
// What moves a coefficient when covariates come in, group by group and free of any order (Gelbach 2016).
//
//   short   Y   = b0 X + base terms + effects
//   full    Y   = b X + base terms + sum_k b_k C_k + effects      the C_k in groups g
//   auxiliary  C_k = Gamma_k X + base terms + effects, residual e_k
//   part_g = sum_{k in g} Gamma_k b_k,   sum_g part_g = b0 - b exactly: one sample, one set of weights
//   share = part / (b0 - b), share_of_short = part / b0
// With one mediator a group the part is a b of mediation.h.
//
// Covariance, the equations' scores stacked: row i adds to part_g
//   A_i = w_i u_i sum_k Gamma_k q_ik,   q_k = full regressors times bread column k       from b_k
//   B_i = w_i p_i sum_k b_k e_ik,       p = short regressors times bread column of X     from Gamma_k
//   V = Gamma' V(b) Gamma + f (BB + AB + BA): V(b) that of the full model, with its own small-sample factor; f that of
//   stacked equations, G/(G-1), n/(n-1) or T/(T-1) (dk), 1 where the vcov has no factor (hc0, preset none)
//   iid: Gamma' V(b) Gamma + p'Wp sum_kl b_k b_l e_k'W e_l/df; hc2-hc4, cr2, cr3, jackknife adjust V(b), and the residuals
//   in A where they adjust residuals; the auxiliary equations are taken robust or clustered as they are
// z and its p-value and interval are normal.
//
// The covariates of groups are put behind all other terms: of collinear columns the covariate goes.
// Errors   mechanism.unknown_term .no_groups .unknown_channel .channel_twice .x_among_channels .group_dropped
//          .term_dropped .least_squares_only; those of the two models
// Warnings mechanism.channel_dropped infer.clipped
// Source   Gelbach (2016), Journal of Labor Economics 34(2)
// Agrees   b1x2 (Stata) in coefficients and intervals, robust and clustered; base R with explicit matrices (tests/mechanism)
#pragma once
#include "infer/estimation.h"

namespace panelist {

struct ChannelGroup {
  std::string name;
  std::vector<std::string> terms;  // as typed in the formula
};

struct GelbachSpec {
  EstimationSpec full;  // formula with all covariates
  std::string x;        // term
  std::vector<ChannelGroup> groups;
};

// One column of the full model: a covariate, or a level of one.
struct Channel {
  std::string term;
  double gamma;  // coefficient of x in its auxiliary equation
  double b;      // its coefficient in the full model
  [[nodiscard]] double part() const { return gamma * b; }
};

struct ChannelPart {
  std::string group;  // "" for the sum of all
  std::vector<Channel> channels;
  Coefficient part;  // statistic: z
  double share = missing_value, share_of_short = missing_value;
};

struct Gelbach {
  std::string x;
  Estimation short_model, full_model;
  Coefficient short_effect, full_effect;
  std::vector<ChannelPart> parts;
  ChannelPart total;  // b0 - b
  Matrix covariance;  // of the parts
};

Gelbach decompose(const Context& context, const GelbachSpec& spec, const Table& table, const Panel* panel,
                  Diagnostics& notes);

}  // namespace panelist
