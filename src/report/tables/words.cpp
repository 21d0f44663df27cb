// SPDX-License-Identifier: Apache-2.0
#include "report/tables/words.h"

#include "base/text.h"

namespace panelist {

const std::vector<Word>& words() {
  static const std::vector<Word> catalog = {
      // cells and heads
      {"yes", "YES", "是"},
      {"no", "NO", "否"},
      {"variable", "Variable", "变量"},
      {"variables", "VARIABLES", "变量"},
      {"panel", "Panel {}: {} = {}", "组 {}：{} = {}"},
      {"constant", "Constant", "常数项"},
      {"controls", "Controls", "控制变量"},
      {"effect", "{} FE", "{}固定效应"},
      {"effect_unit", "Unit FE", "个体固定效应"},
      {"effect_year", "Year FE", "年份固定效应"},
      {"effect_time", "Time FE", "时间固定效应"},
      {"effect_slopes", "{} FE and slopes in {}", "{}固定效应及{}的斜率"},
      {"first_stage", "First stage", "第一阶段"},
      {"second_stage", "Second stage", "第二阶段"},
      {"equality", "Equality of groups (p)", "组间系数相等检验（p 值）"},
      {"and", " and ", "、"},
      {"comma", ", ", "、"},
      {"column", "column {}", "第{}列"},
      {"columns", "columns {}", "第{}列"},
      {"in_columns", "{}: {}", "{}：{}"},
      {"sentence_end", ".", "。"},
      {"table", "Table {}", "表{}"},
      {"table_title", "Table {}. {}", "表{} {}"},
      // notes of regressions
      {"note_head", "", "注："},
      {"se_in_brackets", "Standard errors {} in parentheses.", "括号内为{}标准误。"},
      {"robust_se_in_brackets", "Robust standard errors in parentheses, {}.", "括号内为{}稳健标准误。"},
      {"robust_se_alone", "Robust standard errors in parentheses.", "括号内为稳健标准误。"},
      {"t_in_brackets", "t statistics in parentheses; standard errors {}.",
       "括号内为 t 统计量，采用{}标准误。"},
      {"p_in_brackets", "p-values in parentheses; standard errors {}.", "括号内为 p 值，采用{}标准误。"},
      {"ci_in_brackets", "{}% confidence intervals in square brackets; standard errors {}.",
       "方括号内为 {}% 置信区间，采用{}标准误。"},
      {"vcov_iid", "assuming iid errors", "独立同分布假定下的"},
      {"vcov_hc", "robust to heteroskedasticity ({})", "异方差稳健（{}）"},
      {"vcov_cluster", "clustered by {} ({} clusters)", "按{}聚类（{} 个聚类）的"},
      {"vcov_cluster_robust", "clustered by {} ({} clusters)", "按{}聚类（{} 个聚类）的"},
      {"vcov_nw", "robust to heteroskedasticity and autocorrelation (Newey-West)",
       "异方差自相关稳健（Newey-West）"},
      {"vcov_dk", "robust to cross-sectional dependence (Driscoll-Kraay)", "截面相关稳健（Driscoll-Kraay）"},
      {"vcov_conley", "robust to spatial correlation (Conley)", "空间相关稳健（Conley）"},
      {"vcov_other", "of kind {}", "{} "},
      {"dependent_variable", "Dependent variable: {}.", "被解释变量：{}。"},
      {"df_t", "Significance by the t distribution with {} degrees of freedom.",
       "显著性依据自由度为 {} 的 t 分布。"},
      {"df_normal", "Significance by the standard normal distribution.", "显著性依据标准正态分布。"},
      {"star_legend", "{} p<{}", "{}"},
      {"star_legend_zh", "", "{} 分别表示 {} 显著性水平。"},
      {"dropped_missing", "{} rows with missing values left out", "剔除 {} 个含缺失值的观测"},
      {"dropped_singleton", "{} singleton rows left out", "剔除 {} 个单独成组的观测"},
      {"dropped_weight", "{} rows of zero weight left out", "剔除 {} 个权重为零的观测"},
      {"dropped_separated", "{} separated rows left out", "剔除 {} 个完全分离的观测"},
      {"omitted_collinear", "{} omitted (collinear)", "{} 因共线性被剔除"},
      {"omitted_absorbed", "{} omitted (absorbed by the fixed effects)", "{} 被固定效应吸收而剔除"},
      {"omitted_constant", "{} omitted (constant)", "{} 为常数而被剔除"},
      {"not_shown", "Coefficients not shown: {}.", "未列示的系数：{}。"},
      {"xtreg_constant",
       "The constant under fixed effects is the one of xtreg (mean outcome less the part of the regressors).",
       "固定效应模型的常数项为 xtreg 口径（因变量均值减去解释变量部分）。"},
      {"r2_is_within", "R-squared within {} (as xtreg reports it, other effects counted as regressors)",
       "R² 为{}内 R²（xtreg 口径，其余固定效应视为解释变量）"},
      {"r2_is_overall", "overall R-squared", "R² 为总体 R²"},
      {"r2_is_first_stage", "R-squared of the first-stage regression", "R² 为第一阶段回归的 R²"},
      {"stock_yogo_note",
       "In square brackets the Stock-Yogo critical value for 10% maximal IV size; critical values for iid "
       "errors.",
       "方括号内为 Stock-Yogo 检验 10% 最大 IV 规模的临界值（适用于独立同分布误差）。"},
      {"equality_note", "Equality of groups: p-value of the test that the coefficients of {} are equal.",
       "组间系数相等检验：{} 系数相等的 p 值。"},
      // summary and vif
      {"n", "N", "观测值"},
      {"mean", "Mean", "均值"},
      {"p50", "Median", "中位数"},
      {"sd", "SD", "标准差"},
      {"min", "Min", "最小值"},
      {"max", "Max", "最大值"},
      {"p25", "P25", "P25"},
      {"p75", "P75", "P75"},
      {"missing", "Missing", "缺失"},
      {"skewness", "Skewness", "偏度"},
      {"kurtosis", "Kurtosis", "峰度"},
      {"sum", "Sum", "合计"},
      {"vif", "VIF", "VIF"},
      {"tolerance", "1/VIF", "1/VIF"},
      {"mean_vif", "Mean VIF", "平均 VIF"},
      {"vif_note", "Variance inflation factors of the regressors, in descending order.",
       "解释变量的方差膨胀因子，按降序排列。"},
      // index
      {"dimension", "First-level indicator", "一级指标"},
      {"dimension_weight", "Dimension weight", "一级权重"},
      {"sub", "Secondary indicator", "二级指标"},
      {"indicator", "Indicator", "指标"},
      {"unit", "Unit", "单位"},
      {"direction", "Direction", "方向"},
      {"direction+", "positive", "正向"},
      {"direction-", "negative", "负向"},
      {"direction=", "target {}", "适度（{}）"},
      {"entropy", "Entropy", "信息熵"},
      {"redundancy", "Redundancy", "冗余度"},
      {"weight", "Weight", "权重"},
      {"index_note", "{}: weights by {}; normalisation {}; zeros: {}; pooled over {}; {}; {} rows.",
       "{}：权重方法 {}；标准化 {}；零值处理 {}；合并范围 {}；{}；{} 行。"},
      {"index_k", "k = {}.", "k = {}。"},
      {"index_winsor", "Indicators winsorised at {}% in each tail before normalising.",
       "标准化前各指标在两端 {}% 处缩尾。"},
      {"index_by_pool", "Weights differ between the groups pooled by {}; the table shows their means.",
       "权重按{}分组计算，表中为均值。"},
      {"index_constant", "Constant indicators with weight zero: {}.", "取值恒定、权重为零的指标：{}。"},
      {"index_components", "Principal components kept: {}, explaining {}% of the variance.",
       "保留主成分 {} 个，累计方差贡献率 {}%。"},
      // mediation
      {"indirect", "Indirect effect a×b", "间接效应 a×b"},
      {"sobel_z", "Sobel z", "Sobel 检验 z 值"},
      {"delta_se", "Delta-method standard error", "Delta 法标准误"},
      {"percentile_interval", "Bootstrap 95% interval (percentile)", "Bootstrap 95% 置信区间（百分位）"},
      {"bca_interval", "Bootstrap 95% interval (BCa)", "Bootstrap 95% 置信区间（BCa）"},
      {"share", "Share of the total effect", "间接效应占比"},
      {"total_effect_head", "Total effect", "总效应"},
      {"mediator_head", "Mediator", "中介变量"},
      {"outcome_head", "With mediator", "加入中介变量"},
      {"mediation_note", "Each indirect effect stands in the column of its mediator{}.",
       "各间接效应列于其中介变量所在列{}。"},
      {"mediation_total", "; their sum stands in the last column", "，合计列于最后一列"},
      {"bootstrap_note", "Bootstrap with {} replicates ({} failed).", "Bootstrap 抽样 {} 次（失败 {} 次）。"},
      {"verdict_partial", "Mediation is partial.", "部分中介效应。"},
      {"verdict_full", "Mediation is full.", "完全中介效应。"},
      {"verdict_suppression", "The mediator suppresses the effect (signs of a×b and c' differ).",
       "遮掩效应（a×b 与 c' 异号）。"},
      {"verdict_none", "No mediation.", "不存在中介效应。"},
      // warnings of other rooms, by code: "" leaves the message as it came, "-" says nothing in a table
      {"infer.robust_is_hc1", "-", "-"},
      {"infer.few_clusters", "", "聚类数较少，标准误与 p 值往往偏小"},
      {"infer.clipped", "", "多维聚类协方差矩阵非半正定，负特征值已置零"},
      {"infer.iid_with_probability_weights", "", "概率权重下独立同分布标准误不可靠"},
      {"estimate.not_converged", "", "固定效应的估计未收敛"},
      {"estimate.constant_outcome", "", "被解释变量在所用样本中为常数"},
      {"index.constant_indicator", "-", "-"},
      {"index.all_constant", "", "所有指标均无变化，采用等权重"},
      {"index.pool_by_year", "", "权重与极值按年份分别计算：得分只可在同一年内比较"},
      {"index.pool_by_unit", "", "权重与极值按个体分别计算：得分不可跨个体比较"},
      {"index.convention_ignored", "", "主成分法对全部观测一次性标准化，不适用标准化、合并范围与层级的设定"},
  };
  return catalog;
}

std::string_view word(std::string_view key, std::string_view lang) {
  for (const Word& entry : words())
    if (entry.key == key) return lang == "zh" ? entry.zh : entry.en;
  return key;
}

std::string warning_words(const std::string& code, const std::string& message, std::string_view lang) {
  const std::string_view own = word(code, lang);
  if (own == "-") return "";
  return own.empty() || own == code ? replace_all(message, "`", "") : std::string(own);
}

std::string enumerate(const std::vector<std::string>& parts, std::string_view lang) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += word(i + 1 == parts.size() ? "and" : "comma", lang);
    text += parts[i];
  }
  return text;
}

std::string column_words(const std::vector<int>& columns, std::string_view lang) {
  const bool chinese = lang == "zh";
  const auto name = [&](int column) {
    return chinese ? fmt::format("({})", column) : std::to_string(column);
  };
  std::vector<std::string> runs;
  for (std::size_t i = 0; i < columns.size();) {
    std::size_t j = i;
    while (j + 1 < columns.size() && columns[j + 1] == columns[j] + 1) ++j;
    if (j >= i + 2)
      runs.push_back(name(columns[i]) + "-" + name(columns[j]));
    else
      for (std::size_t k = i; k <= j; ++k) runs.push_back(name(columns[k]));
    i = j + 1;
  }
  return format_words(columns.size() == 1 ? "column" : "columns", lang, enumerate(runs, lang));
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace panelist
