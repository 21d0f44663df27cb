// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/diagnostic.h"
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/explanations.h"
#include "cli/session.h"

namespace panelist::cli {
namespace {

std::string list_of_codes() {
  std::string text;
  for (const Explanation& entry : all_explanations()) text += fmt::format("{}\n", entry.code);
  return text;
}

[[noreturn]] void throw_unknown_code(const std::string& code) {
  std::vector<std::string> codes;
  for (const Explanation& entry : all_explanations()) codes.emplace_back(entry.code);
  const std::string near = nearest(code, codes);
  throw Error("usage.unknown_code", fmt::format("there is no diagnostic `{}`", code),
              near.empty() ? "`panelist explain` lists them all" : fmt::format("did you mean `{}`?", near));
}

std::string indented(std::string_view text) {
  std::string out = "  ";
  for (const char c : text) out += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return out;
}

int run_explain(Session& session, const Arguments& arguments) {
  if (arguments.positional().empty()) {
    session.print(list_of_codes());
    return 0;
  }
  const std::string& code = arguments.positional().front();
  const Explanation* entry = find_explanation(code);
  if (entry == nullptr) throw_unknown_code(code);
  session.print(fmt::format("{}\n\n{}\n\nExample\n{}\n", code, entry->words, indented(entry->example)));
  return 0;
}

}  // namespace

Command explain_command() {
  return {.name = "explain",
          .usage = "[CODE]",
          .summary = "what a diagnostic code means, with an example",
          .description = "Without CODE, all codes.",
          .examples = {{"explain data.duplicate_keys", "one code"}, {"explain", "the list"}},
          .options = {},
          .least_arguments = 0,
          .most_arguments = 1,
          .run = run_explain};
}

}  // namespace panelist::cli
