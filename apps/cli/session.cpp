// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace panelist::cli {
namespace {

[[noreturn]] void throw_unwritable_stdout(int reason) {
  if (reason == EPIPE) throw ReaderGone{};
  if (reason == ENOSPC || reason == EFBIG || reason == EDQUOT)
    throw Error("output.disk_full", "no space left to write the results to stdout",
                "free some space or redirect to another place");
  throw Error("output.cannot_write",
              std::string("cannot write the results to stdout: ") + std::strerror(reason),
              "check where stdout is redirected to");
}

// Returns 0 or the reason why not all was written.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t step = ::write(descriptor, text.data(), text.size());
    if (step < 0 && errno == EINTR) continue;
    if (step < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(step));
  }
  return 0;
}

}  // namespace

void write_to_stderr(std::string_view text) { static_cast<void>(write_all(STDERR_FILENO, text)); }

// Who asked to stop is told so, and gets no results that came meanwhile.
void Session::print(std::string_view text) const {
  context.stop_if_asked();
  if (const int reason = write_all(STDOUT_FILENO, text); reason != 0) throw_unwritable_stdout(reason);
}

void Session::say(std::string_view text) const {
  if (!quiet) write_to_stderr(text);
}

std::string Session::in_words(const std::vector<Diagnostic>& items) const {
  std::string text;
  for (const Diagnostic& item : items) {
    const std::string words = render(item, sources, color);
    if (shown.insert(item.severity == Severity::error ? words : item.code + item.message).second)
      text += words;
  }
  return text;
}

void Session::show(const Diagnostics& diagnostics) const { say(in_words(diagnostics.items())); }

void Session::show_warnings() {
  show(warnings);
  warnings = {};
}

Span Session::place(const std::string& name, const std::string& text) {
  sources.push_back({name, text});
  return {name, 0, text.size()};
}

void Session::stop_on_mistakes(const Diagnostics& diagnostics) const {
  if (diagnostics.has_errors()) throw Mistakes{diagnostics};
  show(diagnostics);
}

}  // namespace panelist::cli
