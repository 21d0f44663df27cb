// SPDX-License-Identifier: Apache-2.0
// Counter-based random numbers: Philox4x32-10 keyed by (seed, name, replicate), so that replicate 731 is the
// same whoever computes it and whatever was computed before. Source  Salmon, Moraes, Dror & Shaw (2011),
// SC11, "Parallel random numbers: as easy as 1, 2, 3" Agrees  the known-answer vectors of the paper's
// Random123 distribution (tests/base/random_test.cpp)
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace panelist {

class Random {
 public:
  Random(std::uint64_t seed, std::string_view name, std::uint64_t replicate);
  std::uint32_t next();                  // uniform on 32 bits
  double uniform();                      // [0, 1), 53 bits
  double normal();                       // standard normal, by inversion
  std::uint32_t below(std::uint32_t n);  // uniform on {0 .. n-1}, unbiased

 private:
  std::array<std::uint32_t, 4> counter_{};
  std::array<std::uint32_t, 2> key_{};
  std::array<std::uint32_t, 4> buffer_{};
  int used_ = 4;
};

// One Philox4x32-10 block; exposed for its known-answer test.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

}  // namespace panelist
