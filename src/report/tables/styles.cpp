// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.h"
#include "base/text.h"
#include "report/build_table.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

StyleEntry plain() {
  StyleEntry style;
  style.name = "plain";
  style.summary = "outcomes above column numbers, effects, then statistics; every R-squared named";
  style.stats = {"n", "n_units", "r2", "r2_within"};
  style.iv_stats = {"kp_lm", "kp_f"};
  style.numbers = NumbersPlace::below;
  style.merges_outcomes = style.rule_over_foot = true;
  return style;
}

StyleEntry outreg2() {
  StyleEntry style;
  style.name = "outreg2";
  style.summary = "the look of Stata's outreg2 after xtreg: VARIABLES, Constant, Number of ids";
  style.first_head = "variables";
  style.stats = {"n", "r2_xtreg", "n_units"};
  style.iv_stats = {"kp_lm", "kp_f"};
  style.words_en = {{"n_units", "Number of ids"},
                    {"r2_xtreg", "R-squared"},
                    {"mean", "mean"},
                    {"p50", "p50"},
                    {"sd", "sd"},
                    {"min", "min"},
                    {"max", "max"},
                    {"p25", "p25"},
                    {"p75", "p75"}};
  style.automatic_digits = true;
  style.t_decimals = 2;
  style.order = {"terms", "controls", "constant", "stats", "tests", "effects", "differences"};
  style.xtreg_constant = style.says_robust = style.names_terms = true;
  return style;
}

// What the English journals share: no upper case, effects by their whole name.
StyleEntry journal() {
  StyleEntry style = plain();
  style.stats = {"n", "r2"};
  style.words_en = {{"yes", "Yes"}, {"no", "No"}, {"effect", "{} fixed effects"}};
  return style;
}

StyleEntry aer() {
  StyleEntry style = journal();
  style.name = "aer";
  style.summary =
      "American Economic Review: standard errors in parentheses and no stars, Table 1—Title, Notes:";
  style.stars = StarLevels{0, 0, 0};
  style.words_en["table_title"] = "Table {}—{}";
  style.words_en["note_head"] = "Notes: ";
  return style;
}

StyleEntry qje() {
  StyleEntry style = journal();
  style.name = "qje";
  style.summary = "Quarterly Journal of Economics: TABLE I in Roman numerals, Notes.";
  style.words_en["table"] = "TABLE {}";
  style.words_en["table_title"] = "TABLE {}. {}";
  style.words_en["note_head"] = "Notes. ";
  style.look.roman_numbers = true;
  return style;
}

StyleEntry apa() {
  StyleEntry style = journal();
  style.name = "apa";
  style.summary =
      "APA, 7th edition: *p < .05. **p < .01. ***p < .001., no zero before a p-value's point, Note.";
  style.stars = StarLevels{0.05, 0.01, 0.001};
  style.legend_entry = "{}p < {}", style.legend_separator = ". ", style.legend_end = ".";
  style.legend_ascending = true;
  style.words_en["n"] = "N";
  style.words_en["r2"] = "R²";
  style.words_en["note_head"] = "Note. ";
  style.look.leading_zero = false;
  style.look.p_decimals = 3;
  return style;
}

// 注：括号内为…标准误；***、**、* 分别表示 1%、5%、10% 显著性水平。
StyleEntry chinese(std::string name, std::string summary) {
  StyleEntry style = plain();
  style.name = std::move(name);
  style.summary = std::move(summary);
  style.lang = "zh";
  style.first_head = "variables";
  style.stats = {"n", "r2"};
  style.numbers = NumbersPlace::above;
  style.merges_outcomes = false;
  style.order = {"terms", "constant", "controls", "effects", "stats", "tests", "differences"};
  style.words_zh = {{"table_title", "表{}　{}"}};
  style.look.font_zh = "宋体";
  return style;
}

std::vector<StyleEntry> all_styles() {
  return {plain(),
          outreg2(),
          aer(),
          qje(),
          apa(),
          chinese("经济研究", "Economic Research Journal: 变量 (1) (2), 注：括号内为…标准误, SimSun"),
          chinese("管理世界", "Management World: as 经济研究, whose conventions it shares")};
}

}  // namespace

const std::vector<StyleEntry>& table_styles() {
  static const std::vector<StyleEntry> catalog = all_styles();
  return catalog;
}

std::vector<std::string> table_style_names() {
  std::vector<std::string> names;
  for (const StyleEntry& style : table_styles()) names.push_back(style.name);
  return names;
}

const StyleEntry& table_style(std::string_view name) {
  for (const StyleEntry& style : table_styles())
    if (style.name == name) return style;
  const std::string near = nearest(name, table_style_names());
  throw Error("output.unknown_style", "unknown table style `" + std::string(name) + "`",
              near.empty() ? "use one of " + join(table_style_names(), ", ") : "did you mean `" + near + "`?",
              "style");
}

const StyleEntry& entry_of(const TableStyle& style) {
  return style.own != nullptr ? *style.own : table_style(style.name);
}

TableStyle style_from(const StyleEntry& entry) {
  TableStyle style;
  style.name = entry.name;
  if (!entry.lang.empty()) style.lang = entry.lang;
  style.decimals = entry.decimals.value_or(style.decimals);
  style.stars = entry.stars.value_or(style.stars);
  style.below = entry.below;
  return style;
}

const std::vector<std::string>& style_blocks() {
  static const std::vector<std::string> blocks = {"terms", "controls", "constant",   "effects",
                                                  "stats", "tests",    "differences"};
  return blocks;
}

const std::vector<std::string>& style_below() {
  static const std::vector<std::string> below = {"se", "t", "p", "ci"};
  return below;
}

const std::vector<std::string>& style_words() {
  static const std::vector<std::string> keys = {
      "yes",         "no",          "variables",    "constant",  "controls", "effect",     "effect_unit",
      "effect_year", "first_stage", "second_stage", "note_head", "table",    "table_title"};
  return keys;
}

std::size_t places_of_word(std::string_view key) {
  if (key == "table_title") return 2;
  return key == "table" || key == "effect" ? 1 : 0;
}

bool fits_template(std::string_view text, std::size_t places) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{' && text[i] != '}') continue;
    if (text.substr(i, 2) != "{}") return false;
    ++found, ++i;
  }
  return found == places;
}

std::string word_of(const StyleEntry& style, std::string_view key, std::string_view lang) {
  const auto& own = lang == "zh" ? style.words_zh : style.words_en;
  const auto place = own.find(std::string(key));
  return place == own.end() ? std::string(word(key, lang)) : place->second;
}

TableLook look_of(const TableStyle& style) {
  const StyleEntry& entry = entry_of(style);
  TableLook look = entry.look;
  for (const auto& [key, text] : style.lang == "zh" ? entry.words_zh : entry.words_en)
    if (std::find(style_words().begin(), style_words().end(), key) != style_words().end())
      look.words[key] = text;
  return look;
}

}  // namespace panelist
