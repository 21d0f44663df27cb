// SPDX-License-Identifier: Apache-2.0
#include "infer/tests/hausman.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/distribution.h"
#include "estimate/panel_frames.h"
#include "estimate/random_effects.h"
#include "infer/tests/kinds.h"

namespace panelist {
namespace {

constexpr std::string_view intercept_name = "(Intercept)";

// Within and random-effects regressions of one formula.
struct Compared {
  std::shared_ptr<const ModelFrame> levels;
  RandomEffects effects;
  Fit within, random;
};

Compared compare(const Context& context, const Estimation& estimation, const TestRequest& request) {
  const Fit& fit = *estimation.fit;
  panel_unit(estimation, request);
  const std::string what = fmt::format("the test `{}`", request.written);
  if (fit.glm != nullptr || fit.iv != nullptr || fit.method == "fd" || fit.method.starts_with("be"))
    throw Error("infer.least_squares_only", what + " starts from least squares in levels or random effects",
                "ask it of `y ~ x | unit` or of --method re");
  Compared both;
  both.levels = frame_in_levels(*fit.frame, what, true);
  both.effects = random_effects(
      context, *both.levels,
      fit.method == "re_wh" ? VarianceComponents::wallace_hussain : VarianceComponents::swamy_arora);
  both.within = estimate(context, within_frame(*both.levels));
  both.random = random_effects_fit(context, both.levels, both.effects);
  return both;
}

// Regressors as written, without the constant, in both regressions.
std::vector<std::pair<Index, Index>> common_terms(const Compared& both, const ModelFrame& asked) {
  std::vector<std::pair<Index, Index>> terms;
  for (const std::string& name : asked.exogenous.names) {
    const auto place = [&](const Fit& fit) { return std::find(fit.names.begin(), fit.names.end(), name); };
    const auto in_within = place(both.within), in_random = place(both.random);
    if (name != intercept_name && in_within != both.within.names.end() &&
        in_random != both.random.names.end())
      terms.emplace_back(in_within - both.within.names.begin(), in_random - both.random.names.begin());
  }
  return terms;
}

// q' D^- q over eigenvalues of either sign that are not rounding.
struct DifferenceForm {
  double value = 0;
  int rank = 0;
  bool negative = false;
};

DifferenceForm difference_form(const Vector& q, const Matrix& D) {
  const Vector scale = D.diagonal().cwiseAbs().cwiseMax(1e-300).cwiseSqrt().cwiseInverse();
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(scale.asDiagonal() * D * scale.asDiagonal());
  const Vector turned = eigen.eigenvectors().transpose() * q.cwiseProduct(scale);
  const double largest = eigen.eigenvalues().cwiseAbs().maxCoeff();
  DifferenceForm form;
  for (Index j = 0; j < q.size(); ++j) {
    const double value = eigen.eigenvalues()(j);
    if (std::abs(value) <= 1e-12 * largest) continue;
    form.value += turned(j) * turned(j) / value;
    form.negative = form.negative || value < 0;
    ++form.rank;
  }
  return form;
}

double residual_variance(const Fit& fit) { return fit.rss / fit.df_residual(); }

void check_sigma_u(const RandomEffects& effects, TestResult& test) {
  if (effects.sigma_u > 0) return;
  test.note += fmt::format("{}sigma_u is estimated as zero: random effects are pooled least squares here",
                           test.note.empty() ? "" : "; ");
}

}  // namespace

RequestedTest hausman_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                           const TestRequest& request) {
  if (!request.argument.empty() && request.argument != "sigmamore")
    throw Error("usage.bad_value", fmt::format("`{}`: the only option is sigmamore", request.written),
                "write hausman or hausman(sigmamore)", "option --tests");
  const Compared both = compare(context, estimation, request);
  const auto terms = common_terms(both, *estimation.fit->frame);
  if (terms.empty())
    throw Error("infer.test_left_out",
                fmt::format("the test `{}` compares coefficients, and no regressor is in both regressions",
                            request.written),
                "it needs regressors that vary within units", "option --tests");
  const double more = residual_variance(both.random);
  const double less = request.argument.empty() ? residual_variance(both.within) : more;
  const auto k = static_cast<Index>(terms.size());
  Vector q(k);
  Matrix D(k, k);
  for (Index i = 0; i < k; ++i) {
    const auto [w, r] = terms[static_cast<std::size_t>(i)];
    q(i) = both.within.coefficients(w) - both.random.coefficients(r);
    for (Index j = 0; j < k; ++j) {
      const auto [w2, r2] = terms[static_cast<std::size_t>(j)];
      D(i, j) = less * both.within.bread(w, w2) - more * both.random.bread(r, r2);
    }
  }
  const DifferenceForm form = difference_form(q, D);
  TestResult test;
  test.name = "hausman";
  test.statistic = form.value;
  test.df1 = form.rank;
  if (form.negative)
    test.note =
        "V_fe - V_re is not positive definite, so the test has no p-value: take hausman(sigmamore) or "
        "mundlak";
  else
    test.p_value = chi2_upper(form.value, form.rank);
  check_sigma_u(both.effects, test);
  return {request.written, test, {}};
}

RequestedTest mundlak_test(const Context& context, const EstimationSpec& spec, const Estimation& estimation,
                           const TestRequest& request) {
  const Compared both = compare(context, estimation, request);
  ModelFrame augmented = *both.levels;
  for (const std::string& name : both.within.names) {
    const auto& names = both.levels->exogenous.names;
    const Index at = std::find(names.begin(), names.end(), name) - names.begin();
    augmented.exogenous.names.push_back("mean of " + name);
    augmented.exogenous.sets.emplace_back();
    augmented.exogenous.values.append(
        by_row(augmented.unit, unit_means(augmented.unit, both.levels->exogenous.values.col(at))));
  }
  const Fit fit = random_effects_fit(context, std::make_shared<const ModelFrame>(augmented), both.effects);
  std::vector<std::string> means;
  for (const std::string& name : fit.names)
    if (name.starts_with("mean of ")) means.push_back(name);
  if (means.empty())
    throw Error("infer.test_left_out",
                fmt::format("the test `{}`: unit means of the regressors do not differ between units",
                            request.written),
                "with regressors that vary over time only, within and random effects agree",
                "option --tests");
  TestResult test = wald_test(fit, covariance(context, fit, spec.vcov, spec.small_sample), means);
  test.name = "mundlak";
  if (spec.vcov.kind == "iid" || spec.vcov.kind.starts_with("hc"))
    test.note = fmt::format("under {}: cluster by the unit for the robust form", spec.vcov.kind);
  check_sigma_u(both.effects, test);
  return {request.written, test, {}};
}

}  // namespace panelist
