// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "figure/kinds/density.h"
#include "reference_data.h"

namespace panelist {
namespace {

using testing::ReferenceTable;

std::vector<double> numbers_of(const ReferenceTable& table, const std::string& set, const std::string& what) {
  std::vector<double> numbers;
  for (const auto& row : table.rows)
    if (row[0] == set && row[1] == what) numbers.push_back(std::strtod(row[3].c_str(), nullptr));
  return numbers;
}

TEST(KernelDensity, AgreesWithTheFormulaInR) {
  const ReferenceTable table = testing::read_reference("kernel_density/expected.csv");
  for (const std::string set : {"precip", "islands"}) {
    const figure::Density density = figure::kernel_density(numbers_of(table, set, "value"));
    EXPECT_NEAR(density.bandwidth, numbers_of(table, set, "bandwidth").at(0), 1e-10 * density.bandwidth);
    const std::vector<double> x = numbers_of(table, set, "x"), y = numbers_of(table, set, "density");
    ASSERT_EQ(density.x.size(), x.size());
    const double highest = *std::max_element(y.begin(), y.end());
    for (std::size_t i = 0; i < x.size(); ++i) {
      EXPECT_NEAR(density.x[i], x[i], 1e-10 * std::abs(x.back()));
      EXPECT_NEAR(density.y[i], y[i], 1e-10 * highest);
    }
  }
}

TEST(KernelDensity, BinningManyValuesChangesLittle) {
  std::vector<double> few, many;
  for (int i = 0; i < 5000; ++i) few.push_back(std::sin(0.37 * i) + 0.3 * std::cos(1.1 * i));
  for (int copy = 0; copy < 4; ++copy) many.insert(many.end(), few.begin(), few.end());
  const figure::Density binned = figure::kernel_density(many);
  const double scale = std::pow(4, -0.2);  // the bandwidth falls with n
  EXPECT_NEAR(binned.bandwidth / figure::kernel_density(few).bandwidth, scale, 2e-4);
  double area = 0;
  for (std::size_t i = 1; i < binned.x.size(); ++i)
    area += 0.5 * (binned.x[i] - binned.x[i - 1]) * (binned.y[i] + binned.y[i - 1]);
  EXPECT_NEAR(area, 1, 2e-3);
}

TEST(KernelDensity, NeedsTwoDifferentValues) {
  EXPECT_TRUE(figure::kernel_density({1, 1, 1}).x.empty());
  EXPECT_TRUE(figure::kernel_density({}).x.empty());
}

}  // namespace
}  // namespace panelist
