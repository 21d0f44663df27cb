// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/diagnostic.h"
#include "base/text.h"
#include "figure/figure.h"
#include "figure/kinds/kinds.h"
#include "figure/kinds/labels.h"

namespace panelist {

namespace {

// The name of a family in quotes; what would end it is left out.
std::string quoted_family(const std::string& family) {
  std::string name;
  for (const char letter : family)
    if (std::string_view("'\"\\;,<>&{}").find(letter) == std::string_view::npos &&
        static_cast<unsigned char>(letter) >= 0x20)
      name += letter;
  return name.empty() ? "" : "'" + name + "',";
}

}  // namespace

// Letters that the first family lacks come from the next: Chinese ones stand behind those of Latin letters.
void FigureStyle::take_fonts(const std::string& latin, const std::string& chinese) {
  font = quoted_family(latin) + "'Times New Roman','Liberation Serif'," + quoted_family(chinese) +
         "'Noto Serif CJK SC',SimSun,serif";
}

const std::vector<ChartKind>& chart_kinds() {
  using namespace figure;
  static const ChartColumn group{"group", true, false};
  static const std::vector<ChartKind> kinds = {
      {"coefficients",
       "estimates with their intervals, one a line",
       {{"term", true}, {"estimate"}, {"low"}, {"high"}, group},
       coefficients_option,
       {"Estimate and confidence interval", "估计值与置信区间"},
       {},
       {},
       false},
      {"event_study",
       "effects by time relative to an event",
       {{"time"}, {"estimate"}, {"low"}, {"high"}, group},
       event_study_option,
       {"Periods relative to the event", "相对事件的期数"},
       {"Effect and confidence interval", "效应与置信区间"}},
      {"marginal_effects",
       "the effect of a regressor over a moderator, with its band",
       {{"x"}, {"estimate"}, {"low"}, {"high"}, group, {"count", false, false}},
       marginal_effects_option,
       {"Moderator", "调节变量"},
       {"Marginal effect and confidence interval", "边际效应与置信区间"}},
      {"threshold",
       "likelihood ratio of a threshold over its candidates",
       {{"threshold"}, {"ratio"}, {"critical", false, false}},
       threshold_option,
       {"Threshold", "门槛值"},
       {"Likelihood ratio", "似然比"}},
      {"spec_curve",
       "estimates in order of size above the choices behind them",
       {{"estimate"}, {"low"}, {"high"}, {"choices", true}, {"main", false, false}},
       spec_curve_option,
       {"Specifications in order of their estimates", "按估计值排列的设定"},
       {"Estimate and confidence interval", "估计值与置信区间"}},
      {"binned_scatter",
       "means of y in bins of x with the line through all points",
       {{"x"}, {"y"}, group},
       binned_scatter_option,
       {"x", "x"},
       {"y", "y"}},
      {"trend", "lines over time", {{"x"}, {"y"}, group}, trend_option, {"Time", "时间"}, {"Value", "取值"}},
      {"density",
       "kernel densities",
       {{"value"}, group},
       density_option,
       {"Value", "取值"},
       {"Density", "密度"}},
      {"ridge",
       "kernel densities of groups, one above the other",
       {{"value"}, {"group", true}},
       ridge_option,
       {"Value", "取值"}},
      {"heat_map",
       "a value by unit and time",
       {{"unit", true}, {"time", true}, {"value"}},
       heat_map_option,
       {},
       {},
       {"Value", "取值"}},
      {"bars",
       "a value by name",
       {{"name", true}, {"value"}, group},
       bars_option,
       {"Value", "取值"},
       {},
       {},
       false},
      {"grouped_bars",
       "values by name, groups beside each other",
       {{"name", true}, {"value"}, {"group", true}},
       grouped_bars_option,
       {"Value", "取值"},
       {},
       {},
       false},
      {"rank_intervals",
       "ranks with the range they take, one a line",
       {{"name", true}, {"low"}, {"mid"}, {"high"}, group},
       rank_intervals_option,
       {"Rank", "排名"},
       {},
       {},
       false},
      {"rank_flow",
       "ranks of units over time",
       {{"unit", true}, {"time", true}, {"value"}},
       rank_flow_option,
       {},
       {"Rank", "排名"}},
      {"map",
       "a value by region",
       {{"region", true}, {"value"}},
       map_option,
       {},
       {},
       {"Value", "取值"},
       false},
      {"panel_map",
       "which units are seen in which periods",
       {{"unit", true}, {"time", true}},
       panel_map_option,
       {},
       {},
       {},
       false},
      {"missing_map",
       "the share of missing cells by variable and time",
       {{"variable", true}, {"time", true}, {"missing"}},
       missing_map_option,
       {},
       {},
       {"Share missing", "缺失比例"},
       false},
  };
  return kinds;
}

const ChartKind* find_chart_kind(std::string_view name) {
  for (const ChartKind& kind : chart_kinds())
    if (kind.name == name) return &kind;
  return nullptr;
}

namespace {

const ChartKind& kind_of(const Figure& figure) {
  if (const ChartKind* kind = find_chart_kind(figure.kind)) return *kind;
  std::vector<std::string> names;
  for (const ChartKind& kind : chart_kinds()) names.emplace_back(kind.name);
  const std::string near = nearest(figure.kind, names);
  throw Error("figure.unknown_kind", fmt::format("there is no figure of kind `{}`", figure.kind),
              near.empty() ? "kinds: " + join(names, ", ") : fmt::format("did you mean `{}`?", near),
              figure.id);
}

void check_column(const Figure& figure, const ChartColumn& wanted) {
  const Column* column = figure.data.find(wanted.name);
  if (column == nullptr && !wanted.needed) return;
  if (column == nullptr)
    throw Error("figure.missing_column",
                fmt::format("a figure of kind `{}` needs a column `{}`", figure.kind, wanted.name),
                fmt::format("its data has: {}", join(figure.data.names(), ", ")), figure.id);
  if (column->is_text() && !wanted.text)
    throw Error("figure.not_numeric",
                fmt::format("column `{}` of a figure of kind `{}` holds text", wanted.name, figure.kind),
                "give it numbers", figure.id);
}

bool is_gap(const Column& column, std::size_t row) {
  return column.is_missing(row) || (!column.is_text() && !std::isfinite(column.cells()[row]));
}

}  // namespace

std::size_t gaps_of(const Figure& figure) {
  std::size_t gaps = 0;
  const ChartKind& kind = kind_of(figure);
  for (std::size_t row = 0; row < figure.data.rows(); ++row)
    gaps += std::any_of(kind.columns.begin(), kind.columns.end(), [&](const ChartColumn& wanted) {
      const Column* column = figure.data.find(wanted.name);
      return wanted.needed && column != nullptr && is_gap(*column, row);
    });
  return gaps;
}

namespace {

std::string_view name_in(const AxisName& name, const std::string& lang) {
  return lang == "zh" ? name.zh : name.en;
}

// The figure's own names of its axes, else those of its kind.
Figure with_names(const Figure& figure, const ChartKind& kind) {
  Figure named = figure;
  for (auto& [given, usual] :
       {std::pair{&named.x_label, &kind.x}, {&named.y_label, &kind.y}, {&named.value_label, &kind.value}})
    if (given->empty()) *given = name_in(*usual, figure.lang);
  return named;
}

// Reads as the option and the remarks that stand in it.
figure::Json checked_option(const Figure& figure) {
  const ChartKind& kind = kind_of(figure);
  for (const ChartColumn& column : kind.columns) check_column(figure, column);
  const bool counts_gaps = figure.kind == "missing_map";
  if (figure.data.rows() == 0 || (!counts_gaps && gaps_of(figure) == figure.data.rows()))
    throw Error(
        "figure.no_data", fmt::format("there is nothing to draw in a figure of kind `{}`", figure.kind),
        figure.data.rows() == 0 ? "its data has no rows" : "every row lacks a number it needs", figure.id);
  return kind.option(with_names(figure, kind), figure.style);
}

}  // namespace

namespace {

// No picture shows more; full precision doubles the bytes of a curve.
constexpr int digits_of_charts = 7;

void shorten_numbers(figure::Json& value) {
  if (value.is_structured())
    for (figure::Json& part : value) shorten_numbers(part);
  else if (value.is_number_float() && std::isfinite(value.get<double>()))
    value = *parse_number(significant(value.get<double>(), digits_of_charts));
}

}  // namespace

std::string chart_option(const Figure& figure) {
  figure::Json option = checked_option(figure);
  figure::take_remarks(option);
  shorten_numbers(option);
  return option.dump();
}

std::vector<Diagnostic> remarks_on(const Figure& figure) {
  figure::Json option = checked_option(figure);
  std::vector<Diagnostic> remarks = figure::take_remarks(option);
  const std::size_t gaps = figure.kind == "missing_map" ? 0 : gaps_of(figure);
  if (kind_of(figure).wants_several && figure.data.rows() - gaps == 1) {
    Diagnostic one;
    one.code = "figure.one_point";
    one.severity = Severity::warning;
    one.message = "the figure shows one point alone";
    one.hint = "check that its data hold what it is to show";
    remarks.push_back(std::move(one));
  }
  for (Diagnostic& each : remarks) each.subject = "figure " + figure.id;
  return remarks;
}

}  // namespace panelist
