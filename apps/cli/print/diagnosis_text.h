// SPDX-License-Identifier: Apache-2.0
// Which conventions made a published index, in words and as JSON.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "index/published.h"

namespace panelist::cli {

std::string diagnosis_text(const Diagnosis& diagnosis, const std::string& lang);
nlohmann::ordered_json diagnosis_json(const Diagnosis& diagnosis);

}  // namespace panelist::cli
