// SPDX-License-Identifier: Apache-2.0
#include "report/tables/effect_rows.h"

#include <cmath>

#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

// One row of the block; cells made from each effect and its source.
template <typename CellOf>
TableRow row_of(const std::string& label, const std::vector<PlacedEffect>& effects, std::size_t columns,
                const CellOf& cell_of) {
  TableRow row;
  row.cells.assign(columns + 1, Cell{});
  row.cells.front() = Cell::of_text(label);
  for (const PlacedEffect& placed : effects)
    row.cells[placed.column + 1] = cell_of(*placed.effect, placed.source);
  return row;
}

// Of the bootstrap, where there are draws enough.
std::optional<double> p_of_draws(const IndirectEffect& effect) {
  if (!effect.bootstrap || std::isnan(effect.bootstrap->p_value)) return std::nullopt;
  return effect.bootstrap->p_value;
}

Cell error_cell(const IndirectEffect& effect, const std::string& source) {
  Cell cell = Cell::of_number(CellKind::std_error, effect.delta_se, -1, source + "/delta/std_error");
  cell.bracket = Bracket::round;
  return cell;
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

void add_effect_rows(const std::string& label, const std::vector<PlacedEffect>& effects, std::size_t columns,
                     const StarLevels& stars, PublicationTable& table) {
  const auto estimate_cell = [&](const IndirectEffect& effect, const std::string& source) {
    const double p = p_of_draws(effect).value_or(effect.delta_p);
    return starred_effect(effect.estimate, p, source + "/estimate", stars);
  };
  table.rows.push_back(row_of(label, effects, columns, estimate_cell));
  table.rows.push_back(row_of("", effects, columns, error_cell));
  TableRow intervals = row_of("", effects, columns, interval_of_effect);
  const bool any = std::any_of(intervals.cells.begin() + 1, intervals.cells.end(),
                               [](const Cell& cell) { return cell.kind != CellKind::empty; });
  if (any) table.rows.push_back(std::move(intervals));
}

std::string effect_rows_note(const IndirectEffect& effect, const std::string& lang) {
  const std::string_view interval = effect.bootstrap     ? word("effect_percentile", lang)
                                    : effect.monte_carlo ? word("effect_monte_carlo", lang)
                                                         : "";
  const std::string_view stars = word(p_of_draws(effect) ? "stars_by_draws" : "stars_by_delta", lang);
  return format_words("effect_rows_note", lang, interval, stars);
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
