// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <csignal>

#include <unistd.h>

namespace panelist::cli {
namespace {

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int) {
  if (stop_asked.exchange(true)) _exit(130);
}

}  // namespace

const std::atomic<bool>* install_signal_handlers() {
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return &stop_asked;
}

}  // namespace panelist::cli
