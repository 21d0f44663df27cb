// SPDX-License-Identifier: Apache-2.0
// Covariances of a fit: a catalog of kinds. Adding one = one file under infer/vcov/ and one line in catalog.cpp.
//
//   V = factor * bread * meat(scores) * bread
//   iid        V = rss/(n - K) * bread
//   hc1        meat = sum_i s_i s_i',                 factor n/(n - K)     (presets differ, absorb.md section 6)
//   hc2 hc3 hc4  meat = sum_i s_i s_i' / (1 - h_i)^delta, delta = 1, 2, min(4, n h_i/K); factor 1; h the leverage,
//              effects included (estimate/leverage.h). Rows with 1 - h below 1e-10 add nothing. Least squares only.
//   cr2        each cluster's residuals times (I - H_gg)^(-1/2), H the hat matrix of the whole regression, effects
//              included; t with the degrees of freedom of Bell and McCaffrey by coefficient (ik: of Imbens and Kolesar);
//              of several restrictions Hotelling's T2 with the eta of Pustejovsky and Tipton (inference.h)
//   cr3, jackknife  (G-1)/G sum_g (b_(-g) - b)(b_(-g) - b)'; jackknife around the mean of the b_(-g)
//   nw(m)      sum over lags l within units, kernel weights; dk(m): the same of the sums of the scores by period
//              (default m = floor(4 (T/100)^(2/9)), Bartlett); factor T/(T-1) (n-1)/(n-K), Stata's presets n/(n-K) in nw
//   conley     sum_ij k(d_ij) s_i s_j' within a period, d_ij great-circle kilometres; factor n/(n-K)
//   cluster    meat = sum_S (-1)^(|S|+1) sum_g s_g s_g'  over non-empty subsets S of the clustering variables;
//              factor (n-1)/(n-K) * G/(G-1), G by the preset's rule; clipped to positive semidefinite when needed
// Generalised linear models: iid is factor * bread with factor (n-1)/(n-K), K = 1 under the presets of Stata's commands
// (robust n/(n-1), clusters G/(G-1)); always the normal distribution.
// K by the preset (SmallSample): full = all parameters, nonnested = without effects nested in a cluster, none = no factor.
// Errors  vcov.syntax .unknown_kind .arguments .small_sample; infer.one_cluster .no_degrees_of_freedom
//         .least_squares_only .no_panel_time .too_few_periods .frequency_weights .crossing_effects; data.coordinates
// Source  Cameron, Gelbach & Miller (2011), JBES 29(2); MacKinnon & White (1985);
//         Cribari-Neto (2004), CSDA 45(2); Bell & McCaffrey (2002); Imbens & Kolesar (2016), REStat 98(4);
//         Pustejovsky & Tipton (2018), JBES 36(4); MacKinnon, Nielsen & Webb (2023), JAE 38(5);
//         Newey & West (1987); Driscoll & Kraay (1998); Conley (1999)
// Agrees  fixest, reghdfe, xtreg, areg, regress, ivreg2 (tests/infer)
#pragma once
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "estimate/fit.h"
#include "estimate/leverage.h"

namespace panelist {

// "cluster(province, year)", parsed. Column arguments stay names; the frame codes them as groups.
struct VcovSpec {
  std::string kind;                      // "iid", "hc1", "cluster"
  std::vector<std::string> columns;      // cluster variables ("a^b" allowed)
  std::vector<double> numbers;           // lags, kilometres
  std::vector<std::string> coordinates;  // latitude and longitude, kept in the frame's extra columns
  std::string option;                    // "parzen", "ik": one of the kind's words, "" when not said
  std::string text;                      // canonical
  Span span;
  bool said_robust = false;  // the user wrote "robust": say which kind was used
};
VcovSpec parse_vcov(std::string_view text, const Span& place, Diagnostics& diagnostics);
// What the frame must keep for this covariance: clusters and coordinates.
void ask_frame(const VcovSpec& spec, FrameOptions& options);

// Small-sample rules. Presets: fixest reghdfe xtreg areg stata ivreg2 ivreg2-small none; or "k=..,g=..,df=..".
struct SmallSample {
  enum class Parameters {
    full,
    nonnested,
    one,
    none
  };  // one: the constant alone, Stata's rule for likelihoods
  enum class Groups { min, conventional, none };
  enum class Reference { min, residual, normal };
  std::string name = "fixest";
  Parameters k = Parameters::nonnested;
  Groups g = Groups::min;
  Reference df = Reference::min;
  bool exact_rank = false;         // K from the exact rank (reghdfe's pairs, areg) or levels - (Q-1) (fixest)
  bool nested_counts_one = false;  // reghdfe: + 1 when an effect is nested in a cluster
  bool constant_counts = false;    // xtreg: slopes + 1
  bool keeps_singletons = false;   // xtreg, areg
  bool large_sample_iid = false;   // ivreg2 without small: rss/n
};
SmallSample parse_small_sample(std::string_view text, const Span& place, Diagnostics& diagnostics);
std::vector<std::string> small_sample_presets();

// What hc2, hc3 and hc4 make of the leverages.
struct LeverageUse {
  Leverages rows;
  Vector multiplier;         // of the squared residual of each row
  Index fitted_exactly = 0;  // rows with leverage one
};

struct Vcov {
  Matrix matrix;  // k x k
  std::string kind;
  std::vector<std::string> by;
  std::vector<double> n_clusters;  // per clustering variable
  std::string ssc;
  double k = 0;                                         // K of the preset
  double df = std::numeric_limits<double>::infinity();  // of t and of F's denominator; infinity = normal
  double factor = 1;                                    // whole scalar on the sandwich
  bool clipped = false;                                 // negative eigenvalues were set to zero
  std::shared_ptr<const LeverageUse> leverage;          // null for kinds that use none
  // cr2, cr3: what takes the residuals' place in the sums of clusters; null for other kinds.
  std::shared_ptr<const Vector> adjusted_residuals;
  Vector term_df;                                             // k, or empty: df for every coefficient
  std::function<double(const Vector&)> contrast_df;           // df of c'b; null: df for every contrast
  std::function<double(const Matrix&)> joint_df;              // eta of Hotelling's T2 of R b; null: F with df
  std::vector<std::pair<std::string, double>> details;        // "lags" 3, "periods" 20, "kilometres" 300
  std::string option;                                         // the kernel, "ik"
  std::vector<std::pair<std::string, std::string>> warnings;  // code, message
  std::string note;  // "Standard errors clustered by province (30 clusters) in parentheses"
};

// df of t of the contrast c'b: of its own where the kind has them.
inline double degrees_of(const Vcov& vcov, const Vector& contrast) {
  return vcov.contrast_df ? vcov.contrast_df(contrast) : vcov.df;
}

using VcovFunction = Vcov(const Context&, const Fit&, const VcovSpec&, const SmallSample&);
using MeatFunction = Matrix(const Context&, const Matrix& scores, const Fit&, const VcovSpec&);

struct VcovKind {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  int min_columns = 0, max_columns = 0;
  int max_numbers = 0;
  VcovFunction* compute = nullptr;
  // Meat of any scores (n x m) under the same structure, without factors: what rank tests need. Null when undefined.
  MeatFunction* meat = nullptr;
  std::string_view usage = "";  // "nw, nw(lags) or nw(lags, kernel)"; "" by the columns
  int min_numbers = 0;
  std::vector<std::string_view> options = {};  // words it knows
  enum class Columns { clusters, coordinates };
  Columns columns = Columns::clusters;
  bool needs_time = false;
};
const std::vector<VcovKind>& vcov_kinds();
const VcovKind* find_vcov_kind(std::string_view name);

Vcov covariance(const Context& context, const Fit& fit, const VcovSpec& spec,
                const SmallSample& small_sample);

// The cluster groupings of the fit's frame named by the spec, in its order.
std::vector<const Grouping*> cluster_groups(const Fit& fit, const VcovSpec& spec);
// Sum over groups of outer products of group sums: sum_g s_g s_g' (m x m), deterministic.
Matrix cluster_meat(const Matrix& scores, const Grouping& group);

}  // namespace panelist
