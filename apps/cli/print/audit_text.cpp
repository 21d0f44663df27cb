// SPDX-License-Identifier: Apache-2.0
#include "cli/print/audit_text.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace panelist::cli {

std::string audit_text(const IndexAudit& audit) {
  if (audit.flags.empty()) return "";
  std::string text = "\nAudit\n";
  for (const AuditFlag& flag : audit.flags)
    text += "  " + flag.kind + ": " + replace_all(flag.message, "`", "") + "\n";
  return text;
}

nlohmann::ordered_json audit_json(const IndexAudit& audit, const IndexResult& index) {
  using Json = nlohmann::ordered_json;
  Json json = {{"effective_weights", Json::object()}, {"flags", Json::array()}};
  for (std::size_t j = 0; j < index.indicators.size(); ++j)
    json["effective_weights"][index.indicators[j].indicator.code] =
        std::isfinite(audit.effective_weights[j]) ? Json(audit.effective_weights[j]) : Json();
  for (const AuditFlag& flag : audit.flags)
    json["flags"].push_back({{"kind", flag.kind}, {"message", flag.message}});
  return json;
}

}  // namespace panelist::cli
