// SPDX-License-Identifier: Apache-2.0
#include "report/gelbach_table.h"

#include <cmath>

#include "base/text.h"
#include "report/table_words.h"
#include "report/tables/labels.h"
#include "report/tables/model_notes.h"
#include "report/tables/regression_view.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

std::string text_of(std::string_view key, const TableHead& head) {
  return std::string(word(key, head.style.lang));
}

Cell number_cell(double value, const std::string& source) {
  return std::isfinite(value) ? Cell::of_number(CellKind::number, value, -1, source) : Cell{};
}

Cell interval_cell(const Coefficient& coefficient, const std::string& source) {
  if (!std::isfinite(coefficient.conf_low) || !std::isfinite(coefficient.conf_high)) return {};
  Cell cell = Cell::of_number(CellKind::interval, coefficient.conf_low, -1, source + "/conf_low");
  cell.value2 = coefficient.conf_high;
  cell.source2 = source + "/conf_high";
  cell.bracket = Bracket::square;
  return cell;
}

// Estimate with stars, error, interval.
TableRow coefficient_row(const std::string& label, const Coefficient& coefficient, const std::string& source,
                         const TableHead& head) {
  Cell estimate = Cell::of_number(CellKind::estimate, coefficient.estimate, -1, source + "/estimate");
  estimate.stars = stars_of(coefficient.p_value, head.style.stars);
  TableRow row;
  row.cells = {Cell::of_text(label), estimate, number_cell(coefficient.std_error, source + "/std_error"),
               interval_cell(coefficient, source)};
  return row;
}

TableRow part_row(const std::string& label, const ChannelPart& part, const std::string& source,
                  const TableHead& head) {
  TableRow row = coefficient_row(label, part.part, source, head);
  row.cells.push_back(number_cell(part.share, source + "/share"));
  row.cells.push_back(number_cell(part.share_of_short, source + "/share_of_short"));
  return row;
}

void add_coefficients(const Gelbach& result, const TableHead& head, PublicationTable& table) {
  const std::string x = term_label(result.x, head.labels);
  const std::string& lang = head.style.lang;
  const std::size_t first = table.rows.size();
  table.rows.push_back(
      coefficient_row(format_words("channel_short", lang, x), result.short_effect, "/gelbach/short", head));
  table.rows.push_back(
      coefficient_row(format_words("channel_full", lang, x), result.full_effect, "/gelbach/full", head));
  for (std::size_t row = first; row < table.rows.size(); ++row)
    table.rows[row].cells.insert(table.rows[row].cells.end(), 2, Cell{});
  table.rows[first].rule_above = Rule::thin;
}

// "Human capital: UL, MED." of each group whose name does not say it.
void add_members(const Gelbach& result, const TableHead& head, PublicationTable& table) {
  for (const ChannelPart& part : result.parts) {
    std::vector<std::string> members;
    for (const Channel& channel : part.channels) members.push_back(term_label(channel.term, head.labels));
    if (members.size() == 1 && members.front() == part.group) continue;
    table.notes.push_back(format_words("channel_members", head.style.lang, part.group,
                                       join(members, head.style.lang == "zh" ? "、" : ", ")));
  }
}

void add_notes(const Gelbach& result, const TableHead& head, PublicationTable& table) {
  table.notes = notes_of_model(result.full_model, head, "/columns/1");
  table.notes.push_back(text_of("channel_note", head));
  add_members(result, head, table);
  if (!std::isfinite(result.total.share)) table.notes.push_back(text_of("channel_unmoved", head));
}

}  // namespace

PublicationTable gelbach_table(const Gelbach& result, const TableHead& head) {
  PublicationTable table = start_table(head.id, head.title, head.number, head.style);
  table.rows.push_back(head_row(
      {text_of("channel_head", head), text_of("channel_part", head), text_of("std_error", head),
       format_words("channel_interval", head.style.lang, shortest(100 * result.full_model.inference.level)),
       text_of("channel_share", head), text_of("channel_share_short", head)}));
  for (std::size_t g = 0; g < result.parts.size(); ++g)
    table.rows.push_back(
        part_row(result.parts[g].group, result.parts[g], fmt::format("/gelbach/parts/{}", g), head));
  table.rows.push_back(part_row(text_of("channel_total", head), result.total, "/gelbach/total", head));
  table.rows.back().rule_above = Rule::thin;
  add_coefficients(result, head, table);
  add_notes(result, head, table);
  return table;
}

}  // namespace panelist
