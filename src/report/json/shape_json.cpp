// SPDX-License-Identifier: Apache-2.0
// Marginal effects, U-shapes and thresholds as JSON.
#include "report/json/json_numbers.h"
#include "report/shape_tables.h"

namespace panelist {
namespace {

Json point_json(const MarginalPoint& point) {
  Json json = Json::object();
  if (!point.group.empty()) json["group"] = point.group;
  if (point.group.empty()) json["value"] = number_json(point.value);
  if (std::isfinite(point.percent)) json["percentile"] = number_json(point.percent);
  json["estimate"] = number_json(point.estimate);
  json["std_error"] = number_json(point.std_error);
  json["statistic"] = number_json(point.statistic);
  json["p_value"] = number_json(point.p_value);
  json["conf_low"] = number_json(point.low);
  json["conf_high"] = number_json(point.high);
  json["uniform"] = {number_json(point.uniform_low), number_json(point.uniform_high)};
  json["share"] = number_json(point.share);
  return json;
}

Json slope_json(const SlopeAt& slope) {
  return {{"at", number_json(slope.at)},
          {"slope", number_json(slope.slope)},
          {"std_error", number_json(slope.std_error)},
          {"statistic", number_json(slope.t)},
          {"p_value", number_json(slope.p_value)}};
}

// Infinite ends are null.
Json parts_json(const ConfidenceSet& set) {
  Json parts = Json::array();
  for (const auto& [low, high] : set.parts) parts.push_back({number_json(low), number_json(high)});
  return {{"form", set.form}, {"parts", parts}};
}

Json threshold_json(const ThresholdEstimate& threshold) {
  Json curve = Json::array();
  for (std::size_t i = 0; i < threshold.at.size(); ++i)
    curve.push_back({number_json(threshold.at[i]), number_json(threshold.ratio[i])});
  return {{"estimate", number_json(threshold.value)},
          {"interval", {number_json(threshold.low), number_json(threshold.high)}},
          {"connected", threshold.connected},
          {"ratio", curve}};
}

Json threshold_test_json(const ThresholdTest& test) {
  return {{"thresholds", test.thresholds},
          {"ssr_null", number_json(test.ssr_null)},
          {"ssr", number_json(test.ssr)},
          {"f", number_json(test.f)},
          {"p_value", number_json(test.p_value)},
          {"critical",
           {{"10%", number_json(test.critical_10)},
            {"5%", number_json(test.critical_5)},
            {"1%", number_json(test.critical_1)}}},
          {"reps", test.replicates}};
}

Json regime_json(const Regime& regime) {
  return {{"term", regime.term},
          {"above", number_json(regime.above)},
          {"up_to", number_json(regime.up_to)},
          {"n", count_json(regime.n)},
          {"units", regime.units},
          {"coefficient", coefficient_json(regime.coefficient)}};
}

}  // namespace

Json to_json(const MarginalEffects& effects) {
  Json points = Json::array();
  for (const MarginalPoint& point : effects.points) points.push_back(point_json(point));
  return {{"x", effects.x},
          {"by", effects.by},
          {"level", number_json(effects.level)},
          {"df", count_json(effects.df)},
          {"critical", number_json(effects.critical)},
          {"uniform_critical", number_json(effects.uniform_critical)},
          {"mean_x", number_json(effects.mean_x)},
          {"points", points}};
}

Json to_json(const UShape& shape) {
  return {{"x", shape.x},
          {"form", shape.inverted ? "inverted U" : "U"},
          {"low", slope_json(shape.low)},
          {"high", slope_json(shape.high)},
          {"statistic", number_json(shape.t)},
          {"df", count_json(shape.df)},
          {"p_value", number_json(shape.p_value)},
          {"extreme", number_json(shape.extreme)},
          {"std_error", number_json(shape.extreme_se)},
          {"delta", {number_json(shape.delta_low), number_json(shape.delta_high)}},
          {"fieller", parts_json(shape.fieller)},
          {"inside", shape.inside}};
}

Json to_json(const ThresholdModel& model) {
  Json json = {{"x", model.x},
               {"by", model.by},
               {"units", model.units},
               {"periods", model.periods},
               {"candidates", model.candidates},
               {"level", number_json(model.level)},
               {"critical_ratio", number_json(model.critical_ratio)},
               {"ssr_linear", number_json(model.ssr_linear)},
               {"thresholds", Json::array()},
               {"tests", Json::array()},
               {"regimes", Json::array()}};
  for (const ThresholdEstimate& threshold : model.thresholds)
    json["thresholds"].push_back(threshold_json(threshold));
  for (const ThresholdTest& test : model.tests) json["tests"].push_back(threshold_test_json(test));
  for (const Regime& regime : model.regimes) json["regimes"].push_back(regime_json(regime));
  return json;
}

}  // namespace panelist
