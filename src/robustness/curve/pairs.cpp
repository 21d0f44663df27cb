// SPDX-License-Identifier: Apache-2.0
#include "robustness/curve/pairs.h"

#include <algorithm>
#include <array>

#include "linalg/gram.h"

namespace panelist {
namespace {

// Numbers that the products of all rows may take: half a gigabyte.
constexpr double most_numbers = 64e6;

bool counts_rows(const Fit& sample) {
  return sample.frame->weights.size() > 0 && sample.frame->weight_type == WeightType::frequency;
}

// Of the squared product z u of a row in the meat of hc0 and hc1.
Vector row_multipliers(const Fit& sample) {
  if (sample.weights.size() == 0) return {};
  return counts_rows(sample) ? sample.weights : Vector(sample.weights.cwiseAbs2());
}

bool is_one_of(std::string_view kind, std::initializer_list<std::string_view> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace

bool is_of_scores_alone(const VcovSpec& vcov) {
  return is_one_of(vcov.kind, {"iid", "hc0", "hc1", "cluster", "nw", "dk", "conley"});
}

bool may_be_clipped(const VcovSpec& vcov) {
  return is_one_of(vcov.kind, {"nw", "dk", "conley"}) || vcov.columns.size() > 1;
}

std::vector<Index> Pairs::of_outcome(Index outcome) const {
  std::vector<Index> positions;
  for (Index pair = 0; pair < own_count(); ++pair) positions.push_back(pair);
  for (Index j = 0; j < coordinates(); ++j) positions.push_back(own_count() + outcome * coordinates() + j);
  return positions;
}

void Pairs::coefficients(const Vector& c, const Vector& d, double s, Eigen::Ref<Vector> g) const {
  Index pair = 0;
  for (Index k = 0; k < coordinates(); ++k) {
    for (Index j = 0; j < k; ++j) g(pair++) = c(j) * d(k) + c(k) * d(j);
    g(pair++) = c(k) * d(k);
  }
  for (Index j = 0; j < coordinates(); ++j) g(pair++) = s * c(j);
}

std::pair<const double*, const double*> Pairs::factors(Index pair) const {
  const Index n = basis_.Q.rows();
  if (pair >= own_count()) {
    const Index outcome = (pair - own_count()) / coordinates(), j = (pair - own_count()) % coordinates();
    return {basis_.Q.data() + j * n, basis_.remainders.data() + outcome * n};
  }
  Index k = 0;
  while ((k + 1) * (k + 2) / 2 <= pair) ++k;
  return {basis_.Q.data() + (pair - k * (k + 1) / 2) * n, basis_.Q.data() + k * n};
}

// Products without weights, of some rows.
Matrix Pairs::scores(const Context& context, Index first, Index rows) const {
  Matrix all(rows, count());
  for_each_block(context, count(), [&](std::int64_t pair) {
    const auto [a, b] = factors(pair);
    double* const to = all.col(pair).data();
    for (Index i = 0; i < rows; ++i) to[i] = a[first + i] * b[first + i];
  });
  return all;
}

Matrix Pairs::meat_by_rows(const Context& context) const {
  const Index n = basis_.Q.rows(), blocks = (n + rows_per_block - 1) / rows_per_block;
  const Vector w = row_multipliers(sample_);
  std::vector<Matrix> parts(static_cast<std::size_t>(blocks));
  for_each_block(context, blocks, [&](std::int64_t block) {
    const Index first = block * rows_per_block, rows = std::min(rows_per_block, n - first);
    parts[static_cast<std::size_t>(block)] =
        gram(Context{}, scores(Context{}, first, rows), w.size() > 0 ? Vector(w.segment(first, rows)) : w);
  });
  Matrix sum = Matrix::Zero(count(), count());
  for (const Matrix& part : parts) sum += part;
  return sum;
}

Matrix Pairs::meat_by_groups(const Context& context, const Grouping& group) const {
  Matrix sums = Matrix::Zero(group.size(), count());
  const double* const w = sample_.weights.size() > 0 ? sample_.weights.data() : nullptr;
  for_each_block(context, count(), [&](std::int64_t pair) {
    const auto [a, b] = factors(pair);
    double* const sum = sums.col(pair).data();
    for (std::size_t i = 0; i < group.level.size(); ++i)
      sum[group.level[i]] += w != nullptr ? w[i] * a[i] * b[i] : a[i] * b[i];
  });
  return gram(context, sums, Vector());
}

Matrix Pairs::meat(const Context& context, const VcovSpec& vcov) const {
  if (is_one_of(vcov.kind, {"hc0", "hc1"})) return meat_by_rows(context);
  if (vcov.kind == "cluster" && vcov.columns.size() == 1)
    return meat_by_groups(context, *cluster_groups(sample_, vcov).front());
  const VcovKind* kind = find_vcov_kind(vcov.kind);
  const Index n = basis_.Q.rows();
  if (kind == nullptr || kind->meat == nullptr ||
      static_cast<double>(n) * static_cast<double>(count()) > most_numbers)
    return {};
  Matrix all = scores(context, 0, n);
  if (sample_.weights.size() > 0) all.array().colwise() *= sample_.weights.array();
  return kind->meat(context, all, sample_, vcov);
}

}  // namespace panelist
