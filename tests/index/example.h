// SPDX-License-Identifier: Apache-2.0
// The invented panel of tests/reference/entropy_example and its results.
#pragma once
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "index/index.h"
#include "table/read.h"

namespace panelist {

inline std::string reference_path(const std::string& name) {
  return std::string(PANELIST_SOURCE_DIR) + "/tests/reference/" + name;
}

struct Example {
  Table table = read_table(reference_path("entropy_example/data.csv"));
  Panel panel = make_panel(table, {"region", "year"});
  IndexSystem system;
  std::vector<std::size_t> rows;
  IndexConventions conventions;

  Example() : rows(table.rows()) {
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    system.name = "Q";
    const auto add = [&](const char* code, const char* dimension, char direction) {
      Indicator indicator;
      indicator.code = code;
      indicator.dimension = dimension;
      indicator.direction = direction;
      system.indicators.push_back(indicator);
    };
    add("x1", "D1", '+');
    add("x2", "D1", '+');
    add("x3", "D1", '-');
    add("x4", "D2", '+');
    add("x5", "D2", '-');
  }
  IndexResult build() const { return build_index(Context{}, system, conventions, table, panel, rows); }
  // "A-2020"
  [[nodiscard]] std::string key(std::size_t row) const {
    return table.at("region").text_at(row) + "-" + table.at("year").text_at(row);
  }
  // Another column of values in place of an indicator's.
  void replace(const std::string& code, const std::function<double(double)>& change) {
    std::vector<double> values = table.at(code).values();
    for (double& value : values) value = change(value);
    table.set(code, Column::numbers(values));
  }
};

inline const nlohmann::json& example_results() {
  static const nlohmann::json results =
      nlohmann::json::parse(std::ifstream(reference_path("entropy_example/results.json")));
  return results;
}

// The code of what building it throws, or "none".
inline std::string code_of_failure(const Example& example) {
  try {
    example.build();
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "none";
}

}  // namespace panelist
