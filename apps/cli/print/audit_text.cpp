// SPDX-License-Identifier: Apache-2.0
#include "cli/print/audit_text.h"

#include "base/text.h"

namespace panelist::cli {

std::string audit_text(const IndexAudit& audit, const AuditBetween& between) {
  std::string text;
  for (const auto* flags : {&audit.flags, &between.flags})
    for (const AuditFlag& flag : *flags)
      text += "  " + flag.kind + ": " + replace_all(flag.message, "`", "") + "\n";
  return text.empty() ? "" : "\nAudit\n" + text;
}

}  // namespace panelist::cli
