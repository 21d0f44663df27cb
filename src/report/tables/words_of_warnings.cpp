// SPDX-License-Identifier: Apache-2.0
// Warnings of other rooms in the notes of tables, by code (Chinese: {0}, {1} are the names and numbers of the message):
// "" leaves the message as it came, "-" says nothing in a table.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_warnings() {
  static const std::vector<Word> catalog = {
      {"infer.robust_is_hc1", "-", "-"},
      {"estimate.few_degrees", "", "残差自由度仅为{0}，估计与检验难以可靠"},
      {"output.not_finite", "", "表{0}的{2}个数值中有{1}个缺失或为无穷"},
      {"output.wide_table", "", "表{0}共有{1}列，超出页面宽度"},
      {"output.empty_table", "", "表{0}的表头之下没有内容"},
      {"estimate.inaccurate", "",
       "系数的数值误差可能达到其标准误的{0}：某解释变量几乎被固定效应吸收，或容差过松"},
      {"estimate.no_overdispersion", "", "被解释变量没有过度离散，α 处于下界零，估计等同于泊松回归"},
      {"estimate.perfect_fit", "", "解释变量完全解释了{0}，标准误与检验没有意义"},
      {"infer.few_clusters", "", "聚类变量{1}仅有{0}个聚类，标准误与 p 值往往偏小"},
      {"infer.weak_instruments", "",
       "工具变量可能较弱：F 统计量{0}低于{1}，推断宜以 Anderson-Rubin 检验为准"},
      {"infer.clusters_below_moments", "", "聚类数{0}不多于矩条件数{1}，过度识别检验与 GMM 无法计算"},
      {"infer.leverage_projected", "", "杠杆值由随机投影估计，单个观测的误差约为{0}%"},
      {"infer.fitted_exactly", "", "{0}个观测被完全拟合（杠杆值为一），不计入标准误"},
      {"infer.zero_variance", "", "{0}没有标准误：各聚类的得分相互抵消"},
      {"infer.clipped", "", "多维聚类协方差矩阵非半正定，负特征值已置零"},
      {"infer.no_joint_test", "", "聚类过少，全部变量的联合检验（Hotelling T² 近似）不存在"},
      {"infer.iid_with_probability_weights", "", "概率权重下独立同分布标准误不可靠"},
      {"estimate.not_converged", "", "固定效应的估计未收敛"},
      {"estimate.constant_outcome", "", "被解释变量{0}在所用样本中为常数"},
      {"estimate.instrument_dropped", "", "工具变量{0}未被使用"},
      {"infer.test_left_out", "", "检验{0}不适用，未列示"},
      {"infer.short_series", "", "检验{0}的序列最短仅有{1}期，单位根检验功效很低"},
      {"estimate.periods_left_out", "", "{1}期中有{0}期无法估计全部系数，已剔除"},
      {"mechanism.failed_replicates", "", "{1}次自助法抽样中有{0}次无法估计，已剔除"},
      {"mechanism.overlapping_clusters", "", "{2}的{1}个聚类中有{0}个分属多组，各组估计并不独立"},
      {"mechanism.units_in_both_groups", "", "{2}的{1}个个体中有{0}个分属多组，各组估计并不独立"},
      {"mechanism.terms_differ", "", "{1}个变量中有{0}个并非在各组均被估计，各组模型不同"},
      {"mechanism.deficient_test", "", "{0}个组系数相等的联合检验因聚类过少而缺秩"},
      {"mechanism.no_variance", "", "{1}与{2}之差的检验（{0}）没有 p 值：统计量无变异"},
      {"mechanism.test_left_out", "", "检验{0}不适用，未列示"},
      {"mechanism.term_dropped", "", "{2}在组{0}中无法估计"},
      {"mechanism.one_group", "", "{0}在样本中不足两组"},
      {"expression.domain", "", "{0}在部分观测上无定义（{1}个），记为缺失"},
      {"expression.unknown_province", "", "{1}中有{0}个名称不是省份，其地区记为缺失"},
      {"data.mixed_column", "", "{0}按文本读取：{1}个单元格为数字，{2}个不是"},
      {"data.numeric_header", "", "表头全为数字，首行可能是数据"},
      {"data.codebook_unknown", "", "编码本所列{0}不在数据中"},
      {"data.join_no_match", "", "{0}没有可匹配的观测"},
      {"index.overlap", "", "指数{0}与{1}含有相同指标，二者回归的拟合有一部分是机械性的"},
      {"index.outside_goalposts", "", "{1}有{0}个取值超出给定的上下限，已移至边界"},
      {"index.frozen", "", "极值与权重取自此前的计算，并非由本样本得出"},
      {"index.outside_reference", "", "{1}有{0}个取值超出参照样本的上下限，得分可能超出 [0, 1]"},
      {"index.screened", "", "因有效单元格过少剔除{0}行观测、{1}个指标"},
      {"index.zero_in_mean", "", "{0}行观测含零值，其几何或调和平均为零"},
      {"index.inconsistent_comparisons", "", "判断矩阵的一致性比率{0}高于 0.1"},
      {"index.more_indicators_than_rows", "", "{0}个指标多于{1}行观测，相关系数矩阵奇异"},
      {"index.constant_indicator", "-", "-"},
      {"figure.gaps", "", "图 {2} 的 {1} 行数据中有 {0} 行缺少数值，未画出"},
      {"figure.crowded", "", "图 {0} 过于拥挤，部分名称未能显示或曲线难以区分：宜加大尺寸或减少分组"},
      {"figure.shortened", "", "图 {0} 的部分标签过长，已缩短"},
      {"figure.one_point", "", "图 {0} 只有一个点"},
      {"figure.unmatched_regions", "", "{1} 个单元中有 {0} 个不在地图上"},
      {"figure.font_missing", "", "本机没有字体 {0}，{1} 幅图以 {2} 印出"},
      {"figure.no_chinese_font", "", "{0} 幅图含有中文，而本机没有中文字体，印出的是方框"},
      {"index.all_constant", "", "所有指标均无变化，采用等权重"},
      {"index.pool_by_year", "", "权重与极值按年份分别计算：得分只可在同一年内比较"},
      {"index.pool_by_unit", "", "权重与极值按个体分别计算：得分不可跨个体比较"},
      {"index.convention_ignored", "", "主成分法对全部观测一次性标准化，不适用标准化、合并范围与层级的设定"},
  };
  return catalog;
}

}  // namespace panelist
