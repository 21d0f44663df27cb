// SPDX-License-Identifier: Apache-2.0
// Event studies, decompositions and placebos as JSON: full precision, NaN and infinities as null.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "policy/bacon.h"
#include "policy/event_study.h"
#include "policy/placebo.h"

namespace panelist {

nlohmann::ordered_json to_json(const EventStudy& study);
nlohmann::ordered_json to_json(const BaconDecomposition& bacon);
nlohmann::ordered_json to_json(const Placebo& placebo);

}  // namespace panelist
