// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/session.h"

namespace panelist::cli {
namespace {

std::vector<std::string> option_words(const Command& command) {
  std::vector<std::string> words;
  for (const Option& option : joined({command.options, global_options()}))
    words.push_back(fmt::format("--{}", option.name));
  return words;
}

std::string command_words() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  return join(names, " ");
}

std::string bash_completions() {
  std::string cases;
  for (const Command& command : commands())
    cases += fmt::format("    {}) words='{}' ;;\n", command.name, join(option_words(command), " "));
  return fmt::format(
      "_panelist() {{\n"
      "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" words\n"
      "  case \"${{COMP_WORDS[1]}}\" in\n{}    *) words='{}' ;;\n  esac\n"
      "  if [[ $COMP_CWORD -eq 1 || $word == -* ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
      "  else\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
      "  fi\n"
      "}}\n"
      "complete -o filenames -F _panelist panelist\n",
      cases, command_words());
}

std::string zsh_completions() {
  return "#compdef panelist\nautoload -U +X bashcompinit && bashcompinit\n" + bash_completions();
}

// In fish text, a quote inside single quotes is escaped.
std::string fish_text(std::string_view text) { return replace_all(std::string(text), "'", "\\'"); }

std::string fish_completions() {
  std::string text;
  for (const Command& command : commands()) {
    text += fmt::format("complete -c panelist -n __fish_use_subcommand -a {} -d '{}'\n", command.name,
                        fish_text(command.summary));
    for (const Option& option : joined({command.options, global_options()}))
      text += fmt::format("complete -c panelist -n '__fish_seen_subcommand_from {}' -l {}{} -d '{}'\n",
                          command.name, option.name, option.value.empty() ? "" : " -r",
                          fish_text(option.summary));
  }
  return text;
}

int run_completions(Session& session, const Arguments& arguments) {
  const std::string& shell = arguments.positional().front();
  if (shell != "bash" && shell != "zsh" && shell != "fish")
    throw Error("usage.bad_value", fmt::format("there are no completions for `{}`", shell),
                "available: bash, zsh, fish");
  session.print(shell == "bash"  ? bash_completions()
                : shell == "zsh" ? zsh_completions()
                                 : fish_completions());
  return 0;
}

}  // namespace

Command completions_command() {
  return {.name = "completions",
          .usage = "bash|zsh|fish",
          .summary = "completions for a shell",
          .description = "",
          .examples = {{"completions bash > ~/.local/share/bash-completion/completions/panelist",
                        "completions for bash, from the next shell on"}},
          .options = {},
          .least_arguments = 1,
          .most_arguments = 1,
          .run = run_completions};
}

}  // namespace panelist::cli
