// SPDX-License-Identifier: Apache-2.0
// Figures of columns: over time, by group, by unit, on a map.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/file.h"
#include "base/text.h"
#include "study/run/figure_sources.h"
#include "table/provinces.h"

namespace panelist::study {

namespace {

std::string labels_of(const Source& source, const std::vector<std::string>& columns) {
  std::vector<std::string> labels;
  for (const std::string& column : columns) labels.push_back(label_of(source.work, column));
  return listed(source.work, labels);
}

// The title where the figure shows more than the column its id is made of.
void retitle(const Source& source, Figure& figure, const std::string& what, const std::string& by) {
  if (source.entry.title.empty()) figure.title = title_of(source, what, by);
}

std::string by_label(const Source& source) {
  return source.entry.by ? label_of(source.work, source.entry.by->text) : "";
}

// "province and year"
std::string unit_and_time(const Source& source) {
  const PanelKeys& keys = source.work.panel.keys;
  return listed(source.work, {label_of(source.work, keys.unit), label_of(source.work, keys.time)});
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

// The groups of `by`: numbers ascending, texts in order of first appearance in the sample. One order for every figure.
std::vector<std::string> group_order(const Source& source) {
  const Column& column = source.work.table.at(source.entry.by->text);
  std::vector<std::size_t> rows;
  for (const std::size_t row : source.work.sample)
    if (!column.is_missing(row)) rows.push_back(row);
  if (!column.is_text())
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return column.cells()[a] < column.cells()[b]; });
  std::vector<std::string> names;
  std::set<std::string> known;
  for (const std::size_t row : rows)
    if (known.insert(column.text_at(row)).second) names.push_back(column.text_at(row));
  return names;
}

void set_groups(const Source& source, Figure& figure) {
  figure.data.set("group", as_text(taken(source, source.entry.by->text)));
  figure.groups = group_order(source);
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
  Line mean{zh ? "均值" : "Mean", {}, {}}, low{zh ? "下四分位数" : "Lower quartile", {}, {}},
      high{zh ? "上四分位数" : "Upper quartile", {}, {}};
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
  for (const std::string& name : group_order(source)) {
    Line line{name, {}, {}};
    for (const auto& [time, values] : values_by_time(source, column, rows.at(name))) {
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

}  // namespace

std::vector<Figure> trends(const Source& source) {
  std::vector<Figure> figures;
  for (const std::string& name : columns_of(source)) figures.push_back(trend_of(source, name));
  return figures;
}

namespace {

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
  if (source.entry.by) set_groups(source, figure);
  retitle(source, figure, labels_of(source, names), by_label(source));
  name_axes(figure, source.entry, names.size() > 1 ? "" : label_of(source.work, names[0]), "");
  return {figure};
}

}  // namespace

std::vector<Figure> density_figures(const Source& source) { return densities(source, "density"); }

std::vector<Figure> ridge_figures(const Source& source) { return densities(source, "ridge"); }

std::vector<Figure> binned_scatters(const Source& source) {
  const std::vector<std::string> names = columns_of(source);
  Figure figure = figure_of(source, "binned_scatter", names.at(1));
  figure.data.set("x", number_column(source, names[0]).take(source.work.sample));
  figure.data.set("y", number_column(source, names[1]).take(source.work.sample));
  if (source.entry.by) set_groups(source, figure);
  const std::string both = in_chinese(source.work)
                               ? labels_of(source, {names[1], names[0]})
                               : label_of(source.work, names[1]) + " on " + label_of(source.work, names[0]);
  retitle(source, figure, both, by_label(source));
  name_axes(figure, source.entry, label_of(source.work, names[0]), label_of(source.work, names[1]));
  return {figure};
}

namespace {

// --- units and time -------------------------------------------------------------------------------------------------

std::vector<Figure> unit_by_time(const Source& source, const char* kind) {
  const std::string name = columns_of(source).at(0);
  Figure figure = figure_of(source, kind, name);
  figure.data.set("unit", as_text(taken(source, source.work.panel.keys.unit)));
  figure.data.set("time", taken(source, source.work.panel.keys.time));
  figure.data.set("value", number_column(source, name).take(source.work.sample));
  name_axes(figure, source.entry, "", "");
  figure.value_label = label_of(source.work, name);
  if (kind == std::string_view("heat_map"))
    retitle(source, figure, figure.value_label, unit_and_time(source));
  return {figure};
}

}  // namespace

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
  retitle(source, figure, labels_of(source, names), unit_and_time(source));
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
  retitle(source, figure, labels_of(source, names), "");
  figure.data.set("variable", Column::texts(variables));
  figure.data.set("time", Column::texts(times));
  figure.data.set("missing", Column::numbers(std::move(missing)));
  return {figure};
}

namespace {

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

}  // namespace

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
  figure.value_label = label_of(work, name);
  if (source.entry.title.empty()) figure.title = title_of(source, label_of(work, name), std::to_string(at));
  if (const auto unmatched = unmatched_regions(figure); !unmatched.empty() && unmatched.size() < rows.size())
    source.work.notes.warning("figure.unmatched_regions",
                              fmt::format("{} of {} units are not on the map: {}", unmatched.size(),
                                          rows.size(), join(unmatched, ", ")),
                              source.entry.file->span);
  return {figure};
}

}  // namespace panelist::study
