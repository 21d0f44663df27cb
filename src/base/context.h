// SPDX-License-Identifier: Apache-2.0
// The running job: threads, stop request, progress, warnings, root seed. First parameter of whatever may take
// long, use threads or draw random numbers. There is no global.
//
// Progress is silent unless the sink draws it; the terminal's sink waits two seconds before it shows
// anything. A stop (Ctrl-C) is polled at loop heads with stop_if_asked(), never inside kernels; it throws
// Stopped.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "base/diagnostic.h"

namespace panelist {

// The user asked to stop. Not an Error: caught at the borders only (exit code 130).
struct Stopped {};

// Receives the progress of named tasks. Called from the thread that runs the task.
struct ProgressSink {
  virtual ~ProgressSink() = default;
  virtual void update(const std::string& task, std::int64_t done, std::int64_t total) = 0;
  virtual void finish(const std::string& task) = 0;
};

struct Context {
  int threads = 1;
  std::uint64_t seed = 1;
  const std::atomic<bool>* stop = nullptr;
  ProgressSink* progress = nullptr;
  Diagnostics* warnings = nullptr;  // where libraries put warnings that are not part of a result

  void stop_if_asked() const {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Stopped{};
  }
  void warn(Diagnostic diagnostic) const {
    if (warnings != nullptr) warnings->add(std::move(diagnostic));
  }
};

// Scope of one long task: `Task task(context, "bootstrap", replicates); task.advance();`
class Task {
 public:
  Task(const Context& context, std::string name, std::int64_t total)
      : context_(context), name_(std::move(name)), total_(total) {}
  ~Task() {
    if (context_.progress != nullptr) context_.progress->finish(name_);
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  void advance(std::int64_t by = 1) {
    context_.stop_if_asked();
    done_ += by;
    if (context_.progress != nullptr) context_.progress->update(name_, done_, total_);
  }

 private:
  const Context& context_;
  std::string name_;
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
};

// Calls body(block) for block = 0 .. blocks-1 on up to context.threads threads. Which thread runs which block
// is free; results must be stored by block number and folded in that order, so they do not depend on threads.
// The first exception (by block number) is rethrown after all threads have stopped. A stop is polled before each block.
void for_each_block(const Context& context, std::int64_t blocks,
                    const std::function<void(std::int64_t)>& body);

}  // namespace panelist
