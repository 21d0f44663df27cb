// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/program.h"
#include "cli/session.h"

namespace panelist::cli {
namespace {

// Text in roff: backslashes and dashes as they are, no line that begins like a request.
std::string roff(std::string_view text) {
  std::string escaped = replace_all(replace_all(std::string(text), "\\", "\\e"), "-", "\\-");
  if (escaped.starts_with(".") || escaped.starts_with("'")) escaped.insert(0, "\\&");
  return escaped;
}

std::string options_section(const std::vector<Option>& options) {
  std::string text;
  for (const Option& option : options)
    text +=
        fmt::format(".TP\n.B \\-\\-{} {}\n{}\n", roff(option.name), roff(option.value), roff(option.summary));
  return text;
}

std::string command_section(const Command& command) {
  std::string text = fmt::format(".SS panelist {} {}\n{}.\n", roff(command.name), roff(command.usage),
                                 roff(command.summary));
  if (!command.description.empty()) text += fmt::format("{}\n", roff(command.description));
  for (const Example& example : command.examples)
    text +=
        fmt::format(".PP\n{}:\n.nf\n    panelist {}\n.fi\n", roff(example.summary), roff(example.arguments));
  return text + options_section(command.options);
}

constexpr std::string_view exit_section =
    ".SH EXIT STATUS\n0 done; 1 findings (check, run \\-\\-frozen); 2 usage; 3 study file; 4 data; 5 "
    "estimation "
    "impossible; 6 output cannot be written; 70 internal error; 130 interrupted.\n";

int run_man(Session& session, const Arguments&) {
  std::string text = fmt::format(
      ".TH PANELIST 1 \"\" \"panelist {}\"\n.SH NAME\npanelist \\- composite indices, panel regressions and "
      "publication tables\n.SH SYNOPSIS\n.B panelist\nCOMMAND [ARGUMENTS] [OPTIONS]\n.SH COMMANDS\n",
      program_version);
  for (const Command& command : commands()) text += command_section(command);
  text += ".SH OPTIONS OF ALL COMMANDS\n" + options_section(global_options());
  session.print(text.append(exit_section));
  return 0;
}

}  // namespace

Command man_command() {
  return {.name = "man",
          .usage = "",
          .summary = "the manual page",
          .description = "",
          .examples = {{"man | man -l -", "read it"}},
          .options = {},
          .run = run_man};
}

}  // namespace panelist::cli
