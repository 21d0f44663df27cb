// SPDX-License-Identifier: Apache-2.0
// Draws the progress of a long task on one line of the terminal, after two seconds and ten times a second.
#pragma once
#include <chrono>
#include <mutex>

#include "base/context.h"

namespace panelist::cli {

class TerminalProgress : public ProgressSink {
 public:
  void update(const std::string& task, std::int64_t done, std::int64_t total) override;
  void finish(const std::string& task) override;

 private:
  using Clock = std::chrono::steady_clock;
  std::mutex lock_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
  bool drawn_ = false;
};

}  // namespace panelist::cli
