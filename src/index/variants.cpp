// SPDX-License-Identifier: Apache-2.0
#include "index/variants.h"

#include <algorithm>

#include "base/text.h"

namespace panelist {
namespace {

// The usual values of a convention, the index's own among them.
std::vector<std::string> with_own(std::vector<std::string> usual, const std::string& own) {
  if (std::find(usual.begin(), usual.end(), own) == usual.end()) usual.push_back(own);
  return usual;
}

std::vector<std::string> zero_rules_of(const std::string& method, const IndexConventions& own) {
  if (method != "entropy") return {own.zero};
  return with_own({"limit", "1e-4", "0.01"}, own.zero);
}

std::vector<std::string> choices_of(const IndexConventions& c) {
  std::vector<std::string> choices = {"normalise: " + c.normalise, "weights: " + c.method,
                                      "mean: " + join(c.aggregate, ", "), "pool: " + c.pool};
  if (c.method == "entropy") choices.push_back("zero: " + c.zero);
  return choices;
}

// Calls take(conventions) for every combination.
template <typename Take>
void for_each_combination(const IndexConventions& own, Take take) {
  const std::string mean = join(own.aggregate, ", ");
  IndexConventions c = own;
  for (const std::string& normalise : with_own({"minmax", "zscore", "rank", "percentile"}, own.normalise))
    for (const std::string& method :
         with_own({"entropy", "equal", "critic", "cv_normalised", "sd"}, own.method))
      for (const std::string& aggregate : with_own({"arithmetic", "geometric"}, mean))
        for (const std::string& pool : with_own({"all", "year"}, own.pool))
          for (const std::string& zero : zero_rules_of(method, own)) {
            c.normalise = normalise;
            c.method = method;
            c.aggregate = aggregate == mean ? own.aggregate : std::vector<std::string>{aggregate};
            c.pool = pool;
            c.zero = zero;
            take(c);
          }
}

}  // namespace

std::vector<IndexVariant> convention_variants(const IndexSystem& system, const IndexConventions& own) {
  std::vector<IndexVariant> variants;
  for_each_combination(
      own, [&](const IndexConventions& c) { variants.push_back({choices_of(c), c, system, "", c == own}); });
  return variants;
}

std::vector<IndexVariant> left_out_variants(const IndexSystem& system, const IndexConventions& own) {
  std::vector<IndexVariant> variants;
  if (system.indicators.size() < 2) return variants;
  for (std::size_t j = 0; j < system.indicators.size(); ++j) {
    IndexVariant variant{{}, own, system, system.indicators[j].code, false};
    variant.system.indicators.erase(variant.system.indicators.begin() + static_cast<std::ptrdiff_t>(j));
    variant.choices = {"without: " + variant.left_out};
    variants.push_back(std::move(variant));
  }
  return variants;
}

}  // namespace panelist
