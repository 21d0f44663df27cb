// SPDX-License-Identifier: Apache-2.0
#include "study/run/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/file.h"
#include "base/text.h"
#include "table/provinces.h"
#include "table/read.h"

namespace panelist::study {

namespace {

struct Source {
  Workspace& work;
  const FigureEntry& entry;
  const std::vector<BuiltTable>& tables;
};

bool in_chinese(const Workspace& work) { return work.study->lang == "zh"; }

std::string label_of(const Workspace& work, const std::string& column) {
  if (const Column* found = work.table.find(column)) {
    if (in_chinese(work) && !found->label_zh.empty()) return found->label_zh;
    if (!found->label.empty()) return found->label;
  }
  return column;
}

std::vector<std::string> columns_of(const Source& source) {
  std::vector<std::string> columns;
  for (const Spanned& name : source.entry.names) {
    const bool is_set = name.text.starts_with("{") && name.text.ends_with("}");
    if (!is_set) columns.push_back(name.text);
    if (is_set)
      for (const std::string& term : source.work.study->sets.at(name.text.substr(1, name.text.size() - 2)))
        if (source.work.table.has(term)) columns.push_back(term);
  }
  return columns;
}

const Column& number_column(const Source& source, const std::string& name) {
  const Column& column = source.work.table.at(name);
  if (column.is_text())
    throw Error("figure.not_numeric", fmt::format("column `{}` holds text", name),
                "a figure of it needs numbers");
  return column;
}

Column taken(const Source& source, const std::string& name) {
  return source.work.table.at(name).take(source.work.sample);
}

// The groups as text, whatever the column holds.
Column as_text(const Column& column) {
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < column.size(); ++row) texts.push_back(column.text_at(row));
  return Column::texts(texts);
}

Figure figure_of(const Source& source, const char* kind, const std::string& shown) {
  Figure figure;
  figure.kind = kind;
  figure.title = source.entry.title.empty() ? label_of(source.work, shown) : source.entry.title;
  figure.id = source.entry.id.empty() ? lower_ascii(source.entry.shows + "-" + shown) : source.entry.id;
  figure.lang = source.work.study->lang;
  figure.numbers = source.entry.numbers;
  return figure;
}

void name_axes(Figure& figure, const FigureEntry& entry, const std::string& x, const std::string& y) {
  figure.x_label = entry.x_label.empty() ? x : entry.x_label;
  figure.y_label = entry.y_label.empty() ? y : entry.y_label;
}

// --- lines over time ----------------------------------------------------------------------------------------------

struct Line {
  std::string name;
  std::vector<double> x, y;
};

Table table_of_lines(const std::vector<Line>& lines) {
  std::vector<double> x, y;
  std::vector<std::string> group;
  for (const Line& line : lines) {
    x.insert(x.end(), line.x.begin(), line.x.end());
    y.insert(y.end(), line.y.begin(), line.y.end());
    group.insert(group.end(), line.x.size(), line.name);
  }
  Table table;
  table.set("group", Column::texts(group));
  table.set("x", Column::numbers(std::move(x), ColumnKind::integer));
  table.set("y", Column::numbers(std::move(y)));
  return table;
}

using ByTime = std::map<std::int64_t, std::vector<double>>;

ByTime values_by_time(const Source& source, const Column& column, const std::vector<std::size_t>& rows) {
  ByTime by_time;
  for (const std::size_t row : rows)
    if (!column.is_missing(row)) by_time[source.work.panel.time[row]].push_back(column.cells()[row]);
  return by_time;
}

std::vector<Line> mean_and_quartiles(const Source& source, const Column& column) {
  const bool zh = in_chinese(source.work);
  Line mean{zh ? "均值" : "mean", {}, {}}, low{zh ? "下四分位" : "lower quartile", {}, {}},
      high{zh ? "上四分位" : "upper quartile", {}, {}};
  for (const auto& [time, values] : values_by_time(source, column, source.work.sample)) {
    const Summary summary = summarise("", values);
    for (auto& [line, value] :
         {std::pair<Line*, double>{&mean, summary.mean}, {&low, summary.p25}, {&high, summary.p75}}) {
      line->x.push_back(static_cast<double>(time));
      line->y.push_back(value);
    }
  }
  return {mean, low, high};
}

std::vector<Line> means_of_groups(const Source& source, const Column& column, const std::string& by) {
  std::map<std::string, std::vector<std::size_t>> rows;
  const Column& groups = source.work.table.at(by);
  for (const std::size_t row : source.work.sample)
    if (!groups.is_missing(row)) rows[groups.text_at(row)].push_back(row);
  std::vector<Line> lines;
  for (const auto& [name, members] : rows) {
    Line line{name, {}, {}};
    for (const auto& [time, values] : values_by_time(source, column, members)) {
      line.x.push_back(static_cast<double>(time));
      line.y.push_back(summarise("", values).mean);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

Figure trend_of(const Source& source, const std::string& name) {
  Figure figure = figure_of(source, "trend", name);
  const Column& column = number_column(source, name);
  figure.data = table_of_lines(source.entry.by ? means_of_groups(source, column, source.entry.by->text)
                                               : mean_and_quartiles(source, column));
  name_axes(figure, source.entry, label_of(source.work, source.work.panel.keys.time),
            label_of(source.work, name));
  return figure;
}

std::vector<Figure> trends(const Source& source) {
  std::vector<Figure> figures;
  for (const std::string& name : columns_of(source)) figures.push_back(trend_of(source, name));
  return figures;
}

// --- distributions --------------------------------------------------------------------------------------------------

Table stacked_values(const Source& source, const std::vector<std::string>& names) {
  std::vector<double> values;
  std::vector<std::string> group;
  for (const std::string& name : names) {
    const Column column = number_column(source, name).take(source.work.sample);
    values.insert(values.end(), column.cells().begin(), column.cells().end());
    group.insert(group.end(), column.size(), label_of(source.work, name));
  }
  Table table;
  table.set("value", Column::numbers(std::move(values)));
  if (names.size() > 1) table.set("group", Column::texts(group));
  return table;
}

std::vector<Figure> densities(const Source& source, const char* kind) {
  const std::vector<std::string> names = columns_of(source);
  if (source.entry.by && names.size() > 1)
    throw Error("figure.one_column", "densities by group show one column",
                "leave out `by`, or all columns but one");
  Figure figure = figure_of(source, kind, names.at(0));
  figure.data = stacked_values(source, names);
  if (source.entry.by) figure.data.set("group", as_text(taken(source, source.entry.by->text)));
  name_axes(figure, source.entry, names.size() > 1 ? "" : label_of(source.work, names[0]),
            in_chinese(source.work) ? "密度" : "density");
  return {figure};
}

std::vector<Figure> density_figures(const Source& source) { return densities(source, "density"); }
std::vector<Figure> ridge_figures(const Source& source) { return densities(source, "ridge"); }

std::vector<Figure> binned_scatters(const Source& source) {
  const std::vector<std::string> names = columns_of(source);
  Figure figure = figure_of(source, "binned_scatter", names.at(1));
  figure.data.set("x", number_column(source, names[0]).take(source.work.sample));
  figure.data.set("y", number_column(source, names[1]).take(source.work.sample));
  if (source.entry.by) figure.data.set("group", as_text(taken(source, source.entry.by->text)));
  name_axes(figure, source.entry, label_of(source.work, names[0]), label_of(source.work, names[1]));
  return {figure};
}

// --- units and time -------------------------------------------------------------------------------------------------

std::vector<Figure> unit_by_time(const Source& source, const char* kind) {
  const std::string name = columns_of(source).at(0);
  Figure figure = figure_of(source, kind, name);
  figure.data.set("unit", as_text(taken(source, source.work.panel.keys.unit)));
  figure.data.set("time", taken(source, source.work.panel.keys.time));
  figure.data.set("value", number_column(source, name).take(source.work.sample));
  name_axes(figure, source.entry, "",
            kind == std::string_view("rank_flow") ? (in_chinese(source.work) ? "排名" : "rank") : "");
  return {figure};
}

std::vector<Figure> heat_maps(const Source& source) { return unit_by_time(source, "heat_map"); }
std::vector<Figure> rank_flows(const Source& source) { return unit_by_time(source, "rank_flow"); }

std::vector<Figure> panel_maps(const Source& source) {
  const std::vector<std::string> names = columns_of(source);
  std::vector<std::size_t> rows;
  for (const std::size_t row : source.work.sample)
    if (std::none_of(names.begin(), names.end(),
                     [&](const std::string& name) { return source.work.table.at(name).is_missing(row); }))
      rows.push_back(row);
  Figure figure = figure_of(source, "panel_map", names.at(0));
  figure.data.set("unit", as_text(source.work.table.at(source.work.panel.keys.unit).take(rows)));
  figure.data.set("time", source.work.table.at(source.work.panel.keys.time).take(rows));
  return {figure};
}

std::vector<Figure> missing_maps(const Source& source) {
  const std::vector<std::string> names = columns_of(source);
  const Column time = taken(source, source.work.panel.keys.time);
  std::vector<std::string> variables, times;
  std::vector<double> missing;
  for (const std::string& name : names)
    for (std::size_t i = 0; i < source.work.sample.size(); ++i) {
      variables.push_back(label_of(source.work, name));
      times.push_back(time.text_at(i));
      missing.push_back(source.work.table.at(name).is_missing(source.work.sample[i]) ? 1 : 0);
    }
  Figure figure = figure_of(source, "missing_map", names.at(0));
  if (source.entry.title.empty()) figure.title = in_chinese(source.work) ? "缺失值" : "Missing values";
  figure.data.set("variable", Column::texts(variables));
  figure.data.set("time", Column::texts(times));
  figure.data.set("missing", Column::numbers(std::move(missing)));
  return {figure};
}

// China's provinces go by many names; a unit stands for the region that is the same province.
Column regions_of_units(const Figure& figure, const Column& units) {
  std::map<int, std::string> by_province;
  std::set<std::string> known;
  for (const std::string& region : map_regions(figure)) {
    known.insert(region);
    if (const Province* province = find_province(region)) by_province.try_emplace(province->code, region);
  }
  std::vector<std::string> regions;
  for (std::size_t row = 0; row < units.size(); ++row) {
    std::string name = units.text_at(row);
    if (const Province* province = known.contains(name) ? nullptr : find_province(name))
      if (const auto found = by_province.find(province->code); found != by_province.end())
        name = found->second;
    regions.push_back(std::move(name));
  }
  return Column::texts(regions);
}

std::vector<Figure> maps(const Source& source) {
  const std::string name = columns_of(source).at(0);
  const Column& column = number_column(source, name);
  const Workspace& work = source.work;
  std::int64_t at = std::numeric_limits<std::int64_t>::min();
  for (const std::size_t row : work.sample) at = std::max(at, work.panel.time[row]);
  if (const auto asked = source.entry.numbers.find("at"); asked != source.entry.numbers.end())
    at = static_cast<std::int64_t>(asked->second);
  std::vector<std::size_t> rows;
  for (const std::size_t row : work.sample)
    if (work.panel.time[row] == at) rows.push_back(row);
  Figure figure = figure_of(source, "map", name);
  figure.map = read_file(join_path(work.study->directory, source.entry.file->text));
  if (!source.entry.key.empty()) figure.map_key = source.entry.key;
  const std::string& unit = source.entry.by ? source.entry.by->text : work.panel.keys.unit;
  figure.data.set("region", regions_of_units(figure, work.table.at(unit).take(rows)));
  figure.data.set("value", column.take(rows));
  if (const auto unmatched = unmatched_regions(figure); !unmatched.empty() && unmatched.size() < rows.size())
    source.work.notes.warning("figure.unmatched_regions",
                              fmt::format("{} of {} units are not on the map: {}", unmatched.size(),
                                          rows.size(), join(unmatched, ", ")),
                              source.entry.file->span);
  return {figure};
}

// --- results --------------------------------------------------------------------------------------------------------

std::vector<Figure> weights(const Source& source) {
  std::vector<Figure> figures;
  for (const Spanned& name : source.entry.names) {
    const auto place = source.work.indices.find(name.text);
    if (place == source.work.indices.end()) continue;
    Figure figure = figure_of(source, "bars", name.text);
    std::vector<std::string> names, groups;
    std::vector<double> values;
    for (const IndicatorResult& indicator : place->second.indicators) {
      names.push_back(label_of(source.work, indicator.indicator.code));
      values.push_back(indicator.weight);
    }
    figure.data.set("name", Column::texts(names));
    figure.data.set("value", Column::numbers(std::move(values)));
    name_axes(figure, source.entry, in_chinese(source.work) ? "权重" : "weight", "");
    figures.push_back(std::move(figure));
  }
  return figures;
}

const BuiltTable& table_named(const Source& source) {
  const Spanned& name = source.entry.names.at(0);
  std::vector<std::string> ids;
  for (const BuiltTable& built : source.tables) {
    if (built.table.id == name.text && built.json.contains("columns")) return built;
    if (built.json.contains("columns")) ids.push_back(built.table.id);
  }
  const std::string near = nearest(name.text, ids);
  throw Error("study.unknown_table", "there is no table of regressions called `" + name.text + "`",
              near.empty() ? "tables: " + join(ids, ", ") : "did you mean `" + near + "`?");
}

struct Estimates {
  std::vector<std::string> term, group;
  std::vector<double> estimate, low, high;
};

double number_of(const nlohmann::ordered_json& coefficient, const char* key) {
  return coefficient.at(key).is_number() ? coefficient.at(key).get<double>() : missing_value;
}

void add_estimates(const nlohmann::ordered_json& column, const std::string& name,
                   const std::vector<std::string>& terms, Estimates& found) {
  for (const auto& coefficient : column.at("coefficients")) {
    const std::string term = coefficient.at("term");
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) continue;
    found.term.push_back(term);
    found.group.push_back(name);
    found.estimate.push_back(number_of(coefficient, "estimate"));
    found.low.push_back(number_of(coefficient, "conf_low"));
    found.high.push_back(number_of(coefficient, "conf_high"));
  }
}

std::string heading_of(const nlohmann::ordered_json& column, std::size_t number) {
  std::string heading = column.value("heading", "");
  if (heading.empty() && column.contains("remarks") && !column["remarks"].empty())
    heading = column["remarks"][0];
  return fmt::format("({}){}{}", number, heading.empty() ? "" : " ", heading);
}

// A term a line and a series a column; one term alone has a line for each column.
Figure coefficient_figure(const Source& source, const Estimates& found, bool one_term) {
  Figure figure = figure_of(source, "coefficients", source.entry.names.at(0).text);
  std::vector<std::string> lines = one_term ? found.group : found.term;
  if (!one_term)
    for (std::string& term : lines) term = label_of(source.work, term);
  figure.data.set("term", Column::texts(lines));
  if (!one_term) figure.data.set("group", Column::texts(found.group));
  figure.data.set("estimate", Column::numbers(found.estimate));
  figure.data.set("low", Column::numbers(found.low));
  figure.data.set("high", Column::numbers(found.high));
  name_axes(figure, source.entry,
            in_chinese(source.work) ? "估计值与 95% 置信区间" : "estimate and 95% interval", "");
  return figure;
}

std::vector<Figure> coefficient_figures(const Source& source) {
  const BuiltTable& built = table_named(source);
  const auto& columns = built.json.at("columns");
  std::vector<std::string> terms = source.entry.terms;
  if (terms.empty() && !columns.empty() && !columns[0].at("coefficients").empty())
    terms.push_back(columns[0].at("coefficients")[0].at("term"));
  Estimates found;
  for (std::size_t i = 0; i < columns.size(); ++i)
    add_estimates(columns[i], heading_of(columns[i], i + 1), terms, found);
  if (found.term.empty())
    throw Error("figure.no_data",
                fmt::format("table `{}` has none of the terms: {}", built.table.id, join(terms, ", ")),
                "name terms as the table's columns do");
  Figure figure = coefficient_figure(source, found, terms.size() == 1);
  if (source.entry.title.empty()) figure.title = built.table.title;
  return {figure};
}

std::vector<Figure> figures_of_data(const Source& source) {
  Figure figure = figure_of(source, source.entry.kind.c_str(), file_name_of(source.entry.names.at(0).text));
  figure.id = source.entry.id.empty() ? source.entry.kind : source.entry.id;
  if (source.entry.title.empty()) figure.title.clear();
  figure.data = read_table(join_path(source.work.study->directory, source.entry.names[0].text));
  if (source.entry.file)
    figure.map = read_file(join_path(source.work.study->directory, source.entry.file->text));
  if (!source.entry.key.empty()) figure.map_key = source.entry.key;
  name_axes(figure, source.entry, "", "");
  return {figure};
}

struct Shown {
  const char* key;
  std::vector<Figure> (*figures)(const Source& source);
};
constexpr Shown catalog[] = {
    {"trend", trends},
    {"coefficients", coefficient_figures},
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
};

std::vector<Figure> figures_of(const Source& source) {
  for (const Shown& shown : catalog)
    if (source.entry.shows == shown.key) return shown.figures(source);
  return {};
}

void warn_of_gaps(Workspace& work, const Figure& figure, const Span& span) {
  const std::size_t gaps = figure.kind == "missing_map" ? 0 : gaps_of(figure);
  if (gaps > 0)
    work.notes.warning("figure.gaps",
                       fmt::format("{} of {} rows of figure `{}` lack a number and are left out", gaps,
                                   figure.data.rows(), figure.id),
                       span);
}

// Two figures with one name get numbers.
void tell_apart(std::vector<Figure>& figures) {
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    figures[i].number = static_cast<int>(i + 1);
    if (const int count = ++seen[figures[i].id]; count > 1) figures[i].id += "-" + std::to_string(count);
  }
}

std::vector<FigureEntry> default_entries(const Study& study) {
  std::vector<FigureEntry> entries;
  for (const IndexEntry& index : study.indices) {
    FigureEntry entry;
    entry.shows = "trend";
    entry.names = {{index.system.name, {}}};
    entry.title = index.system.name;
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

FigureStyle style_of(const Study& study, const FigureEntry* entry) {
  FigureStyle style;
  style.grey = study.grey_figures;
  if (entry != nullptr && entry->width) style.width_mm = *entry->width;
  if (entry != nullptr && entry->height) style.height_mm = *entry->height;
  return style;
}

std::vector<Figure> build_figures(Workspace& work, const std::vector<BuiltTable>& tables) {
  const std::vector<FigureEntry> entries =
      work.study->figures.empty() ? default_entries(*work.study) : work.study->figures;
  std::vector<Figure> figures;
  for (const FigureEntry& entry : entries)
    attempt(work.notes, entry.span, [&] {
      for (Figure& figure : figures_of({work, entry, tables})) {
        figure.style = style_of(*work.study, &entry);
        if (!entry.note.empty()) figure.notes.push_back(entry.note);
        chart_option(figure);  // complains here, at its place
        warn_of_gaps(work, figure, entry.span);
        figures.push_back(std::move(figure));
      }
    });
  tell_apart(figures);
  return figures;
}

}  // namespace panelist::study
