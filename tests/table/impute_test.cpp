// SPDX-License-Identifier: Apache-2.0
#include "table/impute.h"

#include <gtest/gtest.h>

#include <cmath>

namespace panelist {
namespace {

constexpr double na = missing_value;

Panel two_units() {
  Table table;
  table.set("unit", Column::texts({"a", "a", "a", "a", "b", "b", "b", "b"}));
  table.set("year", Column::numbers({2015, 2016, 2017, 2019, 2015, 2016, 2017, 2019}, ColumnKind::integer));
  return make_panel(table, {"unit", "year"});
}

const std::vector<double> values = {na, 1, na, 4, 10, na, na, na};

void expect_values(const std::vector<double>& found, const std::vector<double>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (std::isnan(expected[i])) {
      EXPECT_TRUE(std::isnan(found[i])) << i;
    } else {
      EXPECT_DOUBLE_EQ(found[i], expected[i]) << i;
    }
  }
}

TEST(Impute, LinearFillsInnerGapsInTimeNotInRows) {
  const Imputed imputed = impute(values, two_units(), ImputeMethod::linear);
  expect_values(imputed.values,
                {na, 1, 2, 4, 10, na, na, na});  // 2017 is a third of the way from 2016 to 2019
  EXPECT_EQ(imputed.filled, (std::vector<std::size_t>{2}));
  EXPECT_EQ(imputed.still_missing, 4u);
}

TEST(Impute, NearestCarriesTheEndsOfEachUnit) {
  expect_values(impute(values, two_units(), ImputeMethod::linear_nearest).values,
                {1, 1, 2, 4, 10, 10, 10, 10});
}

TEST(Impute, MeansAreOverAllRowsOrOverTheSameTime) {
  expect_values(impute(values, two_units(), ImputeMethod::mean).values, {5, 1, 5, 4, 10, 5, 5, 5});
  const Imputed by_year = impute(values, two_units(), ImputeMethod::year_mean);
  expect_values(by_year.values, {10, 1, na, 4, 10, 1, na, 4});
  EXPECT_EQ(by_year.still_missing, 2u);
}

TEST(Impute, LeavesAColumnWithoutAnyValueAlone) {
  const std::vector<double> nothing(8, na);
  for (const std::string& name : impute_method_names()) {
    const Imputed imputed = impute(nothing, two_units(), *impute_method(name));
    EXPECT_EQ(imputed.still_missing, 8u) << name;
    EXPECT_TRUE(imputed.filled.empty());
  }
}

TEST(Impute, KnowsItsMethodsByName) {
  EXPECT_EQ(impute_method("nearest"), ImputeMethod::linear_nearest);
  EXPECT_FALSE(impute_method("spline").has_value());
}

TEST(Impute, ByTimeWithoutATimeKeyFillsNothing) {
  Table table;
  table.set("unit", Column::texts({"a", "b", "c", "d", "e", "f", "g", "h"}));
  const Panel panel = make_panel(table, {"unit", ""});
  for (const ImputeMethod method : {ImputeMethod::year_mean, ImputeMethod::linear}) {
    const Imputed imputed = impute(values, panel, method);
    expect_values(imputed.values, values);
    EXPECT_TRUE(imputed.filled.empty());
  }
}

}  // namespace
}  // namespace panelist
