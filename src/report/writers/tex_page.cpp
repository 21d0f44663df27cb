// SPDX-License-Identifier: Apache-2.0
#include "report/writers/tex_page.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "report/writers/cell_text.h"
#include "report/writers/column_widths.h"
#include "report/writers/word.h"

namespace panelist {

namespace {

constexpr double short_side = 446, long_side = 695;  // of the text, in points, less a hair
constexpr double between_columns = 12, of_a_rule = 5, of_a_caption_line = 15;
constexpr double usual_letters = 10, letters_of_notes = 8;
constexpr double leading = 1.2;
constexpr double broad = 1.06;       // Computer Modern beside Times
constexpr double of_a_star = 0.65;   // superscript, in digits
constexpr double longest_text = 45;  // longer ones are broken into half a line

struct Letters {
  std::string_view command;
  double points;
};
constexpr Letters sizes[] = {{"", 10}, {"\\small", 9}, {"\\footnotesize", 8}, {"\\scriptsize", 7}};
constexpr std::size_t upright_sizes = 3;

double width_of(const Cell& cell, const PublicationTable& table) {
  const CellText text = cell_text(cell, table, "−");
  const double whole = text_width(text.open + text.body + text.close) * broad;
  return std::min(whole, longest_text) + of_a_star * static_cast<double>(text.stars.size());
}

// A cell over several columns widens the last of them, as LaTeX does.
std::vector<double> widths_of(const PublicationTable& table) {
  std::vector<double> widths(static_cast<std::size_t>(table.columns()), 0);
  for (const bool spans : {false, true})
    for (const TableRow& row : table.rows) {
      std::size_t first = 0;
      for (const Cell& cell : row.cells) {
        const std::size_t end = std::min(first + static_cast<std::size_t>(cell.span), widths.size());
        if ((cell.span > 1) == spans && first < end) {
          const auto from = widths.begin() + static_cast<std::ptrdiff_t>(first);
          const auto to = widths.begin() + static_cast<std::ptrdiff_t>(end);
          const double before = std::accumulate(from, to - 1, 0.0);
          *(to - 1) = std::max(*(to - 1), width_of(cell, table) - before);
        }
        first = end;
      }
    }
  return widths;
}

struct Extent {
  double width = 0, height = 0;
};

double lines_of(const std::string& text, double letters, double width) {
  return std::max(1.0, std::ceil(text_width(text) * broad * letters / 2 / width));
}

class Measured {
 public:
  explicit Measured(const PublicationTable& table) : table_(table) {
    const std::vector<double> widths = widths_of(table);
    half_letters_ = std::accumulate(widths.begin(), widths.end(), 0.0);
  }

  [[nodiscard]] Extent at(double letters) const {
    const double width = half_letters_ * letters / 2 + between_columns * table_.columns();
    double height = static_cast<double>(table_.rows.size()) * leading * letters;
    for (const TableRow& row : table_.rows)
      if (row.rule_above != Rule::none || row.rule_under_spans) height += of_a_rule;
    height += of_a_caption_line * lines_of(table_.title, usual_letters, width);
    for (const std::string& note : table_.notes)
      height += leading * letters_of_notes * lines_of(note, letters_of_notes, width);
    return {width, height + 4 * of_a_rule};
  }

  [[nodiscard]] bool fits(double letters, bool turned) const {
    const Extent extent = at(letters);
    return extent.width <= (turned ? long_side : short_side) &&
           extent.height <= (turned ? short_side : long_side);
  }

 private:
  const PublicationTable& table_;
  double half_letters_ = 0;
};

// The largest of the first `count` sizes that fits; none where the style's own letters do.
const Letters* fitting(const Measured& measured, const PublicationTable& table, bool turned,
                       std::size_t count) {
  static constexpr Letters own{"", 0};
  const double asked = table.look.size;
  if (asked > 0 && measured.fits(asked, turned)) return &own;
  for (std::size_t i = 0; i < count; ++i)
    if ((asked <= 0 || sizes[i].points < asked) && measured.fits(sizes[i].points, turned)) return &sizes[i];
  return nullptr;
}

}  // namespace

TexPage tex_page(const PublicationTable& table) {
  const Measured measured(table);
  if (!takes_turned_page(table)) {
    const Letters* upright = fitting(measured, table, false, upright_sizes);
    if (upright != nullptr) return {false, std::string(upright->command)};
    // A long table that is not wide gains nothing by lying.
    if (measured.at(sizes[upright_sizes - 1].points).width <= short_side)
      return {false, std::string(std::end(sizes)[-1].command)};
  }
  const Letters* lying = fitting(measured, table, true, std::size(sizes));
  return {true, std::string(lying != nullptr ? lying->command : std::end(sizes)[-1].command)};
}

}  // namespace panelist
