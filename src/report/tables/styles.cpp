// SPDX-License-Identifier: Apache-2.0
#include "report/tables/styles.h"

#include "base/diagnostic.h"
#include "report/build_table.h"

namespace panelist {

const std::vector<StyleEntry>& table_styles() {
  static const std::vector<StyleEntry> catalog = {
      {.name = "plain",
       .summary = "outcomes above column numbers, effects, then statistics; every R-squared named",
       .first_head = "",
       .stats = {"n", "n_units", "r2", "r2_within"},
       .iv_stats = {"kp_lm", "kp_f"},
       .labels_en = {},
       .numbers_last = true,
       .merges_outcomes = true},
      {.name = "outreg2",
       .summary = "the look of Stata's outreg2 after xtreg: VARIABLES, Constant, Number of ids",
       .first_head = "variables",
       .stats = {"n", "r2_xtreg", "n_units"},
       .iv_stats = {"kp_lm", "kp_f"},
       .labels_en = {{"n_units", "Number of ids"}, {"r2_xtreg", "R-squared"}},
       .effects_last = true,
       .xtreg_constant = true,
       .says_robust = true},
  };
  return catalog;
}

std::vector<std::string> table_style_names() {
  std::vector<std::string> names;
  for (const StyleEntry& style : table_styles()) names.emplace_back(style.name);
  return names;
}

const StyleEntry& table_style(std::string_view name) {
  for (const StyleEntry& style : table_styles())
    if (style.name == name) return style;
  const std::string near = nearest(name, table_style_names());
  throw Error("output.unknown_style", "unknown table style `" + std::string(name) + "`",
              near.empty() ? "use `plain` or `outreg2`" : "did you mean `" + near + "`?", "style");
}

}  // namespace panelist
