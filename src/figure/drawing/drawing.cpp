// SPDX-License-Identifier: Apache-2.0
#include "figure/drawing.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <regex>

#include "base/diagnostic.h"
#include "base/text.h"
#include "figure/drawing/script_engine.h"

namespace panelist {

namespace {

// What the chart library expects of a host: a console, timers (never fired: nothing is animated).
constexpr std::string_view host = R"js(
var console = { log: function () {}, warn: function () {}, error: function () {} };
function setTimeout() { return 0; }
function clearTimeout() {}
function setInterval() { return 0; }
function clearInterval() {}
)js";

constexpr std::string_view draw = R"js(
function draw(option, width, height, map, mapName) {
  if (map) echarts.registerMap(mapName, { geoJSON: JSON.parse(map) });
  var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: +width, height: +height });
  try {
    chart.setOption(JSON.parse(option));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
)js";

// The library numbers charts, styles and clips over a page's life ("zr12-cls-7"); alone, each picture counts its own. What it
// notes for its scripts (ecmeta_...) goes.
std::string on_its_own(const std::string& svg) {
  static const std::regex of_page("zr[0-9]+-[a-z]+-?[0-9]+| ecmeta_[a-z_]+=\"[^\"]*\"");
  std::map<std::string, std::string> names;
  std::string out;
  std::size_t done = 0;
  for (std::sregex_iterator found(svg.begin(), svg.end(), of_page), end; found != end; ++found) {
    const auto at = static_cast<std::size_t>(found->position());
    out.append(svg, done, at - done);
    done = at + static_cast<std::size_t>(found->length());
    if (svg[at] != ' ')
      out += names.try_emplace(found->str(), "z" + std::to_string(names.size())).first->second;
  }
  return out.append(svg, done);
}

}  // namespace

struct Drawing::Engine {
  figure::ScriptEngine scripts;
  Engine() {
    scripts.run(host, "host");
    scripts.run(chart_library(), "charts");
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

}  // namespace panelist
