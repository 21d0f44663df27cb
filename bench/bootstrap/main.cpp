// SPDX-License-Identifier: Apache-2.0
// The wild cluster bootstrap against a plain loop of refits: 99,999 replicates on 1e5 rows, 50 clusters, two effects of
// which one crosses the clusters. The refits regress y* anew with its clustered covariance; a few are timed and their t*
// compared with the fast ones.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <thread>

#include "base/random.h"
#include "formula/formula.h"
#include "infer/estimation.h"
#include "infer/wild_bootstrap.h"
#include "table/table.h"

using namespace panelist;

namespace {

constexpr std::size_t rows = 100'000, units = 5000, clusters = 50;
constexpr int refits = 10;

Table sample() {
  Random random(11, "bootstrap benchmark", 0);
  std::map<std::string, std::vector<double>> columns;
  std::vector<double> shock(clusters * 20);
  for (double& one : shock) one = random.normal();
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t unit = row / 20, year = row % 20, cluster = unit % clusters;
    columns["unit"].push_back(static_cast<double>(unit));
    columns["year"].push_back(static_cast<double>(year));
    columns["cluster"].push_back(static_cast<double>(cluster));
    for (const char* name : {"x1", "x2", "x3", "x4", "x5"}) columns[name].push_back(random.normal());
    columns["x1"].back() += shock[cluster * 20 + year];
    columns["y"].push_back(columns["x2"].back() + shock[cluster * 20 + year] + random.normal());
  }
  Table table(rows);
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

Estimation estimated(const Context& context, const Table& table, const std::string& formula) {
  Diagnostics notes;
  EstimationSpec spec;
  spec.formula = parse_formula(formula, {}, {}, notes).at(0);
  spec.vcov = parse_vcov("cluster(cluster)", {}, notes);
  return estimate_model(context, spec, table, nullptr, notes);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double refitted(const Context& context, const Estimation& estimation, const Vector& residuals,
                const Vector& v) {
  const Grouping& cluster = estimation.fit->frame->clusters.at(0);
  auto frame = std::make_shared<ModelFrame>(*estimation.fit->frame);
  Vector outcome = frame->outcome - residuals;
  for (Index i = 0; i < outcome.size(); ++i)
    outcome(i) += v(cluster.level[static_cast<std::size_t>(i)]) * residuals(i);
  frame->outcome = outcome;
  const Fit fit = estimate(context, frame, {});
  const Vcov vcov = covariance(context, fit, estimation.vcov_spec, estimation.small_sample);
  return fit.coefficients(0) / std::sqrt(vcov.matrix(0, 0));
}

}  // namespace

int main() {
  Context context;
  context.threads = static_cast<int>(std::min(2U, std::max(1U, std::thread::hardware_concurrency())));
  const Table table = sample();
  const Estimation estimation = estimated(context, table, "y ~ x1 + x2 + x3 + x4 + x5 | unit + year");
  const Estimation null = estimated(context, table, "y ~ x2 + x3 + x4 + x5 | unit + year");
  WildSpec spec;
  spec.restrictions = Vector::Unit(estimation.fit->k(), 0).transpose();
  spec.values = Vector::Zero(1);
  spec.cluster = &estimation.fit->frame->clusters.at(0);
  spec.reps = 99'999;
  auto start = std::chrono::steady_clock::now();
  const WildBootstrap result = wild_bootstrap(context, *estimation.fit, estimation.small_sample, spec);
  const double ours = seconds_since(start);
  double difference = 0;
  start = std::chrono::steady_clock::now();
  for (int r = 0; r < refits; ++r) {
    const Vector v = wild_weights(context, spec.weights, spec.cluster->size(), r, false);
    difference = std::max(
        difference, std::abs(result.statistics(r) - refitted(context, estimation, null.fit->residuals, v)));
  }
  const double each = seconds_since(start) / refits;
  fmt::print("wild bootstrap with its set, {} replicates, {} rows, {} clusters, {} threads: {:.2f} s\n",
             spec.reps, rows, clusters, context.threads, ours);
  fmt::print(
      "a refit: {:.1f} ms; a loop of them {:.0f} s = {:.0f} times as long; largest difference of t* {:.1e}\n",
      1e3 * each, each * static_cast<double>(spec.reps), each * static_cast<double>(spec.reps) / ours,
      difference);
  return difference < 1e-6 ? EXIT_SUCCESS : EXIT_FAILURE;
}
