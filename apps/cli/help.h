// SPDX-License-Identifier: Apache-2.0
// Help texts, made from the catalog of commands.
#pragma once
#include <string>

#include "cli/command.h"

namespace panelist::cli {

std::string program_help(bool color);
std::string command_help(const Command& command, bool color);

}  // namespace panelist::cli
