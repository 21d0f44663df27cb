// SPDX-License-Identifier: Apache-2.0
#include "robustness/curve/alone.h"

#include <algorithm>

namespace panelist {
namespace {

EstimationSpec spec_of(const CurveData& data, const SpecificationCurve& curve, const Specification& one,
                       const Expression& rows) {
  EstimationSpec spec = data.spec.main;
  spec.formula = formula_of(data.spec, curve, one);
  spec.vcov = data.spec.vcovs[one.vcov];
  spec.frame.where = both(both(spec.frame.where, data.spec.samples[one.sample].where), rows);
  spec.iv_tests = spec.vif = spec.margins = false;
  spec.tests.clear();
  return spec;
}

void take(const Estimation& estimation, const std::string& term, Specification& one) {
  for (const DroppedTerm& dropped : estimation.fit->dropped) one.dropped.push_back(dropped.term);
  const auto& coefficients = estimation.inference.coefficients;
  const auto found = std::find_if(coefficients.begin(), coefficients.end(),
                                  [&](const Coefficient& own) { return own.term == term; });
  if (found == coefficients.end()) {
    one.problem = "estimate.all_dropped";
    return;
  }
  one.estimate = found->estimate;
  one.std_error = found->std_error;
  one.statistic = found->statistic;
  one.p_value = found->p_value;
  one.conf_low = found->conf_low;
  one.conf_high = found->conf_high;
  one.n = estimation.fit->n;
  const Vcov& vcov = estimation.vcov;
  one.df = vcov.term_df.size() > 0 ? vcov.term_df(found - coefficients.begin()) : vcov.df;
}

}  // namespace

bool is_of_specification(const Error& error) {
  const std::string& code = error.diagnostic().code;
  return code == "data.no_rows" || code.starts_with("estimate.") || code.starts_with("infer.");
}

void estimate_alone(const Context& context, const CurveData& data, const ModelFrame& frame,
                    const std::vector<std::size_t>& specifications, SpecificationCurve& curve) {
  if (specifications.empty()) return;
  const MarkedRows marked = rows_of(data.table, frame);
  Context inside = context;
  inside.threads = 1;
  inside.progress = nullptr;
  inside.warnings = nullptr;
  for_each_block(context, static_cast<std::int64_t>(specifications.size()), [&](std::int64_t block) {
    Specification& one = curve.specifications[specifications[static_cast<std::size_t>(block)]];
    one.dropped.clear();
    one.problem.clear();
    Diagnostics unsaid;
    try {
      take(estimate_model(inside, spec_of(data, curve, one, marked.where), marked.table, data.panel, unsaid),
           data.spec.measures[one.measure].text, one);
    } catch (const Error& error) {
      if (!is_of_specification(error)) throw;
      one.problem = error.diagnostic().code;
    }
  });
  curve.one_by_one += specifications.size();
}

}  // namespace panelist
