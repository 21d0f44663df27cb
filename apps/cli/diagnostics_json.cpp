// SPDX-License-Identifier: Apache-2.0
#include "cli/diagnostics_json.h"

namespace panelist::cli {

std::string diagnostics_json(const Diagnostics& diagnostics, const std::vector<SourceText>& sources) {
  std::string text;
  for (const Diagnostic& item : diagnostics.items())
    text += (text.empty() ? "[" : ", ") + render_json(item, sources);
  return text.empty() ? "[]" : text + "]";
}

}  // namespace panelist::cli
