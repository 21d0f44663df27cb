// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/diagnostic.h"

namespace panelist::cli {

// [Diagnostic, ...] as JSON text.
std::string diagnostics_json(const Diagnostics& diagnostics, const std::vector<SourceText>& sources);

}  // namespace panelist::cli
