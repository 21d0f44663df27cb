// SPDX-License-Identifier: Apache-2.0
// The panel of tests/reference/index_methods, what is expected of it, and ways to change it.
#pragma once
#include "example.h"

namespace panelist {

struct Provinces {
  Table table = read_table(reference_path("index_methods/data.csv"));
  Panel panel = make_panel(table, {"province", "year"});
  IndexSystem system;
  std::vector<std::size_t> rows;
  IndexConventions conventions;
  std::vector<std::pair<std::size_t, std::string>> holes;

  Provinces() : rows(table.rows()) {
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    system.name = "DT";
    add("gdp_100m", "money", '+');
    add("disp_income_pc_yuan", "money", '+');
    add("websites_per100firms", "digital", '-');
    add("ecom_sales_100m", "money", '+');
    add("ecom_purch_100m", "money", '-');
    add("broadband_users_10k", "digital", '+');
    add("patent_grant", "digital", '+');
  }

  void add(const std::string& code, const std::string& dimension, char direction) {
    Indicator indicator;
    indicator.code = code;
    indicator.dimension = dimension;
    indicator.direction = direction;
    system.indicators.push_back(indicator);
  }

  [[nodiscard]] IndexResult build() const {
    return build_index(Context{}, system, conventions, table, panel, rows);
  }

  [[nodiscard]] Vector column(const std::string& code) const {
    const std::vector<double>& values = table.at(code).values();
    return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
  }

  [[nodiscard]] Index position(const std::string& code) const {
    for (std::size_t j = 0; j < system.indicators.size(); ++j)
      if (system.indicators[j].code == code) return static_cast<Index>(j);
    return -1;
  }

  // Ratios of 3 1 2 4 1 2 5, but for two pairs that contradict them.
  void compare_all() {
    const double importance[] = {3, 1, 2, 4, 1, 2, 5};
    for (std::size_t j = 0; j < 7; ++j)
      for (std::size_t k = j + 1; k < 7; ++k) {
        const double ratio = j == 0 && k == 1 ? 5 : j == 2 && k == 6 ? 0.25 : importance[j] / importance[k];
        system.comparisons.push_back({system.indicators[j].code, system.indicators[k].code, ratio});
      }
  }

  // Every eleventh row from the third loses a cell of one of the first five indicators.
  void make_holes() {
    for (std::size_t row = 2; row < table.rows(); row += 11) {
      const std::string& code = system.indicators[(row + 1) % 5].code;
      std::vector<double> values = table.at(code).values();
      values[row] = missing_value;
      table.set(code, Column::numbers(values));
      holes.emplace_back(row, code);
    }
  }

  [[nodiscard]] double at(const std::string& quantity, const std::string& name,
                          const std::string& item) const {
    return expected().at(quantity + "," + name + "," + item);
  }

  static const std::map<std::string, double>& expected() {
    static const std::map<std::string, double> values = [] {
      std::map<std::string, double> read;
      std::ifstream file(reference_path("index_methods/expected.csv"));
      for (std::string line; std::getline(file, line);) {
        const std::size_t comma = line.rfind(',');
        read[line.substr(0, comma)] = std::strtod(line.c_str() + comma + 1, nullptr);
      }
      return read;
    }();
    return values;
  }
};

}  // namespace panelist
