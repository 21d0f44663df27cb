// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <fmt/format.h>

#include "cli/aligned_text.h"
#include "cli/program.h"

namespace panelist::cli {
namespace {

std::string heading(std::string_view text, bool color) {
  return color ? fmt::format("\033[1m{}\033[0m\n", text) : fmt::format("{}\n", text);
}

std::string examples_text(const Command& command) {
  std::string text;
  for (const Example& example : command.examples)
    text += fmt::format("  panelist {}\n      {}\n", example.arguments, example.summary);
  return text;
}

std::string options_text(const std::vector<Option>& options) {
  AlignedText lines("  ");
  for (const Option& option : options)
    lines.add({option.value.empty() ? fmt::format("--{}", option.name)
                                    : fmt::format("--{} {}", option.name, option.value),
               std::string(option.summary)});
  return lines.text();
}

}  // namespace

std::string program_help(bool color) {
  std::string text = fmt::format(
      "panelist {}: composite indices, panel regressions and publication tables\n\n", program_version);
  text += heading("Examples", color);
  text +=
      "  panelist run study.toml\n"
      "  panelist fit data.csv 'y ~ x | unit + year' --vcov 'cluster(unit)' --panel unit,year\n"
      "  panelist data data.xlsx\n\n";
  text += heading("Commands", color);
  AlignedText lines("  ");
  for (const Command& command : commands())
    lines.add({std::string(command.name), std::string(command.summary)});
  text += lines.text() + "\n" + heading("Options of all commands", color) + options_text(global_options());
  return text + "\n`panelist COMMAND --help` says more.\n";
}

std::string command_help(const Command& command, bool color) {
  std::string text = fmt::format("{}\n\n", command.summary);
  if (!command.examples.empty()) text += heading("Examples", color) + examples_text(command) + "\n";
  text += heading("Usage", color) + fmt::format("  panelist {} {}\n\n", command.name, command.usage);
  if (!command.description.empty()) text += fmt::format("{}\n\n", command.description);
  if (!command.options.empty()) text += heading("Options", color) + options_text(command.options) + "\n";
  return text + heading("Options of all commands", color) + options_text(global_options());
}

}  // namespace panelist::cli
