// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/vectors.h"

#include <atomic>

namespace panelist::engine {
namespace {

bool processor_has_wide_vectors() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0;
#else
  return false;
#endif
}

std::atomic<bool>& wide() {
  static std::atomic<bool> allowed{processor_has_wide_vectors()};
  return allowed;
}

}  // namespace

bool wide_vectors() { return wide().load(std::memory_order_relaxed); }

void allow_wide_vectors(bool allowed) { wide() = allowed && processor_has_wide_vectors(); }

}  // namespace panelist::engine
