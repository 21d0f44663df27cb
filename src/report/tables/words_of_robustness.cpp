// SPDX-License-Identifier: Apache-2.0
// Words of robustness tables and figures.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_robustness() {
  static const std::vector<Word> catalog = {
      {"title_spec_curve", "Specification curve of {}", "{} 的设定曲线"},
      {"title_leave_out", "{} without each group in turn", "逐一剔除后 {} 的系数"},
      {"title_oster", "Selection on unobservables: {}", "{}：遗漏变量敏感性（Oster）"},
      {"title_permutation", "Permutation of {}", "{} 的置换检验"},
      {"curve_choice", "Choice", "设定"},
      {"curve_every", "All specifications", "全部设定"},
      {"curve_count", "Specifications", "设定数"},
      {"curve_median", "Median", "中位数"},
      {"curve_lowest", "Lowest", "最小值"},
      {"curve_highest", "Highest", "最大值"},
      {"curve_positive", "Positive", "正值占比"},
      {"curve_significant_positive", "Significant, positive", "显著为正占比"},
      {"curve_significant_negative", "Significant, negative", "显著为负占比"},
      {"curve_group_outcome", "Outcome", "被解释变量"},
      {"curve_group_measure", "Measure", "度量方式"},
      {"curve_group_sample", "Sample", "样本"},
      {"curve_group_effects", "Effects", "固定效应"},
      {"curve_group_vcov", "Standard errors", "标准误"},
      {"curve_group_control", "Control", "控制变量"},
      {"curve_all_rows", "all rows", "全样本"},
      {"curve_no_controls", "none", "无"},
      {"curve_note",
       "The coefficient of {} in {} specifications; positive and significant (at {}%) are shares of them. "
       "They "
       "share data: such a share is no probability.",
       "{} 的系数，共 {} 个设定；显著性水平为 {}%。占比为设定个数之比，各设定共用数据，并非概率。"},
      {"curve_drawn", "{} of {} control sets, drawn at random.", "从 {1} 个控制变量组合中随机抽取 {0} 个。"},
      {"curve_own_sample", "Each specification uses every row that has its own variables.",
       "各设定使用其自身变量齐全的全部观测。"},
      {"curve_common_sample",
       "Specifications of the same sample and effects use the same rows: those that have every variable.",
       "样本与固定效应相同的设定使用同一组观测（全部变量齐全者）。"},
      {"curve_axis", "estimate and {}% interval", "估计值与 {}% 置信区间"},
      {"robustness.not_estimated", "", "{1} 个设定中有 {0} 个无法估计，已略去"},
      {"robustness.outcome_among_regressors", "", "{1} 个设定中有 {0} 个的被解释变量同时为解释变量"},
      {"robustness.dropped_controls", "", "{1} 个设定中有 {0} 个因控制变量共线而剔除变量，与其他设定重复"},
      {"robustness.no_main", "", "基准模型不在各设定之中，未作标记"},
      {"robust_estimate", "Estimate", "估计值"},
      {"robust_se", "Standard error", "标准误"},
      {"robust_p", "p", "p 值"},
      {"robust_vcov", "Standard errors: {}.", "标准误：{}。"},
      // one level left out
      {"left_out_none", "None", "不剔除"},
      {"left_out_head", "Left out: {}", "剔除的{}"},
      {"left_out_change", "Change", "变化"},
      {"left_out_change_se", "Change in standard errors", "变化（以标准误计）"},
      {"left_out_note",
       "The coefficient of {} without each {} in turn: from {} (without {}) to {} (without {}); it moves "
       "most without "
       "{}.",
       "逐一剔除各{1}后 {0} 的系数：最小为 {2}（剔除 {3}），最大为 {4}（剔除 {5}）；剔除 {6} 时变化最大。"},
      {"left_out_signs", "It changes its sign in {} of {} cases and loses its significance at {}% in {}.",
       "{1} 次剔除中，符号改变 {0} 次，失去 {2}% 水平显著性 {3} 次。"},
      {"left_out_some", "The {} levels of {} without which it moves most are shown.",
       "仅列出使系数变化最大的 {} 个{}。"},
      {"left_out_failed", "{} levels cannot be left out: nothing is left to estimate.",
       "有 {} 个取值剔除后无法估计。"},
      // Oster
      {"oster_short", "Without controls", "不含控制变量"},
      {"oster_full", "With controls", "含控制变量"},
      {"oster_r_max", "R² max", "R² 上限"},
      {"oster_r2", "R²", "R²"},
      {"oster_delta", "δ for β = {}", "使 β = {} 的 δ"},
      {"oster_adjusted", "β* (δ = {})", "β*（δ = {}）"},
      {"oster_set", "Set", "识别区间"},
      {"oster_note",
       "δ: how much more than the controls what is not observed would have to be related to the term for its "
       "effect to "
       "be the value named; β*: the effect if it were related δ times as much (Oster 2019). R² is {}; its "
       "upper "
       "bound is as shown. The set lies between the estimate with controls and β*.",
       "δ 表示若要使效应等于所示取值，不可观测因素与核心变量的关联须为控制变量的多少倍；β* 为该关联为 δ "
       "倍时的效应（Oster, "
       "2019）。R² 为{}；识别区间介于含控制变量的估计值与 β* 之间。"},
      {"oster_within", "within effects", "组内 R²"},
      {"oster_overall", "that of the whole model", "整个模型的 R²"},
      {"oster_other_direction",
       "For {} no β* lies on in the direction in which the controls moved the estimate.",
       "{} 没有与控制变量影响方向一致的 β*。"},
      // permutation
      {"permutation_item", "Permutation of {}", "{} 的置换检验"},
      {"permutation_value", "Estimate", "估计值"},
      {"permutation_t", "t", "t 值"},
      {"permutation_p", "p, two-sided", "双侧 p 值"},
      {"permutation_p_greater", "p, greater", "右侧 p 值"},
      {"permutation_p_less", "p, less", "左侧 p 值"},
      {"permutation_model_p", "p of the model", "模型 p 值"},
      {"permutation_low", "Draws: 2.5%", "置换分布 2.5% 分位"},
      {"permutation_median", "Draws: median", "置换分布中位数"},
      {"permutation_high", "Draws: 97.5%", "置换分布 97.5% 分位"},
      {"permutation_units", "{} draws; whole paths of {} change places among units{}.",
       "共 {} 次置换；{} 的整条序列在个体间随机互换{}。"},
      {"permutation_rows", "{} draws; values of {} change places among rows{}.",
       "共 {} 次置换；{} 的取值在观测间随机互换{}。"},
      {"permutation_within", " within {}", "（限于同一{}内）"},
      {"permutation_rule", "p = (1 + draws at least as large) / (1 + draws).",
       "p =（1 + 不小于实际值的次数）/（1 + 置换次数）。"},
      {"permutation_axis", "{} under permutation; the model: {}", "置换下的 {}；模型估计：{}"},
  };
  return catalog;
}

}  // namespace panelist
