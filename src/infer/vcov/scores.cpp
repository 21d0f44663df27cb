// SPDX-License-Identifier: Apache-2.0
#include "infer/vcov/scores.h"

#include <fmt/format.h>

#include "base/text.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

constexpr std::size_t rows_of_block = 8192;

// First rows of the groups that begin in rows first .. last-1 of sorted ids, and the end of the last of them.
std::vector<std::size_t> group_starts(const Levels& level, std::size_t first, std::size_t last) {
  std::vector<std::size_t> starts;
  for (std::size_t row = first; row < last; ++row)
    if (row == 0 || level[row] != level[row - 1]) starts.push_back(row);
  if (starts.empty()) return starts;
  std::size_t end = last;
  while (end < level.size() && level[end] == level[end - 1]) ++end;
  starts.push_back(end);
  return starts;
}

double sum_of_rows(const double* x, const SharedVector& multiplier, std::size_t first, std::size_t last) {
  double sum = 0;
  if (multiplier.size() == 0) {
    for (std::size_t row = first; row < last; ++row) sum += x[row];
  } else {
    const double* const by = multiplier.data();
    for (std::size_t row = first; row < last; ++row) sum += x[row] * by[row];
  }
  return sum;
}

Matrix meat_of_sorted_block(const ScoreView& scores, const std::vector<std::size_t>& starts) {
  const Index m = scores.x.cols();
  if (starts.empty()) return Matrix::Zero(m, m);
  Matrix sums(static_cast<Index>(starts.size()) - 1, m);
  for (Index j = 0; j < m; ++j) {
    const double* const x = scores.x.col(j).data();
    for (std::size_t g = 0; g + 1 < starts.size(); ++g)
      sums(static_cast<Index>(g), j) = sum_of_rows(x, scores.multiplier, starts[g], starts[g + 1]);
  }
  return gram(Context{}, sums, Vector());
}

Matrix meat_of_sorted(const Context& context, const ScoreView& scores, const Levels& level) {
  const std::size_t blocks = (level.size() + rows_of_block - 1) / rows_of_block;
  std::vector<Matrix> parts(blocks);
  for_each_block(context, static_cast<std::int64_t>(blocks), [&](std::int64_t block) {
    const std::size_t first = static_cast<std::size_t>(block) * rows_of_block;
    parts[static_cast<std::size_t>(block)] = meat_of_sorted_block(
        scores, group_starts(level, first, std::min(level.size(), first + rows_of_block)));
  });
  Matrix meat = Matrix::Zero(scores.x.cols(), scores.x.cols());
  for (const Matrix& part : parts) meat += part;
  return meat;
}

Matrix meat_of_scattered(const Context& context, const ScoreView& scores, const Levels& level, Level groups) {
  Matrix sums(groups, scores.x.cols());
  for_each_block(context, scores.x.cols(), [&](std::int64_t j) {
    double* const sum = sums.col(j).data();
    std::fill(sum, sum + groups, 0.0);
    const double* const x = scores.x.col(j).data();
    const double* const by = scores.multiplier.size() > 0 ? scores.multiplier.data() : nullptr;
    for (std::size_t row = 0; row < level.size(); ++row)
      sum[level[row]] += by != nullptr ? x[row] * by[row] : x[row];
  });
  return gram(context, sums, Vector());
}

// Levels of two groupings taken together, numbered in sorted order of their pairs.
struct Intersection {
  Levels level;
  Level groups = 0;
};

// Rows in order of their level, those of one level as they came.
std::vector<std::uint32_t> rows_by_level(const Levels& level, Level groups,
                                         const std::vector<std::uint32_t>& rows) {
  std::vector<std::uint32_t> next(static_cast<std::size_t>(groups) + 1, 0);
  for (const Level id : level) ++next[static_cast<std::size_t>(id) + 1];
  for (std::size_t id = 1; id < next.size(); ++id) next[id] += next[id - 1];
  std::vector<std::uint32_t> sorted(rows.size());
  for (const std::uint32_t row : rows) sorted[next[static_cast<std::size_t>(level[row])]++] = row;
  return sorted;
}

Intersection intersect(const Intersection& a, const Grouping& b) {
  std::vector<std::uint32_t> rows(a.level.size());
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = static_cast<std::uint32_t>(row);
  rows = rows_by_level(b.level, b.size(), rows);
  if (a.groups > 1) rows = rows_by_level(a.level, a.groups, rows);
  Intersection result;
  std::vector<Level> level(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool fresh =
        i == 0 || a.level[rows[i]] != a.level[rows[i - 1]] || b.level[rows[i]] != b.level[rows[i - 1]];
    if (fresh) ++result.groups;
    level[rows[i]] = result.groups - 1;
  }
  result.level = std::move(level);
  return result;
}

double group_factor(Level groups) { return static_cast<double>(groups) / (groups - 1.0); }

}  // namespace

ScoreView scores_in_place(const Fit& fit) {
  const Vector& u = residuals_in_scores(fit);
  if (fit.weights.size() > 0) return {fit.x, Vector(u.array() * fit.weights.array())};
  // Borrowed: it has no owner to keep alive.
  return {fit.x, {std::shared_ptr<const double[]>(std::shared_ptr<void>(), u.data()), u.size()}};
}

Matrix meat_of_groups(const Context& context, const ScoreView& scores, const Levels& level, Level groups) {
  return level.ascending() ? meat_of_sorted(context, scores, level)
                           : meat_of_scattered(context, scores, level, groups);
}

namespace {

// The clusters of the variables in a subset: of one variable its own, of several those of their combinations.
struct Subset {
  Intersection group;
  std::vector<std::string> names;
};

Subset subset_of(const Clusters& clusters, std::size_t subset) {
  Subset result;
  for (std::size_t c = 0; c < clusters.size(); ++c) {
    if ((subset >> c & 1) == 0) continue;
    result.group = result.names.empty() ? Intersection{clusters[c]->level, clusters[c]->size()}
                                        : intersect(result.group, *clusters[c]);
    result.names.push_back(clusters[c]->name);
  }
  return result;
}

}  // namespace

Matrix inclusion_exclusion(const Context& context, const ScoreView& scores, const Clusters& clusters,
                           bool own_factor) {
  Matrix meat = Matrix::Zero(scores.x.cols(), scores.x.cols());
  const std::size_t subsets = std::size_t{1} << clusters.size();
  for (std::size_t subset = 1; subset < subsets; ++subset) {
    const Subset one = subset_of(clusters, subset);
    const double sign = one.names.size() % 2 == 1 ? 1 : -1;
    const double factor = own_factor ? group_factor(one.group.groups) : 1;
    meat += sign * factor * meat_of_groups(context, scores, one.group.level, one.group.groups);
  }
  return meat;
}

std::vector<CountedFactor> factors_of_subsets(const Clusters& clusters) {
  std::vector<CountedFactor> factors;
  const std::size_t subsets = std::size_t{1} << clusters.size();
  for (std::size_t subset = 1; subset < subsets; ++subset) {
    const Subset one = subset_of(clusters, subset);
    factors.push_back({fmt::format("G/(G-1) of {}", join(one.names, "^")),
                       fmt::format("{}/{}", one.group.groups, one.group.groups - 1),
                       group_factor(one.group.groups)});
  }
  return factors;
}

}  // namespace panelist
