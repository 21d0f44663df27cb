// SPDX-License-Identifier: Apache-2.0
// The commands, each from its own file. The order is that of the help.
#pragma once
#include "cli/command.h"

namespace panelist::cli {

Command init_command();
Command data_command();
Command check_command();
Command run_command();
Command fit_command();
Command index_command();
Command summary_command();
Command test_command();
Command mediate_command();
Command decompose_command();
Command threshold_command();
Command compare_command();
Command event_command();
Command curve_command();
Command explain_command();
Command doctor_command();
Command schema_command();
Command completions_command();
Command man_command();

}  // namespace panelist::cli
