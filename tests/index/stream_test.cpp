// SPDX-License-Identifier: Apache-2.0
#include "index/stream.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace panelist {
namespace {

// 9,000 rows are three blocks, the last one short.
struct ManyRows {
  Table table{9000};
  Panel panel;
  IndexSystem system{"many", {}, {}, {}, {}};
  IndexConventions conventions;
  std::vector<std::size_t> rows;

  ManyRows() {
    std::vector<double> unit(9000), time(9000);
    for (std::size_t row = 0; row < 9000; ++row) {
      unit[row] = static_cast<double>(row / 9);
      time[row] = static_cast<double>(2010 + row % 9);
      rows.push_back(row);
    }
    table.set("unit", Column::numbers(unit));
    table.set("year", Column::numbers(time));
    panel = make_panel(table, {"unit", "year"});
    for (const char* code : {"a", "b", "c", "d", "e"}) add(code);
    system.indicators[1].direction = '-';
    system.indicators[2].direction = '=';
    system.indicators[2].target = 1;
    system.indicators[4].min = 0;
    system.indicators[4].max = 2;
  }

  void add(const std::string& code) {
    Random random(3, code, 0);
    std::vector<double> cells(9000);
    for (double& cell : cells) cell = std::exp(random.normal());
    table.set(code, Column::numbers(cells));
    Indicator indicator;
    indicator.code = code;
    indicator.dimension = code < "c" ? "D1" : "D2";
    system.indicators.push_back(indicator);
  }

  [[nodiscard]] IndexResult build(int threads = 1, const IndexExtras& extras = {}) const {
    Context context;
    context.threads = threads;
    return build_index(context, system, conventions, table, panel, rows, extras);
  }
  // A mark of a filled cell off the sample asks for all cells at once, and changes no number.
  [[nodiscard]] IndexResult whole() const {
    ManyRows marked = *this;
    marked.system.indicators[0].imputed = {100000};
    return marked.build();
  }
};

void expect_same(const IndexResult& a, const IndexResult& b) {
  ASSERT_EQ(a.score.size(), b.score.size());
  EXPECT_TRUE((a.score.array() == b.score.array()).all());
  EXPECT_EQ(a.rank, b.rank);
  EXPECT_EQ(a.warnings, b.warnings);
  for (std::size_t j = 0; j < a.indicators.size(); ++j) {
    EXPECT_EQ(a.indicators[j].weight, b.indicators[j].weight);
    EXPECT_EQ(a.indicators[j].local_weight, b.indicators[j].local_weight);
    EXPECT_EQ(a.indicators[j].min, b.indicators[j].min);
    if (a.conventions.method == "entropy") {
      EXPECT_EQ(a.indicators[j].entropy, b.indicators[j].entropy);
    }
  }
  for (std::size_t k = 0; k < a.nodes.size(); ++k) {
    EXPECT_EQ(a.nodes[k].weight, b.nodes[k].weight);
    EXPECT_TRUE((a.nodes[k].score.array() == b.nodes[k].score.array()).all());
    EXPECT_TRUE((a.nodes[k].contribution.array() == b.nodes[k].contribution.array()).all());
  }
}

void expect_same_as_whole(const ManyRows& many) {
  const IndexResult streamed = many.build(2), whole = many.whole();
  expect_same(streamed, whole);
  ASSERT_EQ(streamed.stages.size(), 1U);
  EXPECT_TRUE((streamed.stages[0].values.array() == whole.stages.back().values.array()).all());
  EXPECT_NEAR(streamed.diagnostics.kmo, whole.diagnostics.kmo, 1e-11);
  EXPECT_NEAR(streamed.diagnostics.alpha, whole.diagnostics.alpha, 1e-11);
  EXPECT_NEAR(streamed.diagnostics.bartlett_chi2, whole.diagnostics.bartlett_chi2, 1e-7);
}

TEST(Stream, GivesTheBitsOfAllCellsAtOnce) {
  ManyRows many;
  expect_same_as_whole(many);
  many.conventions.zero = "0.01";
  expect_same_as_whole(many);
  many.conventions.pool = "base:2012";
  expect_same_as_whole(many);
  many.conventions.method = "equal";
  many.conventions.cap = true;
  expect_same_as_whole(many);
}

TEST(Stream, ReadsRowsInAnyOrder) {
  ManyRows many;
  std::reverse(many.rows.begin(), many.rows.end());
  many.rows.resize(5000);
  expect_same_as_whole(many);
}

TEST(Stream, DividesByDenominatorsAndKeepsThatStage) {
  ManyRows many;
  many.system.indicators[0].denominator = "b";
  const IndexResult streamed = many.build(2), whole = many.whole();
  expect_same(streamed, whole);
  ASSERT_EQ(streamed.stages.size(), 2U);
  EXPECT_EQ(streamed.stages[0].name, "denominated");
  EXPECT_TRUE((streamed.stages[0].values.array() == whole.stages[0].values.array()).all());
}

TEST(Stream, DoesNotDependOnThreads) {
  const ManyRows many;
  const IndexResult one = many.build(1), two = many.build(2), five = many.build(5);
  expect_same(one, two);
  expect_same(one, five);
  EXPECT_EQ(one.diagnostics.kmo, five.diagnostics.kmo);
}

TEST(Stream, LeavesOutWhatIsNotAskedFor) {
  const IndexResult bare = ManyRows().build(1, {false, false});
  EXPECT_TRUE(bare.stages.empty());
  EXPECT_TRUE(std::isnan(bare.diagnostics.kmo));
  expect_same(bare, ManyRows().build());
}

TEST(Stream, NamesAMissingCell) {
  ManyRows many;
  std::vector<double> cells = many.table.at("c").values();
  cells[4711] = missing_value;
  many.table.set("c", Column::numbers(cells));
  try {
    static_cast<void>(many.build());
    FAIL() << "a missing cell went through";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "index.missing_cells");
    EXPECT_NE(error.diagnostic().message.find("c: 523 2014"), std::string::npos)
        << error.diagnostic().message;
  }
}

}  // namespace
}  // namespace panelist
