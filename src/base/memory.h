// SPDX-License-Identifier: Apache-2.0
// Memory for large arrays that are written once: on large pages when there is much of it, so that first touching it is
// cheap. What is never touched costs nothing but addresses.
//
// Recycled memory is for arrays that a computation makes and lets go of: large blocks are kept for the next one that asks
// for as much, since clearing a fresh page takes as long as computing with it. The program never holds more of them, in
// use and waiting, than it once had in use.
// Errors  std::bad_alloc
#pragma once
#include <cstddef>
#include <memory>

namespace panelist {

std::shared_ptr<void> unset_memory(std::size_t bytes);
std::shared_ptr<void> recycled_memory(std::size_t bytes);
// n values of type T, not set.
template <typename T>
std::shared_ptr<T[]> unset_values(std::size_t n) {
  const std::shared_ptr<void> memory = unset_memory(n * sizeof(T));
  return std::shared_ptr<T[]>(memory, static_cast<T*>(memory.get()));
}

template <typename T>
std::shared_ptr<T[]> recycled_values(std::size_t n) {
  const std::shared_ptr<void> memory = recycled_memory(n * sizeof(T));
  return std::shared_ptr<T[]>(memory, static_cast<T*>(memory.get()));
}

}  // namespace panelist
