// SPDX-License-Identifier: Apache-2.0
#include "figure/drawing.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <map>

#include "base/diagnostic.h"
#include "base/text.h"
#include "figure/drawing/script_engine.h"

namespace panelist {

namespace {

// What the chart library expects of a host: a console, timers (never fired: nothing is animated), arrays that sort themselves.
constexpr std::string_view host = R"js(
var console = { log: function () {}, warn: function () {}, error: function () {} };
function setTimeout() { return 0; }
function clearTimeout() {}
function setInterval() { return 0; }
function clearInterval() {}
if (!Float64Array.prototype.sort)
  Float64Array.prototype.sort = function (order) {
    this.set(Array.prototype.slice.call(this).sort(order || function (a, b) { return a - b; }));
    return this;
  };
)js";

constexpr std::string_view draw = R"js(
function draw(option, width, height, map, mapName) {
  if (map) echarts.registerMap(mapName, { geoJSON: JSON.parse(map) });
  var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: +width, height: +height });
  try {
    chart.setOption(prepared(JSON.parse(option), chart));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
)js";

// A name that the library numbers over a page's life: "zr12-cls-7". Its length at `at`, or nothing.
std::size_t length_of_page_name(const std::string& svg, std::size_t at) {
  const auto digits = [&](std::size_t from) {
    while (from < svg.size() && svg[from] >= '0' && svg[from] <= '9') ++from;
    return from;
  };
  std::size_t end = digits(at + 2);
  if (end == at + 2 || end >= svg.size() || svg[end] != '-') return 0;
  for (++end; end < svg.size() && svg[end] >= 'a' && svg[end] <= 'z';) ++end;
  if (end < svg.size() && svg[end] == '-') ++end;
  const std::size_t last = digits(end);
  return last == end ? 0 : last - at;
}

// Renderers for print know no central baseline: the middle of a line lies this far above where it is written.
constexpr std::string_view central = "dominant-baseline=\"central\"", shifted = "dy=\".35em\"";

// Alone, each picture counts its own names from zero. What the library notes for its scripts (ecmeta_...) goes.
std::string on_its_own(const std::string& svg) {
  std::map<std::string, std::string> names;
  std::string out;
  out.reserve(svg.size());
  for (std::size_t at = 0; at < svg.size();) {
    if (svg.compare(at, 2, "zr") == 0) {
      if (const std::size_t length = length_of_page_name(svg, at); length > 0) {
        out += names.try_emplace(svg.substr(at, length), "z" + std::to_string(names.size())).first->second;
        at += length;
        continue;
      }
    }
    if (svg.compare(at, central.size(), central) == 0) {
      out += shifted;
      at += central.size();
      continue;
    }
    if (svg.compare(at, 8, " ecmeta_") == 0) {
      at = svg.find('"', svg.find('"', at) + 1) + 1;
      continue;
    }
    out += svg[at++];
  }
  return out;
}

}  // namespace

struct Drawing::Engine {
  figure::ScriptEngine scripts;
  Engine() {
    scripts.run(host, "host");
    scripts.run(chart_library(), "charts");
    scripts.run(chart_preparation(), "preparation");
    scripts.run(draw, "draw");
  }
};

Drawing::Drawing() : engine_(std::make_unique<Engine>()) {}
Drawing::~Drawing() = default;

std::string Drawing::svg(const Figure& figure) {
  const FigureStyle& style = figure.style;
  const std::string option = chart_option(figure);
  const std::string width = shortest(std::round(style.pixels(style.width_mm)));
  const std::string height = shortest(std::round(style.pixels(style.height_mm)));
  const std::string map_name = figure.id.empty() ? "map" : figure.id;
  return on_its_own(engine_->scripts.call("draw", {option, width, height, figure.map, map_name}));
}

std::vector<PrintedFigure> print_figures(const Context& context, const std::vector<Figure>& figures,
                                         const PrintFormats& formats) {
  std::vector<PrintedFigure> printed(figures.size());
  const auto hands =
      std::min<std::size_t>(figures.size(), static_cast<std::size_t>(std::max(1, context.threads)));
  std::atomic<std::size_t> next = 0;
  for_each_block(context, static_cast<std::int64_t>(hands), [&](std::int64_t) {
    Drawing drawing;
    for (std::size_t i = next++; i < figures.size(); i = next++) {
      context.stop_if_asked();
      printed[i].svg = drawing.svg(figures[i]);
      if (formats.pdf) printed[i].pdf = svg_to_pdf(printed[i].svg);
      if (formats.png_dots_per_inch > 0)
        printed[i].png = svg_to_png(printed[i].svg, formats.png_dots_per_inch);
    }
  });
  return printed;
}

}  // namespace panelist
