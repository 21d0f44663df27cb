// SPDX-License-Identifier: Apache-2.0
// Tables of robustness results.
#include <cmath>

#include "report/robustness.h"
#include "report/tables/by_column.h"
#include "report/tables/labels.h"
#include "report/tables/panel_heading.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

struct CurveColumn {
  std::string_view head, key;
  CellKind kind;
  double (*value)(const CurveSummary&);
};

const std::vector<CurveColumn>& curve_columns() {
  using S = const CurveSummary&;
  static const std::vector<CurveColumn> columns = {
      {"curve_count", "estimated", CellKind::count, [](S s) { return static_cast<double>(s.estimated); }},
      {"curve_median", "median", CellKind::number, [](S s) { return s.median; }},
      {"curve_lowest", "lowest", CellKind::number, [](S s) { return s.lowest; }},
      {"curve_highest", "highest", CellKind::number, [](S s) { return s.highest; }},
      {"curve_positive", "share_positive", CellKind::number, [](S s) { return s.share(s.positive); }},
      {"curve_significant_positive", "share_significant_positive", CellKind::number,
       [](S s) { return s.share(s.significant_positive); }},
      {"curve_significant_negative", "share_significant_negative", CellKind::number,
       [](S s) { return s.share(s.significant_negative); }},
  };
  return columns;
}

TableRow curve_row(const std::string& label, const CurveSummary& summary, const std::string& source) {
  TableRow row;
  row.cells.push_back(Cell::of_text(label));
  for (const CurveColumn& column : curve_columns()) {
    const double value = column.value(summary);
    row.cells.push_back(
        std::isnan(value) ? Cell{}  // of no specification
                          : Cell::of_number(column.kind, value, -1, source + "/" + std::string(column.key)));
  }
  return row;
}

std::string group_word(const std::string& group, const std::string& lang) {
  return std::string(word("curve_group_" + group, lang));
}

std::string choice_name(const CurveChoice& choice, const std::string& lang, const Labels& labels) {
  if (choice.name.empty()) return std::string(word("curve_all_rows", lang));
  const bool is_variable =
      choice.group == "control" || choice.group == "outcome" || choice.group == "measure";
  return is_variable ? term_label(choice.name, labels) : choice.name;
}

void add_choices(const SpecificationCurve& curve, const RobustnessTableSpec& spec, PublicationTable& table) {
  for (std::size_t i = 0; i < curve.choices.size(); ++i) {
    const CurveChoice& choice = curve.choices[i];
    const bool first = i == 0 || curve.choices[i - 1].group != choice.group;
    if (first)
      table.rows.push_back(panel_heading(group_word(choice.group, table.lang),
                                         static_cast<int>(curve_columns().size()) + 1, true));
    table.rows.push_back(curve_row(choice_name(choice, table.lang, spec.labels), choice.summary,
                                   fmt::format("/curve/choices/{}/summary", i)));
  }
}

void add_curve_notes(const SpecificationCurve& curve, const RobustnessTableSpec& spec,
                     PublicationTable& table) {
  const std::string term = term_label(curve.term, spec.labels);
  const std::string level = fmt::format("{:g}", 100 * (1 - curve.level));
  table.notes.push_back(format_words("curve_note", table.lang, term, curve.summary.estimated, level));
  if (static_cast<double>(curve.control_sets.size()) < curve.possible)
    table.notes.push_back(format_words("curve_drawn", table.lang, curve.control_sets.size(),
                                       fmt::format("{:.0f}", curve.possible)));
  table.notes.emplace_back(word(curve.own_sample ? "curve_own_sample" : "curve_common_sample", table.lang));
  for (const auto& [code, message] : curve.warnings) {
    if (!code.starts_with("robustness.")) continue;  // reasons of single samples stand in results.json
    if (std::string text = warning_words(code, message, table.lang); !text.empty())
      table.notes.push_back(ByColumn::ended(table.lang == "zh" ? text : capitalised(text), table.lang));
  }
}

}  // namespace

PublicationTable spec_curve_table(const SpecificationCurve& curve, const RobustnessTableSpec& spec) {
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  std::vector<std::string> heads = {std::string(word("curve_choice", table.lang))};
  for (const CurveColumn& column : curve_columns()) heads.emplace_back(word(column.head, table.lang));
  table.rows.push_back(head_row(heads));
  table.rows.push_back(
      curve_row(std::string(word("curve_every", table.lang)), curve.summary, "/curve/summary"));
  add_choices(curve, spec, table);
  add_curve_notes(curve, spec, table);
  return table;
}

std::string choices_in_words(const SpecificationCurve& curve, const Specification& one,
                             const std::string& lang, const Labels& labels) {
  std::string text;
  const auto add = [&](const char* group, const std::string& name) {
    const std::string shown = choice_name({group, name, {}}, lang, labels);
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", group_word(group, lang), shown);
  };
  const auto choose = [&](const char* group, const std::vector<std::string>& names, std::uint32_t choice) {
    if (names.size() > 1) add(group, names[choice]);
  };
  choose("outcome", curve.outcomes, one.outcome);
  choose("measure", curve.measures, one.measure);
  choose("sample", curve.samples, one.sample);
  choose("effects", curve.effects, one.effects);
  choose("vcov", curve.vcovs, one.vcov);
  const auto& set = curve.control_sets[one.controls];
  for (const std::uint32_t control : set) add("control", curve.controls[control]);
  if (set.empty() && curve.control_sets.size() > 1)
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", group_word("control", lang),
                        word("curve_no_controls", lang));
  return text;
}

}  // namespace panelist
