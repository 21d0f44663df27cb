// SPDX-License-Identifier: Apache-2.0
// Cragg-Donald F = cc^2/(1 - cc^2) (n - L - s)/L1, cc the smallest canonical correlation.
// Source  Cragg & Donald (1993), Econometric Theory 9; Stock & Yogo (2005)
#include <fmt/format.h>

#include <cmath>

#include "infer/iv/partialled.h"

namespace panelist {

TestOrReason cragg_donald_f(const PartialledModel& model) {
  const double smallest = canonical_correlations(model).correlations.tail(1)(0);
  const double squared = smallest * smallest;
  TestOrReason result;
  result.test.name = "cragg_donald_f";
  result.test.statistic = squared / (1 - squared) * (model.n - model.all_instruments - model.absorbed) /
                          static_cast<double>(model.instrument_count());
  result.test.critical = stock_yogo_values(model);
  result.test.note = "Stock-Yogo values are for iid errors";
  return result;
}

// Sizes first ("10%"), then relative biases ("bias 5%"), where the tables have them.
std::vector<std::pair<std::string, double>> stock_yogo_values(const PartialledModel& model) {
  const int K1 = static_cast<int>(model.endogenous_count());
  const int L1 = static_cast<int>(model.instrument_count());
  std::vector<std::pair<std::string, double>> values;
  for (const int size : {10, 15, 20, 25}) {
    const double value = stock_yogo(fmt::format("ivsize{}", size), K1, L1);
    if (!std::isnan(value)) values.emplace_back(fmt::format("{}%", size), value);
  }
  for (const int bias : {5, 10, 20, 30}) {
    const double value = stock_yogo(fmt::format("ivbias{}", bias), K1, L1);
    if (!std::isnan(value)) values.emplace_back(fmt::format("bias {}%", bias), value);
  }
  return values;
}

}  // namespace panelist
