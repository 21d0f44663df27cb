// SPDX-License-Identifier: Apache-2.0
#include "policy/event/summary.h"

#include <fmt/format.h>

#include <cmath>

#include "base/distribution.h"
#include "infer/simultaneous.h"
#include "linalg/least_squares.h"

namespace panelist {

Coefficient coefficient_of(const std::string& term, double estimate, double variance, double df,
                           double level) {
  Coefficient out;
  out.term = term;
  out.estimate = estimate;
  out.std_error = variance > 0 ? std::sqrt(variance) : missing_value;
  out.statistic = estimate / out.std_error;
  out.p_value = t_two_sided(out.statistic, df);
  const double reach = t_quantile(1 - (1 - level) / 2, df) * out.std_error;
  out.conf_low = estimate - reach;
  out.conf_high = estimate + reach;
  return out;
}

bool shown(const EventStudySpec& spec, int time) {
  return !spec.window || (time >= spec.window->first && time <= spec.window->second);
}

double rows_at(const EventDesign& design, int time) {
  return static_cast<double>(std::count(design.relative.begin(), design.relative.end(), time));
}

namespace {

EventTime time_of(const Coefficient& coefficient, int time) {
  EventTime out;
  out.time = time;
  out.estimate = coefficient.estimate;
  out.std_error = coefficient.std_error;
  out.statistic = coefficient.statistic;
  out.p_value = coefficient.p_value;
  out.conf_low = coefficient.conf_low;
  out.conf_high = coefficient.conf_high;
  return out;
}

}  // namespace

void fill_times(const Context& context, const EventStudySpec& spec, const EventDesign& design,
                const TimePath& path, EventEffects& effects) {
  effects.covariance = path.covariance;
  effects.df = path.df.empty() ? missing_value : *std::min_element(path.df.begin(), path.df.end());
  if (spec.band && !std::isnan(path.critical))
    effects.band_factor = path.critical;
  else if (spec.band)
    effects.band_factor =
        simultaneous_critical(context, path.covariance, {effects.df, spec.model.level, spec.band_draws});
  for (std::size_t i = 0; i < path.times.size(); ++i) {
    const auto at = static_cast<Index>(i);
    const double variance =
        path.std_errors.size() > 0 ? path.std_errors[at] * path.std_errors[at] : path.covariance(at, at);
    const Coefficient one = coefficient_of(std::to_string(path.times[i]), path.estimates[at], variance,
                                           path.df[i], spec.model.level);
    effects.times.push_back(time_of(one, path.times[i]));
    EventTime& added = effects.times.back();
    added.rows = rows_at(design, added.time);
    added.band_low = added.estimate - effects.band_factor * added.std_error;
    added.band_high = added.estimate + effects.band_factor * added.std_error;
  }
}

void add_reference(const EventStudySpec& spec, const EventDesign& design, EventEffects& effects) {
  if (!shown(spec, spec.reference)) return;
  EventTime reference;
  reference.time = spec.reference;
  reference.estimate = 0;
  reference.reference = true;
  reference.rows = rows_at(design, spec.reference);
  const auto later = std::find_if(effects.times.begin(), effects.times.end(),
                                  [&](const EventTime& time) { return time.time > spec.reference; });
  effects.times.insert(later, reference);
}

TimePath path_of(const Estimation& estimation, std::vector<int> times, const Matrix& combinations) {
  TimePath path;
  path.times = std::move(times);
  path.estimates = combinations * estimation.fit->coefficients;
  path.covariance = combinations * estimation.vcov.matrix * combinations.transpose();
  for (Index i = 0; i < combinations.rows(); ++i)
    path.df.push_back(degrees_of(estimation.vcov, combinations.row(i)));
  return path;
}

std::vector<double> normal_law(std::size_t times) {
  return std::vector<double>(times, std::numeric_limits<double>::infinity());
}

namespace {

std::vector<Index> positions_before(const TimePath& path, int reference) {
  std::vector<Index> before;
  for (std::size_t i = 0; i < path.times.size(); ++i)
    if (path.times[i] < reference) before.push_back(static_cast<Index>(i));
  return before;
}

}  // namespace

std::optional<TestResult> pre_trend_test(const Estimation& estimation, const TimePath& path,
                                         const Matrix& combinations, int reference) {
  const std::vector<Index> before = positions_before(path, reference);
  if (before.empty()) return std::nullopt;
  TestResult test = restrictions_test(*estimation.fit, estimation.vcov, combinations(before, Eigen::all));
  test.name = "pre_trend";
  return test;
}

std::optional<TestResult> pre_trend_test(const TimePath& path, int reference, double df2) {
  const std::vector<Index> before = positions_before(path, reference);
  if (before.empty()) return std::nullopt;
  const Vector b = path.estimates(before);
  Index rank = 0;
  const Matrix inverse = symmetric_pseudo_inverse(path.covariance(before, before), 1e-10, &rank);
  TestResult test;
  test.name = "pre_trend";
  test.statistic = rank > 0 ? b.dot(inverse * b) : missing_value;
  test.df1 = static_cast<double>(rank);
  if (std::isfinite(df2) && rank > 0) {
    test.statistic /= test.df1;
    test.df2 = df2;
    test.p_value = f_upper(test.statistic, test.df1, df2);
  } else {
    test.p_value = chi2_upper(test.statistic, test.df1);
  }
  if (rank < b.size()) test.note = "the covariance of the leads is singular: its rank counts";
  return test;
}

void describe(const Estimation& estimation, EventEffects& effects) {
  effects.vcov = estimation.vcov_spec.text;
  effects.clusters = estimation.vcov.by;
  effects.n_clusters = estimation.vcov.n_clusters;
  effects.n = estimation.fit->n;
  effects.units = estimation.fit->frame->unit.size();
  effects.warnings.insert(effects.warnings.end(), estimation.warnings.begin(), estimation.warnings.end());
}

void describe_clusters(const EventDesign& design, const Grouping& clusters, EventEffects& effects) {
  effects.vcov = "cluster(" + clusters.name + ")";
  effects.clusters = {clusters.name};
  effects.n_clusters = {static_cast<double>(clusters.size())};
  effects.n = design.frame->observations();
  effects.units = design.frame->unit.size();
  if (design.frame->clusters.size() != 1)
    effects.warnings.emplace_back("policy.own_clusters",
                                  fmt::format("imputation and callaway_santanna sum over clusters: their "
                                              "standard errors are `{}` in place of `{}`",
                                              effects.vcov, design.model.vcov.text));
}

}  // namespace panelist
