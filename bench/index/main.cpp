// SPDX-License-Identifier: Apache-2.0
// From a table in memory to scores and ranks: a million unit-years by fifty indicators under entropy weights, beside R's
// data.table on the same cells; and the draws of a sensitivity analysis of an index of 30 units, 9 years, 18 indicators.
// Usage  bench_index [bench/peers/index.R]
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "base/random.h"
#include "index/sensitivity.h"

using namespace panelist;

namespace {

constexpr std::size_t rows = 1'000'000, years = 20;
constexpr int columns = 50, repetitions = 5, draws = 10'000;

// Cells that R computes to the same bits.
double cell(std::size_t row, int column) {
  const double x =
      std::fmod(static_cast<double>(row) * (7919.0 + 104729.0 * column) + 31.0 * column, 1000003.0) /
      1000003.0;
  return column % 3 == 0 ? x : column % 3 == 1 ? x * x : x * x * x;
}

struct Sample {
  Table table;
  Panel panel;
  IndexSystem system;
  std::vector<std::size_t> all;
};

template <typename Cell>
Sample sample_of(std::size_t count, std::size_t times, int indicators, Cell value) {
  Sample sample{Table(count), {}, {"bench", {}, {}, {}, {}}, {}};
  std::vector<double> unit(count), time(count), cells(count);
  for (std::size_t row = 0; row < count; ++row) {
    unit[row] = static_cast<double>(row / times);
    time[row] = static_cast<double>(row % times);
    sample.all.push_back(row);
  }
  sample.table.set("unit", Column::numbers(unit));
  sample.table.set("time", Column::numbers(time));
  for (int j = 0; j < indicators; ++j) {
    for (std::size_t row = 0; row < count; ++row) cells[row] = value(row, j);
    Indicator indicator;
    indicator.code = fmt::format("x{}", j + 1);
    sample.table.set(indicator.code, Column::numbers(cells));
    sample.system.indicators.push_back(std::move(indicator));
  }
  sample.panel = make_panel(sample.table, {"unit", "time"});
  return sample;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The median of some runs, and the last result.
double timed(const Context& context, const Sample& sample, const IndexExtras& extras, IndexResult& result) {
  std::vector<double> seconds;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    const auto start = std::chrono::steady_clock::now();
    result = build_index(context, sample.system, {}, sample.table, sample.panel, sample.all, extras);
    seconds.push_back(seconds_since(start));
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

// Seconds, first and last weight, last score of the peer; nothing when it does not run.
std::vector<double> peer(const char* script) {
  const std::string command =
      fmt::format("Rscript '{}' {} {} {} 2>/dev/null", script, rows, columns, repetitions);
  std::vector<double> numbers(4);
  FILE* out = popen(command.c_str(), "r");
  if (out == nullptr) return {};
  const int read = std::fscanf(out, "%lf %lf %lf %lf", &numbers[0], &numbers[1], &numbers[2], &numbers[3]);
  return pclose(out) == 0 && read == 4 ? numbers : std::vector<double>{};
}

double difference_from(const std::vector<double>& theirs, const IndexResult& result) {
  return std::max({std::abs(theirs[1] - result.indicators.front().weight),
                   std::abs(theirs[2] - result.indicators.back().weight),
                   std::abs(theirs[3] - result.score(result.score.size() - 1))});
}

bool million_rows(const Context& context, const char* script) {
  const Sample sample = sample_of(rows, years, columns, cell);
  IndexResult result;
  const double ours = timed(context, sample, {false, false}, result);
  IndexResult whole;
  const double with_correlations = timed(context, sample, {false, true}, whole);
  fmt::print(
      "entropy, {} rows x {} indicators, {} threads: table to weights, scores, ranks {:.3f} s; with "
      "correlations, KMO, alpha {:.3f} s\n",
      rows, columns, context.threads, ours, with_correlations);
  const std::vector<double> theirs = script == nullptr ? std::vector<double>{} : peer(script);
  if (theirs.empty()) {
    fmt::print("R data.table: not installed\n");
    return true;
  }
  const double difference = difference_from(theirs, result);
  fmt::print("R data.table, 2 threads: {:.3f} s = {:.1f} times as long; largest difference {:.1e}\n",
             theirs[0], theirs[0] / ours, difference);
  return difference < 1e-12;
}

void many_draws(const Context& context) {
  Random random(5, "index benchmark", 0);
  const Sample sample =
      sample_of(270, 9, 18, [&](std::size_t /*row*/, int /*column*/) { return std::exp(random.normal()); });
  const IndexResult index = build_index(context, sample.system, {}, sample.table, sample.panel, sample.all);
  UncertaintyOptions options;
  options.draws = draws;
  const auto start = std::chrono::steady_clock::now();
  const Uncertainty found = index_uncertainty(context, index, sample.table, sample.panel, options);
  fmt::print(
      "sensitivity, 30 units x 9 years x 18 indicators, {} draws, {} runs for Sobol indices: {:.2f} s\n",
      found.draws, found.runs, seconds_since(start));
}

}  // namespace

int main(int count, char** arguments) {
  Context context;
  context.threads = static_cast<int>(std::min(2U, std::max(1U, std::thread::hardware_concurrency())));
  const bool agrees = million_rows(context, count > 1 ? arguments[1] : nullptr);
  many_draws(context);
  return agrees ? EXIT_SUCCESS : EXIT_FAILURE;
}
