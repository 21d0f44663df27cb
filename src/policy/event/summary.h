// SPDX-License-Identifier: Apache-2.0
// From estimates of relative times and their covariance to what is printed of them.
#pragma once
#include "policy/event/design.h"

namespace panelist {

// Relative times that are estimated, with their covariance.
struct TimePath {
  std::vector<int> times;
  Vector estimates;
  Matrix covariance;
  std::vector<double> df;           // of each; infinity: normal
  Vector std_errors;                // empty: of the covariance
  double critical = missing_value;  // of the band; missing: by the covariance
};
// Those of combinations of coefficients, one a row, and the test that those before the reference are zero.
TimePath path_of(const Estimation& estimation, std::vector<int> times, const Matrix& combinations);
std::optional<TestResult> pre_trend_test(const Estimation& estimation, const TimePath& path,
                                         const Matrix& combinations, int reference);
// The normal law for all of them.
std::vector<double> normal_law(std::size_t times);

Coefficient coefficient_of(const std::string& term, double estimate, double variance, double df,
                           double level);
// Fills times, covariance, df and band.
void fill_times(const Context& context, const EventStudySpec& spec, const EventDesign& design,
                const TimePath& path, EventEffects& effects);
// Puts the reference among the times where the window shows it.
void add_reference(const EventStudySpec& spec, const EventDesign& design, EventEffects& effects);
// All times before the reference are zero, chi2, or F with finite df2; nothing without such times.
std::optional<TestResult> pre_trend_test(const TimePath& path, int reference,
                                         double df2 = std::numeric_limits<double>::infinity());
// What stands in the result about a regression's covariance.
void describe(const Estimation& estimation, EventEffects& effects);
// The same of sums over `clusters`.
void describe_clusters(const EventDesign& design, const Grouping& clusters, EventEffects& effects);
// Whether a relative time is shown.
bool shown(const EventStudySpec& spec, int time);
// Rows of the sample at a relative time.
double rows_at(const EventDesign& design, int time);

}  // namespace panelist
