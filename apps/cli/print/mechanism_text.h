// SPDX-License-Identifier: Apache-2.0
// Mediations and group differences in words and columns for the terminal.
#pragma once
#include <string>

#include "mechanism/channel_effects.h"
#include "mechanism/conditional_mediation.h"
#include "mechanism/correlated_errors.h"
#include "mechanism/gelbach.h"
#include "mechanism/group_difference.h"
#include "mechanism/mediation.h"
#include "mechanism/moderated_mediation.h"
#include "shape/threshold.h"

namespace panelist::cli {

std::string mediation_text(const Mediation& mediation);
std::string conditional_text(const ConditionalMediation& mediation);
std::string channel_text(const ChannelEffects& channels);
std::string moderated_text(const ModeratedMediation& moderated);
std::string gelbach_text(const Gelbach& result);
std::string correlated_errors_text(const std::vector<CorrelatedErrors>& all);
std::string threshold_text(const ThresholdModel& model);
// In the language of `--lang`.
std::string difference_text(const GroupDifference& difference, const std::string& lang);

}  // namespace panelist::cli
