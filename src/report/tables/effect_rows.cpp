// SPDX-License-Identifier: Apache-2.0
#include "report/tables/effect_rows.h"

#include <cmath>

#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

TableRow row_with(const std::string& label, Cell cell, const EffectPlace& place) {
  TableRow row;
  row.cells.assign(place.columns + 1, Cell{});
  row.cells.front() = Cell::of_text(label);
  row.cells[place.column + 1] = std::move(cell);
  return row;
}

}  // namespace

Cell interval_cell(double low, double high, const std::string& source) {
  if (std::isnan(low) || std::isnan(high)) return {};
  Cell cell = Cell::of_number(CellKind::interval, low, -1, source + "/0");
  cell.value2 = high;
  cell.source2 = source + "/1";
  cell.bracket = Bracket::square;
  return cell;
}

Cell interval_of_effect(const IndirectEffect& effect, const std::string& source) {
  if (effect.bootstrap)
    return interval_cell(effect.bootstrap->percentile_low, effect.bootstrap->percentile_high,
                         source + "/bootstrap/percentile");
  if (!effect.monte_carlo) return {};
  return interval_cell(effect.monte_carlo->low, effect.monte_carlo->high, source + "/monte_carlo/interval");
}

Cell starred_effect(double estimate, double p, const std::string& source, const StarLevels& stars) {
  Cell cell = Cell::of_number(CellKind::estimate, estimate, -1, source);
  cell.stars = stars_of(p, stars);
  return cell;
}

void add_effect_rows(const std::string& label, const IndirectEffect& effect, const EffectPlace& place,
                     const StarLevels& stars, PublicationTable& table) {
  Cell error = Cell::of_number(CellKind::std_error, effect.delta_se, -1, place.source + "/delta/std_error");
  error.bracket = Bracket::round;
  table.rows.push_back(row_with(
      label, starred_effect(effect.estimate, effect.delta_p, place.source + "/estimate", stars), place));
  table.rows.push_back(row_with("", std::move(error), place));
  Cell interval = interval_of_effect(effect, place.source);
  if (interval.kind != CellKind::empty) table.rows.push_back(row_with("", std::move(interval), place));
}

std::string effect_rows_note(const IndirectEffect& effect, const std::string& lang) {
  const std::string_view interval = effect.bootstrap     ? word("effect_percentile", lang)
                                    : effect.monte_carlo ? word("effect_monte_carlo", lang)
                                                         : "";
  return format_words("effect_rows_note", lang, interval);
}

std::string path_label(const std::string& path, const Labels& labels) {
  constexpr std::string_view arrow = " -> ";
  std::string label;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find(arrow, at), path.size());
    label += (at > 0 ? " → " : "") + term_label(path.substr(at, end - at), labels);
    at = end + arrow.size();
  }
  return label;
}

}  // namespace panelist
