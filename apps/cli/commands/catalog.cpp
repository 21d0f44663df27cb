// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/catalog.h"

namespace panelist::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> catalog = {
      init_command(),      data_command(),    check_command(),       run_command(),     fit_command(),
      index_command(),     summary_command(), test_command(),        mediate_command(), decompose_command(),
      threshold_command(), event_command(),   compare_command(),     curve_command(),   explain_command(),
      doctor_command(),    schema_command(),  completions_command(), man_command(),
  };
  return catalog;
}

const Command* find_command(std::string_view name) {
  for (const Command& command : commands())
    if (command.name == name) return &command;
  return nullptr;
}

}  // namespace panelist::cli
