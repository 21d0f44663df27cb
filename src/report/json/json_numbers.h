// SPDX-License-Identifier: Apache-2.0
// Numbers of the result files: full precision, NaN and infinities as null, counts without a point.
#pragma once
#include <cmath>
#include <nlohmann/json.hpp>

#include "infer/inference.h"

namespace panelist {

using Json = nlohmann::ordered_json;

inline Json number_json(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
inline Json count_json(double value) {
  const bool whole = std::isfinite(value) && value == std::floor(value) && std::abs(value) < 1e15;
  return whole ? Json(static_cast<std::int64_t>(value)) : number_json(value);
}

Json coefficient_json(const Coefficient& coefficient);
// {statistic, df | df1 and df2, p_value, stock_yogo}: what the test has.
Json test_json(const TestResult& test);
Json warnings_json(const std::vector<std::pair<std::string, std::string>>& warnings);

}  // namespace panelist
