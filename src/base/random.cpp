// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include "base/distribution.h"

namespace panelist {

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t first_multiplier = 0xD2511F53U, second_multiplier = 0xCD9E8D57U;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = first_multiplier * counter[0];
    const std::uint64_t b = second_multiplier * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32U) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32U) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

namespace {

// FNV-1a, so that a stream's name enters the key the same way everywhere.
std::uint64_t hash_name(std::string_view name) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
  return hash;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view name, std::uint64_t replicate) {
  const std::uint64_t stream = hash_name(name) ^ (seed * 0x9E3779B97F4A7C15ULL);
  key_ = {static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32U)};
  counter_ = {0, 0, static_cast<std::uint32_t>(replicate), static_cast<std::uint32_t>(replicate >> 32U)};
}

std::uint32_t Random::next() {
  if (used_ == 4) {
    buffer_ = philox4x32(counter_, key_);
    if (++counter_[0] == 0) ++counter_[1];
    used_ = 0;
  }
  return buffer_[static_cast<std::size_t>(used_++)];
}

double Random::uniform() {
  const std::uint64_t high = next() >> 5U, low = next() >> 6U;
  return static_cast<double>(high * 67108864U + low) / 9007199254740992.0;
}

double Random::normal() {
  // The midpoint of the cell keeps the argument inside (0, 1).
  return normal_quantile(uniform() + 0.5 / 9007199254740992.0);
}

std::uint32_t Random::below(std::uint32_t n) {
  // Lemire's multiply-and-reject: exact uniformity.
  std::uint64_t product = static_cast<std::uint64_t>(next()) * n;
  if (static_cast<std::uint32_t>(product) < n) {
    const std::uint32_t threshold = (0U - n) % n;
    while (static_cast<std::uint32_t>(product) < threshold) product = static_cast<std::uint64_t>(next()) * n;
  }
  return static_cast<std::uint32_t>(product >> 32U);
}

}  // namespace panelist
