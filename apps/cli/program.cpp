// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <thread>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/session.h"

namespace panelist::cli {
namespace {

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "auto": a terminal, and neither NO_COLOR nor a dumb terminal.
bool wants_color(const std::string& when, int descriptor) {
  if (when != "auto") return when == "always";
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return (no_color == nullptr || *no_color == 0) && isatty(descriptor) == 1 && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

// The command is the first word that is neither an option nor the value of --color or --lang.
std::size_t command_place(const std::vector<std::string>& words) {
  std::size_t at = 0;
  while (at < words.size() && words[at].starts_with("-"))
    at += words[at] == "--color" || words[at] == "--lang" ? 2 : 1;
  return std::min(at, words.size());
}

[[noreturn]] void throw_unknown_command(const std::string& word) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  const std::string near = nearest(word, names);
  throw Error(
      "usage.unknown_command", fmt::format("there is no command `{}`", word),
      near.empty() ? "`panelist --help` lists the commands" : fmt::format("did you mean `{}`?", near));
}

// Without a command only --help and --version say something.
int run_without_command(Session& session, const std::vector<std::string>& words) {
  if (holds(words, "--version")) {
    session.print(fmt::format("panelist {}\n", program_version));
    return 0;
  }
  static const Command itself{.name = "panelist",
                              .usage = "COMMAND",
                              .summary = "",
                              .description = "",
                              .examples = {},
                              .options = {}};
  const Arguments arguments(itself, words);
  if (arguments.wants_help()) {
    session.print(program_help(session.color_result));
    return 0;
  }
  write_to_stderr(program_help(session.color));
  return 2;
}

void prepare(Session& session, const Arguments& arguments) {
  const std::string when = arguments.choice("color", {"auto", "always", "never"});
  session.color = wants_color(when, STDERR_FILENO);
  session.color_result = wants_color(when, STDOUT_FILENO);
  session.lang = arguments.choice("lang", {"en", "zh"});
  session.quiet = arguments.has("quiet");
  session.json = arguments.has("json");
  const long long cores = std::max(1U, std::thread::hardware_concurrency());
  session.context.threads = static_cast<int>(std::min(arguments.integer("threads", cores, 1), 1024LL));
  session.context.seed = static_cast<std::uint64_t>(arguments.integer("seed", 1, 0));
}

int run_words(Session& session, const std::vector<std::string>& words) {
  const std::size_t at = command_place(words);
  if (at == words.size()) return run_without_command(session, words);
  std::vector<std::string> rest(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at));
  rest.insert(rest.end(), words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end());
  if (words[at] == "help") {
    const Command* about = rest.empty() ? nullptr : find_command(rest[0]);
    if (!rest.empty() && about == nullptr) throw_unknown_command(rest[0]);
    session.print(about ? command_help(*about, session.color_result) : program_help(session.color_result));
    return 0;
  }
  const Command* command = find_command(words[at]);
  if (command == nullptr) throw_unknown_command(words[at]);
  if (holds(rest, "--version")) return run_without_command(session, {"--version"});
  const Arguments arguments(*command, rest);
  prepare(session, arguments);
  if (arguments.wants_help()) {
    session.print(command_help(*command, session.color_result));
    return 0;
  }
  const int exit_code = command->run(session, arguments);
  session.show_warnings();
  return exit_code;
}

// {"error": the first} on stdout under --json; all in words on stderr. Exit code of the first error.
int fail(const Session& session, const std::vector<Diagnostic>& diagnostics) {
  const auto first = std::find_if(diagnostics.begin(), diagnostics.end(),
                                  [](const Diagnostic& item) { return item.severity == Severity::error; });
  if (session.json) session.print(fmt::format("{{\"error\": {}}}\n", render_json(*first, session.sources)));
  write_to_stderr(session.in_words(diagnostics));
  return exit_code_of(*first);
}

Diagnostic internal_error(const char* code, const std::string& message, const char* hint) {
  return Error(code, message, hint).diagnostic();
}

// Runs `body` and turns every exception into words and an exit code.
template <typename Body>
int guarded(const Session& session, Body body) {
  try {
    return body();
  } catch (const Mistakes& mistakes) {
    return fail(session, mistakes.items.items());
  } catch (const Error& error) {
    return fail(session, {error.diagnostic()});
  } catch (const Stopped&) {
    write_to_stderr("stopped\n");
    return exit_interrupted;
  } catch (const std::bad_alloc&) {
    return fail(session, {internal_error("internal.out_of_memory", "there is not enough memory for this job",
                                         "close other programs, use a smaller file or a larger machine")});
  } catch (const std::exception& error) {
    return fail(session,
                {internal_error("internal.unexpected", error.what(),
                                "this is a fault of the program: please report it with the command")});
  }
}

}  // namespace

int run_program(const std::vector<std::string>& words) {
  Session session;
  TerminalProgress progress;
  session.context.stop = install_signal_handlers();
  session.context.warnings = &session.warnings;
  session.json = holds(words, "--json");
  session.color = wants_color("auto", STDERR_FILENO);
  session.color_result = wants_color("auto", STDOUT_FILENO);
  if (!holds(words, "--quiet") && isatty(STDERR_FILENO) == 1) session.context.progress = &progress;
  try {
    return guarded(session, [&] {
      const int exit_code = guarded(session, [&] { return run_words(session, words); });
      if (exit_code != 0) session.show_warnings();
      return exit_code;
    });
  } catch (const ReaderGone&) {
    return 0;
  } catch (const Error&) {  // stdout cannot take the error either; stderr has it
    return 6;
  }
}

}  // namespace panelist::cli
