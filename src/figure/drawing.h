// SPDX-License-Identifier: Apache-2.0
// Drawing chart options for print, without a browser and without node: ECharts runs inside Duktape and answers with SVG;
// librsvg and cairo turn that into PDF (text stays text, fonts embedded) and PNG.
//
//   Drawing drawing;                                            // loads the chart library: some tenths of a second
//   std::string svg = drawing.svg(figure);
//   std::string pdf = svg_to_pdf(svg), png = svg_to_png(svg, 300);
//
// Same option, same bytes, in whatever order figures are drawn; PDFs carry no date.
// Cost: 0.2-0.5 s to load, then about 0.04 s a figure. One Drawing is used by one thread at a time.
// Errors  figure.drawing_failed with what the chart library said; data.library_missing with the package to install
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/context.h"
#include "figure/figure.h"

namespace panelist {

class Drawing {
 public:
  Drawing();
  ~Drawing();
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;
  std::string svg(const Figure& figure);

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

std::string svg_to_pdf(const std::string& svg);
std::string svg_to_png(const std::string& svg, double dots_per_inch);

// Many figures on the context's threads: each thread loads the library once and takes the next figure that is left. The bytes do not
// depend on how many there are.
struct PrintFormats {
  bool pdf = false;
  double png_dots_per_inch = 0;  // 0: none
};
struct PrintedFigure {
  std::string svg, pdf, png;
};
std::vector<PrintedFigure> print_figures(const Context& context, const std::vector<Figure>& figures,
                                         const PrintFormats& formats);

// Whether this machine has a family of fonts, any with Chinese letters, and what it draws in place of one it lacks.
bool has_font(const std::string& family);
bool has_chinese_font();
std::string font_in_place_of(const std::string& family);

// The chart library itself, for a page that draws in the reader's browser.
std::string_view chart_library();
// A function of that library's language, `prepared(option, chart)`: what an option cannot say without functions (numbers on an
// axis bear a true minus sign and equal decimals). Print and page draw prepared(option, chart).
std::string_view chart_preparation();

}  // namespace panelist
