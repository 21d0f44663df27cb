// SPDX-License-Identifier: Apache-2.0
// Rows beyond what an index was learned on: cells that its logarithm or ratio cannot take, and cells better than the best.
#include <gmock/gmock.h>

#include "example.h"

namespace panelist {
namespace {

struct Later {
  Table table;
  Panel panel;
  std::vector<std::size_t> rows = {0, 1, 2};
  Later(std::vector<double> x, std::vector<double> y) {
    table.set("unit", Column::texts({"A", "B", "C"}));
    table.set("time", Column::numbers({2, 2, 2}));
    table.set("x", Column::numbers(std::move(x)));
    table.set("y", Column::numbers(std::move(y)));
    panel = make_panel(table, {"unit", "time"});
  }
};

struct Earlier {
  Table table;
  Panel panel;
  IndexSystem system{"Q", {}, {}, {}, {}};
  IndexConventions conventions;
  Earlier() {
    table.set("unit", Column::texts({"A", "B", "C", "D"}));
    table.set("time", Column::numbers({1, 1, 1, 1}));
    table.set("x", Column::numbers({1, 2, 4, 3}));
    table.set("y", Column::numbers({5, 3, 2, 1}));
    panel = make_panel(table, {"unit", "time"});
    for (const char* code : {"x", "y"}) {
      Indicator indicator;
      indicator.code = code;
      indicator.direction = code[0] == 'x' ? '+' : '-';
      system.indicators.push_back(indicator);
    }
  }
  [[nodiscard]] IndexResult build() const {
    return build_index(Context{}, system, conventions, table, panel, {0, 1, 2, 3});
  }
  [[nodiscard]] std::string failure_on(const Later& later) const {
    try {
      apply_index(Context{}, build(), later.table, later.panel, later.rows);
    } catch (const Error& error) {
      return error.diagnostic().code + " " + error.diagnostic().subject;
    }
    return "none";
  }
  [[nodiscard]] Vector scores_on(const Later& later) const {
    return apply_index(Context{}, build(), later.table, later.panel, later.rows).score;
  }
};

TEST(FrozenIndex, RefusesCellsWithoutALogarithmOrRatio) {
  Earlier earlier;
  for (const char* rule : {"log", "boxcox"}) {
    earlier.conventions.outliers = rule;
    EXPECT_EQ(earlier.failure_on({{-1, 2, 3}, {1, 2, 3}}), "index.not_positive indicator x") << rule;
    EXPECT_EQ(earlier.failure_on({{0, -2, -3}, {0, 0, 0}}), "index.not_positive indicator x") << rule;
    EXPECT_EQ(earlier.failure_on({{1, 2, 3}, {1, 2, 3}}), "none") << rule;
  }
  earlier.conventions = {};
  earlier.conventions.normalise = "max";
  EXPECT_EQ(earlier.failure_on({{1, 2, 3}, {0, 2, 3}}), "index.not_positive indicator y");
}

TEST(BasePool, RefusesCellsWithoutARatio) {
  Earlier earlier;
  earlier.table.set("time", Column::numbers({1, 1, 1, 2}));
  earlier.table.set("y", Column::numbers({5, 3, 2, 0}));
  earlier.panel = make_panel(earlier.table, {"unit", "time"});
  earlier.conventions.pool = "base:1";
  earlier.conventions.normalise = "max";
  EXPECT_THROW(earlier.build(), Error);
}

TEST(FrozenIndex, WithoutACompleteRowIsScored) {
  Earlier earlier;
  earlier.conventions.missing = "available";
  earlier.conventions.method = "equal";
  const Vector scores = earlier.scores_on({{1, missing_value, 4}, {missing_value, 3, missing_value}});
  EXPECT_DOUBLE_EQ(scores(0), 0);
  EXPECT_DOUBLE_EQ(scores(1), 0.5);
  EXPECT_DOUBLE_EQ(scores(2), 1);
}

// A row that improves never falls, also beyond the best and the worst that were learned.
TEST(FrozenIndex, NeverFallsWhereACellImproves) {
  for (const char* aggregate : {"arithmetic", "topsis", "vikor", "grey", "rsr"}) {
    Earlier earlier;
    earlier.conventions.aggregate = {aggregate};
    const Vector above = earlier.scores_on({{4, 5, 100}, {2, 2, 2}});
    EXPECT_LE(above(0), above(1)) << aggregate;
    EXPECT_LE(above(1), above(2)) << aggregate;
    const Vector below = earlier.scores_on({{-100, 0, 1}, {2, 2, 2}});
    EXPECT_LE(below(0), below(1)) << aggregate;
    EXPECT_LE(below(1), below(2)) << aggregate;
  }
}

}  // namespace
}  // namespace panelist
