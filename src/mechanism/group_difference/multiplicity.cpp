// SPDX-License-Identifier: Apache-2.0
#include "mechanism/multiplicity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/diagnostic.h"
#include "base/text.h"
#include "table/column.h"

namespace panelist {
namespace {

using Values = std::vector<double>;

std::vector<std::size_t> ascending_order(const Values& p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  return order;
}

// From the smallest p upwards, never falling.
template <typename Factor>
Values step_down(const Values& p, const Factor& factor) {
  Values out(p.size());
  double largest = 0;
  std::size_t rank = 0;
  for (const std::size_t i : ascending_order(p)) {
    largest = std::max(largest, std::min(1.0, factor(++rank) * p[i]));
    out[i] = largest;
  }
  return out;
}

// From the largest p downwards, never rising.
template <typename Factor>
Values step_up(const Values& p, const Factor& factor) {
  Values out(p.size());
  double smallest = 1;
  std::size_t rank = p.size();
  const std::vector<std::size_t> order = ascending_order(p);
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    smallest = std::min(smallest, factor(rank--) * p[*i]);
    out[*i] = smallest;
  }
  return out;
}

Values as_they_are(const Values& p) { return p; }

Values bonferroni(const Values& p) {
  Values out;
  for (const double one : p) out.push_back(std::min(1.0, static_cast<double>(p.size()) * one));
  return out;
}

Values sidak(const Values& p) {
  Values out;
  for (const double one : p)
    out.push_back(one < 1 ? -std::expm1(static_cast<double>(p.size()) * std::log1p(-one)) : 1);
  return out;
}

Values holm(const Values& p) {
  return step_down(p, [&](std::size_t rank) { return static_cast<double>(p.size() - rank + 1); });
}

Values hochberg(const Values& p) {
  return step_up(p, [&](std::size_t rank) { return static_cast<double>(p.size() - rank + 1); });
}

Values benjamini_hochberg(const Values& p) {
  const auto m = static_cast<double>(p.size());
  return step_up(p, [&](std::size_t rank) { return m / static_cast<double>(rank); });
}

Values benjamini_yekutieli(const Values& p) {
  const auto m = static_cast<double>(p.size());
  double harmonic = 0;
  for (std::size_t j = 1; j <= p.size(); ++j) harmonic += 1 / static_cast<double>(j);
  return step_up(p, [&](std::size_t rank) { return harmonic * m / static_cast<double>(rank); });
}

}  // namespace

const std::vector<Correction>& corrections() {
  static const std::vector<Correction> catalog = {
      {"holm", "Holm", "Holm ", "Holm (1979)", holm},
      {"bonferroni", "Bonferroni", "Bonferroni ", "Bonferroni (1936)", bonferroni},
      {"sidak", "Sidak", "Šidák ", "Sidak (1967)", sidak},
      {"hochberg", "Hochberg", "Hochberg ", "Hochberg (1988)", hochberg},
      {"bh", "Benjamini and Hochberg", "Benjamini-Hochberg ", "Benjamini & Hochberg (1995)",
       benjamini_hochberg},
      {"by", "Benjamini and Yekutieli", "Benjamini-Yekutieli ", "Benjamini & Yekutieli (2001)",
       benjamini_yekutieli},
      {"none", "none", "", "", as_they_are},
  };
  return catalog;
}

std::vector<std::string> correction_names() {
  std::vector<std::string> names;
  for (const Correction& correction : corrections()) names.emplace_back(correction.name);
  return names;
}

const Correction* find_correction(std::string_view name) {
  if (name == "benjamini-hochberg") name = "bh";
  for (const Correction& correction : corrections())
    if (correction.name == name) return &correction;
  return nullptr;
}

std::vector<double> corrected(const std::vector<double>& p, const std::string& name) {
  const Correction* correction = find_correction(name);
  if (correction == nullptr)
    throw Error("mechanism.unknown_correction", "no correction for several tests is called `" + name + "`",
                "choose among " + join(correction_names(), ", "), "correction " + name);
  Values there;
  for (const double one : p)
    if (!std::isnan(one)) there.push_back(one);
  there = correction->adjust(there);
  Values out(p.size(), missing_value);
  std::size_t next = 0;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (!std::isnan(p[i])) out[i] = there[next++];
  return out;
}

}  // namespace panelist
