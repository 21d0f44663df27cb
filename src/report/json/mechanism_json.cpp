// SPDX-License-Identifier: Apache-2.0
// Mediation and differences between groups as JSON.
#include "report/correlated_errors.h"
#include "report/json/json_numbers.h"
#include "report/moderated_table.h"
#include "report/path_tables.h"
#include "report/result_json.h"

namespace panelist {

namespace {

Json z_test_json(double std_error, double z, double p_value) {
  return {{"std_error", number_json(std_error)}, {"z", number_json(z)}, {"p_value", number_json(p_value)}};
}

Json bootstrap_json(const BootstrapIntervals& intervals) {
  return {{"reps", intervals.replicates},
          {"failed", intervals.failed},
          {"percentile", {number_json(intervals.percentile_low), number_json(intervals.percentile_high)}},
          {"bca", {number_json(intervals.bca_low), number_json(intervals.bca_high)}},
          {"std_error", number_json(intervals.std_error)},
          {"bc", {number_json(intervals.bc_low), number_json(intervals.bc_high)}},
          {"p_value", number_json(intervals.p_value)}};
}

void add_intervals(const IndirectEffect& effect, Json& json) {
  if (effect.bootstrap) json["bootstrap"] = bootstrap_json(*effect.bootstrap);
  if (effect.monte_carlo)
    json["monte_carlo"] = {
        {"draws", effect.monte_carlo->draws},
        {"interval", {number_json(effect.monte_carlo->low), number_json(effect.monte_carlo->high)}}};
}

Json indirect_json(const IndirectEffect& effect) {
  Json json = {{"estimate", number_json(effect.estimate)},
               {"sobel", z_test_json(effect.sobel_se, effect.sobel_z, effect.sobel_p)},
               {"aroian", {{"std_error", number_json(effect.aroian_se)}}},
               {"goodman", {{"std_error", number_json(effect.goodman_se)}}},
               {"delta", z_test_json(effect.delta_se, effect.delta_z, effect.delta_p)}};
  add_intervals(effect, json);
  return json;
}

// Of differences and of effects at a value: Sobel's rule does not apply.
void add_delta(const IndirectEffect& effect, Json& json) {
  json["estimate"] = number_json(effect.estimate);
  json["delta"] = z_test_json(effect.delta_se, effect.delta_z, effect.delta_p);
  add_intervals(effect, json);
}

Json contrast_json(const IndirectContrast& contrast) {
  Json json = {{"first", contrast.first}, {"second", contrast.second}};
  add_delta(contrast.difference, json);
  return json;
}

Json links_json(const std::vector<Coefficient>& links) {
  Json json = Json::array();
  for (const Coefficient& link : links) json.push_back(coefficient_json(link));
  return json;
}

Json chain_json(const MediationChain& chain) {
  return {{"through", chain.through},
          {"links", links_json(chain.links)},
          {"indirect", indirect_json(chain.indirect)},
          {"share", number_json(chain.share)}};
}

Json path_json(const MediationPath& path) {
  return {{"mediator", path.mediator},
          {"a", coefficient_json(path.a)},
          {"b", coefficient_json(path.b)},
          {"indirect", indirect_json(path.indirect)},
          {"share", number_json(path.share)}};
}

// By method: of one pair.
Json pair_tests_json(const GroupDifference& difference, std::size_t pair) {
  Json tests = Json::object();
  for (const DifferenceTests& entry : difference.tests)
    if (pair < entry.pairs.size()) tests[entry.method] = test_json(entry.pairs[pair]);
  return tests;
}

Json joint_tests_json(const GroupDifference& difference) {
  Json tests = Json::object();
  for (const DifferenceTests& entry : difference.tests)
    if (entry.joint) tests[entry.method] = test_json(*entry.joint);
  return tests;
}

// Of the first pair; with more groups also the joint test of the model with everything interacted.
Json first_tests_json(const GroupDifference& difference) {
  Json tests = pair_tests_json(difference, 0);
  const DifferenceTests* chow = difference.find("chow");
  if (chow != nullptr) tests["chow"] = test_json(*chow->joint);
  const DifferenceTests* interaction = difference.find("interaction");
  if (interaction != nullptr && interaction->joint) tests["joint"] = test_json(*interaction->joint);
  return tests;
}

Json pairs_json(const GroupDifference& difference) {
  Json pairs = Json::array();
  for (std::size_t p = 0; p < difference.pairs.size(); ++p) {
    const GroupPair& pair = difference.pairs[p];
    pairs.push_back({{"first", difference.groups[pair.first].group},
                     {"second", difference.groups[pair.second].group},
                     {"difference", number_json(pair.difference)},
                     {"tests", pair_tests_json(difference, p)}});
  }
  return pairs;
}

Json shared_json(const GroupDifference& difference) {
  Json shared = Json::array();
  for (const SharedLevels& entry : difference.shared)
    shared.push_back({{"name", entry.name},
                      {"clusters", entry.clusters},
                      {"units", entry.units},
                      {"levels", entry.levels},
                      {"in_several_groups", entry.shared}});
  return shared;
}

Json left_out_json(const GroupDifference& difference) {
  Json list = Json::array();
  for (const auto& [method, reason] : difference.left_out)
    list.push_back({{"test", method}, {"reason", reason}});
  return list;
}

}  // namespace

Json to_json(const Mediation& mediation) {
  Json paths = Json::array();
  for (const MediationPath& path : mediation.paths) paths.push_back(path_json(path));
  Json json = {{"total", coefficient_json(mediation.total_effect)},
               {"direct", coefficient_json(mediation.direct_effect)},
               {"paths", paths}};
  for (const MediationChain& chain : mediation.chains) json["chains"].push_back(chain_json(chain));
  for (const IndirectContrast& contrast : mediation.contrasts)
    json["contrasts"].push_back(contrast_json(contrast));
  if (mediation.total_indirect) {
    json["total_indirect"] = indirect_json(*mediation.total_indirect);
    json["total_indirect"]["share"] = number_json(mediation.total_share());
  }
  json["n"] = mediation.total.fit == nullptr ? Json(nullptr) : count_json(mediation.total.fit->n);
  if (mediation.outcome_model.fit != nullptr) json["identity"] = to_json(effect_identity(mediation));
  json["verdict"] = mediation.verdict;
  json["verdict_text"] = mediation.verdict_text;
  return json;
}

namespace {

Json effect_json(const IndirectEffect& effect) {
  Json json = Json::object();
  add_delta(effect, json);
  return json;
}

Json conditional_path_json(const ConditionalPath& path) {
  Json json = {{"mediator", path.mediator},
               {"first", links_json(path.first)},
               {"second", links_json(path.second)},
               {"effects", Json::array()}};
  for (const ConditionalEffect& at : path.effects) {
    Json one = {{"value", number_json(at.value)}};
    add_delta(at.effect, one);
    json["effects"].push_back(std::move(one));
  }
  if (path.difference) json["difference"] = effect_json(*path.difference);
  if (path.index) json["index"] = effect_json(*path.index);
  json["curve"] = Json::array();
  for (const CurvePoint& point : path.curve)
    json["curve"].push_back({{"value", number_json(point.value)},
                             {"estimate", number_json(point.estimate)},
                             {"low", number_json(point.low)},
                             {"high", number_json(point.high)}});
  return json;
}

}  // namespace

Json to_json(const ConditionalMediation& mediation) {
  Json paths = Json::array();
  for (const ConditionalPath& path : mediation.paths) paths.push_back(conditional_path_json(path));
  return {{"moderator", mediation.moderator},
          {"stage", mediation.stage},
          {"added", mediation.added},
          {"mean", number_json(mediation.mean)},
          {"sd", number_json(mediation.deviation)},
          {"range", {number_json(mediation.least), number_json(mediation.greatest)}},
          {"total", coefficient_json(mediation.total_effect)},
          {"direct", coefficient_json(mediation.direct_effect)},
          {"paths", paths},
          {"n", count_json(mediation.total.fit->n)}};
}

Json to_json(const ChannelEffects& channels) {
  Json effects = Json::array();
  for (const ChannelEffect& channel : channels.effects)
    effects.push_back({{"mediator", channel.mediator},
                       {"effect", coefficient_json(channel.effect)},
                       {"corrected_p", number_json(channel.corrected_p)}});
  return {{"x", channels.x},
          {"total", coefficient_json(channels.total_effect)},
          {"correction", channels.correction},
          {"effects", effects},
          {"n", count_json(channels.total.fit->n)}};
}

Json to_json(const ModeratedMediation& moderated) {
  Json json = {{"by", moderated.by}, {"groups", Json::array()}, {"differences", Json::array()}};
  for (const GroupMediation& group : moderated.groups)
    json["groups"].push_back({{"group", group.group}, {"mediation", to_json(group.mediation)}});
  for (const IndirectDifference& difference : moderated.differences) {
    Json one = {{"first", difference.first},
                {"second", difference.second},
                {"mediator", difference.mediator.empty() ? Json(nullptr) : Json(difference.mediator)},
                {"estimate", number_json(difference.estimate)},
                {"delta", z_test_json(difference.delta_se, difference.delta_z, difference.delta_p)}};
    if (difference.bootstrap) {
      one["bootstrap"] = bootstrap_json(*difference.bootstrap);
    }
    json["differences"].push_back(std::move(one));
  }
  json["shared_clusters"] = moderated.shared;
  return json;
}

Json to_json(const GroupDifference& difference) {
  Json groups = Json::array();
  for (const GroupEstimate& group : difference.groups)
    groups.push_back({{"group", group.group},
                      {"estimate", number_json(group.coefficient.estimate)},
                      {"std_error", number_json(group.coefficient.std_error)},
                      {"p_value", number_json(group.coefficient.p_value)},
                      {"n", count_json(group.n)}});
  Json json = {{"term", difference.term},
               {"by", difference.by},
               {"groups", groups},
               {"difference", number_json(difference.difference)},
               {"tests", first_tests_json(difference)}};
  if (difference.groups.size() > 2) {
    json["pairs"] = pairs_json(difference);
    json["correction"] = difference.correction;
    json["joint"] = joint_tests_json(difference);
  }
  json["overlapping"] = difference.overlapping;
  json["shared"] = shared_json(difference);
  if (!difference.left_out.empty()) json["left_out"] = left_out_json(difference);
  return json;
}

}  // namespace panelist
