// SPDX-License-Identifier: Apache-2.0
#include "study/run/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "study/run/figure_sources.h"

namespace panelist::study {

bool in_chinese(const Workspace& work) { return work.study->lang == "zh"; }

std::string label_of(const Workspace& work, const std::string& column) {
  if (const Column* found = work.table.find(column)) {
    if (in_chinese(work) && !found->label_zh.empty()) return found->label_zh;
    if (!found->label.empty()) return found->label;
  }
  return column;
}

Figure figure_of(const Source& source, const char* kind, const std::string& shown) {
  Figure figure;
  figure.kind = kind;
  figure.title = source.entry.title;
  if (figure.title.empty())
    figure.title = title_of(source, label_of(source.work, shown),
                            source.entry.by ? label_of(source.work, source.entry.by->text) : "");
  figure.id = source.entry.id.empty() ? lower_ascii(source.entry.shows + "-" + shown) : source.entry.id;
  figure.lang = source.work.study->lang;
  figure.numbers = source.entry.numbers;
  return figure;
}

void name_axes(Figure& figure, const FigureEntry& entry, const std::string& x, const std::string& y) {
  figure.x_label = entry.x_label.empty() ? x : entry.x_label;
  figure.y_label = entry.y_label.empty() ? y : entry.y_label;
}

const BuiltTable& table_shown(const Source& source, const char* key) {
  const std::string& name = source.entry.names.at(0).text;
  std::vector<std::string> ids;
  for (const BuiltTable& built : source.tables) {
    if (!built.json.contains(key)) continue;
    if (built.table.id == name) return built;
    ids.push_back(built.table.id);
  }
  const std::string what = std::string(key) == "columns" ? "regressions" : fmt::format("kind `{}`", key);
  const std::string near = nearest(name, ids);
  throw Error("study.unknown_table", fmt::format("there is no table of {} called `{}`", what, name),
              !near.empty() ? fmt::format("did you mean `{}`?", near)
              : ids.empty() ? fmt::format("add a [[table]] of {}", what)
                            : "tables: " + join(ids, ", "));
}

namespace {

struct Shown {
  const char* key;
  std::vector<Figure> (*figures)(const Source& source);
  bool of_table = false;  // what it shows is the id of a table
};
constexpr Shown catalog[] = {
    {"trend", trends},
    {"coefficients", coefficient_figures, true},
    {"event_study", event_study_figures, true},
    {"placebo", placebo_figures, true},
    {"binned_scatter", binned_scatters},
    {"density", density_figures},
    {"ridge", ridge_figures},
    {"heat_map", heat_maps},
    {"weights", weights},
    {"rank_flow", rank_flows},
    {"map", maps},
    {"panel_map", panel_maps},
    {"missing_map", missing_maps},
    {"data", figures_of_data},
    {"spec_curve", spec_curve_figures},
    {"leave_out", leave_out_figures},
    {"permutation", permutation_figures},
    {"marginal_effects", marginal_effect_figures, true},
    {"threshold", threshold_figures, true},
    {"gelbach", channel_figures, true},
    {"correlated_errors", correlated_error_figures, true},
    {"indirect_effects", indirect_effect_figures, true},
    {"index_sensitivity", sensitivity_curves, true},
    {"contributions", contribution_bars},
    {"rank_intervals", rank_interval_figures},
    {"sobol", sobol_figures},
};

const Shown& shown_by(const FigureEntry& entry) {
  return *std::find_if(std::begin(catalog), std::end(catalog),
                       [&](const Shown& shown) { return entry.shows == shown.key; });
}

// The study has the table, but this run was not asked for it.
bool table_is_left_out(const Source& source) {
  if (!shown_by(source.entry).of_table || source.entry.names.empty()) return false;
  const std::string& name = source.entry.names[0].text;
  const auto called = [&](const auto& table) { return table.id == name; };
  const std::vector<TableEntry>& all = source.work.study->tables;
  return std::any_of(all.begin(), all.end(), called) &&
         std::none_of(source.tables.begin(), source.tables.end(),
                      [&](const BuiltTable& built) { return called(built.table); });
}

// A figure that is left out keeps its number.
std::vector<Figure> figures_of(const Source& source, int& number) {
  if (table_is_left_out(source)) {
    ++number;
    return {};
  }
  std::vector<Figure> figures = shown_by(source.entry).figures(source);
  for (Figure& figure : figures) figure.number = ++number;
  return figures;
}

void warn_of_gaps(Workspace& work, const Figure& figure, const Span& span) {
  const std::size_t gaps = figure.kind == "missing_map" ? 0 : gaps_of(figure);
  if (gaps > 0)
    work.notes.warning("figure.gaps",
                       fmt::format("{} of {} rows of figure `{}` lack a number and are left out", gaps,
                                   figure.data.rows(), figure.id),
                       span);
}

void say_remarks(Workspace& work, const Figure& figure, const Span& span) {
  for (const Diagnostic& remark : remarks_on(figure))
    work.notes.warning(remark.code, fmt::format("figure `{}`: {}", figure.id, remark.message), span,
                       remark.hint);
}

std::vector<std::string> groups_in(const Figure& figure) {
  std::vector<std::string> names = figure.groups;
  const Column* column = figure.data.find("group");
  if (column == nullptr) return {};
  std::set<std::string> known(names.begin(), names.end());
  for (std::size_t row = 0; row < column->size(); ++row)
    if (known.insert(column->text_at(row)).second) names.push_back(column->text_at(row));
  return names;
}

// Figures that share a group share the order of all theirs: a region has one colour throughout the study.
void give_groups_one_order(std::vector<Figure>& figures) {
  std::vector<std::vector<std::string>> orders;
  std::vector<std::size_t> order_of(figures.size());
  const auto has = [](const std::vector<std::string>& all, const std::string& name) {
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const std::vector<std::string> names = groups_in(figures[i]);
    const auto shared =
        std::find_if(orders.begin(), orders.end(), [&](const std::vector<std::string>& order) {
          return std::any_of(names.begin(), names.end(),
                             [&](const std::string& name) { return has(order, name); });
        });
    order_of[i] = static_cast<std::size_t>(shared - orders.begin());
    if (shared == orders.end()) orders.emplace_back();
    for (const std::string& name : names)
      if (!has(orders[order_of[i]], name)) orders[order_of[i]].push_back(name);
  }
  for (std::size_t i = 0; i < figures.size(); ++i) figures[i].groups = orders[order_of[i]];
}

// Two figures with one name get numbers.
void tell_apart(std::vector<Figure>& figures) {
  std::map<std::string, int> seen;
  for (Figure& figure : figures)
    if (const int count = ++seen[figure.id]; count > 1) figure.id += "-" + std::to_string(count);
}

std::vector<FigureEntry> default_entries(const Study& study) {
  std::vector<FigureEntry> entries;
  for (const IndexEntry& index : study.indices) {
    FigureEntry entry;
    entry.shows = "trend";
    entry.names = {{index.system.name, {}}};
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

FigureStyle style_of(const Study& study, const FigureEntry* entry) {
  FigureStyle style;
  style.grey = study.grey_figures;
  TableStyle tables;
  tables.name = study.style;
  tables.own = study.own_style;
  const TableLook& look = entry_of(tables).look;
  style.take_fonts(look.font, look.font_zh);
  if (look.size > 0) style.font_pt = look.size;
  if (entry != nullptr && entry->width) style.width_mm = *entry->width;
  if (entry != nullptr && entry->height) style.height_mm = *entry->height;
  return style;
}

std::vector<Figure> build_figures(Workspace& work, const std::vector<BuiltTable>& tables) {
  const std::vector<FigureEntry> entries =
      work.study->figures.empty() ? default_entries(*work.study) : work.study->figures;
  std::vector<Figure> figures;
  std::vector<Span> spans;
  int number = 0;
  for (const FigureEntry& entry : entries)
    attempt(work.notes, entry.span, [&] {
      for (Figure& figure : figures_of({work, entry, tables}, number)) {
        figure.style = style_of(*work.study, &entry);
        if (!entry.note.empty()) figure.notes.push_back(entry.note);
        chart_option(figure);  // complains here, at its place
        warn_of_gaps(work, figure, entry.span);
        figures.push_back(std::move(figure));
        spans.push_back(entry.span);
      }
    });
  tell_apart(figures);
  give_groups_one_order(figures);
  for (std::size_t i = 0; i < figures.size(); ++i) say_remarks(work, figures[i], spans[i]);
  return figures;
}

}  // namespace panelist::study
