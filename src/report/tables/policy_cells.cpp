// SPDX-License-Identifier: Apache-2.0
#include "report/tables/policy_cells.h"

#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {

TableRow labelled_row(const std::string& label) {
  TableRow row;
  row.cells.push_back(Cell::of_text(label));
  return row;
}

std::string label_in(const Labels& labels, const std::string& name) {
  const auto place = labels.find(name);
  return place == labels.end() ? name : place->second;
}

namespace {

Cell estimate_cell(const PolicyTableSpec& spec, const PlacedCoefficient& placed) {
  if (!placed.text.empty()) return Cell::of_text(placed.text, 1, Alignment::center);
  if (!placed.present) return {};
  Cell cell =
      Cell::of_number(CellKind::estimate, placed.coefficient.estimate, -1, placed.place + "/estimate");
  cell.stars = stars_of(placed.coefficient.p_value, spec.style.stars);
  return cell;
}

Cell below_cell(const PolicyTableSpec& spec, const PlacedCoefficient& placed, std::size_t position) {
  if (!placed.present || !placed.text.empty()) return {};
  const std::string& below = spec.style.below[position];
  const Coefficient& c = placed.coefficient;
  if (below == "ci") {
    Cell cell = Cell::of_number(CellKind::interval, c.conf_low, -1, placed.place + "/conf_low");
    cell.value2 = c.conf_high;
    cell.source2 = placed.place + "/conf_high";
    cell.bracket = Bracket::square;
    return cell;
  }
  Cell cell = below == "t" ? Cell::of_number(CellKind::statistic, c.statistic,
                                             entry_of(spec.style).t_decimals, placed.place + "/statistic")
              : below == "p"
                  ? Cell::of_number(CellKind::p_value, c.p_value, -1, placed.place + "/p_value")
                  : Cell::of_number(CellKind::std_error, c.std_error, -1, placed.place + "/std_error");
  cell.bracket = bracket_of(spec.style, position);
  return cell;
}

std::string phrase_of(const VcovPhrase& given, const PolicyTableSpec& spec) {
  const std::string& lang = spec.style.lang;
  if (given.clusters.empty()) return format_words("vcov_other", lang, given.text);
  VcovPhrase vcov = given;
  for (std::string& cluster : vcov.clusters) cluster = label_in(spec.labels, cluster);
  if (vcov.clusters.size() == 1)
    return format_words("vcov_cluster", lang, vcov.clusters[0], shortest(vcov.n_clusters[0]));
  std::vector<std::string> counts;
  for (std::size_t i = 0; i < vcov.clusters.size(); ++i)
    counts.push_back(format_words("clusters_in", lang, shortest(vcov.n_clusters[i]), vcov.clusters[i]));
  return format_words("vcov_cluster_columns", lang, enumerate(vcov.clusters, lang),
                      join(counts, word("list", lang)));
}

std::string words_below(const PolicyTableSpec& spec, std::size_t position, const std::string& phrases,
                        double level) {
  static const std::map<Bracket, std::string_view> places = {
      {Bracket::round, "in_round"}, {Bracket::square, "in_square"}, {Bracket::none, "in_none"}};
  const std::string& lang = spec.style.lang;
  const std::string place(word(places.at(bracket_of(spec.style, position)), lang));
  const std::string& below = spec.style.below[position];
  const std::string percent = shortest(100 * level);
  std::string text = position > 0    ? format_words(below + "_beside", lang, place, percent)
                     : below == "se" ? format_words("se_in_brackets", lang, phrases, place)
                                     : format_words(below + "_in_brackets", lang, phrases, place, percent);
  return lang == "zh" ? text : capitalised(text);
}

}  // namespace

void add_effects(const PolicyTableSpec& spec, const std::string& label,
                 const std::vector<PlacedCoefficient>& effects, PublicationTable& table) {
  table.rows.push_back(labelled_row(label));
  for (const PlacedCoefficient& effect : effects)
    table.rows.back().cells.push_back(estimate_cell(spec, effect));
  for (std::size_t position = 0; position < spec.style.below.size(); ++position) {
    TableRow row = labelled_row("");
    for (const PlacedCoefficient& effect : effects) row.cells.push_back(below_cell(spec, effect, position));
    const bool empty = std::all_of(row.cells.begin() + 1, row.cells.end(),
                                   [](const Cell& cell) { return cell.kind == CellKind::empty; });
    if (!empty) table.rows.push_back(std::move(row));
  }
}

void add_error_notes(const PolicyTableSpec& spec, const std::vector<VcovPhrase>& vcovs,
                     PublicationTable& table) {
  const std::string& lang = spec.style.lang;
  std::vector<std::string> phrases;
  for (const VcovPhrase& vcov : vcovs) {
    std::string phrase = phrase_of(vcov, spec);
    if (std::find(phrases.begin(), phrases.end(), phrase) == phrases.end())
      phrases.push_back(std::move(phrase));
  }
  std::vector<std::string> sentences;
  for (std::size_t position = 0; position < spec.style.below.size(); ++position)
    sentences.push_back(words_below(spec, position, enumerate(phrases, lang), vcovs.front().level));
  std::string note = join(sentences, lang == "zh" ? "" : " ");
  const std::string legend = star_legend(spec.style.stars, entry_of(spec.style), lang);
  if (!legend.empty()) note += (lang == "zh" ? "" : " ") + legend;
  table.notes.push_back(note);
}

}  // namespace panelist
