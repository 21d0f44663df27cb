// SPDX-License-Identifier: Apache-2.0
#include "table/descriptive.h"

#include <gtest/gtest.h>

#include <fstream>

#include "reference_data.h"

namespace panelist {
namespace {

using testing::read_reference;

// The quantities of expected.csv, each of which must be asked for once.
class Reference {
 public:
  Reference() {
    const testing::ReferenceTable table = read_reference("descriptive_tables/expected.csv");
    const std::vector<std::string> names = table.text("quantity");
    const std::vector<double> values = table.numbers("value");
    for (std::size_t i = 0; i < names.size(); ++i) values_[names[i]] = values[i];
  }
  void check(const std::string& quantity, double got) const {
    const auto place = values_.find(quantity);
    ASSERT_NE(place, values_.end()) << quantity;
    EXPECT_NEAR(got, place->second, 1e-8 * std::max(1e-6, std::abs(place->second))) << quantity;
  }
  [[nodiscard]] std::size_t size_of(const std::string& prefix) const {
    std::size_t count = 0;
    for (const auto& [name, value] : values_) count += name.starts_with(prefix + " ");
    return count;
  }

 private:
  std::map<std::string, double> values_;
};

const std::vector<std::string> variables = {"Ozone", "Solar.R", "Wind", "Temp"};

std::vector<double> air(const std::string& name) {
  return read_reference("descriptive_tables/airquality.csv").numbers(name);
}

TEST(Correlation, AgreesWithRWithGapsAndTies) {
  const Reference reference;
  std::size_t checked = 0;
  for (std::size_t i = 1; i < variables.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      for (const auto& [name, kind] : {std::pair{"pearson", AssociationKind::pearson},
                                       std::pair{"spearman", AssociationKind::spearman}}) {
        const Association got = associate(air(variables[i]), air(variables[j]), kind);
        const std::string key = std::string(name) + " " + variables[i] + " " + variables[j];
        reference.check(key + " r", got.r);
        reference.check(key + " p", got.p);
        reference.check(key + " n", static_cast<double>(got.n));
        checked += 3;
      }
  EXPECT_EQ(checked, reference.size_of("pearson") + reference.size_of("spearman"));
}

TEST(Correlation, IsMissingWithoutSpreadAndBelowThreePairs) {
  const std::vector<double> x = {1, 2, 3, 4}, constant = {5, 5, 5, 5};
  EXPECT_TRUE(std::isnan(associate(x, constant, AssociationKind::pearson).r));
  EXPECT_TRUE(std::isnan(associate(x, constant, AssociationKind::spearman).p));
  const std::vector<double> gaps = {1, missing_value, missing_value, 2};
  const Association two = associate(x, gaps, AssociationKind::pearson);
  EXPECT_EQ(two.n, 2u);
  EXPECT_TRUE(std::isnan(two.r));
}

TEST(Correlation, OfALineIsOneWithoutDoubt) {
  const Association got = associate({1, 2, 3, 4}, {-2, -4, -6, -8}, AssociationKind::pearson);
  EXPECT_DOUBLE_EQ(got.r, -1);
  EXPECT_LT(got.p, 1e-14);
}

TEST(Correlation, IsMissingWhereAValueIsInfinite) {
  const Association got = associate({1, 2, 3, INFINITY}, {1, 3, 2, 4}, AssociationKind::pearson);
  EXPECT_TRUE(std::isnan(got.r));
  EXPECT_TRUE(std::isnan(got.p));
}

TEST(BalanceOfGroups, AgreesWithWelchsTestInR) {
  const Reference reference;
  const std::vector<double> group = air("group");
  for (const std::string& name : variables) {
    const std::vector<double> all = air(name);
    std::vector<double> first, second;
    for (std::size_t i = 0; i < all.size(); ++i) (group[i] == 0 ? first : second).push_back(all[i]);
    const Balance got = balance(name, first, second);
    const std::string key = "balance " + name + " ";
    reference.check(key + "n1", static_cast<double>(got.first.n));
    reference.check(key + "mean1", got.first.mean);
    reference.check(key + "sd1", got.first.sd);
    reference.check(key + "n2", static_cast<double>(got.second.n));
    reference.check(key + "mean2", got.second.mean);
    reference.check(key + "sd2", got.second.sd);
    reference.check(key + "difference", got.difference);
    reference.check(key + "std_error", got.std_error);
    reference.check(key + "t", got.t);
    reference.check(key + "df", got.df);
    reference.check(key + "p", got.p);
    reference.check(key + "normalised", got.normalised);
  }
}

TEST(BalanceOfGroups, ByClusterAgreesWithFixest) {
  const Reference reference;
  const std::vector<double> group = air("group"), day = air("Day");
  for (const std::string& name : variables) {
    const std::vector<double> all = air(name);
    Clustered first, second;
    for (std::size_t i = 0; i < all.size(); ++i) {
      Clustered& own = group[i] == 0 ? first : second;
      own.values.push_back(all[i]);
      own.cluster.push_back(static_cast<std::int32_t>(day[i]));
    }
    const Balance got = balance_by_cluster(name, first, second);
    const std::string key = "clustered " + name + " ";
    reference.check(key + "difference", got.difference);
    reference.check(key + "std_error", got.std_error);
    reference.check(key + "t", got.t);
    reference.check(key + "p", got.p);
    reference.check(key + "clusters", static_cast<double>(got.clusters));
  }
  EXPECT_EQ(reference.size_of("clustered"), 5 * variables.size());
}

TEST(BalanceOfGroups, OfOneClusterHasNoTest) {
  const Balance one = balance_by_cluster("x", {{1, 2}, {7, 7}}, {{3, 4}, {7, 7}});
  EXPECT_EQ(one.difference, -2);
  EXPECT_EQ(one.clusters, 1u);
  EXPECT_TRUE(std::isnan(one.p));
}

TEST(BalanceOfGroups, HasNoTestOfOneRowOrWithoutSpread) {
  const Balance one = balance("x", {1}, {2, 3});
  EXPECT_EQ(one.difference, -1.5);
  EXPECT_TRUE(std::isnan(one.t));
  const Balance flat = balance("x", {1, 1}, {2, 2});
  EXPECT_TRUE(std::isnan(flat.normalised));
  EXPECT_TRUE(std::isnan(flat.p));
}

TEST(RanksDown, AgreeWithRAndKeepGaps) {
  const Reference reference;
  const std::vector<double> ranks = ranks_down(air("Ozone"));
  std::size_t known = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i)
    if (!std::isnan(ranks[i])) {
      reference.check("rank Ozone " + std::to_string(i), ranks[i]);
      ++known;
    }
  EXPECT_EQ(known, reference.size_of("rank"));
}

TEST(QuantileStates, PutAValueOnACutIntoTheLowerState) {
  const std::vector<int> expected = {1, 1, 2, 2, 0, 1};
  EXPECT_EQ(quantile_states({1, 2, 3, 4, missing_value, 2}, 2), expected);
  EXPECT_EQ(quantile_states({7, 7, 7}, 4), (std::vector<int>{1, 1, 1}));
}

class CigarMoves : public ::testing::Test {
 protected:
  CigarMoves() {
    const testing::ReferenceTable data = read_reference("cigar_fe/cigar.csv");
    Table table;
    table.set("State", Column::numbers(data.numbers("State")));
    table.set("Year", Column::numbers(data.numbers("Year")));
    sales = data.numbers("Sales");
    states = data.numbers("State");
    years = data.numbers("Year");
    panel = make_panel(table, {"State", "Year"});
    for (std::size_t row = 0; row < sales.size(); ++row) {
      all.push_back(row);
      if (states[row] <= 30) low.push_back(row);
    }
  }
  void check(const std::string& key, const Transitions& counts) const {
    for (std::size_t i = 0; i < counts.size(); ++i)
      for (std::size_t j = 0; j < counts.size(); ++j)
        reference.check("moves " + key + " " + std::to_string(i + 1) + " " + std::to_string(j + 1),
                        counts[i][j]);
    EXPECT_EQ(reference.size_of("moves " + key), counts.size() * counts.size());
  }
  // States of each year's own quantiles.
  [[nodiscard]] std::vector<int> states_of_years(int count) const {
    std::vector<int> out(sales.size(), 0);
    for (const std::int64_t year : panel.times) {
      std::vector<double> own(sales.size(), missing_value);
      for (std::size_t row = 0; row < own.size(); ++row)
        if (panel.time[row] == year) own[row] = sales[row];
      const std::vector<int> found = quantile_states(own, count);
      for (std::size_t row = 0; row < own.size(); ++row) out[row] = std::max(out[row], found[row]);
    }
    return out;
  }

  Reference reference;
  Panel panel;
  std::vector<double> sales, states, years;
  std::vector<std::size_t> all, low;
};

TEST_F(CigarMoves, AgreeWithR) {
  check("pooled", transitions(panel, quantile_states(sales, 4), all, {4, 1}));
  check("three_steps", transitions(panel, quantile_states(sales, 5), all, {5, 3}));
  check("by_period", transitions(panel, states_of_years(3), all, {3, 1}));
  check("low_states", transitions(panel, quantile_states(sales, 4), low, {4, 1}));
}

TEST(Transitions, SkipGapsAndMissingStates) {
  Table table;
  table.set("unit", Column::texts({"A", "A", "A", "B", "B"}));
  table.set("time", Column::numbers({1, 2, 4, 1, 2}));
  const Panel panel = make_panel(table, {"unit", "time"});
  const Transitions counts = transitions(panel, {1, 2, 1, 2, 0}, {0, 1, 2, 3, 4}, {2, 1});
  EXPECT_EQ(counts, (Transitions{{0, 1}, {0, 0}}));
}

}  // namespace
}  // namespace panelist
