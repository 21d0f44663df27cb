// SPDX-License-Identifier: Apache-2.0
#include "formula/model_frame.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>
#include <random>

#include "formula/sample_panel.h"

namespace panelist {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double na = missing_value;

Expression expression(const std::string& text) {
  Diagnostics diagnostics;
  Expression result = parse_expression(text, Span{}, diagnostics);
  diagnostics.throw_first_error();
  return result;
}

Formula formula(const std::string& text) {
  Diagnostics diagnostics;
  auto formulas =
      parse_formula(text, Span{"f", 0, text.size()}, {{"controls", {"x", "log(z)"}}}, diagnostics);
  diagnostics.throw_first_error();
  return formulas.at(0);
}

struct Built {
  ModelFrame frame;
  Diagnostics notes;
};

Built build(const std::string& text, const Table& table, const FrameOptions& options = {}) {
  Built built;
  built.frame = build_model_frame(Context{}, formula(text), table, nullptr, options, built.notes);
  return built;
}

Diagnostic failure(const std::string& text, const Table& table, const FrameOptions& options = {}) {
  try {
    build(text, table, options);
  } catch (const Error& error) {
    return error.diagnostic();
  }
  ADD_FAILURE() << text << " does not fail";
  return {};
}

std::vector<double> cells(const Matrix& matrix, Index column) {
  return {matrix.col(column).begin(), matrix.col(column).end()};
}
std::vector<double> cells(const Vector& vector) { return {vector.begin(), vector.end()}; }

Table small() {
  Table table;
  table.set("y", Column::numbers({1, 2, 3, 4, 5, 6}));
  table.set("x", Column::numbers({2, 3, 5, 7, 11, 13}));
  table.set("z", Column::numbers({1, 1, 2, 2, na, 4}));
  table.set("w", Column::numbers({1, 2, 0, 1, 1, 3}));
  table.set("region", Column::texts({"West", "East", "East", "Central", "West", "Central"}));
  table.set("sex", Column::texts({"m", "f", "m", "f", "m", "f"}));
  table.set("year", Column::numbers({2014, 2013, 2014, 2015, 2015, 2013}, ColumnKind::integer));
  return table;
}

FrameOptions panel_options() {
  FrameOptions options;
  options.panel = {"province", "year"};
  return options;
}

TEST(ModelFrame, HoldsInterceptOutcomeAndTermsInOrder) {
  const auto [frame, notes] = build("log(y) ~ x + I(x^2)", small());
  EXPECT_TRUE(frame.intercept);
  EXPECT_EQ(frame.outcome_name, "log(y)");
  EXPECT_DOUBLE_EQ(frame.outcome[1], std::log(2.0));
  EXPECT_THAT(frame.exogenous.names, ElementsAre("(Intercept)", "x", "I(x^2)"));
  EXPECT_THAT(cells(frame.exogenous.values, 2), ElementsAre(4, 9, 25, 49, 121, 169));
  EXPECT_EQ(frame.n(), 6);
  EXPECT_EQ(frame.table_rows, 6u);
}

TEST(ModelFrame, CountsRowsLeftOutInTheOrderOfWork) {
  FrameOptions options;
  options.where = expression("y > 1");
  options.weights = expression("w");
  const auto [frame, notes] = build("y ~ x + z", small(), options);
  EXPECT_EQ(frame.dropped.where, 1u);
  EXPECT_EQ(frame.dropped.missing, 1u);
  EXPECT_EQ(frame.dropped.weight, 1u);
  EXPECT_THAT(frame.rows, ElementsAre(1, 3, 5));
  EXPECT_THAT(cells(frame.weights), ElementsAre(2, 1, 3));
  EXPECT_THAT(frame.notes,
              ElementsAre("1 row left out for missing values (z: 1)", "1 row left out for zero weight"));
}

TEST(ModelFrame, LagsAreTakenBeforeWhere) {
  FrameOptions options = panel_options();
  options.where = expression("year >= 2011");
  const auto [frame, notes] = build("gdp ~ L.gdp", sample_panel(), options);
  EXPECT_THAT(frame.rows, ElementsAre(1, 2, 3));
  EXPECT_THAT(frame.exogenous.names, ElementsAre("(Intercept)", "L.gdp"));
  EXPECT_THAT(cells(frame.exogenous.values, 1), ElementsAre(10, 11, 20));
  EXPECT_EQ(frame.dropped.where, 3u);
  EXPECT_EQ(frame.dropped.missing, 1u);
  EXPECT_THAT(frame.unit.names, ElementsAre("上海", "北京"));
  EXPECT_THAT(frame.unit.level, ElementsAre(1, 1, 0));
  EXPECT_THAT(frame.time, ElementsAre(2011, 2012, 2011));
}

TEST(ModelFrame, CodesEffectsInSortedOrder) {
  const auto [frame, notes] = build("y ~ x | region + year", small());
  EXPECT_FALSE(frame.intercept);
  EXPECT_THAT(frame.exogenous.names, ElementsAre("x"));
  ASSERT_EQ(frame.effects.size(), 2u);
  EXPECT_EQ(frame.effects[0].group.name, "region");
  EXPECT_THAT(frame.effects[0].group.names, ElementsAre("Central", "East", "West"));
  EXPECT_THAT(frame.effects[0].group.level, ElementsAre(2, 1, 1, 0, 2, 0));
  EXPECT_THAT(frame.effects[1].group.names, ElementsAre("2013", "2014", "2015"));
}

TEST(ModelFrame, TextColumnsBecomeDummies) {
  const auto [frame, notes] = build("y ~ region", small());
  EXPECT_THAT(frame.exogenous.names, ElementsAre("(Intercept)", "region::East", "region::West"));
  EXPECT_THAT(cells(frame.exogenous.values, 1), ElementsAre(0, 1, 1, 0, 0, 0));
  EXPECT_THAT(cells(frame.exogenous.values, 2), ElementsAre(1, 0, 0, 0, 1, 0));
}

TEST(ModelFrameErrors, UnknownColumnsComeTogether) {
  FrameOptions options;
  options.clusters = {"regoin"};
  const auto found = failure("y ~ DT + xx", small(), options);
  EXPECT_EQ(found.code, "formula.unknown_column");
  EXPECT_EQ(found.message, "unknown variable `DT`");
  EXPECT_EQ(found.span.begin, 4u);
  EXPECT_EQ(found.notes.size(), 2u);
}

}  // namespace
}  // namespace panelist
