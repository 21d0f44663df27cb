// SPDX-License-Identifier: Apache-2.0
#include "report/correlated_errors.h"
#include "report/json/json_numbers.h"

namespace panelist {
namespace {

Json point_json(const IndirectAt& at) {
  return {{"rho", number_json(at.rho)},
          {"estimate", number_json(at.estimate)},
          {"std_error", number_json(at.std_error)},
          {"conf_low", number_json(at.low)},
          {"conf_high", number_json(at.high)}};
}

}  // namespace

Json to_json(const std::vector<CorrelatedErrors>& all) {
  Json json = Json::array();
  for (const CorrelatedErrors& one : all) {
    Json curve = Json::array();
    for (const IndirectAt& at : one.curve) curve.push_back(point_json(at));
    json.push_back({{"mediator", one.mediator},
                    {"rho_at_zero", number_json(one.rho_at_zero)},
                    {"rho_significant", number_json(one.rho_significant)},
                    {"r2_product_residual", number_json(one.residual_product)},
                    {"r2_product_total", number_json(one.total_product)},
                    {"curve", curve}});
  }
  return json;
}

Json to_json(const EffectIdentity& identity) {
  Json json = {{"moved", number_json(identity.moved)},
               {"indirect", number_json(identity.indirect)},
               {"holds", identity.holds}};
  if (!identity.reason.empty()) json["reason"] = identity.reason;
  return json;
}

}  // namespace panelist
