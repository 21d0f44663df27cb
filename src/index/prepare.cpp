// SPDX-License-Identifier: Apache-2.0
#include "index/prepare.h"

#include "base/text.h"
#include "index/fill.h"
#include "index/nodes.h"

namespace panelist {
namespace {

std::vector<std::size_t> picked(const std::vector<std::size_t>& rows, const std::vector<Index>& positions) {
  std::vector<std::size_t> kept;
  for (const Index i : positions) kept.push_back(rows[static_cast<std::size_t>(i)]);
  return kept;
}

void screen(const IndexData& data, double share, Prepared& prepared) {
  const Available kept = available(prepared.values, share);
  if (kept.rows.empty() || kept.indicators.empty())
    throw Error("index.nothing_available", "no row or no indicator has " + shortest(share) + " of its cells",
                "lower screen", "index " + data.system.name);
  const std::size_t rows = prepared.rows.size() - kept.rows.size();
  std::vector<std::string> dropped;
  for (std::size_t j = 0; j < prepared.system.indicators.size(); ++j)
    if (!std::binary_search(kept.indicators.begin(), kept.indicators.end(), static_cast<Index>(j)))
      dropped.push_back(prepared.system.indicators[j].code);
  if (rows > 0 || !dropped.empty())
    prepared.warnings.emplace_back("index.screened",
                                   std::to_string(rows) + " rows and " + std::to_string(dropped.size()) +
                                       " indicators have too few observed cells and are left out" +
                                       (dropped.empty() ? "" : ": " + join(dropped, ", ")));
  prepared.values = Matrix(prepared.values(kept.rows, kept.indicators));
  prepared.rows = picked(prepared.rows, kept.rows);
  prepared.system = part_of(prepared.system, kept.indicators);
}

// Fills the missing cells and marks them as such on their indicators.
void fill(const IndexData& data, const std::string& rule, Prepared& prepared) {
  const Matrix before = prepared.values;
  prepared.values = filled(before, data, rule);
  for (Index j = 0; j < before.cols(); ++j) {
    std::vector<std::size_t>& marks = prepared.system.indicators[static_cast<std::size_t>(j)].imputed;
    for (Index i = 0; i < before.rows(); ++i)
      if (!std::isfinite(before(i, j)) && std::isfinite(prepared.values(i, j)))
        marks.push_back(data.rows[static_cast<std::size_t>(i)]);
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  }
}

}  // namespace

std::vector<ImputedCells> imputed_cells(const IndexSystem& system, const std::vector<std::size_t>& rows) {
  std::vector<ImputedCells> found;
  for (const Indicator& indicator : system.indicators) {
    if (indicator.imputed.empty()) continue;
    const auto filled = [&](std::size_t row) {
      return std::binary_search(indicator.imputed.begin(), indicator.imputed.end(), row);
    };
    const auto cells = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), filled));
    if (cells > 0) found.push_back({indicator.code, cells});
  }
  return found;
}

Prepared prepare(const IndexData& data, const IndexConventions& conventions) {
  Prepared prepared{data.system, data.rows, indicator_values(data), {}, {}};
  if (conventions.screen > 0) screen(data, conventions.screen, prepared);
  const bool denominated =
      std::any_of(prepared.system.indicators.begin(), prepared.system.indicators.end(),
                  [](const Indicator& indicator) { return !indicator.denominator.empty(); });
  if (denominated) prepared.stages.push_back({"denominated", prepared.values});
  const IndexData kept{prepared.system, data.table, data.panel, prepared.rows};
  refuse_empty_indicators(kept, prepared.values);
  if (conventions.impute != "refuse" && !prepared.values.allFinite())
    fill(kept, conventions.impute, prepared);
  if (conventions.missing == "available")
    refuse_empty_rows(kept, prepared.values);
  else
    refuse_missing(kept, prepared.values);
  if (!imputed_cells(prepared.system, prepared.rows).empty())
    prepared.stages.push_back({"imputed", prepared.values});
  return prepared;
}

}  // namespace panelist
