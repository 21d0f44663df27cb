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
function prepared(option, chart) {
  function decimals(number) { return (String(number).split('.')[1] || '').length; }
  // Numbers on an axis bear the decimals of its step, all alike.
  function printed(axis, number) {
    return function (value) {
      var drawn = chart.getModel().getComponent(axis, number);
      var step = drawn && drawn.axis ? decimals(Number(drawn.axis.scale.getConfig().interval.toPrecision(12))) : 0;
      var text = step > decimals(value) && step < 12 ? Number(value).toFixed(step) : value;
      return echarts.format.addCommas(text).replace(/-/g, '\u2212');
    };
  }
  ['xAxis', 'yAxis'].forEach(function (name) {
    [].concat(option[name] || []).forEach(function (axis, number) {
      if (axis.type === 'value' && axis.axisLabel) axis.axisLabel.formatter = printed(name, number);
    });
  });
  return option;
}
)js";
}

}  // namespace panelist
