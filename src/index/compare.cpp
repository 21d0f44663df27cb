// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "index/nodes.h"
#include "index/normalise.h"
#include "index/ranks.h"

namespace panelist {
namespace {

struct Variant {
  std::string what;
  IndexConventions conventions;
  bool all_positive = false;
};

// One convention under each of the values listed; `change` takes conventions and a value.
template <typename Change>
void add_variants(std::vector<Variant>& variants, const std::string& what, const IndexConventions& baseline,
                  const std::vector<std::string>& values, Change change) {
  for (const std::string& value : values) {
    IndexConventions changed = baseline;
    change(changed, value);
    if (changed != baseline) variants.push_back({what + " " + value, changed});
  }
}

void add_levels(std::vector<Variant>& variants, const IndexConventions& baseline) {
  add_variants(variants, "levels", baseline, {"one-step", "two-step", "two-step, renormalised"},
               [](IndexConventions& c, const std::string& levels) {
                 c.levels = levels == "one-step" ? "one-step" : "two-step";
                 c.renormalise = levels == "two-step, renormalised";
               });
}

std::vector<Variant> variants_of(const IndexConventions& baseline, const IndexSystem& system) {
  using C = IndexConventions;
  using Text = const std::string&;
  std::vector<Variant> variants;
  add_variants(variants, "method", baseline, {"entropy", "equal", "critic", "cv_normalised", "sd", "pca"},
               [](C& c, Text value) { c.method = value; });
  add_variants(variants, "pool", baseline, {"all", "year", "unit"}, [](C& c, Text value) { c.pool = value; });
  if (baseline.method == "entropy")
    add_variants(variants, "zero", baseline, {"limit", "1e-4", "0.01", "smooth:0.01"},
                 [](C& c, Text value) { c.zero = value; });
  if (dimensions_of(system).size() > 1) add_levels(variants, baseline);
  add_variants(variants, "winsor", baseline, {"0.01"}, [](C& c, Text) { c.winsor = 0.01; });
  add_variants(variants, "normalise", baseline, {"minmax", "zscore", "rank", "percentile"},
               [](C& c, Text value) { c.normalise = value; });
  add_variants(variants, "aggregate", baseline, {"arithmetic", "geometric"},
               [](C& c, Text value) { c.aggregate = {value}; });
  const bool turned = std::any_of(system.indicators.begin(), system.indicators.end(),
                                  [](const Indicator& indicator) { return indicator.direction == '-'; });
  if (turned) variants.push_back({"every direction positive", baseline, true});
  return variants;
}

// A change that does not touch the method's arithmetic compares nothing.
bool applies(const Variant& variant, const IndexConventions& baseline) {
  if (baseline.method != "pca") return true;
  return variant.all_positive || variant.what.starts_with("method ") || variant.what == "winsor 0.01";
}

IndexSystem positive(IndexSystem system) {
  for (Indicator& indicator : system.indicators)
    if (indicator.direction == '-') indicator.direction = '+';
  return system;
}

std::size_t times_of(const IndexResult& index, const Panel& panel) {
  if (panel.time.empty()) return 0;
  std::vector<std::int64_t> times;
  for (const std::size_t row : index.rows) times.push_back(panel.time[row]);
  std::sort(times.begin(), times.end());
  return static_cast<std::size_t>(std::unique(times.begin(), times.end()) - times.begin());
}

// Sums over all rows divided by ln T.
void compare_years(const Context& context, const IndexResult& index, const Panel& panel,
                   std::vector<ConventionComparison>& comparisons) {
  const IndexConventions& c = index.conventions;
  const std::size_t times = times_of(index, panel), rows = index.rows.size();
  const bool plain = c.method == "entropy" && c.pool == "all" && c.levels == "one-step" &&
                     c.missing == "refuse" && c.aggregate == std::vector<std::string>{"arithmetic"};
  if (!plain || times < 2 || times >= rows) return;
  Vector redundancy(static_cast<Index>(index.indicators.size()));
  for (Index j = 0; j < redundancy.size(); ++j)
    redundancy(j) = 1 - index.indicators[static_cast<std::size_t>(j)].entropy *
                            std::log(static_cast<double>(rows)) / std::log(static_cast<double>(times));
  if (redundancy.sum() == 0) return;
  const Vector score = index.stages.back().values * (redundancy / redundancy.sum());
  comparisons.push_back(
      {"k = 1/ln T (a mistake)",
       score_change(index, score, RanksWithinTime(panel, index.rows).rank(context, score))});
}

}  // namespace

std::vector<ConventionComparison> compare_conventions(const Context& context, const IndexSystem& system,
                                                      const IndexConventions& baseline, const Table& table,
                                                      const Panel& panel,
                                                      const std::vector<std::size_t>& rows) {
  const IndexResult index = build_index(context, system, baseline, table, panel, rows);
  std::vector<ConventionComparison> comparisons;
  for (const Variant& variant : variants_of(baseline, system)) {
    if (!applies(variant, baseline)) continue;
    try {
      const IndexResult other = build_index(context, variant.all_positive ? positive(system) : system,
                                            variant.conventions, table, panel, rows);
      comparisons.push_back({variant.what, score_change(index, other.score, other.rank)});
    } catch (const Error& error) {
      comparisons.push_back({variant.what, {}, error.diagnostic().message});
    }
  }
  compare_years(context, index, panel, comparisons);
  return comparisons;
}

}  // namespace panelist
