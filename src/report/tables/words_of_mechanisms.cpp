// SPDX-License-Identifier: Apache-2.0
// Words of serial, moderated and channel mediations.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_mechanisms() {
  static const std::vector<Word> catalog = {
      {"indirect_through", "Indirect effect {}", "间接效应：{}"},
      {"indirect_contrast", "Indirect effect, {} less {}", "间接效应之差：{}减{}"},
      {"serial_note",
       "Each mediator depends on those before it; the effects of one mediator stand in its column, those "
       "through "
       "several in the last one.",
       "各中介变量依次受前面中介变量的影响；经单个中介的效应列于该变量所在列，链式效应列于最后一列。"},
      {"effect_rows_note",
       "Under an indirect effect or a difference: the delta-method standard error in parentheses{}; its "
       "stars go by "
       "the delta method.",
       "间接效应及其差异下方圆括号内为德尔塔法标准误{}；显著性依据德尔塔法。"},
      {"effect_percentile", ", the bootstrap percentile interval in square brackets",
       "，方括号内为自助法百分位区间"},
      {"effect_monte_carlo", ", the Monte Carlo interval in square brackets", "，方括号内为蒙特卡洛区间"},
  };
  return catalog;
}

}  // namespace panelist
