// SPDX-License-Identifier: Apache-2.0
// Scores and ranks under other conventions, in words and as JSON.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "index/index.h"

namespace panelist::cli {

// "" when nothing was compared.
std::string sensitivity_text(const std::vector<ConventionComparison>& comparisons, const std::string& lang);
nlohmann::ordered_json sensitivity_json(const std::vector<ConventionComparison>& comparisons);

}  // namespace panelist::cli
