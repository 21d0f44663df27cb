// SPDX-License-Identifier: Apache-2.0
#include "base/memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <new>

namespace panelist {
namespace {

constexpr std::size_t large_page = std::size_t{2} << 20;
// A block stands in for one that is smaller by less than this share.
constexpr std::size_t largest_waste = 8;

struct Size {
  std::size_t unit = 0, bytes = 0;
  [[nodiscard]] bool is_large() const { return unit == large_page; }
};

Size size_of(std::size_t bytes) {
  const std::size_t unit = bytes >= 2 * large_page ? large_page : 64;
  return {unit, std::max(unit, (bytes + unit - 1) / unit * unit)};
}

void* fresh_block(const Size& size) {
  void* const memory = std::aligned_alloc(size.unit, size.bytes);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (size.is_large()) static_cast<void>(madvise(memory, size.bytes, MADV_HUGEPAGE));
#endif
  return memory;
}

// Large blocks that were let go of and wait to be used again: the kernel clears every page it gives, which takes as long
// as computing with it. Blocks are given back before the program would hold more than it has held in use at once.
class LargeBlocks {
 public:
  // Room for at least `bytes`, a multiple of large pages; says how much.
  void* take(std::size_t& bytes) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = idle_.lower_bound(bytes);
    if (found != idle_.end() && found->first - bytes <= bytes / largest_waste) {
      bytes = found->first;
      void* const memory = found->second;
      idle_.erase(found);
      idle_bytes_ -= bytes;
      used_bytes_ += bytes;
      return memory;
    }
    give_back_beyond(most_bytes_ > used_bytes_ + bytes ? most_bytes_ - used_bytes_ - bytes : 0);
    void* const memory = fresh_block({large_page, bytes});
    used_bytes_ += bytes;
    most_bytes_ = std::max(most_bytes_, used_bytes_);
    return memory;
  }

  void let_go(void* memory, std::size_t bytes) {
    const std::lock_guard<std::mutex> lock(mutex_);
    used_bytes_ -= bytes;
    idle_bytes_ += bytes;
    idle_.emplace(bytes, memory);
  }

 private:
  // The largest first: they are the least likely to be asked for again.
  void give_back_beyond(std::size_t bytes) {
    while (idle_bytes_ > bytes) {
      const auto last = std::prev(idle_.end());
      std::free(last->second);
      idle_bytes_ -= last->first;
      idle_.erase(last);
    }
  }

  std::mutex mutex_;
  std::multimap<std::size_t, void*> idle_;
  std::size_t idle_bytes_ = 0, used_bytes_ = 0, most_bytes_ = 0;
};

// Never destroyed: arrays may be let go of while the program ends.
LargeBlocks& large_blocks() {
  static auto* const blocks = new LargeBlocks;
  return *blocks;
}

}  // namespace

std::shared_ptr<void> unset_memory(std::size_t bytes) { return {fresh_block(size_of(bytes)), std::free}; }

std::shared_ptr<void> recycled_memory(std::size_t bytes) {
  Size size = size_of(bytes);
  if (!size.is_large()) return unset_memory(bytes);
  void* const memory = large_blocks().take(size.bytes);
  return {memory, [held = size.bytes](void* block) { large_blocks().let_go(block, held); }};
}

}  // namespace panelist
