// SPDX-License-Identifier: Apache-2.0
// Robustness results as JSON.
#include "report/json/json_numbers.h"
#include "report/robustness.h"

namespace panelist {

namespace {

Json summary_json(const CurveSummary& summary) {
  return {{"count", summary.count},
          {"estimated", summary.estimated},
          {"median", number_json(summary.median)},
          {"lowest", number_json(summary.lowest)},
          {"highest", number_json(summary.highest)},
          {"share_positive", number_json(summary.share(summary.positive))},
          {"share_negative", number_json(summary.share(summary.negative))},
          {"share_significant", number_json(summary.share(summary.significant))},
          {"share_significant_positive", number_json(summary.share(summary.significant_positive))},
          {"share_significant_negative", number_json(summary.share(summary.significant_negative))}};
}

Json specification_json(const SpecificationCurve& curve, const Specification& one) {
  Json json = {{"outcome", curve.outcomes[one.outcome]},
               {"measure", curve.measures[one.measure]},
               {"sample", curve.samples[one.sample]},
               {"effects", curve.effects[one.effects]},
               {"vcov", curve.vcovs[one.vcov]},
               {"controls", Json::array()},
               {"main", one.main}};
  for (const std::uint32_t control : curve.control_sets[one.controls])
    json["controls"].push_back(curve.controls[control]);
  if (!one.dropped.empty()) json["dropped"] = one.dropped;
  if (!one.estimated()) {
    json["problem"] = one.problem;
    return json;
  }
  json["estimate"] = number_json(one.estimate);
  json["std_error"] = number_json(one.std_error);
  json["statistic"] = number_json(one.statistic);
  json["p_value"] = number_json(one.p_value);
  json["conf_low"] = number_json(one.conf_low);
  json["conf_high"] = number_json(one.conf_high);
  json["n"] = count_json(one.n);
  json["df"] = count_json(one.df);
  return json;
}

}  // namespace

Json to_json(const SpecificationCurve& curve) {
  Json json = {{"term", curve.term},
               {"formula", curve.formula},
               {"level", curve.level},
               {"rows", curve.own_sample ? "own" : "common"},
               {"controls", curve.controls},
               {"control_sets", curve.control_sets.size()},
               {"possible_control_sets", count_json(curve.possible)},
               {"main", curve.has_main() ? Json(curve.main) : Json(nullptr)},
               {"summary", summary_json(curve.summary)},
               {"choices", Json::array()},
               {"specifications", Json::array()},
               {"warnings", warnings_json(curve.warnings)}};
  for (const CurveChoice& choice : curve.choices)
    json["choices"].push_back(
        {{"group", choice.group}, {"name", choice.name}, {"summary", summary_json(choice.summary)}});
  for (const Specification& one : curve.specifications)
    json["specifications"].push_back(specification_json(curve, one));
  return json;
}

}  // namespace panelist
