// SPDX-License-Identifier: Apache-2.0
// The files stand in the program's read-only data.
#include "report/page/assets.h"

#define PANELIST_EMBED(name, file)               \
  __asm__(                                       \
      ".section .rodata\n"                       \
      ".global panelist_" name                   \
      "_begin\n"                                 \
      ".global panelist_" name                   \
      "_end\n"                                   \
      "panelist_" name                           \
      "_begin:\n"                                \
      ".incbin \"" PANELIST_PAGE_FOLDER "/" file \
      "\"\n"                                     \
      "panelist_" name                           \
      "_end:\n"                                  \
      ".byte 0\n"                                \
      ".text\n")

PANELIST_EMBED("table_css", "table.css");
PANELIST_EMBED("report_css", "report.css");
PANELIST_EMBED("report_js", "report.js");

extern "C" {
extern const char panelist_table_css_begin[], panelist_table_css_end[];
extern const char panelist_report_css_begin[], panelist_report_css_end[];
extern const char panelist_report_js_begin[], panelist_report_js_end[];
}

namespace panelist {

namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::string_view table_css() { return between(panelist_table_css_begin, panelist_table_css_end); }
std::string_view report_css() { return between(panelist_report_css_begin, panelist_report_css_end); }
std::string_view report_js() { return between(panelist_report_js_begin, panelist_report_js_end); }

}  // namespace panelist
