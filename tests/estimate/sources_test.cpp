// SPDX-License-Identifier: Apache-2.0
// A regression is the same bytes wherever its columns come from.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/random.h"
#include "estimate/estimator.h"
#include "table/read.h"

namespace panelist {
namespace {

constexpr std::size_t rows = 25000;  // enough for the engine of many rows

Table panel() {
  Random random(7, "sources", 0);
  std::vector<std::vector<double>> cells(6, std::vector<double>(rows));
  for (std::size_t i = 0; i < rows; ++i) {
    cells[0][i] = static_cast<double>(i / 10);
    cells[1][i] = static_cast<double>(random.below(300));
    for (std::size_t j = 2; j < 6; ++j) cells[j][i] = random.normal() + 0.01 * cells[1][i];
    if (i % 1000 == 17) cells[4][i] = missing_value;
  }
  Table table(rows);
  const std::vector<std::string> names = {"unit", "firm", "y", "x", "z", "v"};
  for (std::size_t j = 0; j < names.size(); ++j)
    table.set(names[j], Column::numbers(cells[j], j < 2 ? ColumnKind::integer : ColumnKind::real));
  return table;
}

std::shared_ptr<ModelFrame> frame_of(const Table& table, const std::string& text, int threads = 1) {
  Diagnostics mistakes, notes;
  const Formula formula = parse_formula(text, {}, {}, mistakes).front();
  mistakes.throw_first_error();
  Context context;
  context.threads = threads;
  return std::make_shared<ModelFrame>(build_model_frame(context, formula, table, nullptr, {}, notes));
}

void expect_same_bytes(const Fit& a, const Fit& b) {
  EXPECT_EQ(a.names, b.names);
  EXPECT_EQ(a.n, b.n);
  EXPECT_TRUE(a.coefficients == b.coefficients);
  EXPECT_TRUE(a.residuals == b.residuals);
  EXPECT_TRUE(a.x == b.x);
  EXPECT_TRUE(a.bread == b.bread);
  EXPECT_TRUE(a.means == b.means);
  EXPECT_EQ(a.rss, b.rss);
  EXPECT_EQ(a.tss, b.tss);
}

// Has a thousand rows at a time, as another engine might.
class Generator : public ColumnSource {
 public:
  explicit Generator(SharedVector cells) : cells_(std::move(cells)) {}
  [[nodiscard]] Index rows() const override { return cells_.size(); }
  [[nodiscard]] const double* load(Index first, Index count, double* buffer) const override {
    for (Index done = 0; done < count;) {
      const Index block = (first + done) / 1000;
      const std::vector<double> made = block_of(block);
      const Index from = first + done - 1000 * block;
      const Index some = std::min(count - done, static_cast<Index>(made.size()) - from);
      std::copy_n(made.data() + from, some, buffer + done);
      done += some;
    }
    return buffer;
  }

 private:
  [[nodiscard]] std::vector<double> block_of(Index block) const {
    const Index first = 1000 * block, last = std::min(first + 1000, cells_.size());
    return {cells_.data() + first, cells_.data() + last};
  }
  SharedVector cells_;
};

std::shared_ptr<ModelFrame> served_by_generators(const ModelFrame& frame) {
  auto served = std::make_shared<ModelFrame>(frame);
  served->exogenous.values = SharedColumns(frame.n());
  for (Index j = 0; j < frame.exogenous.values.cols(); ++j)
    served->exogenous.values.append(std::make_shared<const Generator>(frame.exogenous.values.col(j)));
  return served;
}

class Sources : public testing::TestWithParam<const char*> {};

TEST_P(Sources, GiveTheSameRegressionFromMemoryAMappedFileAndAGenerator) {
  const Table table = panel();
  const std::string path = testing::TempDir() + "panelist_" + std::to_string(getpid()) + "_sources.pcol";
  write_table(table, path);
  const Table mapped = read_table(path);
  std::filesystem::remove(path);
  const auto frame = frame_of(table, GetParam());
  const Fit in_memory = estimate(Context{}, frame);
  expect_same_bytes(in_memory, estimate(Context{}, frame_of(mapped, GetParam())));
  expect_same_bytes(in_memory, estimate(Context{}, served_by_generators(*frame)));
}

TEST_P(Sources, GiveTheSameRegressionWhenTheyAreLetGoOfAndOnAnyNumberOfThreads) {
  const Table table = panel();
  const Fit kept = estimate(Context{}, frame_of(table, GetParam()));
  EstimateOptions options;
  options.release_regressors = true;
  Context context;
  context.threads = 3;
  const Fit released = estimate(context, frame_of(table, GetParam(), 3), options);
  expect_same_bytes(kept, released);
  EXPECT_EQ(released.frame->exogenous.names, kept.frame->exogenous.names);
  EXPECT_EQ(released.frame->exogenous.values.col(0).size(), 0);
}

INSTANTIATE_TEST_SUITE_P(OfRows, Sources,
                         testing::Values("y ~ x + v | unit + firm",  // columns of the table
                                         "y ~ x + z | unit + firm",  // a choice of its rows
                                         "y ~ x*v + poly(z,2) | unit", "y ~ x + v"));

TEST(Sources, OfAProductAreTheProductAndOfDummiesTheLevels) {
  Table table(4);
  table.set("y", Column::numbers({1, 2, 4, 8}));
  table.set("x", Column::numbers({0.5, missing_value, 3, 4}));
  table.set("g", Column::texts({"b", "a", "b", "a"}));
  const auto frame = frame_of(table, "y ~ x + g + x:y + poly(x,2)");
  EXPECT_EQ(frame->exogenous.names,
            (std::vector<std::string>{"(Intercept)", "x", "g::b", "x:y", "poly(x,2)1", "poly(x,2)2"}));
  Matrix expected(3, 6);
  expected << 1, 0.5, 1, 0.5, 0.5, 0.25,  //
      1, 3, 1, 12, 3, 9,                  //
      1, 4, 0, 32, 4, 16;
  EXPECT_EQ(frame->exogenous.values.matrix(), expected);
}

TEST(Sources, LetGoOfSayWhenANameOfTwoEffectsIsMissed) {
  Table table = panel();
  std::vector<double> by_unit(rows);
  for (std::size_t i = 0; i < rows; ++i) by_unit[i] = table.at("unit").cells()[i] / 7;
  table.set("v", Column::numbers(by_unit));
  EstimateOptions options;
  options.release_regressors = true;
  EXPECT_THROW(estimate(Context{}, frame_of(table, "y ~ x + v | unit + firm"), options), RegressorsNeeded);
  const Fit one = estimate(Context{}, frame_of(table, "y ~ x + v | unit"), options);
  ASSERT_EQ(one.dropped.size(), 1U);
  EXPECT_EQ(one.dropped[0].with, std::vector<std::string>{"unit"});
}

}  // namespace
}  // namespace panelist
