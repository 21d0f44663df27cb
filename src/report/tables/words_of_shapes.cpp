// SPDX-License-Identifier: Apache-2.0
// Words of tables of marginal effects, U-shapes and thresholds.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_shapes() {
  static const std::vector<Word> catalog = {
      {"title_marginal_effects", "Marginal effects of {} by {}", "{}的边际效应（调节变量：{}）"},
      {"title_u_shape", "Test of a U-shape in {}", "{}的U形关系检验"},
      {"title_threshold", "Threshold effects of {} by {}", "{}的门槛效应（门槛变量：{}）"},
      {"shape_percentile", "Percentile", "百分位"},
      {"effect_of", "Effect of {}", "{}的边际效应"},
      {"pointwise_interval", "{}% interval", "{}% 置信区间"},
      {"uniform_interval", "Uniform {}% band", "{}% 一致置信带"},
      {"share_of_rows", "Share of rows", "观测占比"},
      {"marginal_note",
       "Marginal effects by the delta method; the uniform band holds at all values together (sup-t). Each "
       "row of "
       "the sample counts at the nearest value.",
       "边际效应的标准误由德尔塔法得到；一致置信带对全部取值同时成立（sup-t）。每个观测计入最接近的取值。"},
      {"marginal_outside", "On the rows used {} runs from {} to {}: what lies outside is extrapolated.",
       "样本中 {} 的取值范围为 {} 至 {}，范围以外为外推。"},
      {"marginal_at_mean", "The regressor stands at its mean.", "核心变量取均值。"},
      {"uniform_band", "Uniform band", "一致置信带"},
      {"pointwise_band", "Pointwise band", "逐点置信带"},
      {"likelihood_ratio", "Likelihood ratio", "似然比"},
      {"monte_carlo_interval", "Monte Carlo 95% interval", "蒙特卡洛 95% 置信区间"},
      {"direct_effect_head", "Direct effect", "直接效应"},
      {"moderated_sum", "All mediators", "全部中介变量"},
      {"moderated_note",
       "Every equation is estimated within the group; differences of indirect effects are the first group "
       "less the "
       "second.",
       "各方程均在组内估计；间接效应之差为前一组减后一组。"},
      {"moderated_draws", "Clusters drawn {} times within each group; stars of differences from the draws.",
       "各组内按聚类抽样 {} 次；差异的显著性依据自助抽样。"},
      {"moderated_shared", "{} clusters have rows in several groups: the differences are not tested.",
       "{} 个聚类分属多组，未检验差异。"},
      {"lower_end", "Lower end", "区间下端"},
      {"upper_end", "Upper end", "区间上端"},
      {"shape_value", "Value", "取值"},
      {"shape_slope", "Slope", "斜率"},
      {"shape_t", "t", "t 值"},
      {"one_sided_p", "One-sided p", "单侧 p 值"},
      {"u_test", "Overall test (t)", "总体检验（t 值）"},
      {"shape_p", "p", "p 值"},
      {"extreme_point", "Extreme point", "极值点"},
      {"delta_interval", "Interval of the extreme point (delta method)", "极值点置信区间（德尔塔法）"},
      {"fieller_interval", "Interval of the extreme point (Fieller)", "极值点置信区间（Fieller）"},
      {"u_note", "Lind and Mehlum's test of a U-shape over the range of the data.",
       "U 形关系检验（Lind and Mehlum），区间为样本取值范围。"},
      {"u_note_inverted", "Lind and Mehlum's test of an inverted U-shape over the range of the data.",
       "倒 U 形关系检验（Lind and Mehlum），区间为样本取值范围。"},
      {"u_outside", "The extreme point lies outside the data: there is no such shape, and no overall test.",
       "极值点位于样本取值范围之外：不存在该形状，无总体检验。"},
      {"u_note_between", "Lind and Mehlum's test of a U-shape between {} and {}.",
       "U 形关系检验（Lind and Mehlum），区间为 {} 至 {}。"},
      {"u_note_inverted_between", "Lind and Mehlum's test of an inverted U-shape between {} and {}.",
       "倒 U 形关系检验（Lind and Mehlum），区间为 {} 至 {}。"},
      {"u_outside_ends",
       "The extreme point lies outside this interval: there is no such shape in it, and no overall test.",
       "极值点位于该区间之外：区间内不存在该形状，无总体检验。"},
      {"threshold_value", "Threshold {}", "门槛值 {}"},
      {"ratio_interval", "{}% interval (likelihood ratio)", "{}% 置信区间（似然比）"},
      {"threshold_f", "F: {} against one fewer", "F 统计量（第 {} 个门槛）"},
      {"threshold_p", "p (bootstrap)", "p 值（自助法）"},
      {"threshold_critical", "5% critical value", "5% 临界值"},
      {"regime_rows", "Rows by regime, lowest first: {}.", "各区间观测数（由低到高）：{}。"},
      {"threshold_note", "Panel threshold of Hansen: thresholds minimise the sum of squares.",
       "Hansen 面板门槛模型，门槛值由最小化残差平方和得到。"},
      {"threshold_draws", "p-values of F from {} draws of units' residuals.",
       "F 统计量的 p 值由个体残差自助抽样 {} 次得到。"},
      {"threshold_gaps", "The likelihood-ratio set of a threshold has gaps: its ends are printed.",
       "似然比置信集不连续，所列为其两端。"},
  };
  return catalog;
}

}  // namespace panelist
