// SPDX-License-Identifier: Apache-2.0
// Table styles: a catalog. A style is data; adding one = one line in styles.cpp.
#pragma once
#include <string_view>
#include <vector>

namespace panelist {

struct StyleEntry {
  std::string_view name, summary;
  std::string_view first_head;             // word of the head over the terms
  std::vector<std::string_view> stats;     // rows under the coefficients
  std::vector<std::string_view> iv_stats;  // before them when a column has instruments
  std::vector<std::pair<std::string_view, std::string_view>> labels_en;  // stat -> label where it differs
  bool numbers_last = false;     // (1) (2) under the outcome row instead of above
  bool merges_outcomes = false;  // one spanning cell over equal outcomes
  bool effects_last = false;     // effect rows after the statistics
  bool xtreg_constant = false;   // a constant also under absorbed effects
  bool says_robust = false;      // "Robust standard errors in parentheses, ..."
};
const std::vector<StyleEntry>& table_styles();
// Throws output.unknown_style with the nearest name.
const StyleEntry& table_style(std::string_view name);

}  // namespace panelist
