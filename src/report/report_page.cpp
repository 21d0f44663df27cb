// SPDX-License-Identifier: Apache-2.0
#include "report/writer.h"
#include "report/writers/all.h"
#include "report/writers/html_style.h"

namespace panelist {

std::string write_report_html(const ReportPage& page) {
  std::string out = html_page_head(page.title, page.lang.empty() ? "en" : page.lang);
  out += "<h1>" + html_escape(page.title) + "</h1>\n";
  for (const std::string& remark : page.remarks) out += "<p>" + html_escape(remark) + "</p>\n";
  for (const PublicationTable& table : page.tables) out += html_table(table);
  for (const TrendFigure& figure : page.figures) out += "<figure>\n" + trend_svg(figure) + "</figure>\n";
  return out + "</body>\n</html>\n";
}

}  // namespace panelist
