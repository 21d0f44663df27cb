// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "estimate/glm/rows.h"

namespace panelist {
namespace glm {

double log_factorial(double k) {
  constexpr int known = 256;
  static const std::array<double, known> table = [] {
    std::array<double, known> logs{};
    for (int i = 2; i < known; ++i)
      logs[static_cast<std::size_t>(i)] = logs[static_cast<std::size_t>(i - 1)] + std::log(i);
    return logs;
  }();
  if (k >= 0.0 && k < known && k == std::floor(k)) return table[static_cast<std::size_t>(k)];
  int sign = 0;
  return lgamma_r(k + 1.0, &sign);
}

}  // namespace glm

const std::vector<Family>& families() {
  static const std::vector<Family> catalog = {
      glm::poisson_family(),
      glm::logit_family(),
      glm::probit_family(),
      glm::negbin_family(),
  };
  return catalog;
}

const Family* find_family(std::string_view name) {
  for (const Family& family : families())
    if (family.name == name) return &family;
  return nullptr;
}

}  // namespace panelist
