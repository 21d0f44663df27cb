// SPDX-License-Identifier: Apache-2.0
// Which columns of a table look like the panel's keys.
//   time  dates, or integers that are years (1800 .. 2100) or whose name says so (year, time, 年份 ...)
//   unit  text or integers; names that say so first (province, city, firm, id ...), then file order
// Among the pairs the first whose (unit, time) identify every row is taken; a pair with some duplicates only
// when both names say so. Empty when nothing fits. Cost  one pass over the rows for each pair tried.
#pragma once
#include "table/panel.h"

namespace panelist {

PanelKeys guess_panel_keys(const Table& table);

}  // namespace panelist
