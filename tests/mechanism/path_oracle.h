// SPDX-License-Identifier: Apache-2.0
// tests/reference/mediation_paths: its panel, its numbers, and its draws of units.
#pragma once
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "panels.h"
#include "table/read.h"

namespace panelist {

struct PathOracle {
  Table table;
  Panel panel;
  std::map<std::string, double> expected;  // "two,m1 estimate"
  std::vector<std::vector<int>> draws;     // how often each unit is taken

  PathOracle() {
    const std::string folder = std::string(PANELIST_SOURCE_DIR) + "/tests/reference/mediation_paths/";
    table = read_table(folder + "panel.csv");
    panel = make_panel(table, {"unit", "year"});
    std::ifstream numbers(folder + "expected.csv");
    for (std::string line; std::getline(numbers, line);) {
      const std::size_t comma = line.rfind(',');
      expected[line.substr(0, comma)] = std::strtod(line.c_str() + comma + 1, nullptr);
    }
    std::ifstream lines(folder + "draws.txt");
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      draws.emplace_back(std::istream_iterator<int>(words), std::istream_iterator<int>());
    }
  }
  [[nodiscard]] double at(const std::string& name) const { return expected.at(name); }
};

inline void expect_close(double value, double expected, const std::string& what) {
  EXPECT_NEAR(value, expected, 1e-8 * std::max(std::abs(expected), 1e-2)) << what;
}

}  // namespace panelist
