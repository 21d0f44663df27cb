// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"
#include "index/sensitivity.h"

namespace panelist {
namespace {

using Point = std::vector<double>;

constexpr std::int64_t points_per_block = 64;

// Values at A, B and each A with one column of B, by draw.
struct Runs {
  std::vector<double> a, b;
  std::vector<std::vector<double>> mixed;  // factor x draw
};

Point uniform_point(const Context& context, std::string_view name, std::int64_t draw, std::size_t factors) {
  Random random(context.seed, name, static_cast<std::uint64_t>(draw));
  Point point(factors);
  for (double& value : point) value = random.uniform();
  return point;
}

Runs run_all(const Context& context, const SobolPlan& plan, const std::function<double(const Point&)>& f) {
  const auto n = static_cast<std::size_t>(plan.draws);
  Runs runs{std::vector<double>(n), std::vector<double>(n),
            std::vector<std::vector<double>>(plan.factors.size(), std::vector<double>(n))};
  const std::int64_t blocks = (plan.draws + points_per_block - 1) / points_per_block;
  for_each_block(context, blocks, [&](std::int64_t block) {
    const std::int64_t end = std::min<std::int64_t>(plan.draws, (block + 1) * points_per_block);
    for (std::int64_t draw = block * points_per_block; draw < end; ++draw) {
      const auto at = static_cast<std::size_t>(draw);
      const Point a = uniform_point(context, "sobol a", draw, plan.factors.size());
      const Point b = uniform_point(context, "sobol b", draw, plan.factors.size());
      runs.a[at] = f(a);
      runs.b[at] = f(b);
      for (std::size_t k = 0; k < plan.factors.size(); ++k) {
        Point mixed = a;
        mixed[k] = b[k];
        runs.mixed[k][at] = f(mixed);
      }
    }
  });
  return runs;
}

struct Shares {
  double first = 0, total = 0;
};

// Of the draws listed (all of them, or a resample).
Shares shares_of(const Runs& runs, std::size_t factor, const std::vector<std::size_t>& draws) {
  double sum = 0, squares = 0, first = 0, total = 0;
  const double n = static_cast<double>(draws.size());
  for (const std::size_t i : draws) {
    sum += runs.a[i] + runs.b[i];
    const double change = runs.mixed[factor][i] - runs.a[i];
    first += runs.b[i] * change;
    total += change * change;
  }
  const double mean = sum / (2 * n);
  for (const std::size_t i : draws)
    squares += (runs.a[i] - mean) * (runs.a[i] - mean) + (runs.b[i] - mean) * (runs.b[i] - mean);
  const double variance = squares / (2 * n);
  if (!(variance > 0)) return {};
  // f(B) less its mean: the same expectation, less noise.
  double shift = 0;
  for (const std::size_t i : draws) shift += mean * (runs.mixed[factor][i] - runs.a[i]);
  return {(first - shift) / n / variance, total / (2 * n) / variance};
}

std::pair<double, double> interval(std::vector<double> values, double level) {
  if (values.empty()) return {missing_value, missing_value};
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
  };
  return {at((1 - level) / 2), at((1 + level) / 2)};
}

SobolFactor factor_of(const Context& context, const SobolPlan& plan, const Runs& runs, std::size_t factor) {
  const auto n = static_cast<std::size_t>(plan.draws);
  std::vector<std::size_t> draws(n);
  for (std::size_t i = 0; i < n; ++i) draws[i] = i;
  const Shares point = shares_of(runs, factor, draws);
  std::vector<double> first, total;
  for (int replicate = 0; replicate < plan.bootstrap; ++replicate) {
    Random random(context.seed, "sobol resample", static_cast<std::uint64_t>(replicate));
    for (std::size_t& draw : draws) draw = random.below(static_cast<std::uint32_t>(n));
    const Shares again = shares_of(runs, factor, draws);
    first.push_back(again.first);
    total.push_back(again.total);
  }
  const auto [first_low, first_high] = interval(std::move(first), plan.level);
  const auto [total_low, total_high] = interval(std::move(total), plan.level);
  return {plan.factors[factor], point.first, first_low, first_high, point.total, total_low, total_high};
}

}  // namespace

std::vector<SobolFactor> sobol_indices(const Context& context, const SobolPlan& plan,
                                       const std::function<double(const Point&)>& f,
                                       std::vector<double>* values_of_a_and_b) {
  const Runs runs = run_all(context, plan, f);
  std::vector<SobolFactor> factors(plan.factors.size());
  for_each_block(context, static_cast<std::int64_t>(factors.size()), [&](std::int64_t k) {
    factors[static_cast<std::size_t>(k)] = factor_of(context, plan, runs, static_cast<std::size_t>(k));
  });
  if (values_of_a_and_b != nullptr) {
    *values_of_a_and_b = runs.a;
    values_of_a_and_b->insert(values_of_a_and_b->end(), runs.b.begin(), runs.b.end());
  }
  return factors;
}

}  // namespace panelist
