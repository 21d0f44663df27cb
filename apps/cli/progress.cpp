// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/session.h"

namespace panelist::cli {

using namespace std::chrono_literals;

void TerminalProgress::update(const std::string& task, std::int64_t done, std::int64_t total) {
  const std::lock_guard guard(lock_);
  const auto now = Clock::now();
  if (now - start_ < 2s || now - last_ < 100ms) return;
  last_ = now;
  drawn_ = true;
  const double share = total > 0 ? 100.0 * static_cast<double>(done) / static_cast<double>(total) : 0;
  write_to_stderr(fmt::format("\r\033[K{} {}/{} ({:.0f}%)", task, done, total, share));
}

void TerminalProgress::finish(const std::string&) {
  const std::lock_guard guard(lock_);
  if (drawn_) write_to_stderr("\r\033[K");
  drawn_ = false;
}

}  // namespace panelist::cli
