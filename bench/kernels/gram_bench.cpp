// SPDX-License-Identifier: Apache-2.0
// Cross products of tall matrices against Eigen's own product, which folds in no promised order.
#include <benchmark/benchmark.h>

#include "linalg/gram.h"

namespace {

panelist::Matrix columns(std::int64_t rows, std::int64_t count) {
  panelist::Matrix A(rows, count);
  for (panelist::Index column = 0; column < count; ++column)
    for (panelist::Index row = 0; row < rows; ++row)
      A(row, column) = static_cast<double>((row * (column + 3) * 7919) % 1009) / 1009.0;
  return A;
}

void gram_in_blocks(benchmark::State& state) {
  const panelist::Matrix A = columns(state.range(0), 20);
  panelist::Context context;
  context.threads = static_cast<int>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(panelist::gram(context, A, panelist::Vector()));
}

void product_of_eigen(benchmark::State& state) {
  const panelist::Matrix A = columns(state.range(0), 20);
  for (auto _ : state) benchmark::DoNotOptimize((A.transpose() * A).eval());
}

BENCHMARK(gram_in_blocks)->Args({1000000, 1})->Args({1000000, 2})->Unit(benchmark::kMillisecond);
BENCHMARK(product_of_eigen)->Args({1000000})->Unit(benchmark::kMillisecond);

}  // namespace
