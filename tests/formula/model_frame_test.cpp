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

std::vector<double> cells(const SharedColumns& columns, Index column) {
  return {columns.col(column).begin(), columns.col(column).end()};
}
std::vector<std::size_t> listed(const UsedRows& rows) { return {rows.begin(), rows.end()}; }
template <typename Values>
std::vector<double> cells(const Values& vector) {
  return {vector.begin(), vector.end()};
}

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
  EXPECT_THAT(listed(frame.rows), ElementsAre(1, 3, 5));
  EXPECT_THAT(cells(frame.weights), ElementsAre(2, 1, 3));
  EXPECT_THAT(frame.notes,
              ElementsAre("1 row left out for missing values (z: 1)", "1 row left out for zero weight"));
}

TEST(ModelFrame, LagsAreTakenBeforeWhere) {
  FrameOptions options = panel_options();
  options.where = expression("year >= 2011");
  const auto [frame, notes] = build("gdp ~ L.gdp", sample_panel(), options);
  EXPECT_THAT(listed(frame.rows), ElementsAre(1, 2, 3));
  EXPECT_THAT(frame.exogenous.names, ElementsAre("(Intercept)", "L.gdp"));
  EXPECT_THAT(cells(frame.exogenous.values, 1), ElementsAre(10, 11, 20));
  EXPECT_EQ(frame.dropped.where, 3u);
  EXPECT_EQ(frame.dropped.missing, 1u);
  EXPECT_THAT(frame.unit.names.all(), ElementsAre("上海", "北京"));
  EXPECT_THAT(frame.unit.level, ElementsAre(1, 1, 0));
  EXPECT_THAT(frame.time, ElementsAre(2011, 2012, 2011));
}

TEST(ModelFrame, CodesEffectsInSortedOrder) {
  const auto [frame, notes] = build("y ~ x | region + year", small());
  EXPECT_FALSE(frame.intercept);
  EXPECT_THAT(frame.exogenous.names, ElementsAre("x"));
  ASSERT_EQ(frame.effects.size(), 2u);
  EXPECT_EQ(frame.effects[0].group.name, "region");
  EXPECT_THAT(frame.effects[0].group.names.all(), ElementsAre("Central", "East", "West"));
  EXPECT_THAT(frame.effects[0].group.level, ElementsAre(2, 1, 1, 0, 2, 0));
  EXPECT_THAT(frame.effects[1].group.names.all(), ElementsAre("2013", "2014", "2015"));
}

TEST(ModelFrame, TextColumnsBecomeDummies) {
  const auto [frame, notes] = build("y ~ region", small());
  EXPECT_THAT(frame.exogenous.names, ElementsAre("(Intercept)", "region::East", "region::West"));
  EXPECT_THAT(cells(frame.exogenous.values, 1), ElementsAre(0, 1, 1, 0, 0, 0));
  EXPECT_THAT(cells(frame.exogenous.values, 2), ElementsAre(1, 0, 0, 0, 1, 0));
}

TEST(ModelFrame, ReferencesAndInteractionsAreNamedWithLevels) {
  EXPECT_THAT(build("y ~ i(region, ref=East)", small()).frame.exogenous.names,
              ElementsAre("(Intercept)", "region::Central", "region::West"));
  EXPECT_THAT(build("y ~ i(year, x, ref=2014)", small()).frame.exogenous.names,
              ElementsAre("(Intercept)", "year::2013:x", "year::2015:x"));
  EXPECT_THAT(build("y ~ i(year, x)", small()).frame.exogenous.names,
              ElementsAre("(Intercept)", "year::2014:x", "year::2015:x"));
  EXPECT_THAT(build("y ~ x + poly(x,2)", small()).frame.exogenous.names,
              ElementsAre("(Intercept)", "x", "poly(x,2)1", "poly(x,2)2"));
  const auto built = build("y ~ i(year, x, ref=2014)", small());
  EXPECT_THAT(cells(built.frame.exogenous.values, 1), ElementsAre(0, 3, 0, 0, 0, 13));
}

TEST(ModelFrame, CategoriesKeepAllLevelsWhereNothingSpansThem) {
  EXPECT_THAT(build("y ~ region:x", small()).frame.exogenous.names,
              ElementsAre("(Intercept)", "region::Central:x", "region::East:x", "region::West:x"));
  EXPECT_THAT(build("y ~ x + region:x", small()).frame.exogenous.names,
              ElementsAre("(Intercept)", "x", "region::East:x", "region::West:x"));
  EXPECT_THAT(build("y ~ 0 + sex + region", small()).frame.exogenous.names,
              ElementsAre("sex::f", "sex::m", "region::East", "region::West"));
  EXPECT_THAT(build("y ~ sex*region", small()).frame.exogenous.names,
              ElementsAre("(Intercept)", "sex::m", "region::East", "region::West", "sex::m:region::East",
                          "sex::m:region::West"));
  EXPECT_THAT(build("y ~ region | year", small(),
                    [] {
                      FrameOptions o;
                      o.drop_singletons = false;
                      return o;
                    }())
                  .frame.exogenous.names,
              ElementsAre("region::East", "region::West"));
}

TEST(ModelFrame, CategoriesAreThoseOfTheRowsUsed) {
  FrameOptions options;
  options.where = expression("region != 'Central'");
  const auto [frame, notes] = build("y ~ region + sex", small(), options);
  EXPECT_THAT(frame.exogenous.names, ElementsAre("(Intercept)", "region::West", "sex::m"));
  options.where = expression("region == 'West'");
  const auto single = build("y ~ region + x", small(), options);
  EXPECT_THAT(single.frame.exogenous.names, ElementsAre("(Intercept)", "x"));
  EXPECT_THAT(single.frame.notes, ElementsAre("region has one level in the sample and is left out"));
  const auto gone = build("y ~ i(region, ref=Central)", small(), options);
  EXPECT_THAT(gone.frame.notes[0], HasSubstr("the reference Central of region is not in the sample"));
}

TEST(ModelFrame, SetsMarkTheirColumns) {
  const auto [frame, notes] = build("y ~ w + {controls}", small());
  EXPECT_THAT(frame.exogenous.names, ElementsAre("(Intercept)", "w", "x", "log(z)"));
  EXPECT_THAT(frame.exogenous.sets, ElementsAre("", "", "controls", "controls"));
}

TEST(ModelFrame, InstrumentsOffsetExtraAndClusters) {
  FrameOptions options;
  options.clusters = {"region", "region^sex"};
  options.needed_columns = {"w"};
  options.drop_singletons = false;
  const auto [frame, notes] = build("y ~ offset(log(x)) | sex^region | w ~ x + I(x^2)", small(), options);
  EXPECT_TRUE(frame.has_iv());
  EXPECT_THAT(frame.endogenous.names, ElementsAre("w"));
  EXPECT_THAT(frame.instruments.names, ElementsAre("x", "I(x^2)"));
  EXPECT_DOUBLE_EQ(frame.offset[0], std::log(2.0));
  EXPECT_THAT(cells(frame.extra.values, 0), ElementsAre(1, 2, 0, 1, 1, 3));
  EXPECT_THAT(frame.clusters[1].names.all(), ElementsAre("Central^f", "East^f", "East^m", "West^m"));
  EXPECT_THAT(frame.clusters[1].level, ElementsAre(3, 1, 2, 0, 3, 0));
  EXPECT_THAT(frame.effects[0].group.names.all(), ElementsAre("f^Central", "f^East", "m^East", "m^West"));
}

TEST(ModelFrame, SlopesBelongToTheirEffect) {
  const auto [frame, notes] = build("y ~ x | region[w, x]", small());
  EXPECT_THAT(frame.effects[0].slope_names, ElementsAre("w", "x"));
  EXPECT_THAT(cells(frame.effects[0].slopes, 0), ElementsAre(1, 2, 0, 1, 1, 3));
  EXPECT_FALSE(frame.intercept);
  const auto only = build("y ~ x | region[[w]]", small());
  EXPECT_FALSE(only.frame.effects[0].intercept);
  EXPECT_TRUE(only.frame.intercept);
}

TEST(Singletons, FallInChains) {
  // Row 0 alone in a:0; without it b:0 has one row; without that a:1 has one row.
  EXPECT_THAT(without_singletons({{0, 1, 1, 2, 2}, {0, 0, 1, 1, 1}}, 5),
              ElementsAre(false, false, false, true, true));
  EXPECT_THAT(without_singletons({{0, 0, 1, 1}, {0, 1, 0, 1}}, 4), ElementsAre(true, true, true, true));
  EXPECT_THAT(without_singletons({}, 2), ElementsAre(true, true));
}

TEST(Singletons, AreDroppedCountedOrKept) {
  Table table;
  table.set("y", Column::numbers({1, 2, 3, 4, 5}));
  table.set("f", Column::texts({"a", "b", "b", "c", "c"}));
  table.set("g", Column::texts({"u", "u", "v", "v", "v"}));
  table.set("w", Column::numbers({2, 1, 1, 1, 1}));
  const auto [frame, notes] = build("y ~ 1 | f + g", table);
  EXPECT_THAT(listed(frame.rows), ElementsAre(3, 4));
  EXPECT_EQ(frame.dropped.singleton, 3u);
  EXPECT_THAT(frame.effects[0].group.names.all(), ElementsAre("c"));
  FrameOptions keep;
  keep.drop_singletons = false;
  EXPECT_EQ(build("y ~ 1 | f + g", table, keep).frame.n(), 5);
  FrameOptions weighted;
  weighted.weights = expression("w");
  weighted.weight_type = WeightType::frequency;
  const auto counts = build("y ~ 1 | f + g", table, weighted);
  EXPECT_EQ(counts.frame.n(), 5);
  EXPECT_DOUBLE_EQ(counts.frame.observations(), 6);
}

TEST(ModelFrameErrors, WeightsMustBeCountsOrNonNegative) {
  Table table = small();
  table.set("bad", Column::numbers({1, -2, 1, 1, 1, 0.5}));
  FrameOptions options;
  options.weights = expression("bad");
  const auto negative = failure("y ~ x", table, options);
  EXPECT_EQ(negative.code, "data.weights_negative");
  EXPECT_THAT(negative.notes, ElementsAre("row 2: -2"));
  options.where = expression("bad > 0");
  options.weight_type = WeightType::frequency;
  EXPECT_EQ(failure("y ~ x", table, options).code, "data.weights_not_integer");
}

TEST(ModelFrameErrors, NoRowsSaysWhichStepTookThem) {
  FrameOptions options;
  options.where = expression("y > 4");
  Table table = small();
  table.set("z", Column::numbers({1, 1, 1, 1, na, na}));
  const auto found = failure("y ~ z", table, options);
  EXPECT_EQ(found.code, "data.no_rows");
  EXPECT_EQ(found.message, "no row of 6 is left");
  EXPECT_THAT(found.notes, ElementsAre("where left out 4", "missing values left out 2 (z: 2)"));
  options.where = expression("y > 40");
  EXPECT_EQ(failure("y ~ x", table, options).hint, "widen where");
}

TEST(ModelFrameErrors, TextWhereANumberIsNeeded) {
  EXPECT_EQ(failure("region ~ x", small()).code, "formula.not_a_number");
  EXPECT_EQ(failure("y ~ x + offset(region)", small()).code, "formula.not_a_number");
  EXPECT_EQ(failure("y ~ log(region)", small()).code, "expression.type");
  const auto level = failure("y ~ i(region, ref=Wets)", small());
  EXPECT_EQ(level.code, "formula.unknown_level");
  EXPECT_EQ(level.hint, "did you mean `West`?");
}

TEST(ModelFrameWarnings, DomainSlipsOutsideWhereAreSilent) {
  Table table = small();
  table.set("x", Column::numbers({-1, 3, 5, 7, 11, 0}));
  FrameOptions options;
  options.where = expression("y > 1");
  const auto [frame, notes] = build("y ~ log(x)", table, options);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_THAT(notes.items()[0].notes, ElementsAre("row 6"));
  EXPECT_EQ(frame.dropped.missing, 1u);
}

// The same frame whatever the order of rows, row by row.
TEST(ModelFrameProperties, PermutedRowsGivePermutedFrames) {
  const std::size_t n = 60;
  std::mt19937 random(3);
  std::vector<std::string> unit(n), kind(n);
  std::vector<double> year(n), x(n), y(n);
  for (std::size_t i = 0; i < n; ++i) {
    unit[i] = "省" + std::to_string(i / 6);
    year[i] = 2010 + static_cast<double>(i % 6);
    kind[i] = std::string(1, static_cast<char>('a' + random() % 4));
    x[i] = static_cast<double>(random() % 100);
    y[i] = random() % 9 == 0 ? na : static_cast<double>(random() % 50);
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Table table;
  table.set("unit", Column::texts(unit));
  table.set("year", Column::numbers(year, ColumnKind::integer));
  table.set("kind", Column::texts(kind));
  table.set("x", Column::numbers(x));
  table.set("y", Column::numbers(y));
  std::shuffle(order.begin(), order.end(), random);
  const Table shuffled = table.take(order);
  FrameOptions options;
  options.panel = {"unit", "year"};
  options.where = expression("year >= 2012");
  const auto a = build("y ~ L.x + kind + D.x:kind | unit + year", table, options).frame;
  const auto b = build("y ~ L.x + kind + D.x:kind | unit + year", shuffled, options).frame;
  ASSERT_EQ(a.n(), b.n());
  EXPECT_EQ(a.exogenous.names, b.exogenous.names);
  EXPECT_EQ(a.effects[0].group.names.all(), b.effects[0].group.names.all());
  const std::vector<std::size_t> used = listed(a.rows);
  for (std::size_t j = 0; j < b.rows.size(); ++j) {
    const auto i =
        static_cast<std::size_t>(std::lower_bound(used.begin(), used.end(), order[b.rows[j]]) - used.begin());
    ASSERT_EQ(a.rows[i], order[b.rows[j]]);
    EXPECT_EQ(a.exogenous.values.matrix().row(static_cast<Index>(i)),
              b.exogenous.values.matrix().row(static_cast<Index>(j)));
    EXPECT_EQ(a.effects[0].group.level[i], b.effects[0].group.level[j]);
    EXPECT_EQ(a.unit.level[i], b.unit.level[j]);
    EXPECT_EQ(a.time[i], b.time[j]);
  }
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
