// SPDX-License-Identifier: Apache-2.0
// The look of the tables: a preset by name, or a style file of the user's own.
#include "base/file.h"
#include "base/text.h"
#include "report/build_table.h"
#include "study/parse/sections.h"

namespace panelist::study {

namespace {

constexpr double smallest_letters = 4, largest_letters = 40;
constexpr int most_digits = 15;

void report_not_one_of(const std::vector<Spanned>& texts, const std::string& what,
                       const std::vector<std::string>& legal, Diagnostics& diagnostics) {
  for (const Spanned& text : texts)
    if (std::find(legal.begin(), legal.end(), text.text) == legal.end())
      report_unknown(what, text.text, text.span, legal, "study.unknown_value", diagnostics);
}

// The texts of a list whose words are a catalog's; what was there before when the key is not given.
void read_names(const Section& file, std::string_view key, const std::vector<std::string>& legal,
                std::vector<std::string>& out) {
  if (file.find(key) == nullptr) return;
  const std::vector<Spanned> texts = file.text_or_texts(key);
  report_not_one_of(texts, std::string(key), legal, file.diagnostics());
  out = plain(texts);
}

// A number within its range; nothing, and a complaint, when it is outside.
std::optional<double> number_within(const Section& file, std::string_view key, double least, double most) {
  const auto number = file.number(key);
  if (!number || (*number >= least && *number <= most)) return number;
  file.diagnostics().error("study.style",
                           "`" + std::string(key) + "` lies between " + shortest(least) + " and " +
                               shortest(most) + ", not at " + shortest(*number),
                           file.find(key)->span);
  return std::nullopt;
}

void read_look(const Section& file, TableLook& look) {
  if (const auto font = file.text("font")) look.font = font->text;
  if (const auto font = file.text("font_zh")) look.font_zh = font->text;
  look.size = number_within(file, "size", smallest_letters, largest_letters).value_or(look.size);
  look.landscape = file.flag("landscape").value_or(look.landscape);
  look.roman_numbers = file.flag("roman_numbers").value_or(look.roman_numbers);
  look.leading_zero = file.flag("leading_zero").value_or(look.leading_zero);
  if (file.find("significant") == nullptr || !file.integer("significant")) return;
  if (const auto digits = number_within(file, "significant", 1, most_digits))
    look.significant = static_cast<int>(*digits);
}

void read_rows(const Section& file, StyleEntry& style) {
  read_names(file, "stats", table_stat_names(), style.stats);
  read_names(file, "iv_stats", table_stat_names(), style.iv_stats);
  read_names(file, "order", style_blocks(), style.order);
  read_names(file, "below", style_below(), style.below);
  style.merges_outcomes = file.flag("merge_outcomes").value_or(style.merges_outcomes);
  style.rule_over_foot = file.flag("rule").value_or(style.rule_over_foot);
  style.names_terms = file.flag("names").value_or(style.names_terms);
  style.notes = file.flag("notes").value_or(style.notes);
  if (const auto place = file.choice("numbers", {"above", "below", "none"}))
    style.numbers = place->text == "above"   ? NumbersPlace::above
                    : place->text == "below" ? NumbersPlace::below
                                             : NumbersPlace::none;
  if (const auto bracket = file.choice("brackets", {"round", "square", "none"}))
    style.bracket = bracket->text == "round"    ? Bracket::round
                    : bracket->text == "square" ? Bracket::square
                                                : Bracket::none;
}

// Words hold for both languages: a study has one.
void read_words(const Section& file, StyleEntry& style) {
  const Node* table = file.table("words");
  if (table == nullptr) return;
  const Section words(*table, "style.words", file.diagnostics(), true);
  std::vector<std::string> legal = style_words();
  for (const std::string& stat : table_stat_names()) legal.push_back(stat);
  for (const Node& item : table->items) {
    if (std::find(legal.begin(), legal.end(), item.key) == legal.end()) {
      report_unknown("word", item.key, item.key_span, legal, "study.unknown_key", file.diagnostics());
      continue;
    }
    const auto text = words.text(item.key);
    if (!text) continue;
    const std::size_t places = places_of_word(item.key);
    const bool label = places == 0 && text->text.find_first_of("{}") == std::string::npos;
    if (!label && !fits_template(text->text, places))
      file.diagnostics().error("study.style",
                               "`" + item.key + "` has " + std::to_string(places) + " places written {}",
                               item.span, "for example table_title = \"Table {}. {}\"");
    style.words_en[item.key] = style.words_zh[item.key] = text->text;
  }
}

StyleEntry read_style_file(const Node& root, const std::string& name, Diagnostics& diagnostics) {
  const Section file(root, "style", diagnostics);
  StyleEntry style = table_style("plain");
  if (const auto base = file.choice("base", table_style_names())) style = table_style(base->text);
  style.name = name;
  if (const auto stars = read_stars(file))
    style.stars = stars->empty() ? StarLevels{0, 0, 0} : StarLevels{(*stars)[0], (*stars)[1], (*stars)[2]};
  if (const auto decimals = read_decimals(file)) style.decimals = *decimals;
  read_rows(file, style);
  read_look(file, style.look);
  read_words(file, style);
  return style;
}

void read_own_style(const Spanned& path, Study& study, Diagnostics& diagnostics) {
  check_relative(path, diagnostics);
  const std::string place = join_path(study.directory, path.text);
  if (!file_exists(place) || is_directory(place)) {
    diagnostics.error("study.style_file", "there is no style file `" + path.text + "`", path.span,
                      "name a file beside the study, or a preset: " + join(table_style_names(), ", "));
    return;
  }
  study.style_source = {path.text, read_file(place)};
  Diagnostics syntax;
  const Node root = read_document(study.style_source, syntax);
  diagnostics.append(syntax);
  if (syntax.has_errors()) return;
  study.own_style = std::make_shared<const StyleEntry>(read_style_file(root, path.text, diagnostics));
}

}  // namespace

void read_style(const Section& top, Study& study) {
  const auto style = top.text("style");
  if (!style) return;
  if (style->text.ends_with(".toml"))
    read_own_style(*style, study, top.diagnostics());
  else if (!top.choice("style", table_style_names()))
    return;
  study.style = style->text;
  if (study.own_style == nullptr && style->text.ends_with(".toml")) {
    study.style = "plain";
    return;
  }
  TableStyle chosen;
  chosen.name = study.style;
  chosen.own = study.own_style;
  const TableStyle usual = style_from(entry_of(chosen));
  study.lang = usual.lang;
  study.decimals = usual.decimals;
  study.stars = {usual.stars.one, usual.stars.two, usual.stars.three};
}

}  // namespace panelist::study
