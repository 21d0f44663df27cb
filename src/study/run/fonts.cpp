// SPDX-License-Identifier: Apache-2.0
// Fonts that printed figures ask for and this machine lacks: said and counted, never silently replaced.
#include <fmt/format.h>

#include "base/text.h"
#include "study/run/figures.h"

namespace panelist::study {
namespace {

// The first family of the list that is there, else what stands in for any.
std::string stand_in(const std::vector<std::string>& families) {
  for (const std::string& family : families)
    if (has_font(family)) return family;
  return font_in_place_of(families.front());
}

// `own`: the family of the style file, "" without one; `usual`: those behind it.
void warn_of_family(Workspace& work, const std::string& own, const std::vector<std::string>& usual,
                    std::size_t figures) {
  const std::string wanted = own.empty() ? usual.front() : own;
  const std::string used = stand_in(usual);
  const bool usual_is_there = std::find(usual.begin(), usual.end(), used) != usual.end();
  if (own.empty() ? usual_is_there : has_font(own)) return;
  work.notes.warning(
      "figure.font_missing",
      fmt::format("this machine lacks the font `{}`: {} of the figures are printed in `{}`", wanted, figures,
                  used),
      {}, "install the font, or name another in the style file; the .svg asks for it wherever it is opened");
}

// Between the tags: names of fonts inside them are not text.
bool has_chinese_text(const std::string& svg) {
  bool inside = false;
  for (const char32_t point : to_code_points(svg)) {
    if (point == U'<' || point == U'>') inside = point == U'<';
    if (!inside && point >= 0x2E80 && point <= 0x9FFF) return true;
  }
  return false;
}

}  // namespace

void warn_of_fonts(Workspace& work, const std::vector<PrintedFigure>& printed) {
  if (printed.empty()) return;
  const auto chinese =
      static_cast<std::size_t>(std::count_if(printed.begin(), printed.end(), [](const PrintedFigure& figure) {
        return has_chinese_text(figure.svg);
      }));
  const TableLook look = work.study->own_style == nullptr ? TableLook{} : work.study->own_style->look;
  warn_of_family(work, look.font, {"Times New Roman", "Liberation Serif"}, printed.size());
  if (chinese == 0) return;
  if (!has_chinese_font())
    work.notes.warning(
        "figure.no_chinese_font",
        fmt::format("{} figures hold Chinese text, and this machine has no font for it: boxes are printed",
                    chinese),
        {}, "install one: apt-get install fonts-noto-cjk");
  else if (!look.font_zh.empty())
    warn_of_family(work, look.font_zh, {"Noto Serif CJK SC", "SimSun"}, chinese);
}

}  // namespace panelist::study
