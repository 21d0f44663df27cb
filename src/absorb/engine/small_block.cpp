// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/small_block.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "absorb/engine/kernels.h"

namespace panelist::engine {
namespace {

// Levels of e that are compared by one block.
constexpr Index rows_per_check = 20000;
// Ids of rows are known so far ahead of their use.
constexpr Index rows_ahead = 24;

// F and S_yy while they are summed up, one copy a block of rows.
struct Sums {
  Index p;
  std::vector<double> F, S;
  Sums(Index iterated, Index small)
      : p(small),
        F(static_cast<std::size_t>(iterated * small), 0.0),
        S(static_cast<std::size_t>(small * small), 0.0) {}
  double* iterated_row(Index level) { return F.data() + level * p; }
  double* small_row(Index level) { return S.data() + level * p; }
  void add(const Sums& other) {
    for (std::size_t i = 0; i < F.size(); ++i) F[i] += other.F[i];
    for (std::size_t i = 0; i < S.size(); ++i) S[i] += other.S[i];
  }
};

class SmallBlockBuilder {
 public:
  SmallBlockBuilder(const Context& context, const Layout& layout, const Cells& cells)
      : context_(context),
        layout_(layout),
        cells_(cells),
        blocks_(scatter_blocks(layout.n,
                               (layout.iterated_levels + layout.small_levels) * layout.small_levels / 4)) {}

  Sums build() {
    Sums total = direct_counts();
    weight_of_levels_ =
        Eigen::Map<const Matrix>(total.S.data(), layout_.small_levels, layout_.small_levels).diagonal();
    if (has_one_profile()) {
      subtract_profile(total);
    } else {
      total.add(star_products());
    }
    return total;
  }

  // Sum of weights of each small level.
  [[nodiscard]] const Vector& weight_of_levels() const { return weight_of_levels_; }

 private:
  [[nodiscard]] Sums empty() const { return {layout_.iterated_levels, layout_.small_levels}; }

  template <typename Fill>
  [[nodiscard]] Sums in_blocks(const Fill& fill) const {
    std::vector<Sums> sums(static_cast<std::size_t>(blocks_), empty());
    for_each_block(crew_for(context_, layout_.n), blocks_,
                   [&](std::int64_t b) { fill(b, sums[static_cast<std::size_t>(b)]); });
    for (std::size_t b = 1; b < sums.size(); ++b) sums[0].add(sums[b]);
    return std::move(sums[0]);
  }

  // G_Jy and G_yy.
  [[nodiscard]] Sums direct_counts() const {
    return in_blocks([&](std::int64_t b, Sums& sums) {
      const Index last = layout_.n * (b + 1) / blocks_;
      for (Index i = layout_.n * b / blocks_; i < last; ++i) count_row(i, sums);
    });
  }

  void count_row(Index i, Sums& sums) const {
    const Index ahead = std::min(i + rows_ahead, layout_.n - 1);
    for (const Part& f : layout_.iterated)
      __builtin_prefetch(sums.iterated_row(f.level[ahead] + f.offset), 1);
    const double w = weight_of(layout_.w, static_cast<std::size_t>(i));
    for (const Part& y : layout_.small) {
      const Index column = y.level[i] + y.offset - layout_.iterated_levels;
      for (const Part& f : layout_.iterated) sums.iterated_row(f.level[i] + f.offset)[column] += w;
      for (const Part& other : layout_.small) {
        sums.small_row(other.level[i] + other.offset - layout_.iterated_levels)[column] += w;
      }
    }
  }

  // Every level of e meets the small levels alike (a balanced panel), in whatever order.
  [[nodiscard]] bool has_one_profile() const {
    if (layout_.w != nullptr) return false;
    for (std::size_t q = layout_.iterated.size(); q < cells_.parts.size(); ++q) {
      if (!has_one_profile(cells_.parts[q])) return false;
    }
    return true;
  }

  [[nodiscard]] bool has_one_profile(const Incidence& C) const {
    const Index blocks = std::clamp<Index>(C.rows() / rows_per_check, 1, 16);
    std::vector<char> alike(static_cast<std::size_t>(blocks), 0);
    for_each_block(crew_for(context_, C.entries()), blocks, [&](std::int64_t b) {
      alike[static_cast<std::size_t>(b)] = are_alike(C, C.rows() * b / blocks, C.rows() * (b + 1) / blocks);
    });
    return std::all_of(alike.begin(), alike.end(), [](char one) { return one != 0; });
  }

  static std::vector<std::pair<Level, double>> first_row_of(const Incidence& C) {
    std::map<Level, double> row;
    for (Offset k = C.starts()[0]; k < C.starts()[1]; ++k) row[C.level()[k]] += weight_of(C.weight(), k);
    return {row.begin(), row.end()};
  }

  // Whether rows of C repeat its first row.
  static bool are_alike(const Incidence& C, Index first, Index last) {
    const std::vector<std::pair<Level, double>> profile = first_row_of(C);
    const Offset length = C.starts()[1] - C.starts()[0];
    const Level highest = profile.back().first;
    std::vector<double> left(static_cast<std::size_t>(highest) + 1, 0.0);
    for (Index row = first; row < last; ++row) {
      const Offset start = C.starts()[row];
      if (C.starts()[row + 1] - start != length) return false;
      const bool same_order =
          C.weight() == nullptr &&
          std::memcmp(C.level() + start, C.level() + C.starts()[0], length * sizeof(Level)) == 0;
      if (same_order) continue;
      for (const auto& [level, weight] : profile) left[static_cast<std::size_t>(level)] = weight;
      for (Offset k = start; k < start + length; ++k) {
        if (C.level()[k] > highest) return false;
        left[static_cast<std::size_t>(C.level()[k])] -= weight_of(C.weight(), k);
      }
      for (const auto& [level, weight] : profile) {
        if (left[static_cast<std::size_t>(level)] != 0.0) return false;
      }
    }
    return true;
  }

  // With one profile c of each level: sum_e c_e c_e'/d = (levels of e) c c'/d and G_Je d^-1 c = counts of J times c/d.
  void subtract_profile(Sums& sums) const {
    std::vector<double> profile(static_cast<std::size_t>(layout_.small_levels), 0.0);
    for (std::size_t q = 0; q < layout_.small.size(); ++q) {
      const Incidence& C = cells_.parts[layout_.iterated.size() + q];
      for (Offset k = C.starts()[0]; k < C.starts()[1]; ++k) {
        profile[static_cast<std::size_t>(C.level()[k] + layout_.small[q].offset - layout_.iterated_levels)] +=
            weight_of(C.weight(), k);
      }
    }
    const double inverse_d = cells_.inverse_d.front();
    const auto levels_of_e = static_cast<double>(layout_.eliminated.levels);
    const Index p = layout_.small_levels;
    const Index width =
        layout_.small.front().levels;  // columns of one small factor add up to the count of a J level
    for (Index f = 0; f < layout_.iterated_levels; ++f) {
      double count = 0.0;
      for (Index y = 0; y < width; ++y) count += sums.iterated_row(f)[y];
      for (Index y = 0; y < p; ++y)
        sums.iterated_row(f)[y] -= count * inverse_d * profile[static_cast<std::size_t>(y)];
    }
    for (Index a = 0; a < p; ++a) {
      for (Index b = 0; b < p; ++b) {
        sums.small_row(a)[b] -= levels_of_e * inverse_d * profile[static_cast<std::size_t>(a)] *
                                profile[static_cast<std::size_t>(b)];
      }
    }
  }

  // -G_Je d^-1 G_ey and -G_ye d^-1 G_ey.
  [[nodiscard]] Sums star_products() const {
    const std::vector<Index> cuts =
        balanced_cuts(cells_.order.starts.data(), layout_.eliminated.levels, blocks_);
    return in_blocks([&](std::int64_t b, Sums& sums) {
      Star star(layout_.small_levels);
      for (Index e = cuts[static_cast<std::size_t>(b)]; e < cuts[static_cast<std::size_t>(b) + 1]; ++e) {
        subtract_star(e, star, sums);
      }
    });
  }

  // Counts of the small levels at one level of e.
  struct Star {
    std::vector<double> count;
    std::vector<Index> touched;
    explicit Star(Index p) : count(static_cast<std::size_t>(p), 0.0) {}
    void add(Index level, double w) {
      double& value = count[static_cast<std::size_t>(level)];
      if (value == 0.0) touched.push_back(level);
      value += w;
    }
    void clear() {
      for (const Index level : touched) count[static_cast<std::size_t>(level)] = 0.0;
      touched.clear();
    }
  };

  void subtract_star(Index e, Star& star, Sums& sums) const {
    for (std::size_t q = 0; q < layout_.small.size(); ++q) {
      const Incidence& C = cells_.parts[layout_.iterated.size() + q];
      for (Offset k = C.starts()[e]; k < C.starts()[e + 1]; ++k) {
        star.add(C.level()[k] + layout_.small[q].offset - layout_.iterated_levels, weight_of(C.weight(), k));
      }
    }
    const double inverse_d = cells_.inverse_d[static_cast<std::size_t>(e)];
    for (const Index a : star.touched)
      subtract_scaled(star, star.count[static_cast<std::size_t>(a)] * inverse_d, sums.small_row(a));
    for (std::size_t q = 0; q < layout_.iterated.size(); ++q) {
      const Incidence& C = cells_.parts[q];
      for (Offset k = C.starts()[e]; k < C.starts()[e + 1]; ++k) {
        const double c = weight_of(C.weight(), k);
        subtract_scaled(star, c * inverse_d, sums.iterated_row(C.level()[k] + layout_.iterated[q].offset));
      }
    }
    star.clear();
  }

  static void subtract_scaled(const Star& star, double factor, double* row) {
    for (const Index level : star.touched) row[level] -= factor * star.count[static_cast<std::size_t>(level)];
  }

  const Context& context_;
  const Layout& layout_;
  const Cells& cells_;
  Index blocks_;
  Vector weight_of_levels_;
};

}  // namespace

SmallBlock::SmallBlock(const Context& context, const Layout& layout, const Cells& cells)
    : levels_(layout.small_levels), iterated_(layout.iterated_levels) {
  if (levels_ == 0) return;
  SmallBlockBuilder builder(context, layout, cells);
  Sums sums = builder.build();
  F_ = std::move(sums.F);
  const Matrix S = Eigen::Map<const Matrix>(sums.S.data(), levels_, levels_);
  solver_ = SemidefiniteSolver(S, builder.weight_of_levels());
}

Matrix SmallBlock::transposed_product(const Context& context, const RowBlock& u) const {
  const RowBlock product = transposed_dense_product(context, F_, levels_, u);
  return Eigen::Map<const Matrix>(product.data(), u.width(), levels_).transpose();
}

void SmallBlock::subtract_product(const Context& context, const Matrix& inner, RowBlock& out) const {
  RowBlock rows(levels_, out.width());
  Eigen::Map<Matrix>(rows.data(), out.width(), levels_) = inner.transpose();
  subtract_dense_product(context, F_, rows, out);
}

void SmallBlock::subtract_correction(const Context& context, const RowBlock& u, RowBlock& out) const {
  if (levels_ == 0) return;
  Matrix inner = transposed_product(context, u);
  solve(inner);
  subtract_product(context, inner, out);
}

}  // namespace panelist::engine
