// SPDX-License-Identifier: Apache-2.0
// "*** p<0.01, ** p<0.05, * p<0.1" in the form of a style.
#include "base/text.h"
#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {

std::string star_legend(const StarLevels& stars, const StyleEntry& style, const std::string& lang) {
  std::vector<std::string> marks, percents, english;
  std::vector<std::pair<const char*, double>> levels = {
      {"***", stars.three}, {"**", stars.two}, {"*", stars.one}};
  if (style.legend_ascending) std::reverse(levels.begin(), levels.end());
  for (const auto& [mark, level] : levels) {
    if (!(level > 0)) continue;
    marks.emplace_back(mark);
    percents.push_back(shortest(std::round(level * 1e8) / 1e6) + "%");
    std::string number = shortest(level);
    if (!style.look.leading_zero && number.starts_with("0.")) number.erase(0, 1);
    english.push_back(fmt::format(fmt::runtime(style.legend_entry), mark, number));
  }
  if (marks.empty()) return "";
  if (lang != "zh") return join(english, style.legend_separator) + style.legend_end;
  return format_words("star_legend_zh", lang, join(marks, "、"), join(percents, "、"));
}

}  // namespace panelist
