// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <unistd.h>

#include <csignal>
#include <string_view>

namespace panelist::cli {
namespace {

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int) {
  if (stop_asked.exchange(true)) _exit(130);
}

// Bytes of a mapped data file that are not there any more: nothing can go on, and only the plainest calls are safe.
void say_file_was_cut(int) {
  constexpr std::string_view words =
      "error[data.truncated]: a data file was cut short while it was read\n"
      "  = help: write it whole again, aside and then renamed, as `panelist data FILE --to NAME.pcol` does\n";
  static_cast<void>(!::write(STDERR_FILENO, words.data(), words.size()));
  _exit(4);
}

}  // namespace

const std::atomic<bool>* install_signal_handlers() {
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGBUS, say_file_was_cut);
  return &stop_asked;
}

}  // namespace panelist::cli
