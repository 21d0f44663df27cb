// SPDX-License-Identifier: Apache-2.0
// How sure the ranks of an index are, in words and as JSON.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "index/sensitivity.h"

namespace panelist::cli {

std::string uncertainty_text(const Uncertainty& uncertainty, const IndexResult& index, const Panel& panel,
                             const std::string& lang);
nlohmann::ordered_json uncertainty_json(const Uncertainty& uncertainty, const IndexResult& index,
                                        const Panel& panel);

}  // namespace panelist::cli
