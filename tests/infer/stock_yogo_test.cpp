// SPDX-License-Identifier: Apache-2.0
#include "reference.h"

namespace panelist {
namespace {

TEST(StockYogo, AllNumbersEqualTheTables) {
  int checked = 0;
  for (ReferenceRow& row : reference_rows("stock_yogo/critical_values.csv")) {
    EXPECT_EQ(stock_yogo(row["table"], std::stoi(row["n_endog"]), std::stoi(row["n_instruments"])),
              std::stod(row["value"]));
    ++checked;
  }
  EXPECT_EQ(checked, 4348);
}

TEST(StockYogo, HasNoNumberOutsideTheTables) {
  EXPECT_TRUE(std::isnan(stock_yogo("ivsize10", 3, 5)));
  EXPECT_TRUE(std::isnan(stock_yogo("ivsize10", 1, 0)));
  EXPECT_TRUE(std::isnan(stock_yogo("ivsize10", 1, 101)));
  EXPECT_TRUE(std::isnan(stock_yogo("ivsize11", 1, 1)));
}

}  // namespace
}  // namespace panelist
