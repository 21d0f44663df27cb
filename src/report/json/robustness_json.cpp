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

Json to_json(const LeaveOut& result) {
  const auto name_at = [&](std::size_t at) {
    return at < result.levels.size() ? Json(result.levels[at].level) : Json(nullptr);
  };
  Json json = {{"term", result.term},
               {"by", result.by},
               {"vcov", result.vcov},
               {"level", result.level},
               {"model", coefficient_json(result.coefficient)},
               {"n", count_json(result.n)},
               {"lowest", name_at(result.lowest)},
               {"highest", name_at(result.highest)},
               {"most_influential", name_at(result.most_influential)},
               {"other_sign", result.other_sign},
               {"significance_lost", result.significance_lost},
               {"levels", Json::array()}};
  for (const LeftOut& one : result.levels) {
    Json level = {{"left_out", one.level}};
    if (!one.problem.empty()) {
      level["problem"] = one.problem;
    } else {
      level["coefficient"] = coefficient_json(one.coefficient);
      level["n"] = count_json(one.n);
      level["change"] = number_json(one.change);
      level["change_in_se"] = number_json(one.change_in_se);
    }
    json["levels"].push_back(std::move(level));
  }
  return json;
}

Json to_json(const Oster& result) {
  Json json = {{"term", result.term},
               {"short", coefficient_json(result.short_coefficient)},
               {"full", coefficient_json(result.full_coefficient)},
               {"r2_short", number_json(result.short_r2)},
               {"r2_full", number_json(result.full_r2)},
               {"r2_kind", result.within ? "within" : "overall"},
               {"r_max", number_json(result.r_max)},
               {"n", count_json(result.n)},
               {"target", number_json(result.target)},
               {"delta", number_json(result.delta)},
               {"assumed_delta", number_json(result.assumed_delta)},
               {"adjusted", number_json(result.adjusted)},
               {"roots", Json::array()},
               {"same_direction", result.same_direction},
               {"set", {number_json(result.low()), number_json(result.high())}},
               {"excludes_zero", result.excludes_zero()}};
  for (const double root : result.roots) json["roots"].push_back(number_json(root));
  return json;
}

Json to_json(const Permutation& result) {
  const Randomisation& drawn = result.randomisation;
  Json json = {{"term", result.term},
               {"among", result.rows ? "rows" : "units"},
               {"within", result.within.empty() ? Json(nullptr) : Json(result.within)},
               {"statistic", result.studentised ? "t" : "b"},
               {"model", coefficient_json(result.coefficient)},
               {"n", count_json(result.n)},
               {"value", number_json(drawn.statistic)},
               {"reps", drawn.statistics.size()},
               {"undefined", drawn.undefined},
               {"p_two_sided", number_json(drawn.p_two_sided)},
               {"p_greater", number_json(drawn.p_greater)},
               {"p_less", number_json(drawn.p_less)},
               {"low", number_json(result.low)},
               {"median", number_json(result.median)},
               {"high", number_json(result.high)},
               {"draws", Json::array()}};
  for (const double one : drawn.statistics) json["draws"].push_back(number_json(one));
  return json;
}

}  // namespace panelist
