// SPDX-License-Identifier: Apache-2.0
// The Grunfeld designs of tests/reference/panel_tests and the numbers R gives for them.
#pragma once
#include "infer/tests.h"
#include "reference.h"

namespace panelist {

// "full pesaran_cd fe" -> value
inline const std::map<std::string, double>& panel_oracle() {
  static const std::map<std::string, double> values = [] {
    std::map<std::string, double> read;
    for (ReferenceRow& row : reference_rows("panel_tests/expected.csv"))
      read[row["design"] + " " + row["quantity"]] = std::stod(row["value"]);
    return read;
  }();
  return values;
}

inline void expect_oracle(double value, const std::string& key, double relative = 1e-8) {
  const double expected = panel_oracle().at(key);
  EXPECT_NEAR(value, expected, relative * std::abs(expected)) << key;
}

// "full", "short" (unbalanced, with gaps) or "series".
inline Table grunfeld_design(const std::string& design) {
  const Table all = read_table(reference_path("stata_grunfeld_cluster/grunfeld.csv"));
  std::map<std::string, int> number;
  std::vector<bool> keep;
  for (std::size_t row = 0; row < all.rows(); ++row) {
    const std::string firm = all.at("firm").text_at(row);
    const int at = number.try_emplace(firm, static_cast<int>(number.size()) + 1).first->second;
    const int year = static_cast<int>(all.at("year").values()[row]);
    keep.push_back(design == "full" || (design == "short" && (at + year) % 7 != 0) ||
                   (design == "series" && firm == "General Motors"));
  }
  return all.filter(keep);
}

inline const PanelKeys grunfeld_keys = {"firm", "year"};

// A test by name on an estimation, as the catalog computes it.
inline TestResult test_by_name(const Estimation& estimation, const std::string& written,
                               const PanelKeys& keys = grunfeld_keys) {
  const TestRequest request = read_test_request(written);
  EstimationSpec spec;
  spec.frame.panel = keys;
  spec.vcov = estimation.vcov_spec;
  spec.small_sample = estimation.small_sample;
  return find_test_kind(request.name)->compute({}, spec, estimation, request).test.value();
}

inline std::string code_of_test(const Estimation& estimation, const std::string& written,
                                const PanelKeys& keys = grunfeld_keys) {
  try {
    test_by_name(estimation, written, keys);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

}  // namespace panelist
