// SPDX-License-Identifier: Apache-2.0
#include "report/gelbach_table.h"
#include "report/json/json_numbers.h"

namespace panelist {
namespace {

Json part_json(const ChannelPart& part) {
  Json json = {{"group", part.group.empty() ? Json(nullptr) : Json(part.group)},
               {"estimate", number_json(part.part.estimate)},
               {"std_error", number_json(part.part.std_error)},
               {"z", number_json(part.part.statistic)},
               {"p_value", number_json(part.part.p_value)},
               {"conf_low", number_json(part.part.conf_low)},
               {"conf_high", number_json(part.part.conf_high)},
               {"share", number_json(part.share)},
               {"share_of_short", number_json(part.share_of_short)}};
  for (const Channel& channel : part.channels)
    json["covariates"].push_back({{"term", channel.term},
                                  {"gamma", number_json(channel.gamma)},
                                  {"b", number_json(channel.b)},
                                  {"part", number_json(channel.part())}});
  return json;
}

}  // namespace

Json to_json(const Gelbach& result) {
  Json json = {{"x", result.x},
               {"short", coefficient_json(result.short_effect)},
               {"full", coefficient_json(result.full_effect)},
               {"parts", Json::array()},
               {"total", part_json(result.total)},
               {"covariance", Json::array()},
               {"n", count_json(result.full_model.fit->n)}};
  for (const ChannelPart& part : result.parts) json["parts"].push_back(part_json(part));
  for (Index i = 0; i < result.covariance.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < result.covariance.cols(); ++j) row.push_back(number_json(result.covariance(i, j)));
    json["covariance"].push_back(row);
  }
  return json;
}

}  // namespace panelist
