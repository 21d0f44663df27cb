// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "figure/drawing.h"
#include "report/writer.h"
#include "report/writers/all.h"
#include "report/writers/html_style.h"

namespace panelist {

namespace {

// JSON inside a script element: no "</script" can stand in it.
std::string json_in_page(const std::string& json) { return replace_all(json, "<", "\\u003c"); }

std::string caption_of_figure(const Figure& figure, const std::string& lang) {
  const std::string word = lang == "zh" ? "图" : "Figure ";
  std::string caption = fmt::format("<figcaption>{}{}", word, figure.number);
  if (!figure.title.empty()) caption += (lang == "zh" ? "　" : ". ") + html_escape(figure.title);
  for (const std::string& note : figure.notes) caption += "<br><small>" + html_escape(note) + "</small>";
  return caption + "</figcaption>\n";
}

std::string figure_element(const Figure& figure, const std::string& lang) {
  const FigureStyle& style = figure.style;
  std::string out = fmt::format(
      "<figure id=\"figure-{0}\">\n<div class=\"chart\" style=\"width:{1}px;aspect-ratio:{1}/{2}\" "
      "role=\"img\" "
      "aria-label=\"{3}\"></div>\n<script type=\"application/json\" class=\"option\">{4}</script>\n",
      html_escape(figure.id), fixed(style.pixels(style.width_mm), 0), fixed(style.pixels(style.height_mm), 0),
      html_escape(figure.title), json_in_page(chart_option(figure)));
  if (!figure.map.empty())
    out += fmt::format("<script type=\"application/json\" class=\"map\" data-name=\"{}\">{}</script>\n",
                       html_escape(figure.id.empty() ? "map" : figure.id), json_in_page(figure.map));
  return out + caption_of_figure(figure, lang) + "</figure>\n";
}

constexpr std::string_view draw_charts = R"js(
document.querySelectorAll('figure').forEach(function (figure) {
  var map = figure.querySelector('.map'), place = figure.querySelector('.chart');
  if (map) echarts.registerMap(map.dataset.name, { geoJSON: JSON.parse(map.textContent) });
  var chart = echarts.init(place, null, { renderer: 'svg' });
  chart.setOption(JSON.parse(figure.querySelector('.option').textContent));
  window.addEventListener('resize', function () { chart.resize(); });
});
)js";

std::string scripts() {
  return fmt::format("<script>{}</script>\n<script>{}</script>\n", chart_library(), draw_charts);
}

}  // namespace

std::string write_report_html(const ReportPage& page) {
  const std::string lang = page.lang.empty() ? "en" : page.lang;
  std::string out = html_page_head(page.title, lang);
  out += "<h1>" + html_escape(page.title) + "</h1>\n";
  for (const std::string& remark : page.remarks) out += "<p>" + html_escape(remark) + "</p>\n";
  for (const PublicationTable& table : page.tables) out += html_table(table);
  for (const Figure& figure : page.figures) out += figure_element(figure, lang);
  if (!page.figures.empty()) out += scripts();
  return out + "</body>\n</html>\n";
}

}  // namespace panelist
