// SPDX-License-Identifier: Apache-2.0
#include "base/memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace panelist {
namespace {

constexpr std::size_t large_page = std::size_t{2} << 20;

}  // namespace

std::shared_ptr<void> unset_memory(std::size_t bytes) {
  const bool many = bytes >= 2 * large_page;
  const std::size_t unit = many ? large_page : 64;
  const std::size_t whole = std::max(unit, (bytes + unit - 1) / unit * unit);
  void* const memory = std::aligned_alloc(unit, whole);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (many) static_cast<void>(madvise(memory, whole, MADV_HUGEPAGE));
#endif
  return {memory, std::free};
}

}  // namespace panelist
