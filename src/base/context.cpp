// SPDX-License-Identifier: Apache-2.0
#include "base/context.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace panelist {

namespace {

// What went wrong in each block; the first by number is rethrown.
struct BlockFailures {
  explicit BlockFailures(std::int64_t blocks) : first(blocks) {}
  void record(std::int64_t block, std::exception_ptr what) {
    const std::lock_guard lock(mutex);
    if (block < first) {
      first = block;
      failure = std::move(what);
    }
  }
  std::mutex mutex;
  std::int64_t first;
  std::exception_ptr failure;
};

// One call of for_each_block: threads take block numbers until none is left.
class Job {
 public:
  Job(const Context& context, std::int64_t blocks, const std::function<void(std::int64_t)>& body)
      : context_(context), blocks_(blocks), body_(body), failures_(blocks) {}

  void work() {
    for (std::int64_t block = next_++; block < blocks_; block = next_++) {
      try {
        context_.stop_if_asked();
        body_(block);
      } catch (...) {
        failures_.record(block, std::current_exception());
        next_ = blocks_;
      }
    }
  }
  void rethrow() const {
    if (failures_.failure) std::rethrow_exception(failures_.failure);
  }

  int helping = 0;  // threads of the crew at work; guarded by the crew

 private:
  const Context& context_;
  std::int64_t blocks_;
  const std::function<void(std::int64_t)>& body_;
  std::atomic<std::int64_t> next_{0};
  BlockFailures failures_;
};

// Threads that outlast one call: passes of a millisecond come by the hundred, and starting a thread for each costs as
// much as the pass. They look for work a little while before they sleep. Jobs may come from several threads and from
// within a job: whoever asks works too, so that nobody waits for a thread that is not there.
class Crew {
 public:
  // Never taken down: threads asleep at the end of the process need not be woken for it.
  static Crew& of_process() {
    static Crew* const crew = new Crew;
    return *crew;
  }

  void run(Job& job, int helpers) {
    offer(job, helpers);
    job.work();
    withdraw(job);
  }

 private:
  void offer(Job& job, int helpers) {
    const std::lock_guard lock(mutex_);
    hire(helpers);
    for (int h = 0; h < helpers; ++h) offers_.push_back(&job);
    open_.store(static_cast<int>(offers_.size()), std::memory_order_release);
    wake_.notify_all();
  }

  // Where the system gives no more threads, those there are do the work.
  void hire(int helpers) {
    try {
      for (; threads_ < helpers; ++threads_) std::thread([this] { serve(); }).detach();
    } catch (const std::system_error&) {
      return;
    }
  }

  // Takes back what nobody took up and waits for those at work.
  void withdraw(Job& job) {
    std::unique_lock lock(mutex_);
    offers_.erase(std::remove(offers_.begin(), offers_.end(), &job), offers_.end());
    open_.store(static_cast<int>(offers_.size()), std::memory_order_release);
    done_.wait(lock, [&] { return job.helping == 0; });
  }

  void serve() {
    for (;;) {
      Job& job = next_job();
      job.work();
      const std::lock_guard lock(mutex_);
      if (--job.helping == 0) done_.notify_all();
    }
  }

  Job& next_job() {
    for (int look = 0; look < looks_before_sleep && open_.load(std::memory_order_acquire) == 0; ++look)
      std::this_thread::yield();
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return !offers_.empty(); });
    Job& job = *offers_.back();
    offers_.pop_back();
    open_.store(static_cast<int>(offers_.size()), std::memory_order_release);
    ++job.helping;
    return job;
  }

  static constexpr int looks_before_sleep = 200;
  std::mutex mutex_;
  std::condition_variable wake_, done_;
  std::vector<Job*> offers_;  // one entry a thread wanted
  std::atomic<int> open_{0};
  int threads_ = 0;
};

}  // namespace

void for_each_block(const Context& context, std::int64_t blocks,
                    const std::function<void(std::int64_t)>& body) {
  const std::int64_t threads = std::min<std::int64_t>(std::max(context.threads, 1), blocks);
  if (threads <= 1) {
    for (std::int64_t block = 0; block < blocks; ++block) {
      context.stop_if_asked();
      body(block);
    }
    return;
  }
  Job job(context, blocks, body);
  Crew::of_process().run(job, static_cast<int>(threads) - 1);
  job.rethrow();
}

}  // namespace panelist
