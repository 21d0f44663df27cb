// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "base/random.h"
#include "infer/wild_bootstrap.h"

namespace panelist {
namespace {

// Sign changes by the bits of the replicate's number: number 0 is the identity.
Vector signs_of_number(Level groups, std::int64_t number) {
  Vector weights(groups);
  for (Level g = 0; g < groups; ++g) weights(g) = (number >> g & 1) != 0 ? -1 : 1;
  return weights;
}

Vector rademacher(Random& random, Level groups) {
  Vector weights(groups);
  std::uint32_t bits = 0;
  for (Level g = 0; g < groups; ++g) {
    if (g % 32 == 0) bits = random.next();
    weights(g) = (bits & 1U) != 0 ? -1 : 1;
    bits >>= 1U;
  }
  return weights;
}

double webb(Random& random) {
  static const double points[6] = {-std::sqrt(1.5), -1, -std::sqrt(0.5), std::sqrt(0.5), 1, std::sqrt(1.5)};
  return points[random.below(6)];
}

// Mean zero, variance and third moment one.
double mammen(Random& random) {
  static const double root = std::sqrt(5.0);
  return random.uniform() < (root + 1) / (2 * root) ? (1 - root) / 2 : (1 + root) / 2;
}

double draw(WildWeights kind, Random& random) {
  if (kind == WildWeights::webb) return webb(random);
  return kind == WildWeights::mammen ? mammen(random) : random.normal();
}

}  // namespace

bool wild_enumerates(WildWeights kind, Level groups, std::int64_t reps) {
  return kind == WildWeights::rademacher && groups < 62 && (std::int64_t{1} << groups) <= reps;
}

Vector wild_weights(const Context& context, WildWeights kind, Level groups, std::int64_t replicate,
                    bool enumerated) {
  if (enumerated) return signs_of_number(groups, replicate);
  Random random(context.seed, "wild bootstrap", static_cast<std::uint64_t>(replicate));
  if (kind == WildWeights::rademacher) return rademacher(random, groups);
  Vector weights(groups);
  for (Level g = 0; g < groups; ++g) weights(g) = draw(kind, random);
  return weights;
}

}  // namespace panelist
