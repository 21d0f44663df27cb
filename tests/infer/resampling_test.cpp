// SPDX-License-Identifier: Apache-2.0
// Pairs bootstrap and randomisation against loops of refits, and the size of the wild bootstrap with few clusters.
#include <map>

#include "base/random.h"
#include "infer/pairs_bootstrap.h"
#include "infer/randomisation.h"
#include "infer/wild_bootstrap.h"
#include "reference.h"

namespace panelist {
namespace {

Table matrices_panel() { return read_table(reference_path("wild_matrices/panel.csv")); }

Estimation panel_fit(const Table& table, const std::string& formula, const std::string& weights = "") {
  return estimate_request(table, {.formula = formula,
                                  .vcov = "cluster(cluster)",
                                  .ssc = "reghdfe",
                                  .weights = weights,
                                  .panel = {"unit", "year"}});
}

// The rows of the clusters drawn, one under the other, with units and clusters numbered anew by copy.
Table drawn_rows(const Table& table, const std::vector<int>& counts) {
  std::map<std::string, std::vector<double>> columns;
  double copy = 0;
  for (std::size_t g = 0; g < counts.size(); ++g)
    for (int times = 0; times < counts[g]; ++times, ++copy)
      for (std::size_t row = 0; row < table.rows(); ++row) {
        if (table.at("cluster").values()[row] != static_cast<double>(g + 1)) continue;
        for (const std::string& name : table.names()) columns[name].push_back(table.at(name).values()[row]);
        columns["cluster"].back() = copy;
        columns["unit"].back() += 1000 * copy;
      }
  Table drawn(columns["y"].size());
  for (const auto& [name, values] : columns) drawn.set(name, Column::numbers(values));
  return drawn;
}

TEST(PairsBootstrap, EqualsALoopOfRefitsOnTheRowsDrawn) {
  const Table table = matrices_panel();
  const std::string formula = "y ~ x1 + x2 | unit + year";
  const Estimation estimation = panel_fit(table, formula, "w");
  PairsSpec spec;
  spec.weights = Vector::Unit(2, position_of(*estimation.fit, "x1"));
  spec.cluster = &estimation.fit->frame->clusters.at(0);
  spec.reps = 30;
  const PairsBootstrap result = pairs_bootstrap({}, *estimation.fit, estimation.small_sample, spec);
  for (Index r = 0; r < spec.reps; ++r) {
    const std::vector<int> counts = pairs_counts({}, spec.cluster->size(), r);
    const Estimation again =
        estimate_request(drawn_rows(table, counts),
                         {.formula = formula, .vcov = "cluster(cluster)", .ssc = "none", .weights = "w"});
    const double b = coefficient_of(again, "x1").estimate;
    EXPECT_NEAR(result.estimates(r), b, 1e-10);
    const double se = coefficient_of(again, "x1").std_error * std::sqrt(estimation.vcov.factor);
    EXPECT_NEAR(result.statistics(r), (b - result.estimate) / se,
                1e-8 * std::abs(result.statistics(r)) + 1e-9);
  }
  EXPECT_EQ(result.undefined, 0);
}

TEST(PairsBootstrap, RefusesWhatItCannotDraw) {
  const Table table = matrices_panel();
  const Estimation poisson = estimate_request(
      table, {.formula = "w ~ x1", .vcov = "cluster(cluster)", .ssc = "none", .family = "poisson"});
  PairsSpec spec;
  spec.weights = Vector::Unit(2, 1);
  spec.cluster = &poisson.fit->frame->clusters.at(0);
  EXPECT_THROW((void)pairs_bootstrap({}, *poisson.fit, poisson.small_sample, spec), Error);
}

// x1 of each unit becomes that of another unit in the same year.
double refitted_permutation(const Table& table, const std::vector<Level>& from, bool studentised) {
  std::vector<double> x = table.at("x1").values();
  const std::vector<double> before = x;
  for (std::size_t row = 0; row < x.size(); ++row)
    x[row] = before[static_cast<std::size_t>(from[row / 5]) * 5 + row % 5];
  Table moved = table;
  moved.set("x1", Column::numbers(x));
  const Estimation estimation = estimate_request(moved, {.formula = "y ~ x1 + x2 | unit + year",
                                                         .vcov = "cluster(unit)",
                                                         .ssc = "k=none",
                                                         .panel = {"unit", "year"}});
  const Coefficient& one = coefficient_of(estimation, "x1");
  return studentised ? one.statistic : one.estimate;
}

TEST(Randomisation, EqualsALoopOfRefitsOfPermutedPaths) {
  const Table table = matrices_panel();
  const Estimation estimation = panel_fit(table, "y ~ x1 + x2 | unit + year");
  RandomisationSpec spec;
  spec.term = "x1";
  spec.group = &estimation.fit->frame->unit;
  spec.reps = 70;
  for (const bool studentised : {false, true}) {
    spec.studentised = studentised;
    const Randomisation result = randomise({}, *estimation.fit, spec);
    Index beyond = 1;
    for (Index r = 0; r < spec.reps; ++r) {
      const std::vector<Level> stratum(18, 0);
      const double again = refitted_permutation(table, permuted_groups({}, stratum, r), studentised);
      EXPECT_NEAR(result.statistics(r), again, 1e-9 * std::max(1.0, std::abs(again)));
      if (std::abs(again) >= std::abs(result.statistic) * (1 - 1e-10)) ++beyond;
    }
    EXPECT_DOUBLE_EQ(result.p_two_sided, static_cast<double>(beyond) / 71);
  }
}

TEST(Randomisation, PermutesWithinAndRefusesPathsThatDoNotMatch) {
  const std::vector<Level> stratum = {0, 1, 0, 1, 1, 0};
  for (std::int64_t r = 0; r < 50; ++r) {
    const std::vector<Level> from = permuted_groups({}, stratum, r);
    std::vector<Level> sorted = from;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t g = 0; g < from.size(); ++g) {
      EXPECT_EQ(stratum[static_cast<std::size_t>(from[g])], stratum[g]);
      EXPECT_EQ(sorted[g], static_cast<Level>(g));
    }
  }
  const Estimation estimation = panel_fit(matrices_panel(), "y ~ x1 + x2 | unit + year");
  RandomisationSpec spec;
  spec.term = "x1";
  spec.group = &estimation.fit->frame->clusters.at(0);
  try {
    (void)randomise({}, *estimation.fit, spec);
    FAIL() << "three units a cluster have three rows a year";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "infer.unmatched_permutation");
  }
}

// A treatment of half the clusters, errors with a common part in each: x1 has no effect.
Table clustered_sample(int clusters, std::uint64_t number) {
  Random random(31, "size of tests", number);
  std::map<std::string, std::vector<double>> columns;
  for (int g = 0; g < clusters; ++g) {
    const double common = random.normal(), treated = g % 2, level = random.normal();
    const int rows = 4 + g % 5;
    for (int i = 0; i < rows; ++i) {
      columns["g"].push_back(g);
      columns["x1"].push_back(treated + 0.5 * level + 0.5 * random.normal());
      columns["y"].push_back(common * (1 + 0.5 * treated) + random.normal());
    }
  }
  Table table(columns["y"].size());
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

struct Sizes {
  double wild = 0, student = 0, covered = 0;
};

Sizes rejection_rates(int clusters, int samples) {
  Sizes sizes;
  for (int s = 0; s < samples; ++s) {
    const Estimation estimation =
        estimate_request(clustered_sample(clusters, static_cast<std::uint64_t>(s)),
                         {.formula = "y ~ x1", .vcov = "cluster(g)", .ssc = "fixest"});
    WildSpec spec;
    spec.restrictions = Matrix::Zero(1, 2);
    spec.restrictions(0, position_of(*estimation.fit, "x1")) = 1;
    spec.values = Vector::Zero(1);
    spec.cluster = &estimation.fit->frame->clusters.at(0);
    spec.jackknife_scores = true;
    spec.reps = 399;
    const WildBootstrap result = wild_bootstrap({}, *estimation.fit, estimation.small_sample, spec);
    sizes.wild += result.p_value <= 0.05 ? 1 : 0;
    sizes.student += std::abs(result.statistic) > 1.959963984540054 ? 1 : 0;
    for (const auto& [low, high] : result.set->parts) sizes.covered += low <= 0 && 0 <= high ? 1 : 0;
  }
  return {sizes.wild / samples, sizes.student / samples, sizes.covered / samples};
}

// 1000 samples: a standard error of a rate of 0.05 is 0.0069, so the band is three of them around [0.03, 0.07].
TEST(WildBootstrapSize, IsNearItsLevelWithEightAndThirtyClusters) {
  for (const int clusters : {8, 30}) {
    const Sizes sizes = rejection_rates(clusters, 1000);
    EXPECT_GT(sizes.wild, 0.03 - 0.021) << clusters;
    EXPECT_LT(sizes.wild, 0.07 + 0.021) << clusters;
    EXPECT_LT(sizes.wild, sizes.student) << clusters;  // the normal test rejects more
    EXPECT_NEAR(sizes.covered, 1 - sizes.wild, 0.01) << clusters;
    RecordProperty("size_" + std::to_string(clusters),
                   std::to_string(sizes.wild) + " normal " + std::to_string(sizes.student));
  }
}

}  // namespace
}  // namespace panelist
