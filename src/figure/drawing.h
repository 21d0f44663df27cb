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

// The chart library itself, for a page that draws in the reader's browser.
std::string_view chart_library();

}  // namespace panelist
