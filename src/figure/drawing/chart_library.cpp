// SPDX-License-Identifier: Apache-2.0
// The chart library stands in the program's read-only data: pages of it are read only when a figure is drawn.
#include <string_view>

#include "figure/drawing.h"

__asm__(
    ".section .rodata\n"
    ".global panelist_chart_library_begin\n"
    ".global panelist_chart_library_end\n"
    "panelist_chart_library_begin:\n"
    ".incbin \"" PANELIST_CHART_LIBRARY
    "\"\n"
    "panelist_chart_library_end:\n"
    ".byte 0\n"
    ".text\n");

extern "C" {
extern const char panelist_chart_library_begin[];
extern const char panelist_chart_library_end[];
}

namespace panelist {

std::string_view chart_library() {
  return {panelist_chart_library_begin,
          static_cast<std::size_t>(panelist_chart_library_end - panelist_chart_library_begin)};
}

std::string_view chart_preparation() {
  return R"js(
function prepared(option) {
  function printed(value) { return echarts.format.addCommas(value).replace(/-/g, '\u2212'); }
  [].concat(option.xAxis || [], option.yAxis || []).forEach(function (axis) {
    if (axis.type === 'value' && axis.axisLabel) axis.axisLabel.formatter = printed;
  });
  return option;
}
)js";
}

}  // namespace panelist
