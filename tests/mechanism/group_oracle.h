// SPDX-License-Identifier: Apache-2.0
// The panel of tests/reference/group_differences_r and what base R computed from it.
#pragma once
#include <gmock/gmock.h>

#include <fstream>

#include "mechanism/group_difference.h"
#include "panels.h"
#include "table/read.h"

namespace panelist {

inline const std::string folder_of_groups =
    std::string(PANELIST_SOURCE_DIR) + "/tests/reference/group_differences_r/";

// "case,quantity" -> value.
inline std::map<std::string, double> read_expected() {
  std::map<std::string, double> values;
  std::ifstream file(folder_of_groups + "expected.csv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t at = line.rfind(',');
    values[line.substr(0, at)] = std::stod(line.substr(at + 1));
  }
  return values;
}

struct Oracle {
  std::map<std::string, double> expected = read_expected();
  Table table = read_table(folder_of_groups + "panel.csv");
  Panel panel = make_panel(table, {"unit", "year"});

  [[nodiscard]] double at(const std::string& of, const std::string& quantity) const {
    return expected.at(of + "," + quantity);
  }
  GroupDifference compare(const GroupDifferenceSpec& spec, Diagnostics* notes = nullptr) const {
    Diagnostics unread;
    return group_difference(Context{}, spec, table, &panel, notes != nullptr ? *notes : unread);
  }
};

inline const Oracle& oracle() {
  static const Oracle made;
  return made;
}

inline void expect_close(double value, double expected, const std::string& what) {
  EXPECT_NEAR(value, expected, 1e-8 * std::max(1.0, std::abs(expected))) << what;
}

// A method on a split; printed by its name.
struct Case {
  std::string name, method, by, vcov, formula = "y ~ x + z | unit + year", weights{}, ssc = "fixest",
                                      estimator{};
};

inline void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

inline GroupDifferenceSpec spec_of(const Case& one) {
  GroupDifferenceSpec spec;
  spec.model = model_of(one.formula, one.vcov, one.ssc);
  spec.model.frame.panel = {"unit", "year"};
  if (!one.weights.empty()) spec.model.frame.weights = expression_of(one.weights);
  spec.model.method = one.estimator;
  spec.term = "x";
  spec.by = one.by;
  spec.tests = {one.method};
  return spec;
}

}  // namespace panelist
