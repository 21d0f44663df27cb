// SPDX-License-Identifier: Apache-2.0
#include "report/writers/column_widths.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "report/writers/cell_text.h"

namespace panelist {

namespace {

constexpr double margins = 2.1;       // of a cell, both sides, and a hair
constexpr double longest_word = 16;   // longer ones may break
constexpr double shortest_break = 8;  // four Chinese characters stay together
constexpr double longest_text = 44;   // of a column that is not broken
constexpr double of_a_star = 0.65;    // superscript

bool is_broad(std::string_view point) {
  return point.size() >= 3 && static_cast<unsigned char>(point[0]) >= 0xE3;
}

double width_of(std::string_view point) {
  if (is_broad(point)) return 2;
  if (point.size() > 1) return 1.1;
  const char letter = point[0];
  if (letter == 'W' || letter == 'M' || letter == 'm' || letter == 'w') return 1.6;
  if (letter >= 'A' && letter <= 'Z') return 1.35;
  return std::string_view(" .,;:il()[]'|!").find(letter) != std::string_view::npos ? 0.65 : 1.0;
}

struct Extent {
  double whole = 0, piece = 0;
};

// Lines break at spaces, after hyphens and slashes, and between Chinese characters.
Extent extent_of_text(const std::string& text) {
  Extent extent;
  double piece = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = code_point_length(text, i);
    const std::string_view point = std::string_view(text).substr(i, length);
    const double width = width_of(point);
    extent.whole += width;
    const bool breaks = point == " " || is_broad(point);
    piece = is_broad(point) ? 2 * width : breaks ? 0 : piece + width;
    extent.piece = std::max(extent.piece, piece);
    if (point == "-" || point == "/") piece = 0;
    i += length;
  }
  extent.piece = std::min(extent.piece, longest_word);
  if (extent.whole <= shortest_break) extent.piece = extent.whole;
  extent.whole = std::min(extent.whole, longest_text);
  return extent;
}

Extent extent_of(const Cell& cell, const PublicationTable& table) {
  const CellText text = cell_text(cell, table, "−");
  if (!is_numeric(cell)) return extent_of_text(text.whole());
  const double stars = of_a_star * static_cast<double>(text.stars.size());
  const Extent body = extent_of_text(text.open + text.body + text.close);
  if (cell.kind == CellKind::interval) return {body.whole + stars, body.piece + stars};
  return {body.whole + stars, body.whole + stars};
}

// A cell over several columns asks for what they lack together, each for its share.
void ask_for_span(const Cell& cell, const Extent& extent, std::size_t first, ColumnNeeds& needs) {
  const auto last = std::min(first + static_cast<std::size_t>(cell.span), needs.narrow.size());
  double there = 0;
  for (std::size_t c = first; c < last; ++c) there += needs.narrow[c];
  const double lacking = extent.piece + margins - there;
  for (std::size_t c = first; c < last && lacking > 0; ++c)
    needs.narrow[c] += lacking / static_cast<double>(cell.span);
}

void even_out(const PublicationTable& table, std::vector<double>& widths) {
  std::vector<bool> numbers(widths.size(), false);
  for (const TableRow& row : table.rows) {
    std::size_t column = 0;
    for (const Cell& cell : row.cells) {
      if (cell.span == 1 && column < numbers.size() && is_numeric(cell)) numbers[column] = true;
      column += static_cast<std::size_t>(cell.span);
    }
  }
  double widest = 0;
  for (std::size_t c = 0; c < widths.size(); ++c)
    if (numbers[c]) widest = std::max(widest, widths[c]);
  for (std::size_t c = 0; c < widths.size(); ++c)
    if (numbers[c]) widths[c] = widest;
}

template <typename Use>
void for_each_cell(const PublicationTable& table, const Use& use) {
  for (const TableRow& row : table.rows) {
    std::size_t column = 0;
    for (const Cell& cell : row.cells) {
      use(cell, column);
      column += static_cast<std::size_t>(cell.span);
    }
  }
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

double text_width(const std::string& text) {
  double width = 0;
  for (std::size_t i = 0; i < text.size(); i += code_point_length(text, i))
    width += width_of(std::string_view(text).substr(i, code_point_length(text, i)));
  return width;
}

ColumnNeeds column_needs(const PublicationTable& table) {
  const auto columns = static_cast<std::size_t>(table.columns());
  ColumnNeeds needs{std::vector<double>(columns, 2 + margins), std::vector<double>(columns, 2 + margins)};
  for_each_cell(table, [&](const Cell& cell, std::size_t column) {
    if (cell.span != 1 || column >= columns) return;
    const Extent extent = extent_of(cell, table);
    needs.narrow[column] = std::max(needs.narrow[column], extent.piece + margins);
    needs.wide[column] = std::max(needs.wide[column], extent.whole + margins);
  });
  for_each_cell(table, [&](const Cell& cell, std::size_t column) {
    if (cell.span > 1 && cell.span < static_cast<int>(columns))
      ask_for_span(cell, extent_of(cell, table), column, needs);
  });
  even_out(table, needs.narrow);
  for (std::size_t c = 0; c < columns; ++c) needs.wide[c] = std::max(needs.wide[c], needs.narrow[c]);
  return needs;
}

double least_width(const ColumnNeeds& needs) { return sum_of(needs.narrow); }

std::vector<double> column_widths(const ColumnNeeds& needs, double total) {
  std::vector<double> widths = needs.narrow;
  const double least = sum_of(needs.narrow), most = sum_of(needs.wide);
  if (least <= 0) return widths;
  if (most <= total) widths = needs.wide;
  const double share = most > least && most > total ? std::max(0.0, total - least) / (most - least) : 0;
  for (std::size_t c = 0; c < widths.size(); ++c) widths[c] += share * (needs.wide[c] - needs.narrow[c]);
  const double scale = total / sum_of(widths);
  for (double& width : widths) width *= scale;
  return widths;
}

}  // namespace panelist
