// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/rank.h"

#include "absorb/engine/null_space.h"

#include <algorithm>
#include <numeric>

namespace panelist::engine {
namespace {

constexpr std::int64_t prime = 2147483647;
// Most levels of the other factors, and most numbers kept for the levels of f.
constexpr Index most_other_levels = 400;
constexpr double most_numbers = 3e7;

std::int64_t modular(std::int64_t value) {
  value %= prime;
  return value < 0 ? value + prime : value;
}

std::int64_t inverse_of(std::int64_t value) {
  std::int64_t result = 1, base = value;
  for (std::int64_t power = prime - 2; power > 0; power >>= 1) {
    if (power & 1) result = result * base % prime;
    base = base * base % prime;
  }
  return result;
}

using Condition = std::vector<std::int64_t>;

// Conditions in echelon form.
class Conditions {
 public:
  explicit Conditions(Index p) : p_(static_cast<std::size_t>(p)) {}
  [[nodiscard]] Index rank() const { return static_cast<Index>(rows_.size()); }
  // True when the condition was new.
  bool insert(Condition c) {
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const std::int64_t factor = c[lead_[r]];
      if (factor == 0) continue;
      for (std::size_t j = 0; j < p_; ++j) c[j] = modular(c[j] - factor * rows_[r][j] % prime);
    }
    const auto found = std::find_if(c.begin(), c.end(), [](std::int64_t value) { return value != 0; });
    if (found == c.end()) return false;
    const std::int64_t inverse = inverse_of(*found);
    for (std::int64_t& value : c) value = value * inverse % prime;
    lead_.push_back(static_cast<std::size_t>(found - c.begin()));
    rows_.push_back(std::move(c));
    return true;
  }
  // A random solution: free numbers drawn, leading ones follow, last condition first.
  [[nodiscard]] Condition random_solution(std::uint64_t& state) const {
    Condition g(p_);
    for (std::int64_t& value : g) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      value = static_cast<std::int64_t>((state >> 33) % static_cast<std::uint64_t>(prime));
    }
    for (std::size_t r = rows_.size(); r-- > 0;) {
      std::int64_t sum = 0;
      for (std::size_t j = 0; j < p_; ++j) {
        if (j != lead_[r]) sum = (sum + rows_[r][j] * g[j]) % prime;
      }
      g[lead_[r]] = modular(-sum);
    }
    return g;
  }

 private:
  std::size_t p_;
  std::vector<Condition> rows_;
  std::vector<std::size_t> lead_;
};

// Levels of f in sets whose numbers follow from one another: psi_f = psi_root + offset(f) . g
class OffsetSets {
 public:
  OffsetSets(Index levels, Index p)
      : p_(static_cast<std::size_t>(p)),
        parent_(static_cast<std::size_t>(levels)),
        size_(static_cast<std::size_t>(levels), 1),
        offset_(static_cast<std::size_t>(levels) * p_, 0) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }
  // The root; the level hangs on it directly afterwards.
  Level find(Level f) {
    Level root = f;
    path_.clear();
    while (parent(root) != root) {
      path_.push_back(root);
      root = parent(root);
    }
    for (std::size_t k = path_.size(); k-- > 1;) {
      const Level child = path_[k - 1];
      add(offset(child), offset(path_[k]), 1);
      parent(child) = root;
    }
    return root;
  }
  std::int64_t* offset(Level f) { return offset_.data() + static_cast<std::size_t>(f) * p_; }
  // psi_a = psi_b + difference . g; both are roots.
  void join(Level a, Level b, const Condition& difference) {
    const bool keep_a = size_[static_cast<std::size_t>(a)] > size_[static_cast<std::size_t>(b)];
    const Level under = keep_a ? b : a;
    const Level root = keep_a ? a : b;
    parent(under) = root;
    size_[static_cast<std::size_t>(root)] += size_[static_cast<std::size_t>(under)];
    for (std::size_t j = 0; j < p_; ++j) offset(under)[j] = keep_a ? modular(-difference[j]) : difference[j];
  }

 private:
  Level& parent(Level f) { return parent_[static_cast<std::size_t>(f)]; }
  void add(std::int64_t* to, const std::int64_t* from, std::int64_t sign) const {
    for (std::size_t j = 0; j < p_; ++j) to[j] = modular(to[j] + sign * from[j]);
  }
  std::size_t p_;
  std::vector<Level> parent_, path_;
  std::vector<Index> size_;
  std::vector<std::int64_t> offset_;
};

// The conditions that cycles of the graph of e and f put on the other levels.
class CycleConditions {
 public:
  CycleConditions(const LevelOrder& by, const Level* f, Index f_levels, std::vector<Part> others)
      : by_(by),
        f_(f),
        f_levels_(f_levels),
        others_(std::move(others)),
        p_(levels_of(others_)),
        sets_(f_levels, p_),
        conditions_(p_) {}

  Index rank(const Context& context) {
    const Index most = p_ - static_cast<Index>(others_.size());
    const auto levels = static_cast<Index>(by_.starts.size()) - 1;
    const Index patience = 200 + 8 * p_;
    Index idle = 0;
    for (Index e = 0; e < levels && conditions_.rank() < most; ++e) {
      if (e % 65536 == 0) context.stop_if_asked();
      const Offset first = by_.starts[static_cast<std::size_t>(e)];
      for (Offset k = first + 1; k < by_.starts[static_cast<std::size_t>(e) + 1]; ++k) {
        idle = link(row(first), row(k), idle < patience) ? 0 : idle + 1;
      }
    }
    return conditions_.rank();
  }

 private:
  static Index levels_of(const std::vector<Part>& others) {
    Index total = 0;
    for (const Part& part : others) total += part.levels;
    return total;
  }
  [[nodiscard]] Index row(Offset k) const {
    return by_.sorted ? static_cast<Index>(k) : static_cast<Index>(by_.rows[k]);
  }

  // Two rows of one level of e: psi_b - psi_a = (others of a) - (others of b). True when that was news.
  bool link(Index a, Index b, bool look_closely) {
    const Level root_a = sets_.find(f_[a]);
    const Level root_b = sets_.find(f_[b]);
    if (root_a == root_b && !look_closely && fits(a, b, root_a)) return false;
    Condition c(static_cast<std::size_t>(p_), 0);
    for (const Part& part : others_) {
      ++c[static_cast<std::size_t>(part.offset + part.level[a])];
      --c[static_cast<std::size_t>(part.offset + part.level[b])];
    }
    for (std::size_t j = 0; j < c.size(); ++j) {
      const std::int64_t from_a = f_[a] == root_a ? 0 : sets_.offset(f_[a])[j];
      const std::int64_t from_b = f_[b] == root_b ? 0 : sets_.offset(f_[b])[j];
      c[j] = modular(c[j] + from_a - from_b);
    }
    if (root_a != root_b) {
      sets_.join(root_b, root_a, c);
      number_.clear();
      return true;
    }
    if (!conditions_.insert(std::move(c))) return false;
    solution_.clear();
    return true;
  }

  // Whether a random solution of the conditions so far fits both rows.
  bool fits(Index a, Index b, Level root) {
    if (solution_.empty()) {
      solution_ = conditions_.random_solution(state_);
      number_.clear();
    }
    return modular(value(a, root) - value(b, root)) == 0;
  }
  std::int64_t value(Index row, Level root) {
    std::int64_t sum = number_of(f_[row], root);
    for (const Part& part : others_)
      sum += solution_[static_cast<std::size_t>(part.offset + part.level[row])];
    return sum;
  }
  // offset(f) . solution, kept until the sets or the solution change.
  std::int64_t number_of(Level f, Level root) {
    if (f == root) return 0;
    if (number_.empty()) number_.assign(static_cast<std::size_t>(f_levels_), -1);
    std::int64_t& number = number_[static_cast<std::size_t>(f)];
    if (number < 0) {
      number = 0;
      const std::int64_t* offset = sets_.offset(f);
      for (std::size_t j = 0; j < static_cast<std::size_t>(p_); ++j)
        number = (number + offset[j] * solution_[j]) % prime;
    }
    return number;
  }

  const LevelOrder& by_;
  const Level* f_;
  Index f_levels_;
  std::vector<Part> others_;
  Index p_;
  OffsetSets sets_;
  Conditions conditions_;
  Condition solution_;
  std::vector<std::int64_t> number_;
  std::uint64_t state_ = 20260101;
};

FactorDegrees degrees_with(const AbsorbFactor& factor, Index redundant, bool exact) {
  return {factor.name, factor.n_levels, static_cast<Level>(redundant), exact};
}

// The factors of a regression, and orders of rows as they are needed.
class Ranks {
 public:
  Ranks(const Context& context, const std::vector<AbsorbFactor>& factors, const KnownCells& known)
      : context_(context), factors_(factors), known_(known), made_(factors.size()) {}

  Index components(std::size_t a, std::size_t b) {
    const bool a_is_larger = factors_[a].n_levels >= factors_[b].n_levels;
    const AbsorbFactor& other = factors_[a_is_larger ? b : a];
    if (const Incidence* cells = cells_of(a_is_larger ? a : b, a_is_larger ? b : a))
      return components_of(*cells, other.n_levels);
    return components_of(order_of(a_is_larger ? a : b), other.level.data(), other.n_levels);
  }

  // Rank of the first `count` factors (three or more); -1 when it cannot be told.
  Index of_prefix(std::size_t count) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return factors_[a].n_levels > factors_[b].n_levels;
    });
    const AbsorbFactor& e = factors_[order[0]];
    const AbsorbFactor& f = factors_[order[1]];
    const Index of_others = rank_of_others(order);
    return of_others < 0 ? -1 : e.n_levels + f.n_levels - components(order[0], order[1]) + of_others;
  }

  Index largest_pairwise(std::size_t q) {
    Index shared = 0;
    for (std::size_t before = 0; before < q; ++before) shared = std::max(shared, components(before, q));
    return shared;
  }

 private:
  static bool few_enough(Index p, Index f_levels) {
    return p <= most_other_levels && static_cast<double>(p) * static_cast<double>(f_levels) <= most_numbers;
  }

  // What the factors after the two largest add to their rank, `order` by size; -1 when it cannot be told.
  Index rank_of_others(const std::vector<std::size_t>& order) {
    const AbsorbFactor& f = factors_[order[1]];
    const LevelOrder& by = order_of(order[0]);
    std::vector<Part> others;
    const Index p = append_others(order, others);
    if (few_enough(p, f.n_levels))
      return CycleConditions(by, f.level.data(), f.n_levels, std::move(others)).rank(context_);
    const std::vector<ContractedFactor> fewer = contracted(by, f.level.data(), others);
    Index q = 0;
    for (std::size_t k = 0; k < fewer.size(); ++k) {
      others[k] = {others[k].factor, fewer[k].level.data(), fewer[k].levels, q};
      q += fewer[k].levels;
    }
    if (few_enough(q, f.n_levels))
      return p - q + CycleConditions(by, f.level.data(), f.n_levels, std::move(others)).rank(context_);
    return projected_rank_of_others(order, p);
  }

  Index append_others(const std::vector<std::size_t>& order, std::vector<Part>& others) const {
    Index p = 0;
    for (std::size_t k = 2; k < order.size(); ++k) {
      const AbsorbFactor& factor = factors_[order[k]];
      others.push_back({order[k], factor.level.data(), factor.n_levels, p});
      p += factor.n_levels;
    }
    return p;
  }

  [[nodiscard]] Index projected_rank_of_others(const std::vector<std::size_t>& order, Index p) const {
    std::vector<AbsorbFactor> by_size;
    std::vector<std::size_t> positions;
    for (std::size_t k = 0; k < order.size(); ++k) {
      by_size.push_back(factors_[order[k]]);
      if (k >= 2) positions.push_back(k);
    }
    const NullSpace found = projected_null_space(context_, by_size, positions);
    return found.certain ? p - found.dimension : -1;
  }

  const LevelOrder& order_of(std::size_t q) {
    if (known_.cells != nullptr && known_.layout->eliminated.factor == q) return known_.cells->order;
    if (made_[q].starts.empty()) {
      const AbsorbFactor& factor = factors_[q];
      made_[q] = order_by_level(context_, factor.level.data(), static_cast<Index>(factor.level.size()),
                                factor.n_levels);
    }
    return made_[q];
  }

  [[nodiscard]] const Incidence* cells_of(std::size_t larger, std::size_t other) const {
    if (known_.cells == nullptr || known_.layout->eliminated.factor != larger) return nullptr;
    const std::vector<Part> reduced = known_.layout->reduced();
    for (std::size_t q = 0; q < reduced.size(); ++q)
      if (reduced[q].factor == other) return &known_.cells->parts[q];
    return nullptr;
  }

  const Context& context_;
  const std::vector<AbsorbFactor>& factors_;
  KnownCells known_;
  std::vector<LevelOrder> made_;
};

}  // namespace

std::vector<FactorDegrees> degrees_of(const Context& context, const std::vector<AbsorbFactor>& factors,
                                      const KnownCells& known) {
  Ranks ranks(context, factors, known);
  std::vector<FactorDegrees> degrees{degrees_with(factors[0], 0, true)};
  Index before = factors[0].n_levels;
  bool exact = true;
  for (std::size_t q = 1; q < factors.size(); ++q) {
    const Index rank = q == 1 ? before + factors[1].n_levels - ranks.components(0, 1)
                              : (exact ? ranks.of_prefix(q + 1) : -1);
    exact = exact && rank >= 0;
    const Index redundant = exact ? factors[q].n_levels - (rank - before) : ranks.largest_pairwise(q);
    degrees.push_back(degrees_with(factors[q], redundant, exact));
    before += factors[q].n_levels - redundant;
  }
  return degrees;
}

}  // namespace panelist::engine
