// SPDX-License-Identifier: Apache-2.0
#include "report/page/html_parts.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/tables/words.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"

namespace panelist {

std::string json_in_page(const std::string& json) { return replace_all(json, "<", "\\u003c"); }

std::string texts_json(const std::vector<std::pair<std::string, std::string>>& texts) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const auto& [key, text] : texts) json[key] = text;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// --- figures

std::string figure_caption(const Figure& figure, const std::string& lang) {
  if (figure.title.empty()) return format_words("report_figure", lang, figure.number);
  return format_words("report_figure_title", lang, figure.number, figure.title);
}

std::string figure_element(const Figure& figure, const std::string& lang, const std::string& data_file) {
  const FigureStyle& style = figure.style;
  const std::string caption = html_escape(figure_caption(figure, lang));
  std::string out = fmt::format(
      "<figure id=\"figure-{0}\">\n<div class=\"chart\" data-width=\"{1}\" data-height=\"{2}\" "
      "style=\"width:{1}px;aspect-ratio:{1}/{2}\" "
      "role=\"img\" aria-label=\"{3}\"></div>\n<script type=\"application/json\" "
      "class=\"option\">{4}</script>\n",
      html_escape(figure.id), fixed(style.pixels(style.width_mm), 0), fixed(style.pixels(style.height_mm), 0),
      caption, json_in_page(chart_option(figure)));
  if (!figure.map.empty())
    out += fmt::format("<script type=\"application/json\" class=\"map\" data-name=\"{}\">{}</script>\n",
                       html_escape(figure.id.empty() ? "map" : figure.id), json_in_page(figure.map));
  out += "<figcaption>" + caption;
  for (const std::string& note : figure.notes) out += "<br><small>" + html_escape(note) + "</small>";
  if (!data_file.empty())
    out += "<br><small>" + html_escape(format_words("report_figure_data", lang, data_file)) + "</small>";
  return out + "</figcaption>\n</figure>\n";
}

// --- tables

namespace {

class TableArticle {
 public:
  TableArticle(const ReportTable& table, const std::string& lang) : table_(table), lang_(lang) {}

  std::string write() const {
    const PublicationTable& table = table_.table;
    std::string out = fmt::format("<article class=\"table\" id=\"table-{}\">\n", html_escape(table.id));
    PublicationTable bare = table;
    bare.notes.clear();
    bare.number = 0;
    bare.title.clear();
    const std::string caption = caption_of(table);  // outside the box, so that it is never cut
    if (!caption.empty()) out += "<h3 class=\"caption\">" + html_escape(caption) + "</h3>\n";
    out += scroll(caption.empty() ? table.id : caption, html_table(bare, table_.sortable));
    if (!table.notes.empty()) out += "<div class=\"notes\">\n";
    for (const std::string& note : table.notes) out += "<p>" + html_escape(note) + "</p>\n";
    if (!table.notes.empty()) out += "</div>\n";
    out += "<div class=\"tools\"></div>\n<script type=\"application/json\" class=\"texts\">" +
           json_in_page(texts_json({{"tex", write_tex(table)}, {"md", write_markdown(table)}})) +
           "</script>\n";
    return out + readings() + samples() + codes() + "</article>\n";
  }

 private:
  static std::string scroll(const std::string& name, const std::string& inside) {
    return fmt::format("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n{}</div>\n",
                       html_escape(name), inside);
  }

  std::string fold(const char* key, const std::string& inside) const {
    if (inside.empty()) return "";
    return "<details>\n<summary>" + html_escape(word(key, lang_)) + "</summary>\n" + inside + "</details>\n";
  }

  std::string readings() const {
    std::string out;
    for (const ReportColumn& column : table_.columns)
      if (!column.reading.empty())
        out += "<p><b>" + html_escape(column.heading) + "</b> " + html_escape(column.reading) + "</p>\n";
    return fold("report_readings", out);
  }

  // The steps of all columns: where two have the same, one row.
  std::vector<std::string> steps() const {
    std::vector<std::string> all;
    for (const ReportColumn& column : table_.columns) {
      auto at = all.begin();
      for (const ReportStep& step : column.sample) {
        const auto known = std::find(all.begin(), all.end(), step.words);
        at = known != all.end() ? std::max(at, known + 1) : all.insert(at, step.words) + 1;
      }
    }
    return all;
  }

  std::string sample_row(const std::string& words) const {
    std::string cells;
    bool whole = false;
    for (const ReportColumn& column : table_.columns) {
      const auto step = std::find_if(column.sample.begin(), column.sample.end(),
                                     [&](const ReportStep& each) { return each.words == words; });
      std::string text;
      if (step != column.sample.end()) {
        whole = whole || !std::isnan(step->remaining);
        text = std::isnan(step->remaining) ? "−" + shortest(step->left_out) : shortest(step->remaining);
      }
      cells += "<td class=\"r\">" + text + "</td>";
    }
    return fmt::format("<tr{}><th scope=\"row\" class=\"l\">{}</th>{}</tr>\n", whole ? " class=\"rule\"" : "",
                       html_escape(words), cells);
  }

  std::string samples() const {
    const std::vector<std::string> all = steps();
    if (all.empty()) return "";
    std::string out = "<table class=\"publication\">\n<thead><tr><th scope=\"col\" class=\"l\">" +
                      html_escape(word("report_step", lang_)) + "</th>";
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
      out += fmt::format("<th scope=\"col\" class=\"r\">({})</th>",
                         table_.columns[i].number > 0 ? table_.columns[i].number : static_cast<int>(i) + 1);
    out += "</tr></thead>\n<tbody>\n";
    for (const std::string& words : all) out += sample_row(words);
    return fold("report_sample",
                scroll(std::string(word("report_sample", lang_)), out + "</tbody>\n</table>\n"));
  }

  std::string codes() const {
    std::string out;
    for (const ReportColumn& column : table_.columns) {
      if (column.code.empty()) continue;
      std::string own;
      for (const ReportCode& code : column.code) {
        own += "<p>" + html_escape(code.language) + "</p>\n";
        std::string lines;
        for (const std::string& line : split(code.text, '\n'))
          lines += (lines.empty() ? "" : "\n") + html_escape(line);
        own += "<pre class=\"equivalent\" tabindex=\"0\">" + lines + "</pre>\n";
        for (const std::string& remark : code.remarks)
          own += "<p class=\"quiet\">" + html_escape(remark) + "</p>\n";
      }
      out += "<details>\n<summary>" + html_escape(column.heading) + "</summary>\n" + own + "</details>\n";
    }
    return fold("report_code", out);
  }

  const ReportTable& table_;
  std::string lang_;
};

}  // namespace

std::string table_article(const ReportTable& table, const std::string& lang) {
  return TableArticle(table, lang).write();
}

}  // namespace panelist
