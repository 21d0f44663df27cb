// SPDX-License-Identifier: Apache-2.0
#include "estimate/regression/absorbed_terms.h"

#include <cmath>

#include "estimate/regression/moments.h"

namespace panelist {
namespace {

using Set = std::vector<std::size_t>;  // positions of effects

// Sets of one effect and of two, but not all of them.
std::vector<Set> smaller_sets(std::size_t effects) {
  std::vector<Set> sets;
  for (std::size_t a = 0; a < effects && effects > 1; ++a) sets.push_back({a});
  for (std::size_t a = 0; a < effects && effects > 2; ++a)
    for (std::size_t b = a + 1; b < effects; ++b) sets.push_back({a, b});
  return sets;
}

class Search {
 public:
  Search(const Context& context, const std::vector<AbsorbFactor>& factors, const Vector& weights,
         const std::vector<AbsorbedColumn>& columns)
      : context_(context), factors_(factors), weights_(weights), columns_(columns) {
    for (const AbsorbedColumn& column : columns) terms_.push_back({column.name, "absorbed", {}});
  }

  std::vector<DroppedTerm> run() {
    for (const Set& set : smaller_sets(factors_.size())) attempt(set);
    for (DroppedTerm& term : terms_)
      if (term.with.empty()) term.with = names_of(all());
    return std::move(terms_);
  }

 private:
  [[nodiscard]] Set all() const {
    Set set(factors_.size());
    for (std::size_t f = 0; f < set.size(); ++f) set[f] = f;
    return set;
  }
  [[nodiscard]] std::vector<std::string> names_of(const Set& set) const {
    std::vector<std::string> names;
    for (const std::size_t f : set) names.push_back(factors_[f].name);
    return names;
  }
  [[nodiscard]] std::vector<std::size_t> unexplained() const {
    std::vector<std::size_t> open;
    for (std::size_t j = 0; j < terms_.size(); ++j)
      if (terms_[j].with.empty()) open.push_back(j);
    return open;
  }

  void attempt(const Set& set) {
    const std::vector<std::size_t> open = unexplained();
    if (open.empty()) return;
    std::vector<AbsorbFactor> chosen;
    for (const std::size_t f : set) chosen.push_back(factors_[f]);
    Matrix rest(columns_.front().given.size(), static_cast<Index>(open.size()));
    for (std::size_t j = 0; j < open.size(); ++j) rest.col(static_cast<Index>(j)) = columns_[open[j]].given;
    // Effects that do not converge are not named; others may be.
    if (!Absorber(context_, std::move(chosen), weights_).absorb(context_, rest).converged) return;
    for (std::size_t j = 0; j < open.size(); ++j) {
      const double left = std::sqrt(square_of(context_, rest.col(static_cast<Index>(j)), weights_));
      if (left <= columns_[open[j]].limit) terms_[open[j]].with = names_of(set);
    }
  }

  const Context& context_;
  const std::vector<AbsorbFactor>& factors_;
  const Vector& weights_;
  const std::vector<AbsorbedColumn>& columns_;
  std::vector<DroppedTerm> terms_;
};

}  // namespace

std::vector<DroppedTerm> absorbed_terms(const Context& context, const std::vector<AbsorbFactor>& factors,
                                        const Vector& weights, const std::vector<AbsorbedColumn>& columns) {
  return Search(context, factors, weights, columns).run();
}

}  // namespace panelist
