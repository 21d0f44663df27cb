// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "index/result.h"

namespace panelist {

void shorten_pool_warnings(IndexResult& result) {
  constexpr std::size_t shown = 3;
  std::map<std::string, std::size_t> count;
  std::vector<std::pair<std::string, std::string>> kept;
  for (const auto& warning : result.warnings)
    if (++count[warning.first] <= shown) kept.push_back(warning);
  std::map<std::string, std::size_t> last;
  for (std::size_t i = 0; i < kept.size(); ++i) last[kept[i].first] = i;
  for (const auto& [code, at] : last)
    if (count[code] > shown)
      kept[at].second += "; " + std::to_string(count[code] - shown) + " more such in the other pools";
  result.warnings = std::move(kept);
}

}  // namespace panelist
