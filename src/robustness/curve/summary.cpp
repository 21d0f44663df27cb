// SPDX-License-Identifier: Apache-2.0
#include "robustness/curve/summary.h"

#include <algorithm>

namespace panelist {
namespace {

// The mean of the two in the middle where their number is even.
double median_of(std::vector<double> values) {
  if (values.empty()) return missing_value;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

void count(const Specification& one, double level, CurveSummary& summary) {
  ++summary.estimated;
  if (one.estimate > 0) ++summary.positive;
  if (one.estimate < 0) ++summary.negative;
  if (!one.dropped.empty()) ++summary.with_dropped;
  if (!(one.p_value < 1 - level)) return;
  ++summary.significant;
  if (one.estimate > 0) ++summary.significant_positive;
  if (one.estimate < 0) ++summary.significant_negative;
}

template <typename Among>
CurveSummary summary_of(const SpecificationCurve& curve, Among among) {
  CurveSummary summary;
  std::vector<double> estimates;
  for (const Specification& one : curve.specifications) {
    if (!among(one)) continue;
    ++summary.count;
    if (!one.estimated()) continue;
    count(one, curve.level, summary);
    estimates.push_back(one.estimate);
  }
  if (estimates.empty()) return summary;
  const auto [lowest, highest] = std::minmax_element(estimates.begin(), estimates.end());
  summary.lowest = *lowest;
  summary.highest = *highest;
  summary.median = median_of(std::move(estimates));
  return summary;
}

void add_choices(SpecificationCurve& curve, const char* group, const std::vector<std::string>& names,
                 std::uint32_t Specification::* choice) {
  if (names.size() < 2) return;
  for (std::uint32_t own = 0; own < names.size(); ++own)
    curve.choices.push_back(
        {group, names[own], summary_of(curve, [&](const Specification& one) { return one.*choice == own; })});
}

void add_controls(SpecificationCurve& curve) {
  if (curve.control_sets.size() < 2) return;
  for (std::uint32_t own = 0; own < curve.controls.size(); ++own)
    curve.choices.push_back({"control", curve.controls[own], summary_of(curve, [&](const Specification& one) {
                               const auto& set = curve.control_sets[one.controls];
                               return std::binary_search(set.begin(), set.end(), own);
                             })});
}

}  // namespace

void summarise(SpecificationCurve& curve) {
  curve.summary = summary_of(curve, [](const Specification&) { return true; });
  add_choices(curve, "outcome", curve.outcomes, &Specification::outcome);
  add_choices(curve, "measure", curve.measures, &Specification::measure);
  add_choices(curve, "sample", curve.samples, &Specification::sample);
  add_choices(curve, "effects", curve.effects, &Specification::effects);
  add_choices(curve, "vcov", curve.vcovs, &Specification::vcov);
  add_controls(curve);
}

}  // namespace panelist
