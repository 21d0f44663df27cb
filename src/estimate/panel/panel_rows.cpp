// SPDX-License-Identifier: Apache-2.0
#include "estimate/panel_rows.h"

#include <algorithm>
#include <numeric>

namespace panelist {

PanelRows panel_rows(const ModelFrame& frame) {
  const auto n = static_cast<std::size_t>(frame.n());
  const bool declared = !frame.unit.names.empty();
  PanelRows rows;
  rows.position.resize(n);
  std::vector<Level> unit(n, 0);
  const std::int64_t first = declared && n > 0 ? *std::min_element(frame.time.begin(), frame.time.end()) : 0;
  for (std::size_t row = 0; row < n; ++row) {
    rows.position[row] =
        declared ? (frame.time[row] - first) / frame.time_step : static_cast<std::int64_t>(row);
    if (declared) unit[row] = frame.unit.level[row];
  }
  rows.order.resize(n);
  std::iota(rows.order.begin(), rows.order.end(), Index{0});
  std::stable_sort(rows.order.begin(), rows.order.end(), [&](Index a, Index b) {
    const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
    return std::pair(unit[i], rows.position[i]) < std::pair(unit[j], rows.position[j]);
  });
  rows.begin.push_back(0);
  for (std::size_t i = 1; i < n; ++i)
    if (unit[static_cast<std::size_t>(rows.order[i])] != unit[static_cast<std::size_t>(rows.order[i - 1])])
      rows.begin.push_back(i);
  rows.begin.push_back(n);
  return rows;
}

std::vector<Index> PanelRows::row_before(std::int64_t lags) const {
  std::vector<Index> before(order.size(), -1);
  for (std::size_t u = 0; u < units(); ++u)
    for (std::size_t i = begin[u], j = begin[u]; i < begin[u + 1]; ++i) {
      const auto row = static_cast<std::size_t>(order[i]);
      const auto at = [&](std::size_t k) { return position[static_cast<std::size_t>(order[k])]; };
      while (j < i && at(j) < position[row] - lags) ++j;
      if (j < i && at(j) == position[row] - lags) before[row] = order[j];
    }
  return before;
}

}  // namespace panelist
