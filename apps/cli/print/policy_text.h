// SPDX-License-Identifier: Apache-2.0
// Event studies, decompositions and placebos in words and columns for the terminal.
#pragma once
#include <string>

#include "policy/bacon.h"
#include "policy/event_study.h"
#include "policy/placebo.h"

namespace panelist::cli {

std::string event_text(const EventStudy& study);
std::string bacon_text(const BaconDecomposition& bacon);
std::string placebo_text(const Placebo& placebo);

}  // namespace panelist::cli
