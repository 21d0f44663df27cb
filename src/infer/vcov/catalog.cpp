// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "estimate/random_effects.h"
#include "infer/vcov/kinds.h"

namespace panelist {

const std::vector<VcovKind>& vcov_kinds() {
  static const std::vector<std::string_view> kernels = {"bartlett", "parzen", "qs", "truncated"};
  static const std::vector<VcovKind> kinds = {
      {"iid", "equal variances, no correlation", "", 0, 0, 0, iid_vcov, nullptr},
      {"hc0", "robust to heteroskedasticity, no factor", "White (1980)", 0, 0, 0, hc0_vcov,
       heteroskedastic_meat},
      {"hc1", "robust to heteroskedasticity, n/(n - K)", "MacKinnon & White (1985)", 0, 0, 0, hc1_vcov,
       heteroskedastic_meat},
      {"hc2", "hc0 with squared residuals over 1 - h, h the leverage", "MacKinnon & White (1985)", 0, 0, 0,
       leveraged_vcov, nullptr},
      {"hc3", "hc0 with squared residuals over (1 - h)^2", "MacKinnon & White (1985)", 0, 0, 0,
       leveraged_vcov, nullptr},
      {"hc4", "hc0 with squared residuals over (1 - h)^min(4, n h/K)", "Cribari-Neto (2004)", 0, 0, 0,
       leveraged_vcov, nullptr},
      {"cluster", "robust to correlation within groups, one or several ways",
       "Cameron, Gelbach & Miller (2011)", 1, 8, 0, cluster_vcov, clustered_meat},
      {"cr2",
       "cluster with residuals over the root of 1 - leverage, t by Satterthwaite",
       "Bell & McCaffrey (2002); ik: Imbens & Kolesar (2016)",
       1,
       1,
       0,
       bias_reduced_vcov,
       clustered_meat,
       "cr2(a) or cr2(a, ik)",
       0,
       {"ik"}},
      {"cr3", "leave one cluster out, around the estimate", "MacKinnon, Nielsen & Webb (2023)", 1, 1, 0,
       jackknife_vcov, clustered_meat, "cr3(a)"},
      {"jackknife", "leave one cluster out, around the mean", "MacKinnon, Nielsen & Webb (2023)", 1, 1, 0,
       jackknife_vcov, clustered_meat, "jackknife(a)"},
      {"nw", "robust to heteroskedasticity and autocorrelation within units", "Newey & West (1987)", 0, 0, 1,
       autocorrelation_vcov, newey_west_meat, "nw, nw(lags) or nw(lags, kernel)", 0, kernels,
       VcovKind::Columns::clusters, true},
      {"dk", "robust to autocorrelation and correlation between units", "Driscoll & Kraay (1998)", 0, 0, 1,
       autocorrelation_vcov, driscoll_kraay_meat, "dk, dk(lags) or dk(lags, kernel)", 0, kernels,
       VcovKind::Columns::clusters, true},
      {"conley",
       "robust to correlation between places closer than a distance",
       "Conley (1999)",
       2,
       2,
       1,
       conley_vcov,
       conley_meat,
       "conley(lat, lon, 300km) or conley(lat, lon, 300km, bartlett)",
       1,
       {"uniform", "bartlett"},
       VcovKind::Columns::coordinates},
  };
  return kinds;
}

const VcovKind* find_vcov_kind(std::string_view name) {
  for (const VcovKind& kind : vcov_kinds())
    if (kind.name == name) return &kind;
  return nullptr;
}

Matrix sandwich(const Matrix& bread, const Matrix& meat, double factor) {
  const Matrix product = factor * (bread * meat * bread);
  return 0.5 * (product + product.transpose());
}

namespace {

// What Stata's commands do after maximum likelihood: no parameters counted. fixest counts them as in least squares.
SmallSample likelihood_rules(SmallSample rules) {
  const bool of_stata = rules.exact_rank && rules.k != SmallSample::Parameters::none;
  if (of_stata) rules.k = SmallSample::Parameters::one;
  rules.df = SmallSample::Reference::normal;
  return rules;
}

// Where the scores of a coefficient cancel in every cluster (or period) their sums are rounding. Relative to the variance
// under equal, uncorrelated errors; standard errors a millionth of those of iid do not occur otherwise.
constexpr double rounded_variance = 1e-12;

void clear_rounded_variances(const Fit& fit, Vcov& vcov) {
  const double spread = fit.glm != nullptr ? 1 : fit.rss / std::max(1.0, fit.df_residual());
  std::vector<std::string> cleared;
  for (Eigen::Index j = 0; j < fit.k() && fit.bread.rows() == fit.k(); ++j) {
    const double equal = spread * fit.bread(j, j);
    if (!(equal > 0) || !(vcov.matrix(j, j) <= rounded_variance * equal)) continue;
    vcov.matrix.row(j).setZero();
    vcov.matrix.col(j).setZero();
    cleared.push_back("`" + fit.names[static_cast<std::size_t>(j)] + "`");
  }
  if (cleared.empty()) return;
  vcov.warnings.emplace_back(
      "infer.zero_variance",
      fmt::format("no standard error of {}: the scores cancel, what is left of the variance is "
                  "rounding; cluster by a column with more groups",
                  join(cleared, ", ")));
}

std::string kind_names() {
  std::string names;
  for (const VcovKind& kind : vcov_kinds()) names += (names.empty() ? "" : ", ") + std::string(kind.name);
  return names;
}

}  // namespace

SmallSample rules_that_apply(const Fit& fit, const SmallSample& small_sample) {
  SmallSample rules = fit.glm != nullptr ? likelihood_rules(small_sample) : small_sample;
  // Feasible GLS knows its distribution in large samples only.
  if (is_random_effects(fit)) rules.df = SmallSample::Reference::normal;
  return rules;
}

Vcov covariance(const Context& context, const Fit& fit, const VcovSpec& spec,
                const SmallSample& small_sample) {
  const VcovKind* kind = find_vcov_kind(spec.kind);
  if (kind == nullptr)
    throw Error("vcov.unknown_kind", "there is no vcov `" + spec.kind + "`", "write one of: " + kind_names());
  context.stop_if_asked();
  const SmallSample rules = rules_that_apply(fit, small_sample);
  Vcov vcov =
      fit.periods != nullptr ? fama_macbeth_vcov(fit, spec, rules) : kind->compute(context, fit, spec, rules);
  if (spec.kind != "iid") clear_rounded_variances(fit, vcov);
  vcov.kind = spec.kind;
  vcov.by = spec.columns;
  vcov.ssc = small_sample.name;
  return vcov;
}

}  // namespace panelist
