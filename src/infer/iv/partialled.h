// SPDX-License-Identifier: Apache-2.0
// A 2SLS fit as its tests see it (private to the room): variables with the included exogenous regressors partialled
// out, the covariance of moments under the fit's vcov, and ivreg2's conversions of Wald statistics into F.
//
//   a~ = residual of a on the included exogenous regressors (and the absorbed effects), weights W
//   moment_covariance(A, u) = sum over the structure of (w u a)(w u a)'; iid: (u'Wu/n) A'WA
//   F = Wald/n (n-L-s)/q;   clustered: Wald/(n-1) (n-L-s) (G-1)/G/q
//   s: absorbed degrees of freedom not nested in a cluster, one when all are nested (ivreghdfe)
// Source  ivreg2 4.1 and ranktest, by inference formulas of Baum, Schaffer & Stillman (2007)
#pragma once
#include <optional>

#include "infer/iv_tests.h"
#include "linalg/orthonormal.h"

namespace panelist {

struct PartialledModel {
  const Context& context;
  const Fit& fit;
  const VcovSpec& spec;
  const VcovKind& kind;
  Matrix endogenous;   // n x K1, partialled
  Matrix instruments;  // n x L1, partialled
  Vector outcome;      // n, partialled
  double n = 0;
  double all_instruments = 0;  // L
  double absorbed = 0;         // s
  double groups = 0;           // G, 0 without clusters
  SmallSample small_sample;
  double level = 0.95;

  [[nodiscard]] Index endogenous_count() const { return endogenous.cols(); }
  [[nodiscard]] Index instrument_count() const { return instruments.cols(); }
  [[nodiscard]] bool iid() const { return spec.kind == "iid"; }
  [[nodiscard]] bool clustered() const { return groups > 0; }
  [[nodiscard]] Matrix weighted(const Matrix& columns) const;  // W A
  [[nodiscard]] Matrix moment_covariance(const Matrix& columns, const Vector& residuals) const;
  [[nodiscard]] double f_of_wald(double wald, double df1) const;
  [[nodiscard]] double f_df2() const;
};
PartialledModel partialled_model(const Context& context, const Fit& fit, const VcovSpec& spec);
// The Wald statistic of an F by the same conversions.
double wald_of_f(const PartialledModel& model, double f, double df1);

// Wald statistic that the excluded instruments have no effect in the regression of y~ on Z~:
// g' M^-1 g with g = Z~'W y~ and M the covariance of Z~ times the residual. Nothing when M is singular.
std::optional<double> instruments_wald(const PartialledModel& model, const Vector& partialled_outcome);
// Residuals of partialled columns on the partialled instruments.
Matrix residuals_on_instruments(const PartialledModel& model, const Matrix& columns);
// g' M^-1 g, or nothing when M has not full rank.
std::optional<double> full_rank_form(const Vector& g, const Matrix& M);
// Whether the covariance M of columns times errors has a variance that is rounding beside that of equal variances.
bool is_rounding(const PartialledModel& model, const Matrix& M, const Matrix& columns, const Vector& errors);

// A name and what it gives: a test, or the reason why there is none.
struct TestOrReason {
  TestResult test;
  std::string missing_because;  // not empty: no test
  bool applies = true;  // false: not a test of such a regression; the reason is for who asks for it by name
};
TestOrReason left_out(std::string name, std::string reason);
TestOrReason does_not_apply(std::string name, std::string reason);
// Why the test of that name does not apply to the model; empty where it does or is unknown.
std::string why_not_applicable(const PartialledModel& model, const std::string& name);
inline constexpr const char* singular_moments =
    "the covariance of the moments is not positive definite (few clusters for the number of instruments)";
// Moments m = sum of m_g over G clusters with the covariance sum of m_g m_g': where there are G of them, m'S^-1 m = G
// whatever the data.
bool clusters_decide(const PartialledModel& model, Index moments);
inline constexpr const char* decided_by_clusters =
    "with as many moments as clusters the statistic is the number of clusters, whatever the data";
TestResult chi2_test(std::string name, double statistic, double df);

TestOrReason kleibergen_paap_lm(const PartialledModel& model);
TestOrReason kleibergen_paap_f(const PartialledModel& model);
TestOrReason cragg_donald_f(const PartialledModel& model);
TestOrReason overidentification(const PartialledModel& model);
TestOrReason endogeneity(const PartialledModel& model);
TestOrReason stock_wright(const PartialledModel& model);
TestOrReason effective_f(const PartialledModel& model);
TestOrReason valid_t(const PartialledModel& model);
TestOrReason basmann(const PartialledModel& model);
TestOrReason liml_overidentification(const PartialledModel& model);
TestOrReason anderson_rubin_f(const PartialledModel& model);
TestOrReason anderson_rubin_chi2(const PartialledModel& model);
std::vector<FirstStageInference> first_stage_inference(const PartialledModel& model,
                                                       const SmallSample& small_sample, double level);
// Sanderson-Windmeijer F of endogenous variable j given the others, or Angrist-Pischke's.
TestResult conditional_f(const PartialledModel& model, Index j, bool angrist_pischke);
// Values of the endogenous coefficient that the Anderson-Rubin F does not reject; one endogenous regressor. Nothing
// where the covariance of the moments is not positive semidefinite (several ways of clustering).
std::optional<ConfidenceSet> anderson_rubin_set(const PartialledModel& model, double level);
// C statistic: the rise of J when the moments of `tested` join those of `kept`, both with blocks of one covariance at
// the 2SLS residuals of all; nothing when that covariance has not full rank. Never negative.
std::optional<double> c_statistic(const PartialledModel& model, const Matrix& kept, const Matrix& tested);
// Regressors of the equation, and excluded and included instruments side by side.
const SharedMatrix& regressors(const Fit& fit);
Matrix all_instruments(const IvParts& iv);

// Canonical correlations of endogenous regressors and instruments, descending, with their directions:
// theta = U diag(correlations) V', columns of `left` = Z~ R_zz^-1 U, of `right` = R_yy^-1 V (both scaled by 1/n).
struct CanonicalCorrelations {
  Vector correlations;
  Matrix instrument_directions;  // L1 x L1: R_zz^-1 U
  Matrix endogenous_directions;  // K1 x K1: R_yy^-1 V
};
CanonicalCorrelations canonical_correlations(const PartialledModel& model);
// Stock-Yogo values for the model's numbers of endogenous regressors and instruments.
std::vector<std::pair<std::string, double>> stock_yogo_values(const PartialledModel& model);

// The least of g' M^-1 g over b, g = Z'W(y - X b), for columns Z with moment covariance M; starts at residuals u.
// Nothing when M has not full rank.
std::optional<double> moment_distance(const Matrix& moments_of_x, const Vector& moments_of_u,
                                      const Matrix& M);

}  // namespace panelist
