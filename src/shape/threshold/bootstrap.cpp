// SPDX-License-Identifier: Apache-2.0
#include "shape/threshold/bootstrap.h"

#include <fmt/format.h>

#include <cmath>

#include "base/random.h"
#include "table/statistics.h"

namespace panelist {
namespace {

constexpr Index draws_per_block = 50;

Vector fitted_by(const ThresholdDraws& draws, const std::vector<Index>& chosen) {
  if (chosen.empty()) return Vector::Zero(draws.y.size());
  return draws.search.columns()(Eigen::all, chosen) * draws.search.coefficients(draws.outcome, chosen);
}

// Residuals of whole units, drawn with replacement, in the order of time.
void draw_residuals(const ThresholdDraws& draws, const Vector& residuals, Random& random,
                    Eigen::Ref<Vector> out) {
  const auto units = static_cast<std::uint32_t>(draws.rows.units);
  for (const std::vector<Index>& own : draws.rows.by_unit) {
    const std::vector<Index>& taken = draws.rows.by_unit[random.below(units)];
    for (std::size_t t = 0; t < own.size(); ++t) out(own[t]) = residuals(taken[t]);
  }
}

double f_of(const ThresholdDraws& draws, const ThresholdSearch::Outcome& outcome, int thresholds) {
  const auto null = draws.search.find(outcome, thresholds - 1),
             found = draws.search.find(outcome, thresholds);
  if (!null || !found) return missing_value;
  return (null->ssr - found->ssr) / (found->ssr / draws.rows.freedom());
}

}  // namespace

void bootstrap_test(const Context& context, const ThresholdDraws& draws, ThresholdTest& test) {
  const Vector null = fitted_by(draws, draws.null.chosen);
  const Vector residuals = draws.y - fitted_by(draws, draws.found.chosen);
  const std::string name = fmt::format("threshold {}", test.thresholds);
  const Index replicates = draws.replicates;
  std::vector<double> f(static_cast<std::size_t>(replicates), missing_value);
  Context single = context;
  single.threads = 1;
  for_each_block(context, (replicates + draws_per_block - 1) / draws_per_block, [&](std::int64_t block) {
    const Index first = block * draws_per_block, count = std::min(draws_per_block, replicates - first);
    Matrix y(draws.y.size(), count);
    for (Index r = 0; r < count; ++r) {
      Random random(draws.seed, name, static_cast<std::uint64_t>(first + r));
      draw_residuals(draws, residuals, random, y.col(r));
    }
    draws.residual(single, y);
    y.colwise() += null;
    const Matrix products = draws.search.columns().transpose() * y;
    for (Index r = 0; r < count; ++r)
      f[static_cast<std::size_t>(first + r)] =
          f_of(draws, {products.col(r), y.col(r).squaredNorm()}, test.thresholds);
  });
  std::vector<double> finite;
  for (const double value : f)
    if (std::isfinite(value)) finite.push_back(value);
  test.replicates = static_cast<int>(finite.size());
  if (finite.empty()) return;
  const auto reached =
      std::count_if(finite.begin(), finite.end(), [&](double value) { return value >= test.f; });
  test.p_value = static_cast<double>(reached) / static_cast<double>(finite.size());
  test.critical_10 = percentile(finite, 90);
  test.critical_5 = percentile(finite, 95);
  test.critical_1 = percentile(finite, 99);
}

}  // namespace panelist
