// SPDX-License-Identifier: Apache-2.0
// Filling missing cells, counted and noted. Never silent.
//   mean        the column's mean over the rows
//   year_mean   the mean of the same time over units
//   linear      linear interpolation in time within the unit, inner gaps only
//   linear_nearest (or nearest)  the same, then the ends take the nearest observed value of the unit
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "table/panel.h"

namespace panelist {

enum class ImputeMethod { mean, year_mean, linear, linear_nearest };
std::optional<ImputeMethod> impute_method(std::string_view name);
std::vector<std::string> impute_method_names();

struct Imputed {
  std::vector<double> values;
  std::vector<std::size_t> filled;  // rows that got a value
  std::size_t still_missing = 0;
};
Imputed impute(const std::vector<double>& values, const Panel& panel, ImputeMethod method);

}  // namespace panelist
