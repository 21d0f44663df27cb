// SPDX-License-Identifier: Apache-2.0
// Names of terms, effects and sets in the table's words.
#pragma once
#include <string>

#include "report/build_table.h"

namespace panelist {

// "province" -> "Province FE", "province^year" -> "Province × Year FE"; the unlabelled panel unit reads 个体固定效应.
std::string effect_label(const FrameEffect& effect, const std::string& unit, const Labels& labels,
                         const StyleEntry& style, const std::string& lang);
// The name of an effect or cluster variable without the word FE.
std::string group_label(const std::string& name, const Labels& labels);
// "controls" -> "Controls", "控制变量".
std::string set_label(const std::string& set, const Labels& labels, const std::string& lang);

}  // namespace panelist
