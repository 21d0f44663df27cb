// SPDX-License-Identifier: Apache-2.0
// Three provinces, one of them with a gap in 2011, one with rows out of order.
#pragma once
#include "table/table.h"

namespace panelist {

inline Table sample_panel() {
  Table table;
  table.set("province", Column::texts({"北京", "北京", "北京", "上海", "上海", "重庆", "重庆"}));
  table.set("year", Column::numbers({2010, 2011, 2012, 2011, 2010, 2010, 2012}, ColumnKind::integer));
  table.set("gdp", Column::numbers({10, 11, 12, 21, 20, 30, 32}));
  return table;
}

}  // namespace panelist
