// SPDX-License-Identifier: Apache-2.0
// Words of robustness tables and figures.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_robustness() {
  static const std::vector<Word> catalog = {
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
      {"robustness.dropped_controls", "", "{1} 个设定中有 {0} 个因控制变量共线而剔除变量，与其他设定重复"},
      {"robustness.no_main", "", "基准模型不在各设定之中，未作标记"},
      {"curve_thinned", "Every {}th of {} specifications in order of size is drawn.",
       "按估计值大小排序，每 {} 个设定绘制一个，共 {} 个设定。"},
  };
  return catalog;
}

}  // namespace panelist
