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
       "Under an indirect effect or a difference: the delta-method standard error in parentheses{}; stars by "
       "{}.",
       "间接效应及其差异下方圆括号内为德尔塔法标准误{}；显著性依据{}。"},
      {"stars_by_delta", "the delta method", "德尔塔法"},
      {"stars_by_draws", "the bootstrap draws", "自助抽样"},
      {"effect_percentile", ", the bootstrap percentile interval in square brackets",
       "，方括号内为自助法百分位区间"},
      {"effect_monte_carlo", ", the Monte Carlo interval in square brackets", "，方括号内为蒙特卡洛区间"},
      {"indirect_at", "Indirect effect, {} = {}{}", "间接效应：{} = {}{}"},
      {"moderator_low", " (mean less one standard deviation)", "（均值减一个标准差）"},
      {"moderator_mean", " (mean)", "（均值）"},
      {"moderator_high", " (mean plus one standard deviation)", "（均值加一个标准差）"},
      {"indirect_high_low", "Difference, last value less first", "差异：末值减首值"},
      {"moderation_index", "Index of moderated mediation", "有调节的中介指数"},
      {"title_indirect_figure", "Indirect effect by {} over {}", "经{}的间接效应随{}的变化"},
      {"indirect_effect_words", "Indirect effect", "间接效应"},
      {"conditional_first", "{} moves the effect of the treatment on each mediator.",
       "{}调节前半路径（核心变量对中介变量的影响）。"},
      {"conditional_second", "{} moves the effect of each mediator on the outcome.",
       "{}调节后半路径（中介变量对被解释变量的影响）。"},
      {"conditional_both",
       "{} moves both links of each path: the indirect effect is a curve in it, with no one index.",
       "{}同时调节前后两段路径：间接效应是其二次函数，没有单一指数。"},
      {"moderator_added", "{} stands in every equation though the formula does not name it.",
       "{}不在原公式中，已加入各方程。"},
      {"direct_moves",
       "The product with the treatment stands in every equation: total and direct effect are those at {} = "
       "0.",
       "交互项进入各方程：总效应与直接效应为{}等于0时的取值。"},
      {"channel_of_x", "Channel", "作用渠道"},
      {"title_channel_effects", "Effects of {} on {}: channels", "{}对{}的影响：作用渠道"},
      {"title_conditional", "Mediation between {} and {} by {}, moderated by {}",
       "{2}在{0}与{1}之间的中介效应（调节变量：{3}）"},
      {"channels_corrected", "p of the effect ({} correction)", "核心变量系数的 p 值（{}校正）"},
      {"channels_corrected_note", "p-values corrected for {} channels ({}).",
       "p 值已按{}个渠道作多重检验校正（{}）。"},
      {"channels_alone_note",
       "Effects of {} on the channels alone. That the channels move the outcome rests on theory and earlier "
       "evidence: no "
       "indirect effect is claimed.",
       "本表仅估计{}"
       "对各渠道变量的影响；渠道对被解释变量的作用依据理论与既有文献，不据此推断间接效应的大小。"},
  };
  return catalog;
}

}  // namespace panelist
