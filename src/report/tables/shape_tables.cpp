// SPDX-License-Identifier: Apache-2.0
// Marginal effects a row a value, the U-shape test an end a column, thresholds under the regression by regimes.
#include "report/shape_tables.h"

#include <cmath>

#include "base/text.h"
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

Cell number_cell(CellKind kind, double value, const std::string& source, int decimals = -1) {
  return std::isnan(value) ? Cell{} : Cell::of_number(kind, value, decimals, source);
}

Cell interval_cell(double low, double high, const std::string& low_source, const std::string& high_source) {
  if (!std::isfinite(low) || !std::isfinite(high)) return {};
  Cell cell = Cell::of_number(CellKind::interval, low, -1, low_source);
  cell.value2 = high;
  cell.source2 = high_source;
  cell.bracket = Bracket::square;
  return cell;
}

Cell starred(double value, double p, const std::string& source, const TableHead& head) {
  Cell cell = number_cell(CellKind::estimate, value, source);
  if (cell.kind != CellKind::empty) cell.stars = stars_of(p, head.style.stars);
  return cell;
}

std::string percent_of(double level) { return shortest(100 * level); }

TableRow marginal_row(const MarginalEffects& effects, std::size_t i, const TableHead& head) {
  const MarginalPoint& point = effects.points[i];
  const std::string at = fmt::format("/marginal_effects/points/{}/", i);
  TableRow row;
  row.cells = {point.group.empty() ? number_cell(CellKind::number, point.value, at + "value")
                                   : Cell::of_text(point.group),
               number_cell(CellKind::count, point.percent, at + "percentile"),
               starred(point.estimate, point.p_value, at + "estimate", head),
               number_cell(CellKind::number, point.std_error, at + "std_error"),
               interval_cell(point.low, point.high, at + "conf_low", at + "conf_high"),
               interval_cell(point.uniform_low, point.uniform_high, at + "uniform/0", at + "uniform/1"),
               number_cell(CellKind::number, point.share, at + "share")};
  return row;
}

}  // namespace

PublicationTable marginal_effects_table(const MarginalEffects& effects, const Estimation& estimation,
                                        const TableHead& head) {
  PublicationTable table = start_table(head.id, head.title, head.number, head.style);
  table.rows.push_back(
      head_row({term_label(effects.by, head.labels), text_of("shape_percentile", head),
                format_words("effect_of", head.style.lang, term_label(effects.x, head.labels)),
                text_of("std_error", head),
                format_words("pointwise_interval", head.style.lang, percent_of(effects.level)),
                format_words("uniform_interval", head.style.lang, percent_of(effects.level)),
                text_of("share_of_rows", head)}));
  for (std::size_t i = 0; i < effects.points.size(); ++i)
    table.rows.push_back(marginal_row(effects, i, head));
  drop_empty_column(table, 1);
  table.notes = notes_of_model(estimation, head);
  table.notes.push_back(text_of("marginal_note", head));
  if (std::isfinite(effects.mean_x)) table.notes.push_back(text_of("marginal_at_mean", head));
  if (!effects.outside().empty())
    table.notes.push_back(format_words("marginal_outside", head.style.lang,
                                       term_label(effects.by, head.labels), significant(effects.lowest, 4),
                                       significant(effects.highest, 4)));
  return table;
}

namespace {

void add_row(PublicationTable& table, const std::string& label, std::vector<Cell> cells) {
  TableRow row;
  row.cells.push_back(Cell::of_text(label));
  row.cells.insert(row.cells.end(), cells.begin(), cells.end());
  table.rows.push_back(std::move(row));
}

std::string end_text(double value, int decimals) {
  return replace_all(std::isinf(value) ? (value < 0 ? "-∞" : "∞") : fixed(value, decimals), "-", "−");
}

// An interval is a typed cell; rays and the whole line are words.
Cell fieller_cell(const ConfidenceSet& set, int decimals) {
  if (set.form == "interval")
    return interval_cell(set.parts[0].first, set.parts[0].second, "/u_shape/fieller/parts/0/0",
                         "/u_shape/fieller/parts/0/1");
  std::string text;
  for (const auto& [low, high] : set.parts)
    text += fmt::format("{}[{}, {}]", text.empty() ? "" : " ∪ ", end_text(low, decimals),
                        end_text(high, decimals));
  return Cell::of_text(text.empty() ? "∅" : text);
}

void add_overall_rows(PublicationTable& table, const UShape& shape, const TableHead& head) {
  const std::size_t first = table.rows.size();
  if (shape.inside) {
    add_row(table, text_of("u_test", head),
            {number_cell(CellKind::statistic, shape.t, "/u_shape/statistic"), Cell{}});
    add_row(table, text_of("shape_p", head),
            {number_cell(CellKind::p_value, shape.p_value, "/u_shape/p_value"), Cell{}});
  }
  add_row(table, text_of("extreme_point", head),
          {number_cell(CellKind::number, shape.extreme, "/u_shape/extreme"), Cell{}});
  add_row(table, text_of("std_error", head),
          {number_cell(CellKind::number, shape.extreme_se, "/u_shape/std_error"), Cell{}});
  add_row(table, text_of("delta_interval", head),
          {interval_cell(shape.delta_low, shape.delta_high, "/u_shape/delta/0", "/u_shape/delta/1"), Cell{}});
  add_row(table, text_of("fieller_interval", head), {fieller_cell(shape.fieller, table.decimals), Cell{}});
  table.rows[first].rule_above = Rule::thin;
}

}  // namespace

PublicationTable u_shape_table(const UShape& shape, const Estimation& estimation, const TableHead& head,
                               bool ends_given) {
  PublicationTable table = start_table(head.id, head.title, head.number, head.style);
  table.rows.push_back(
      head_row({term_label(shape.x, head.labels), text_of("lower_end", head), text_of("upper_end", head)}));
  struct Line {
    std::string_view word;
    CellKind kind;
    double SlopeAt::* value;
    const char* key;
  };
  for (const Line& line : {Line{"shape_value", CellKind::number, &SlopeAt::at, "at"},
                           Line{"shape_slope", CellKind::number, &SlopeAt::slope, "slope"},
                           Line{"std_error", CellKind::number, &SlopeAt::std_error, "std_error"},
                           Line{"shape_t", CellKind::statistic, &SlopeAt::t, "statistic"},
                           Line{"one_sided_p", CellKind::p_value, &SlopeAt::p_value, "p_value"}})
    add_row(table, text_of(line.word, head),
            {number_cell(line.kind, shape.low.*line.value, std::string("/u_shape/low/") + line.key),
             number_cell(line.kind, shape.high.*line.value, std::string("/u_shape/high/") + line.key)});
  add_overall_rows(table, shape, head);
  table.notes = notes_of_model(estimation, head);
  if (ends_given)
    table.notes.push_back(format_words(shape.inverted ? "u_note_inverted_between" : "u_note_between",
                                       head.style.lang, shortest(shape.low.at), shortest(shape.high.at)));
  else
    table.notes.push_back(text_of(shape.inverted ? "u_note_inverted" : "u_note", head));
  if (!shape.inside) table.notes.push_back(text_of(ends_given ? "u_outside_ends" : "u_outside", head));
  return table;
}

namespace {

// "DT (UL <= 0.536)" in the table's words.
void label_regimes(const ThresholdModel& model, Labels& labels) {
  const std::string x = term_label(model.x, labels), by = term_label(model.by, labels);
  const auto text = [](double value) { return replace_all(significant(value, 4), "-", "−"); };
  for (const Regime& regime : model.regimes) {
    const std::string low = text(regime.above), high = text(regime.up_to);
    labels[regime.term] = std::isinf(regime.above)   ? fmt::format("{} ({} ≤ {})", x, by, high)
                          : std::isinf(regime.up_to) ? fmt::format("{} ({} > {})", x, by, low)
                                                     : fmt::format("{} ({} < {} ≤ {})", x, low, by, high);
  }
}

Cell drawn_p_cell(const ThresholdTest& test, const std::string& source) {
  if (test.replicates > 0 && test.p_value == 0)
    return Cell::of_text("<" + significant(1.0 / test.replicates, 2));
  return number_cell(CellKind::p_value, test.p_value, source);
}

void add_threshold_rows(PublicationTable& table, const ThresholdModel& model, const TableHead& head) {
  const std::size_t first = table.rows.size();
  const std::string& lang = head.style.lang;
  for (std::size_t i = 0; i < model.thresholds.size(); ++i) {
    const ThresholdEstimate& threshold = model.thresholds[i];
    const std::string at = fmt::format("/threshold/thresholds/{}/", i);
    add_row(table, format_words("threshold_value", lang, i + 1),
            {number_cell(CellKind::number, threshold.value, at + "estimate")});
    add_row(table, format_words("ratio_interval", lang, percent_of(model.level)),
            {interval_cell(threshold.low, threshold.high, at + "interval/0", at + "interval/1")});
  }
  for (std::size_t i = 0; i < model.tests.size(); ++i) {
    const ThresholdTest& test = model.tests[i];
    const std::string at = fmt::format("/threshold/tests/{}/", i);
    Cell f = number_cell(CellKind::statistic, test.f, at + "f", 2);
    f.stars = std::isnan(test.p_value) ? 0 : stars_of(test.p_value, head.style.stars);
    add_row(table, format_words("threshold_f", lang, test.thresholds), {f});
    if (test.replicates == 0) continue;
    add_row(table, text_of("threshold_p", head), {drawn_p_cell(test, at + "p_value")});
    add_row(table, text_of("threshold_critical", head),
            {number_cell(CellKind::statistic, test.critical_5, at + "critical/5%", 2)});
  }
  table.rows[first].rule_above = Rule::thin;
}

std::string rows_of_regimes(const ThresholdModel& model, const TableHead& head) {
  std::vector<std::string> counts;
  for (const Regime& regime : model.regimes) counts.push_back(shortest(regime.n));
  return format_words("regime_rows", head.style.lang, join(counts, head.style.lang == "zh" ? "、" : ", "));
}

}  // namespace

PublicationTable threshold_table(const ThresholdModel& model, const TableHead& head) {
  RegressionTableSpec spec = regression_spec(head);
  label_regimes(model, spec.labels);
  RegressionColumn column;
  column.estimation = &model.estimation;
  column.source = "/columns/0";
  spec.columns.push_back(column);
  PublicationTable table = regression_table(spec);
  add_threshold_rows(table, model, head);
  table.notes.push_back(rows_of_regimes(model, head));
  table.notes.push_back(text_of("threshold_note", head));
  if (model.tests.front().replicates > 0)
    table.notes.push_back(format_words("threshold_draws", head.style.lang, model.tests.front().replicates));
  for (const ThresholdEstimate& threshold : model.thresholds)
    if (!threshold.connected) {
      table.notes.push_back(text_of("threshold_gaps", head));
      break;
    }
  return table;
}

}  // namespace panelist
