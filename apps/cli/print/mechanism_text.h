// SPDX-License-Identifier: Apache-2.0
// Mediations and group differences in words and columns for the terminal.
#pragma once
#include <string>

#include "mechanism/group_difference.h"
#include "mechanism/mediation.h"

namespace panelist::cli {

std::string mediation_text(const Mediation& mediation);
std::string difference_text(const GroupDifference& difference);

}  // namespace panelist::cli
