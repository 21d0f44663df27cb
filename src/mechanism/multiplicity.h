// SPDX-License-Identifier: Apache-2.0
// p-values of several tests, corrected for being several: a catalog. m tests, p_(1) <= ... <= p_(m):
//
//   bonferroni  min(1, m p)
//   sidak       1 - (1 - p)^m                            exact for independent tests
//   holm        max_{j <= i} min(1, (m - j + 1) p_(j))   never worse than bonferroni, under any dependence (default)
//   hochberg    min_{j >= i} (m - j + 1) p_(j)           independent or positively dependent tests
//   bh          min_{j >= i} m/j p_(j)                   the false discovery rate, not the chance of any false one
//   by          bh times sum 1/j                         the same under any dependence
//
// Missing p-values stay missing and do not count.
// Errors  mechanism.unknown_correction
// Source  Holm (1979); Sidak (1967); Hochberg (1988); Benjamini & Hochberg (1995); Benjamini & Yekutieli (2001)
// Agrees  R's p.adjust (tests/mechanism)
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

struct Correction {
  std::string_view name;
  std::string_view words;  // "Holm"
  std::string_view zh;
  std::string_view source;
  std::vector<double> (*adjust)(const std::vector<double>& p) = nullptr;  // of p-values that are there
};
const std::vector<Correction>& corrections();
std::vector<std::string> correction_names();
// Null when there is none of this name; "benjamini-hochberg" is bh.
const Correction* find_correction(std::string_view name);
std::vector<double> corrected(const std::vector<double>& p, const std::string& correction);

}  // namespace panelist
