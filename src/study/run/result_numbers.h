// SPDX-License-Identifier: Apache-2.0
// Numbers read back from the JSON of results: what is no number there (null, absent) is missing.
#pragma once
#include <nlohmann/json.hpp>

#include "table/column.h"

namespace panelist::study {

inline double number_of(const nlohmann::ordered_json& value) {
  return value.is_number() ? value.get<double>() : missing_value;
}

inline double number_at(const nlohmann::ordered_json& json, const char* key) {
  return json.contains(key) ? number_of(json.at(key)) : missing_value;
}

}  // namespace panelist::study
