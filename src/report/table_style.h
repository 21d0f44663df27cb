// SPDX-License-Identifier: Apache-2.0
// What a table looks like, as data: the presets, and the form a user's style file takes. Adding a preset = one entry in
// report/tables/styles.cpp. A preset holds what is certain of its journal and leaves the rest as `plain` has it.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/publication_table.h"

namespace panelist {

// A level of zero is never reached: its star is not used.
struct StarLevels {
  double one = 0.1, two = 0.05, three = 0.01;
};

enum class NumbersPlace { above, below, none };  // (1) (2), of the row of outcomes

struct StyleEntry {
  std::string name, summary;
  std::string lang;                   // language of studies that name none; "" = en
  std::string first_head;             // word of the head over the terms
  std::vector<std::string> stats;     // rows under the coefficients
  std::vector<std::string> iv_stats;  // before them when a column has instruments
  // Fixed words that differ (style_words()), and labels of statistics by name: in place of those of the language named.
  std::map<std::string, std::string> words_en, words_zh;
  // Blocks of rows: terms, controls, constant, effects, stats, tests, differences. Those left out are not printed.
  std::vector<std::string> order = {"terms", "controls", "constant",   "effects",
                                    "stats", "tests",    "differences"};
  NumbersPlace numbers = NumbersPlace::above;
  bool merges_outcomes = false;  // one spanning cell over equal outcomes
  bool rule_over_foot = false;   // a thin rule above what stands under the coefficients
  bool xtreg_constant = false;   // a constant also under absorbed effects
  bool says_robust = false;      // "Robust standard errors in parentheses, ..."
  bool names_terms = false;      // names of variables in place of their labels
  bool notes = true;             // notes that write themselves
  bool automatic_digits =
      false;  // descriptive statistics: four digits from one on, three below, whole numbers whole
  bool legend_ascending = false;
  std::string legend_entry = "{} p<{}", legend_separator = ", ", legend_end;
  Bracket bracket = Bracket::round;  // of what stands under an estimate
  int t_decimals = -1;               // of t under an estimate; -1: those of the table
  // What holds where the study and the table do not say.
  std::optional<StarLevels> stars;
  std::optional<int> decimals;
  std::vector<std::string> below = {"se"};
  TableLook look;
};
const std::vector<StyleEntry>& table_styles();
// Throws output.unknown_style with the nearest name.
const StyleEntry& table_style(std::string_view name);
std::vector<std::string> table_style_names();
// The blocks a style may order, what may stand under an estimate, and the words it may replace beside labels of
// statistics.
const std::vector<std::string>& style_blocks();
const std::vector<std::string>& style_below();
const std::vector<std::string>& style_words();
// A template such as "{} FE": one place for each part, and no other braces.
bool fits_template(std::string_view text, std::size_t places);
// Places of a word that a style may replace.
std::size_t places_of_word(std::string_view key);

}  // namespace panelist
