// SPDX-License-Identifier: Apache-2.0
// A made panel with two endogenous regressors w, w2 and instruments z1, z2, z3; units of eight years from 2010.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "table/table.h"

namespace panelist {

enum class Errors { equal_variances, spread_by_z1_and_weighted };

inline Table instrument_panel(Random random, std::size_t n, Errors errors) {
  const bool spread = errors == Errors::spread_by_z1_and_weighted;
  std::map<std::string, std::vector<double>> columns;
  for (const char* name : {"unit", "year", "z1", "z2", "z3", "x", "w", "w2", "y"}) columns[name].resize(n);
  if (spread) columns["weight"].resize(n);
  for (std::size_t row = 0; row < n; ++row) {
    const double u = random.normal(), z1 = random.normal(), z2 = random.normal(), z3 = random.normal();
    columns["unit"][row] = static_cast<double>(row / 8);
    columns["year"][row] = 2010 + static_cast<double>(row % 8);
    columns["z1"][row] = z1;
    columns["z2"][row] = z2;
    columns["z3"][row] = z3;
    columns["x"][row] = random.normal();
    columns["w"][row] = 0.5 * z1 + 0.3 * z2 + 0.5 * u + random.normal();
    columns["w2"][row] = 0.4 * z2 - 0.4 * z3 + 0.3 * u + random.normal();
    const double error = spread ? u * (1 + 0.5 * z1 * z1) : u;
    columns["y"][row] = columns["w"][row] - columns["w2"][row] + columns["x"][row] + error;
    if (spread) columns["weight"][row] = 0.5 + random.uniform();
  }
  Table table(n);
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

}  // namespace panelist
