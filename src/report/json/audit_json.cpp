// SPDX-License-Identifier: Apache-2.0
// The audit of indices as JSON.
#include "report/json/json_numbers.h"
#include "report/result_json.h"

namespace panelist {

namespace {

Json flags_json(const std::vector<AuditFlag>& flags) {
  Json list = Json::array();
  for (const AuditFlag& flag : flags) list.push_back({{"kind", flag.kind}, {"message", flag.message}});
  return list;
}

Json shared_json(const std::vector<SharedIndicator>& found) {
  Json list = Json::array();
  for (const SharedIndicator& one : found)
    list.push_back({{"indices", {one.first, one.second}},
                    {"indicators", {one.code, one.other}},
                    {"r", number_json(one.r)},
                    {"r_within", number_json(one.r_within)},
                    {"weights", {number_json(one.first_weight), number_json(one.second_weight)}}});
  return list;
}

}  // namespace

Json to_json(const IndexAudit& audit, const IndexResult& index) {
  Json json = {{"effective_weights", Json::object()}, {"flags", flags_json(audit.flags)}};
  for (std::size_t j = 0; j < index.indicators.size(); ++j)
    json["effective_weights"][index.indicators[j].indicator.code] = number_json(audit.effective_weights[j]);
  return json;
}

Json to_json(const AuditBetween& audit) {
  return {{"shared", shared_json(audit.shared)},
          {"twins", shared_json(audit.twins)},
          {"flags", flags_json(audit.flags)}};
}

}  // namespace panelist
