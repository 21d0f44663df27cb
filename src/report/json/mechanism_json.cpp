// SPDX-License-Identifier: Apache-2.0
// Mediation and differences between groups as JSON.
#include "report/json/json_numbers.h"
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
          {"std_error", number_json(intervals.std_error)}};
}

Json indirect_json(const IndirectEffect& effect) {
  Json json = {{"estimate", number_json(effect.estimate)},
               {"sobel", z_test_json(effect.sobel_se, effect.sobel_z, effect.sobel_p)},
               {"aroian", {{"std_error", number_json(effect.aroian_se)}}},
               {"goodman", {{"std_error", number_json(effect.goodman_se)}}},
               {"delta", z_test_json(effect.delta_se, effect.delta_z, effect.delta_p)}};
  if (effect.bootstrap) json["bootstrap"] = bootstrap_json(*effect.bootstrap);
  return json;
}

Json path_json(const MediationPath& path) {
  return {{"mediator", path.mediator},
          {"a", coefficient_json(path.a)},
          {"b", coefficient_json(path.b)},
          {"indirect", indirect_json(path.indirect)},
          {"share", number_json(path.share)}};
}

void add_test(Json& tests, const char* name, const std::optional<TestResult>& test) {
  if (test) tests[name] = test_json(*test);
}

}  // namespace

Json to_json(const Mediation& mediation) {
  Json paths = Json::array();
  for (const MediationPath& path : mediation.paths) paths.push_back(path_json(path));
  Json json = {{"total", coefficient_json(mediation.total_effect)},
               {"direct", coefficient_json(mediation.direct_effect)},
               {"paths", paths}};
  if (mediation.total_indirect) {
    json["total_indirect"] = indirect_json(*mediation.total_indirect);
    json["total_indirect"]["share"] = number_json(mediation.total_share());
  }
  json["n"] = mediation.total.fit == nullptr ? Json(nullptr) : count_json(mediation.total.fit->n);
  json["verdict"] = mediation.verdict;
  json["verdict_text"] = mediation.verdict_text;
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
  Json tests = Json::object();
  add_test(tests, "disjoint", difference.disjoint);
  add_test(tests, "interaction", difference.interaction);
  add_test(tests, "interaction_term", difference.interaction_term);
  add_test(tests, "suest", difference.suest);
  add_test(tests, "joint", difference.joint);
  if (difference.permutation)
    tests["permutation"] = {{"reps", difference.permutation->replicates},
                            {"p_one_sided", number_json(difference.permutation->p_one_sided)},
                            {"p_two_sided", number_json(difference.permutation->p_two_sided)}};
  return {{"term", difference.term},
          {"groups", groups},
          {"difference", number_json(difference.difference)},
          {"tests", tests},
          {"overlapping", difference.overlapping}};
}

}  // namespace panelist
