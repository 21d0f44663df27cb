// SPDX-License-Identifier: Apache-2.0
#include "index/index.h"
#include "index/nodes.h"
#include "index/normalise.h"

namespace panelist {
namespace {

struct Variant {
  std::string what;
  IndexConventions conventions;
};

template <typename Change>
void add_variant(std::vector<Variant>& variants, const std::string& what, const IndexConventions& baseline,
                 Change change) {
  IndexConventions changed = baseline;
  change(changed);
  variants.push_back({what, changed});
}

std::vector<Variant> variants_of(const IndexConventions& baseline, const IndexSystem& system) {
  std::vector<Variant> variants;
  for (const char* method : {"entropy", "equal", "pca"})
    add_variant(variants, std::string("method ") + method, baseline,
                [&](IndexConventions& c) { c.method = method; });
  for (const char* pool : {"all", "year"})
    add_variant(variants, std::string("pool ") + pool, baseline, [&](IndexConventions& c) { c.pool = pool; });
  for (const char* zero : {"limit", "1e-4", "0.01", "smooth:0.01"})
    add_variant(variants, std::string("zero ") + zero, baseline, [&](IndexConventions& c) { c.zero = zero; });
  if (dimensions_of(system).size() > 1)
    for (const char* levels : {"one-step", "two-step", "two-step, renormalised"})
      add_variant(variants, std::string("levels ") + levels, baseline, [&](IndexConventions& c) {
        c.levels = std::string(levels) == "one-step" ? "one-step" : "two-step";
        c.renormalise = std::string(levels) == "two-step, renormalised";
      });
  add_variant(variants, "winsor 0.01", baseline, [](IndexConventions& c) { c.winsor = 0.01; });
  add_variant(variants, "normalise rank", baseline, [](IndexConventions& c) { c.normalise = "rank"; });
  return variants;
}

// A change that does not touch the method's arithmetic compares nothing.
bool applies(const Variant& variant, const IndexConventions& baseline) {
  if (variant.conventions == baseline) return false;
  const bool zero = variant.what.rfind("zero ", 0) == 0;
  if (zero && baseline.method != "entropy") return false;
  return baseline.method != "pca" || variant.what.rfind("method ", 0) == 0 || variant.what == "winsor 0.01";
}

double correlation(const Vector& a, const Vector& b) {
  const Vector x = a.array() - a.mean(), y = b.array() - b.mean();
  return x.dot(y) / std::sqrt(x.squaredNorm() * y.squaredNorm());
}

}  // namespace

std::vector<ConventionComparison> compare_conventions(const Context& context, const IndexSystem& system,
                                                      const IndexConventions& baseline, const Table& table,
                                                      const Panel& panel,
                                                      const std::vector<std::size_t>& rows) {
  const Vector score = build_index(context, system, baseline, table, panel, rows).score;
  std::vector<ConventionComparison> comparisons;
  for (const Variant& variant : variants_of(baseline, system)) {
    if (!applies(variant, baseline)) continue;
    const Vector other = build_index(context, system, variant.conventions, table, panel, rows).score;
    comparisons.push_back({variant.what, correlation(rank_shares(score), rank_shares(other)),
                           (other - score).cwiseAbs().maxCoeff()});
  }
  return comparisons;
}

}  // namespace panelist
