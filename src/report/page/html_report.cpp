// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "figure/drawing.h"
#include "report/page/assets.h"
#include "report/page/html_parts.h"
#include "report/tables/words.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"

namespace panelist {

namespace {

// Nothing may be fetched, from wherever the page is opened.
constexpr std::string_view policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

class HtmlReport {
 public:
  explicit HtmlReport(const ReportPage& page) : page_(page), lang_(page.lang.empty() ? "en" : page.lang) {}

  std::string write() const {
    std::string out = head();
    out += contents() + "<main>\n" + warnings() + tables() + figures() + conventions() + origin() + study();
    return out + "</main>\n<p id=\"said\" class=\"quiet\" role=\"status\"></p>\n" + scripts() +
           "</body>\n</html>\n";
  }

 private:
  std::string say(std::string_view key) const { return html_escape(word(key, lang_)); }

  std::string head() const {
    const std::string title = html_escape(page_.title);
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n"
        "<a class=\"skip\" href=\"#contents\">{}</a>\n<header>\n<h1>{}</h1>\n</header>\n",
        html_escape(lang_), policy, title, table_css(), report_css(), say("report_skip"), title);
  }

  static std::string link(const std::string& target, const std::string& text) {
    return fmt::format("<li><a href=\"#{}\">{}</a></li>\n", html_escape(target), html_escape(text));
  }

  std::string contents() const {
    std::string out = "<nav id=\"contents\" aria-label=\"" + say("report_contents") + "\">\n<h2>" +
                      say("report_contents") + "</h2>\n";
    if (!page_.tables.empty()) out += "<h3>" + say("report_tables") + "</h3>\n<ol>\n";
    for (const ReportTable& each : page_.tables)
      out += link("table-" + each.table.id, caption_or_id(each.table));
    if (!page_.tables.empty()) out += "</ol>\n";
    if (!page_.figures.empty()) out += "<h3>" + say("report_figures") + "</h3>\n<ol>\n";
    for (const Figure& each : page_.figures) out += link("figure-" + each.id, figure_caption(each, lang_));
    if (!page_.figures.empty()) out += "</ol>\n";
    return out + "<ol>\n" + further() + "</ol>\n</nav>\n";
  }

  static std::string caption_or_id(const PublicationTable& table) {
    const std::string caption = caption_of(table);
    return caption.empty() ? table.id : caption;
  }

  std::string further() const {
    std::string out;
    const auto add = [&](const char* key, bool there) {
      if (there) out += link(key, std::string(word(key, lang_)));
    };
    add("report_warnings", !page_.warnings.empty());
    add("report_conventions", !page_.conventions.empty());
    add("report_origin", !page_.inputs.empty() || !page_.origin.empty());
    add("report_study", !page_.study_text.empty());
    return out;
  }

  std::string section(const char* key, const std::string& inside) const {
    if (inside.empty()) return "";
    return fmt::format(
        "<section id=\"{0}\" aria-labelledby=\"{0}-head\">\n<h2 id=\"{0}-head\">{1}</h2>\n{2}</section>\n",
        key, say(key), inside);
  }

  std::string warnings() const {
    std::string list;
    for (const ReportWarning& warning : page_.warnings) {
      list += "<li>" + html_escape(warning.text);
      if (warning.line > 0 && !page_.study_text.empty())
        list += fmt::format(" <a href=\"#line-{0}\">{1}</a>", warning.line,
                            html_escape(format_words("report_line", lang_, warning.line)));
      list += "</li>\n";
    }
    return section("report_warnings", list.empty() ? "" : "<ul class=\"warnings\">\n" + list + "</ul>\n");
  }

  std::string tables() const {
    std::string all;
    for (const ReportTable& each : page_.tables) all += table_article(each, lang_);
    return section("report_tables", all);
  }

  std::string figures() const {
    std::string all;
    for (std::size_t i = 0; i < page_.figures.size(); ++i)
      all +=
          figure_element(page_.figures[i], lang_, i < page_.figure_data.size() ? page_.figure_data[i] : "");
    return section("report_figures", all);
  }

  std::string conventions() const {
    std::string list;
    for (const std::string& each : page_.conventions) list += "<li>" + html_escape(each) + "</li>\n";
    return section("report_conventions", list.empty() ? "" : "<ul>\n" + list + "</ul>\n");
  }

  std::string origin() const {
    std::string out;
    for (const std::string& each : page_.origin) out += "<p class=\"origin\">" + html_escape(each) + "</p>\n";
    if (page_.inputs.empty()) return section("report_origin", out);
    out += "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + say("report_file") +
           "\">\n" + "<table class=\"publication\">\n<thead><tr><th scope=\"col\" class=\"l\">" +
           say("report_file") + "</th><th scope=\"col\" class=\"r\">" + say("report_rows") +
           "</th><th scope=\"col\" class=\"l\">" + say("report_digest") + "</th></tr></thead>\n<tbody>\n";
    for (const ReportInput& input : page_.inputs)
      out += fmt::format(
          "<tr><th scope=\"row\" class=\"l\"><code>{}</code></th><td class=\"r\">{}</td>"
          "<td class=\"l\"><code class=\"digest\">{}</code></td></tr>\n",
          html_escape(input.path), std::isnan(input.rows) ? "" : shortest(input.rows),
          html_escape(input.digest));
    return section("report_origin", out + "</tbody>\n</table>\n</div>\n");
  }

  std::string study() const {
    if (page_.study_text.empty()) return "";
    std::string lines;
    std::vector<std::string> texts = split(page_.study_text, '\n');
    if (!texts.empty() && texts.back().empty()) texts.pop_back();
    for (std::size_t i = 0; i < texts.size(); ++i)
      lines += fmt::format("<li id=\"line-{}\"><code>{}</code></li>\n", i + 1, html_escape(texts[i]));
    return section("report_study", "<p class=\"quiet\"><code>" + html_escape(page_.study_name) +
                                       "</code></p>\n<ol class=\"study\">\n" + lines + "</ol>\n");
  }

  std::string scripts() const {
    const auto text = [&](const char* key) { return std::string(word(key, lang_)); };
    const std::string spoken = texts_json({{"word", text("report_copy_word")},
                                           {"latex", text("report_copy_latex")},
                                           {"markdown", text("report_copy_markdown")},
                                           {"code", text("report_copy_code")},
                                           {"copied", text("report_copied")},
                                           {"not_copied", text("report_not_copied")},
                                           {"sort", text("report_sort")}});
    std::string out =
        "<script type=\"application/json\" id=\"words\">" + json_in_page(spoken) + "</script>\n";
    if (!page_.figures.empty())
      out += fmt::format("<script>{}</script>\n<script>{}</script>\n", chart_library(), chart_preparation());
    return out + fmt::format("<script>\n{}</script>\n", report_js());
  }

  const ReportPage& page_;
  std::string lang_;
};

}  // namespace

std::string write_report_html(const ReportPage& page) { return HtmlReport(page).write(); }

}  // namespace panelist
