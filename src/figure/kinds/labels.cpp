// SPDX-License-Identifier: Apache-2.0
#include "figure/kinds/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace panelist::figure {

namespace {

constexpr double smallest_letters = 0.66, line_height = 1.2;
constexpr double row_names_share = 0.34;  // of the width, for the names of rows

bool is_wide(const std::string& letter) { return letter.size() >= 3 && display_width(letter) == 2; }

bool closes(const std::string& letter) {
  static const std::vector<std::string> marks = {"，", "。", "、", "；", "：", "）",
                                                 "》", "”",  "！", "？", "％"};
  return std::find(marks.begin(), marks.end(), letter) != marks.end();
}

// Words with the spaces before them, Chinese letters one by one with the marks that close them.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  bool joins = false;  // the next letter belongs to the word before it
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = code_point_length(text, at);
    const std::string letter = text.substr(at, length);
    at += length;
    const bool space = letter == " " || letter == "\n" || letter == "\t";
    if (space) {
      words.emplace_back(" ");
      joins = true;
    } else if (is_wide(letter) && !closes(letter)) {
      if (!words.empty() && words.back() == " ")
        words.back() += letter;
      else
        words.push_back(letter);
      joins = false;
    } else if (!words.empty() && (joins || closes(letter))) {
      words.back() += letter;
    } else {
      words.push_back(letter);
      joins = true;
    }
    if (closes(letter)) joins = false;
  }
  return words;
}

std::string without_space(const std::string& text) { return std::string(trim(text)); }

// As many letters as there is room for, then "…".
std::string cut(const FigureStyle& style, const std::string& text, double pixels) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = code_point_length(text, at);
    if (text_pixels(style, kept + text.substr(at, length) + "…") > pixels) break;
    kept += text.substr(at, length);
    at += length;
  }
  return without_space(kept) + "…";
}

std::vector<std::string> lines_of(const FigureStyle& style, const std::string& text, double pixels) {
  std::vector<std::string> lines = {""};
  for (const std::string& word : words_of(text)) {
    const std::string longer = lines.back() + word;
    if (lines.back().empty() || text_pixels(style, without_space(longer)) <= pixels)
      lines.back() = longer;
    else
      lines.push_back(word);
  }
  for (std::string& line : lines) line = without_space(line);
  return lines;
}

}  // namespace

Fitted fitted(const FigureStyle& style, const std::string& text, double pixels, std::size_t most_lines) {
  std::vector<std::string> lines = lines_of(style, text, pixels);
  Fitted found;
  if (lines.size() > most_lines) {
    std::string rest;
    for (std::size_t i = most_lines - 1; i < lines.size(); ++i) rest += (rest.empty() ? "" : " ") + lines[i];
    lines.resize(most_lines);
    lines.back() = cut(style, rest, pixels);
    found.shortened = true;
  }
  for (std::string& line : lines)
    if (text_pixels(style, line) > pixels) line = cut(style, line, pixels), found.shortened = true;
  found.text = join(lines, "\n");
  found.lines = lines.size();
  return found;
}

void remark(Json& place, const char* code, const std::string& message, const std::string& hint) {
  place["remarks"].push_back({code, message, hint});
}

namespace {

void take_from(Json& place, std::vector<Diagnostic>& found) {
  if (place.is_array())
    for (Json& each : place) take_from(each, found);
  if (!place.is_object() || !place.contains("remarks")) return;
  for (const Json& each : place["remarks"]) {
    Diagnostic diagnostic;
    diagnostic.code = each[0];
    diagnostic.severity = Severity::warning;
    diagnostic.message = each[1];
    diagnostic.hint = each[2];
    found.push_back(std::move(diagnostic));
  }
  place.erase("remarks");
}

}  // namespace

std::vector<Diagnostic> take_remarks(Json& option) {
  std::vector<Diagnostic> found;
  take_from(option, found);
  for (const char* part : {"legend", "xAxis", "yAxis"})
    if (option.contains(part)) take_from(option[part], found);
  return found;
}

std::string larger(const FigureStyle& style, const char* side, double pixels) {
  const double now = std::string_view(side) == "height" ? style.height_mm : style.width_mm;
  const double wanted = 5 * std::ceil((now + pixels * 25.4 / 96) / 5);
  return fmt::format("{} = {}", side, shortest(wanted));
}

void name_axis(Json& axis, const FigureStyle& style, const std::string& name, bool horizontal) {
  const double room = horizontal ? 0.8 * style.pixels(style.width_mm) : 0.78 * style.pixels(style.height_mm);
  const Fitted fit = fitted(style, name, room, 3);
  axis["name"] = fit.text;
  if (!fit.shortened) return;
  const char* side = horizontal ? "width" : "height";
  const double wanted = text_pixels(style, name) / 3 - room;
  const std::string larger_figure = larger(style, side, std::max(wanted / 0.75, 10.0));
  remark(axis, "figure.shortened",
         fmt::format("the name of the {} axis is too long for the figure and is shortened",
                     horizontal ? "horizontal" : "vertical"),
         fmt::format("give a shorter {}, or {}", horizontal ? "x_label" : "y_label", larger_figure));
}

namespace {

struct Rows {
  double letters = 1;     // of the usual size
  std::size_t every = 1;  // row is named
  std::size_t lines = 1;  // a name may take
};

Rows rows_in(const FigureStyle& style, std::size_t count, double room) {
  const double line = line_height * style.font_pixels();
  const double row = room / static_cast<double>(std::max<std::size_t>(1, count));
  Rows rows;
  if (row < line) rows.letters = std::max(smallest_letters, row / line);
  const double least = rows.letters * line;
  rows.every = static_cast<std::size_t>(std::max(1.0, std::ceil(least / row - 1e-9)));
  rows.lines = static_cast<std::size_t>(std::clamp(std::floor(row / line), 1.0, 4.0));
  return rows;
}

void remark_on_rows(Json& axis, const FigureStyle& style, std::size_t count, const Rows& rows, double room) {
  const double wanted = smallest_letters * line_height * style.font_pixels() * static_cast<double>(count);
  const double share = room / style.pixels(style.height_mm);
  remark(axis, "figure.crowded",
         fmt::format("{} of {} names of rows have room in the figure", (count + rows.every - 1) / rows.every,
                     count),
         larger(style, "height", (wanted - room) / std::max(0.3, share)) + " names them all");
}

}  // namespace

void name_rows(Json& axis, const FigureStyle& style, const std::vector<std::string>& names, double room) {
  const Rows rows = rows_in(style, names.size(), room);
  FigureStyle small = style;
  small.font_pt *= rows.letters;
  const double width = row_names_share * style.pixels(style.width_mm);
  Json texts = Json::array();
  std::size_t shortened = 0;
  double widest = 0;
  for (const std::string& name : names) {
    const Fitted fit = fitted(small, name, width, rows.lines);
    texts.push_back(fit.text);
    shortened += fit.shortened ? 1 : 0;
    widest = std::max(widest, text_pixels(small, name) / static_cast<double>(rows.lines));
  }
  axis["data"] = std::move(texts);
  axis["axisLabel"]["interval"] = rows.every - 1;
  axis["axisLabel"]["fontSize"] = std::round(10 * small.font_pixels()) / 10;
  axis["axisLabel"]["lineHeight"] = std::round(1.1 * small.font_pixels());
  if (rows.every > 1) remark_on_rows(axis, style, names.size(), rows, room);
  if (shortened > 0)
    remark(axis, "figure.shortened",
           fmt::format("{} of {} names of rows are too long for the figure and are shortened", shortened,
                       names.size()),
           "give shorter labels, or " + larger(style, "width", 1.15 * (widest - width) / row_names_share));
}

Json swatch_key(const FigureStyle& style, const std::vector<Swatch>& swatches) {
  Json rich = Json::object();
  std::string text;
  for (std::size_t i = 0; i < swatches.size(); ++i) {
    const std::string name = "s" + std::to_string(i);
    rich[name] = {{"width", std::round(style.font_pixels())},
                  {"height", std::round(0.75 * style.font_pixels())},
                  {"backgroundColor", swatches[i].colour},
                  {"borderColor", "#777777"},
                  {"borderWidth", 0.5}};
    text += (i == 0 ? "{" : "    {") + name + "| } " + swatches[i].words;
  }
  Json words = text_style(style, 0.9);
  words["fontWeight"] = "normal";
  words["rich"] = std::move(rich);
  return {{"text", text}, {"textStyle", std::move(words)}, {"padding", 0}};
}

}  // namespace panelist::figure
