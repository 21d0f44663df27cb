// SPDX-License-Identifier: Apache-2.0
// Published weights made under each family of conventions are traced to it: pools, rules for zeros, k, slips of direction,
// normalisations, weightings and levels.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "index/published.h"
#include "provinces.h"

namespace panelist {
namespace {

Diagnosis traced(const Provinces& truth, const std::vector<double>& weights) {
  Table table;
  std::vector<std::string> codes, printed;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    codes.push_back(truth.system.indicators[j].code);
    printed.push_back(fmt::format("{:.7f}", weights[j]));
  }
  table.set("code", Column::texts(codes));
  table.set("weight", Column::texts(printed));
  const Provinces plain;
  return which_conventions(Context{}, plain.system,
                           published_from(table, plain.system, plain.panel, plain.rows), plain.table,
                           plain.panel, plain.rows);
}

std::vector<double> weights_of(const IndexResult& result) {
  std::vector<double> weights;
  for (const IndicatorResult& indicator : result.indicators) weights.push_back(indicator.weight);
  return weights;
}

// The conventions that reproduce what `truth` made are those named, and no other.
void expect_traced(const Provinces& truth, const std::string& what) {
  const Diagnosis diagnosis = traced(truth, weights_of(truth.build()));
  ASSERT_FALSE(diagnosis.matches.empty()) << what;
  EXPECT_TRUE(diagnosis.matches[0].reproduces) << what;
  EXPECT_EQ(diagnosis.matches[0].what, what);
  EXPECT_FALSE(diagnosis.entropy_above_one) << what;
}

TEST(PublishedFamilies, Pools) {
  for (const char* pool : {"all", "year", "unit"}) {
    Provinces truth;
    truth.conventions.pool = pool;
    expect_traced(truth, fmt::format("entropy, minmax, pool {}, zeros limit", pool));
  }
}

TEST(PublishedFamilies, RulesForZeros) {
  for (const char* zero : {"0.0001", "0.001", "0.01", "smooth:0.002"}) {
    Provinces truth;
    truth.conventions.zero = zero;
    expect_traced(truth, fmt::format("entropy, minmax, pool all, zeros {}", zero));
  }
}

TEST(PublishedFamilies, Normalisations) {
  Provinces truth;
  truth.conventions.normalise = "max";
  expect_traced(truth, "entropy, max, pool all, zeros limit");
  Provinces raw;
  for (Indicator& indicator : raw.system.indicators) indicator.direction = '+';
  raw.conventions.normalise = "none";
  expect_traced(raw, "entropy, none, pool all, zeros limit, every direction positive");
}

TEST(PublishedFamilies, SlipsOfDirection) {
  Provinces truth;
  truth.system.indicators[5].direction = '-';
  expect_traced(truth, "entropy, minmax, pool all, zeros limit, `broadband_users_10k` turned");
  for (Indicator& indicator : truth.system.indicators) indicator.direction = '+';
  expect_traced(truth, "entropy, minmax, pool all, zeros limit, every direction positive");
}

TEST(PublishedFamilies, Weightings) {
  for (const char* method : {"critic", "cv", "cv_normalised", "sd", "gini", "merec", "factor", "pca"}) {
    Provinces truth;
    truth.conventions.method = method;
    expect_traced(truth, method);
  }
}

TEST(PublishedFamilies, TwoSteps) {
  for (const bool again : {false, true}) {
    Provinces truth;
    truth.conventions.levels = "two-step";
    truth.conventions.renormalise = again;
    expect_traced(truth, again ? "entropy, two-step, renormalised" : "entropy, two-step");
  }
}

// k = 1/ln T and 1/ln n: e ln N/ln count, redundancies below zero, weights that sum to one all the same.
TEST(PublishedFamilies, LogarithmsOfYearsAndOfUnits) {
  const IndexResult index = Provinces{}.build();
  for (const auto& [name, count] : std::map<std::string, double>{{"T", 7}, {"n", 30}}) {
    std::vector<double> weights;
    double sum = 0;
    for (const IndicatorResult& indicator : index.indicators) {
      weights.push_back(1 - indicator.entropy * std::log(210.0) / std::log(count));
      sum += weights.back();
    }
    for (double& weight : weights) weight /= sum;
    const Diagnosis diagnosis = traced(Provinces{}, weights);
    EXPECT_TRUE(diagnosis.matches[0].reproduces);
    EXPECT_THAT(diagnosis.matches[0].what, testing::HasSubstr("k = 1/ln " + name));
  }
}

}  // namespace
}  // namespace panelist
