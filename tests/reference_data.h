// SPDX-License-Identifier: Apache-2.0
// Reading the small csv files of tests/reference: no quotes inside fields, "" around them allowed.
#pragma once
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace panelist::testing {

struct ReferenceTable {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> rows;

  [[nodiscard]] std::size_t position(const std::string& name) const {
    for (std::size_t j = 0; j < names.size(); ++j) {
      if (names[j] == name) return j;
    }
    throw std::runtime_error("no column " + name);
  }
  [[nodiscard]] std::vector<std::string> text(const std::string& name) const {
    std::vector<std::string> values;
    for (const auto& row : rows) values.push_back(row.at(position(name)));
    return values;
  }
  [[nodiscard]] std::vector<double> numbers(const std::string& name) const {
    std::vector<double> values;
    for (const auto& row : rows) values.push_back(std::stod(row.at(position(name))));
    return values;
  }
};

inline std::vector<std::string> reference_fields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

// `path` below tests/reference.
inline ReferenceTable read_reference(const std::string& path) {
  std::ifstream file(std::string(PANELIST_SOURCE_DIR) + "/tests/reference/" + path);
  if (!file) throw std::runtime_error("cannot read reference " + path);
  ReferenceTable table;
  std::string line;
  std::getline(file, line);
  table.names = reference_fields(line);
  while (std::getline(file, line)) table.rows.push_back(reference_fields(line));
  return table;
}

}  // namespace panelist::testing
