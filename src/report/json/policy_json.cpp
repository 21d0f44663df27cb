// SPDX-License-Identifier: Apache-2.0
#include "report/policy_json.h"

#include "report/json/json_numbers.h"

namespace panelist {

namespace {

Json time_json(const EventTime& time) {
  Json json = {{"time", time.time},
               {"estimate", number_json(time.estimate)},
               {"std_error", number_json(time.std_error)},
               {"statistic", number_json(time.statistic)},
               {"p_value", number_json(time.p_value)},
               {"conf_low", number_json(time.conf_low)},
               {"conf_high", number_json(time.conf_high)}};
  if (!std::isnan(time.band_low)) {
    json["band_low"] = number_json(time.band_low);
    json["band_high"] = number_json(time.band_high);
  }
  json["rows"] = count_json(time.rows);
  json["reference"] = time.reference;
  json["and_beyond"] = time.beyond;
  return json;
}

Json vcov_json(const std::string& text, const std::vector<std::string>& by,
               const std::vector<double>& counts) {
  Json numbers = Json::array();
  for (const double count : counts) numbers.push_back(count_json(count));
  return {{"text", text}, {"by", by}, {"n_clusters", numbers}};
}

Json group_json(const EffectGroup& group) {
  Json effects = Json::array();
  for (const Coefficient& effect : group.effects) effects.push_back(coefficient_json(effect));
  return {{"effects", effects}, {"overall", coefficient_json(group.overall)}};
}

Json method_json(const EventEffects& effects) {
  Json times = Json::array(), cells = Json::array(), groups = Json::object();
  for (const EventTime& time : effects.times) times.push_back(time_json(time));
  for (const GroupTimeEffect& cell : effects.cells) {
    Json one = {{"cohort", cell.cohort}, {"time", cell.time}, {"relative", cell.relative}};
    one.update(coefficient_json(cell.effect));
    cells.push_back(std::move(one));
  }
  for (const EffectGroup& group : effects.groups) groups[group.by] = group_json(group);
  Json json = {{"method", effects.method}, {"times", times}, {"att", coefficient_json(effects.att)}};
  if (effects.pre_trend) json["pre_trend"] = test_json(*effects.pre_trend);
  if (!std::isnan(effects.band_factor)) json["band_factor"] = number_json(effects.band_factor);
  json["vcov"] = vcov_json(effects.vcov, effects.clusters, effects.n_clusters);
  json["n"] = count_json(effects.n);
  json["units"] = effects.units;
  json["control"] = effects.control;
  if (!effects.adjust.empty()) json["adjust"] = effects.adjust;
  if (!effects.shares.empty()) json["shares"] = effects.shares;
  if (!effects.bootstrap.empty())
    json["bootstrap"] = {{"multipliers", effects.bootstrap}, {"draws", effects.bootstrap_draws}};
  if (!cells.empty()) json["cells"] = cells;
  if (!groups.empty()) json["groups"] = groups;
  json["warnings"] = warnings_json(effects.warnings);
  return json;
}

}  // namespace

Json to_json(const EventStudy& study) {
  Json cohorts = Json::array(), methods = Json::array(), left_out = Json::array();
  for (const Cohort& cohort : study.cohorts)
    cohorts.push_back({{"cohort", cohort.name}, {"units", cohort.units}});
  for (const EventEffects& effects : study.methods) methods.push_back(method_json(effects));
  for (const auto& [method, reason] : study.left_out)
    left_out.push_back({{"method", method}, {"reason", reason}});
  Json json = {{"outcome", study.outcome},
               {"formula", study.formula},
               {"treatment", study.treatment},
               {"reference", study.reference},
               {"level", study.level},
               {"cohorts", cohorts},
               {"never_treated", study.never},
               {"always_treated", study.throughout},
               {"methods", methods}};
  if (!left_out.empty()) json["left_out"] = left_out;
  json["warnings"] = warnings_json(study.warnings);
  return json;
}

Json to_json(const BaconDecomposition& bacon) {
  Json types = Json::array(), comparisons = Json::array();
  for (const BaconType& type : bacon.types)
    types.push_back({{"type", type.type},
                     {"estimate", number_json(type.estimate)},
                     {"weight", number_json(type.weight)},
                     {"comparisons", type.comparisons}});
  for (const BaconComparison& one : bacon.comparisons)
    comparisons.push_back({{"treated", one.treated},
                           {"control", one.control.empty() ? Json(nullptr) : Json(one.control)},
                           {"type", one.type},
                           {"estimate", number_json(one.estimate)},
                           {"weight", number_json(one.weight)}});
  return {{"outcome", bacon.outcome},
          {"treatment", bacon.treatment},
          {"two_way", number_json(bacon.two_way)},
          {"types", types},
          {"comparisons", comparisons},
          {"n", count_json(bacon.n)},
          {"units", bacon.units},
          {"times", bacon.times},
          {"warnings", warnings_json(bacon.warnings)}};
}

Json to_json(const Placebo& placebo) {
  Json earlier = Json::array(), draws = Json::array();
  for (const ShiftedStart& one : placebo.earlier) {
    Json shifted = {{"steps", one.steps}};
    shifted.update(coefficient_json(one.effect));
    shifted["n"] = count_json(one.n);
    earlier.push_back(std::move(shifted));
  }
  for (const double draw : placebo.draws) draws.push_back(number_json(draw));
  Json space = {{"reps", placebo.draws.size()},
                {"undefined", placebo.undefined},
                {"mean", number_json(placebo.mean)},
                {"sd", number_json(placebo.sd)},
                {"p_two_sided", number_json(placebo.p_two_sided)},
                {"p_greater", number_json(placebo.p_greater)},
                {"p_less", number_json(placebo.p_less)},
                {"draws", draws}};
  return {{"outcome", placebo.outcome},
          {"formula", placebo.formula},
          {"treatment", placebo.treatment},
          {"effect", coefficient_json(placebo.effect)},
          {"earlier", earlier},
          {"space", space},
          {"vcov", vcov_json(placebo.vcov, placebo.clusters, placebo.n_clusters)},
          {"n", count_json(placebo.n)},
          {"units", placebo.units},
          {"treated_units", placebo.treated_units},
          {"warnings", warnings_json(placebo.warnings)}};
}

}  // namespace panelist
