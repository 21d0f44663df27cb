// SPDX-License-Identifier: Apache-2.0
#include "infer/estimation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/distribution.h"

namespace panelist {
namespace {

// "Few" begins somewhere between 20 and 50 clusters (Cameron & Miller 2015, section VI). The lower end is taken:
// below it t(G-1) rejects too often in nearly every design, while thirty provinces would only learn to ignore it.
constexpr double few_clusters = 20;

// The moments of GMM are weighted by the covariance of the fit.
void weight_moments(const EstimationSpec& spec, EstimateOptions& options) {
  const VcovKind* kind = find_vcov_kind(spec.vcov.kind);
  if (kind == nullptr || kind->name == "iid") return;
  if (kind->meat == nullptr)
    throw Error("vcov.not_available",
                fmt::format("`{}` weights the moments by the vcov, and `{}` gives no weights", spec.method,
                            spec.vcov.kind),
                "write iid, hc0, hc1 or cluster(a)", "option --vcov");
  options.moment_covariance = [kind, &spec](const Context& context, const Fit& fit, const Matrix& scores) {
    return kind->meat(context, scores, fit, spec.vcov);
  };
}

Fit fit_by_method(const Context& context, const EstimationSpec& spec,
                  std::shared_ptr<const ModelFrame> frame) {
  if (spec.method.empty()) return estimate(context, std::move(frame), spec.estimate);
  const MethodRequest method = read_method(spec.method);
  EstimateOptions options = spec.estimate;
  options.method_number = method.number;
  if (method.estimator->weights_moments) weight_moments(spec, options);
  return method.estimator->estimate(context, std::move(frame), options);
}

double sum_of_weights(const Fit& fit) {
  return fit.weights.size() > 0 ? fit.weights.sum() : static_cast<double>(fit.residuals.size());
}

// The fit with the constant that absorption removed put back as a last column: absorbed columns sum to zero, so the
// bread is block diagonal. Degrees of freedom stay as they were.
Fit with_constant(const Fit& fit) {
  Fit augmented = fit;
  const Index n = fit.x.rows(), k = fit.k();
  const double weight = sum_of_weights(fit);
  Matrix x(n, k + 1);
  x << fit.x, Vector::Ones(n);
  augmented.x = std::move(x);
  augmented.bread = Matrix::Zero(k + 1, k + 1);
  augmented.bread.topLeftCorner(k, k) = fit.bread;
  augmented.bread(k, k) = 1 / weight;
  augmented.coefficients.conservativeResize(k + 1);
  augmented.coefficients(k) = 0;
  augmented.names.emplace_back("(Intercept)");
  augmented.sets.emplace_back();
  return augmented;
}

bool absorbs_constant(const Fit& fit) {
  return std::any_of(fit.frame->effects.begin(), fit.frame->effects.end(),
                     [](const FrameEffect& effect) { return effect.intercept; });
}

bool leaves_clusters_out(const Vcov& vcov) { return vcov.kind == "cr3" || vcov.kind == "jackknife"; }

// Variance of the constant in the direction (-mean(x), 1). Its own score is one column, w u (1/sum(w) - x'B mean(x)),
// unless several ways of clustering may clip the covariance as a whole.
double variance_of_constant(const Context& context, const EstimationSpec& spec, const Fit& fit,
                            const Vcov& vcov, const Vector& mean_x) {
  const VcovKind* kind = find_vcov_kind(vcov.leverage != nullptr             ? "hc0"
                                        : vcov.adjusted_residuals != nullptr ? "cluster"
                                                                             : vcov.kind);
  const double weight = sum_of_weights(fit);
  const Vector direction = fit.bread * mean_x;
  if (vcov.kind == "iid") return fit.rss / (fit.n - vcov.k) * (mean_x.dot(direction) + 1 / weight);
  if (kind->meat == nullptr || spec.vcov.columns.size() > 1) {
    Vector all(fit.k() + 1);
    all << -mean_x, 1.0;
    return all.dot(covariance(context, with_constant(fit), spec.vcov, spec.small_sample).matrix * all);
  }
  Matrix score = Vector::Constant(fit.x.rows(), 1 / weight);
  for (Index j = 0; j < fit.k(); ++j) score.col(0) -= direction(j) * fit.x.col(j);
  score.array() *=
      (vcov.adjusted_residuals != nullptr ? *vcov.adjusted_residuals : residuals_in_scores(fit)).array();
  if (fit.weights.size() > 0) score.array() *= fit.weights.array();
  if (vcov.leverage != nullptr) score.array() *= vcov.leverage->multiplier.array().sqrt();
  const double centre = vcov.kind == "jackknife" ? score.sum() * score.sum() / vcov.n_clusters.front() : 0;
  return vcov.factor * (kind->meat(context, score, fit, spec.vcov)(0, 0) - centre);
}

// mean(y) - mean(x)'b; variance (-mean(x), 1) V (-mean(x), 1)', V of the slopes and the mean of the outcome.
std::optional<Coefficient> constant_of_xtreg(const Context& context, const EstimationSpec& spec,
                                             const Fit& fit, const Vcov& vcov) {
  if (fit.glm != nullptr || !absorbs_constant(fit)) return std::nullopt;
  // Refits of 2SLS move the coefficients; what they do to the constant is no sum of scores.
  if (fit.iv != nullptr && leaves_clusters_out(vcov)) return std::nullopt;
  const PanelConstant constant = panel_constant(fit);
  const double se = std::sqrt(variance_of_constant(context, spec, fit, vcov, constant.mean_x));
  const double t = se > 0 ? constant.estimate / se : missing_value;
  const double df = vcov.df;
  const double margin = t_quantile(1 - (1 - spec.level) / 2, df) * se;
  return Coefficient{"(Intercept)",
                     "",
                     constant.estimate,
                     se,
                     t,
                     t_two_sided(t, df),
                     constant.estimate - margin,
                     constant.estimate + margin};
}

void warn(Estimation& estimation, std::string_view code, const std::string& message) {
  estimation.warnings.emplace_back(code, message);
}

// The estimates are finite (estimate/regression), but products of regressors and residuals may not be.
void check_finite(const Vcov& vcov) {
  if (vcov.matrix.allFinite()) return;
  throw Error("estimate.not_finite",
              "the covariance of the coefficients leaves the range of numbers: some variable is too large",
              "measure the variables in other units, so that they lie between 1e-100 and 1e100");
}

void warn_of_fit(Estimation& estimation) {
  for (const auto& [code, message] : estimation.fit->warnings) warn(estimation, code, message);
}

void warn_of_tests(Estimation& estimation) {
  for (const Diagnostic& reason : estimation.left_out) {
    std::string words = reason.message;
    for (const std::string& named : {fmt::format("the test `{}`", reason.subject),
                                     fmt::format("`{}`", reason.subject.substr(0, reason.subject.find('(')))})
      if (words.starts_with(named)) words = "it" + words.substr(named.size());
    warn(estimation, "infer.test_left_out", fmt::format("`{}` is left out: {}", reason.subject, words));
  }
  for (const RequestedTest& asked : estimation.requested) {
    if (!asked.test) continue;
    for (const auto& [code, message] : asked.test->warnings) warn(estimation, code, message);
  }
}

// What helps: cr2 is of one way of clustering, and no correction makes two or three clusters many.
std::string what_few_clusters_leave(const Estimation& estimation, std::size_t c) {
  constexpr double hardly_any = 6;
  const Vcov& vcov = estimation.vcov;
  if (estimation.fit->method != "ols") return "";
  if (vcov.by.size() > 1) return "; cr2 and the wild bootstrap are of one way of clustering only";
  return vcov.n_clusters[c] < hardly_any
             ? fmt::format("; cr2({}) allows for it in part, but so few clusters say little whatever is done",
                           vcov.by[c])
             : fmt::format("; cr2({}) takes most of that out and leaves few degrees of freedom", vcov.by[c]);
}

void warn_of_clusters(Estimation& estimation) {
  const Vcov& vcov = estimation.vcov;
  const bool corrected = vcov.adjusted_residuals != nullptr || leaves_clusters_out(vcov);
  for (std::size_t c = 0; c < vcov.n_clusters.size() && !corrected; ++c)
    if (vcov.n_clusters[c] < few_clusters)
      warn(estimation, "infer.few_clusters",
           fmt::format("only {} clusters of `{}`: standard errors and p-values tend to be too small{}",
                       vcov.n_clusters[c], vcov.by[c], what_few_clusters_leave(estimation, c)));
  for (const auto& [code, message] : vcov.warnings) warn(estimation, code, message);
  if (vcov.clipped)
    warn(
        estimation, "infer.clipped",
        vcov.kind != "cluster"
            ? "the covariance was not positive semidefinite: negative eigenvalues were set to zero"
            : "the multiway covariance was not positive semidefinite: negative eigenvalues were set to zero");
}

// The F of all terms is left out with its reason.
void warn_of_f(Estimation& estimation) {
  const TestResult& f = estimation.inference.f;
  if (std::isnan(f.statistic) && !f.note.empty())
    warn(estimation, "infer.no_joint_test", fmt::format("F of all terms: {}", f.note));
}

void warn_of_leverage(Estimation& estimation) {
  if (estimation.vcov.leverage == nullptr) return;
  const LeverageUse& use = *estimation.vcov.leverage;
  if (!use.rows.exact)
    warn(estimation, "infer.leverage_projected",
         fmt::format("leverages are estimated by random projections: that of a row is off by about {:.0f}%",
                     100 * use.rows.error));
  if (use.fitted_exactly > 0)
    warn(estimation, "infer.fitted_exactly",
         fmt::format("{} rows are fitted exactly (leverage one) and add nothing to the standard errors",
                     use.fitted_exactly));
}

void warn_of_vcov(Estimation& estimation) {
  const ModelFrame& frame = *estimation.fit->frame;
  if (estimation.vcov_spec.said_robust)
    warn(estimation, "infer.robust_is_hc1",
         "`robust` is hc1 here; after xtreg, fe Stata's robust clusters by the unit: write cluster(unit) "
         "for that");
  if (estimation.vcov.kind == "iid" && frame.weights.size() > 0 &&
      frame.weight_type == WeightType::probability)
    warn(estimation, "infer.iid_with_probability_weights",
         "with probability weights iid standard errors are not valid: use hc1 or cluster()");
}

void warn_of_left_out(Estimation& estimation) {
  for (const auto& [name, reason] : estimation.iv.left_out)
    if (reason != "the equation is exactly identified")
      warn(estimation, "infer.test_left_out", fmt::format("`{}` is left out: {}", name, reason));
}

// The groups of the vcov, then those that only the tests asked for need.
std::vector<std::string> with_columns_of_tests(const EstimationSpec& spec) {
  std::vector<std::string> names = spec.vcov.columns;
  for (const std::string& name : columns_of_tests(spec.tests))
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  return names;
}

// A test must not change the sample of the regression it is about.
void require_same_rows(const ModelFrame& with_tests, const ModelFrame& without, const EstimationSpec& spec) {
  if (with_tests.n() == without.n()) return;
  throw Error("data.missing_cluster",
              fmt::format("{} rows of the regression have no value of `{}`, which a test groups them by",
                          without.n() - with_tests.n(), fmt::join(columns_of_tests(spec.tests), "` or `")),
              "leave those rows out of the regression too: where = \"COLUMN is not missing\"",
              "column " + columns_of_tests(spec.tests).front());
}

// Lags run on panel time: numbered rows are none.
void require_time(const VcovSpec& vcov, const PanelKeys& panel) {
  const VcovKind* kind = find_vcov_kind(vcov.kind);
  if (kind == nullptr || !kind->needs_time || !panel.time.empty()) return;
  throw Error("infer.no_panel_time",
              fmt::format("vcov `{}` needs the units and times of the rows", vcov.kind),
              "say them: --panel UNIT,TIME, or unit and time under [data]");
}

const TestResult* test_named(const Estimation& estimation, std::string_view name) {
  for (const TestResult& test : estimation.iv.tests)
    if (test.name == name) return &test;
  return nullptr;
}

// Below this first-stage F instruments count as weak (Staiger & Stock 1997), where no critical value is at hand.
constexpr double weak_f = 10;

double critical_of(const TestResult& test, std::string_view level) {
  for (const auto& [name, value] : test.critical)
    if (name == level) return value;
  return missing_value;
}

bool has_set(const Estimation& estimation) {
  const TestResult* test = test_named(estimation, "anderson_rubin");
  return test != nullptr && test->set.has_value();
}

void warn_of_missing_set(Estimation& estimation) {
  const TestResult* test = test_named(estimation, "anderson_rubin");
  if (test != nullptr && !test->set && !test->note.empty())
    warn(estimation, "infer.test_left_out", fmt::format("`ar_set` is left out: {}", test->note));
}

void warn_of_weak_instruments(Estimation& estimation) {
  const TestResult* effective = test_named(estimation, "effective_f");
  if (effective != nullptr && effective->critical.size() > 1) {
    const bool two = bias_all_but_vanishes(*estimation.fit, *effective);
    const double critical = critical_of(*effective, two ? "simplified 10%" : "10%");
    if (effective->statistic < critical)
      warn(estimation, "infer.weak_instruments",
           fmt::format(
               "the instruments may be weak: effective F {:.2f} is below {:.2f}, its {}critical value for "
               "a bias of 10%; look at the Anderson-Rubin {}{}",
               effective->statistic, critical, two ? "simplified " : "", has_set(estimation) ? "set" : "test",
               two ? " (with two instruments Nagar's bias of 2SLS all but vanishes, and the critical values "
                     "made from it say little)"
                   : ""));
    return;
  }
  const TestResult* kp = test_named(estimation, "kp_f");
  if (kp != nullptr && kp->statistic < weak_f)
    warn(estimation, "infer.weak_instruments",
         fmt::format("the instruments may be weak: Kleibergen-Paap F {:.2f} is below {}; the Anderson-Rubin "
                     "test holds "
                     "all the same",
                     kp->statistic, weak_f));
}

// A covariance of L moments from G clusters has rank G at most.
void warn_of_moments(Estimation& estimation) {
  const auto& counts = estimation.vcov.n_clusters;
  if (counts.empty()) return;
  const IvParts& iv = *estimation.fit->iv;
  const double G = *std::min_element(counts.begin(), counts.end());
  const Index moments = iv.instruments.cols() + iv.included.cols();
  if (G <= static_cast<double>(moments))
    warn(estimation, "infer.clusters_below_moments",
         fmt::format(
             "{} clusters for {} moments ({} instruments, {} exogenous regressors): J, C tests and GMM need "
             "more clusters than moments",
             G, moments, iv.instruments.cols(), iv.included.cols()));
}

void warn_of_instruments(Estimation& estimation) {
  warn_of_left_out(estimation);
  if (estimation.fit->iv == nullptr) return;
  warn_of_missing_set(estimation);
  warn_of_weak_instruments(estimation);
  warn_of_moments(estimation);
}

}  // namespace

std::shared_ptr<const ModelFrame> frame_of(const Context& context, const EstimationSpec& spec,
                                           const Table& table, const Panel* panel, Diagnostics& notes) {
  require_time(spec.vcov, spec.frame.panel);
  FrameOptions options = spec.frame;
  ask_frame(spec.vcov, options);
  options.clusters = with_columns_of_tests(spec);
  if (spec.small_sample.keeps_singletons) options.drop_singletons = false;
  auto frame = std::make_shared<const ModelFrame>(
      build_model_frame(context, spec.formula, table, panel, options, notes));
  if (options.clusters.size() > spec.vcov.columns.size() && frame->dropped.missing > 0) {
    options.clusters = spec.vcov.columns;
    Diagnostics unsaid;
    require_same_rows(*frame, build_model_frame(context, spec.formula, table, panel, options, unsaid), spec);
  }
  return frame;
}

Estimation estimate_model(const Context& context, const EstimationSpec& spec, const Table& table,
                          const Panel* panel, Diagnostics& notes) {
  return infer_model(context, spec,
                     fit_by_method(context, spec, frame_of(context, spec, table, panel, notes)));
}

Estimation estimate_model_releasing(const Context& context, EstimationSpec spec, Table table,
                                    const Panel* panel, Diagnostics& notes) {
  spec.estimate.release_regressors = true;
  auto frame = frame_of(context, spec, table, panel, notes);
  table = Table();
  return infer_model(context, spec, fit_by_method(context, spec, std::move(frame)));
}

Estimation infer_model(const Context& context, const EstimationSpec& spec, Fit estimated) {
  Estimation result;
  require_time(spec.vcov, spec.frame.panel);
  result.vcov_spec = spec.vcov;
  result.small_sample = spec.small_sample;
  result.fit = std::make_shared<const Fit>(std::move(estimated));
  const Fit& fit = *result.fit;
  result.vcov = covariance(context, fit, spec.vcov, spec.small_sample);
  check_finite(result.vcov);
  result.inference = infer(fit, result.vcov, spec.level);
  result.goodness = goodness_of_fit(fit);
  if (spec.iv_tests && fit.iv != nullptr)
    result.iv = iv_tests(context, fit, spec.vcov, spec.small_sample, spec.level);
  if (spec.vif || wants(spec.tests, "vif")) result.vif = variance_inflation(context, fit);
  if (spec.margins)
    result.margins = average_marginal_effects(context, fit, result.vcov, spec.vcov, spec.level);
  result.xtreg_constant = constant_of_xtreg(context, spec, fit, result.vcov);
  run_requested_tests(context, spec, result);
  warn_of_fit(result);
  warn_of_tests(result);
  warn_of_clusters(result);
  warn_of_leverage(result);
  warn_of_f(result);
  warn_of_vcov(result);
  warn_of_instruments(result);
  return result;
}

}  // namespace panelist
