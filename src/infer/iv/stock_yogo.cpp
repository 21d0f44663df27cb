// SPDX-License-Identifier: Apache-2.0
#include "infer/iv_tests.h"

namespace panelist {
namespace {

struct Series {
  std::string_view table;
  int endogenous;
  int first_instruments;
  std::vector<double> values;
};

const std::vector<Series>& all_series() {
  static const std::vector<Series> series = {
#include "infer/iv/stock_yogo_values.inc"
  };
  return series;
}

}  // namespace

double stock_yogo(std::string_view table, int endogenous, int instruments) {
  for (const Series& series : all_series()) {
    if (series.table != table || series.endogenous != endogenous) continue;
    const int position = instruments - series.first_instruments;
    if (position < 0 || position >= static_cast<int>(series.values.size())) return missing_value;
    return series.values[static_cast<std::size_t>(position)];
  }
  return missing_value;
}

}  // namespace panelist
