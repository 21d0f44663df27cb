// SPDX-License-Identifier: Apache-2.0
#include "report/tables/words.h"

#include "base/text.h"

namespace panelist {

namespace {

const std::vector<Word>& fixed_words() {
  static const std::vector<Word> catalog = {
      // cells and heads
      {"yes", "YES", "是"},
      {"no", "NO", "否"},
      {"variable", "Variable", "变量"},
      {"variables", "VARIABLES", "变量"},
      {"panel", "Panel {}: {} = {}", "组 {}：{} = {}"},
      {"panel_titled", "Panel {}: {}", "组 {}：{}"},
      {"panel_alone", "Panel {}", "组 {}"},
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
      {"equality_by", "Equality of groups, {} (p)", "组间系数相等检验，{}（p 值）"},
      {"difference_row", "Difference: {}", "系数差异：{}"},
      {"and", " and ", "、"},
      {"comma", ", ", "、"},
      {"column", "column {}", "第{}列"},
      {"columns", "columns {}", "第{}列"},
      {"in_columns", "{}: {}", "{}：{}"},
      {"sentence_end", ".", "。"},
      {"table", "Table {}", "表{}"},
      {"table_title", "Table {}. {}", "表{} {}"},
      {"continued", "{} (continued)", "续{}"},
      // notes of regressions
      {"note_head", "", "注："},
      {"in_round", "in parentheses", "括号内"},
      {"in_square", "in square brackets", "方括号内"},
      {"in_none", "under the estimates", "系数下方"},
      {"in_table", "in the table", "表中"},
      {"se_in_brackets", "standard errors {} {}.", "{1}为{0}标准误。"},
      {"robust_se_in_brackets", "robust standard errors {1}, {0}.", "{1}为{0}稳健标准误。"},
      {"below_se", "standard errors", "标准误"},
      {"below_t", "t statistics", "t 统计量"},
      {"below_p", "p-values", "p 值"},
      {"below_ci", "{}% confidence intervals", "{}% 置信区间"},
      {"beside", "{1} {0}.", "{0}为{1}。"},
      {"beside_in_order", "{1} {0}, in this order.", "{0}依次为{1}。"},
      {"beside_as_first", "below them, also {0}, {1}.", "其下{0}为{1}。"},
      {"robust_se_alone", "Robust standard errors in parentheses.", "括号内为稳健标准误。"},
      {"t_in_brackets", "t statistics {1}; standard errors {0}.", "{1}为 t 统计量，采用{0}标准误。"},
      {"p_in_brackets", "p-values {1}; standard errors {0}.", "{1}为 p 值，采用{0}标准误。"},
      {"ci_in_brackets", "{2}% confidence intervals {1}; standard errors {0}.",
       "{1}为 {2}% 置信区间，采用{0}标准误。"},
      {"vcov_iid", "assuming iid errors", "独立同分布假定下的"},
      {"vcov_hc", "robust to heteroskedasticity ({})", "异方差稳健（{}）"},
      {"vcov_cluster", "clustered by {} ({} clusters)", "按{}聚类（{} 个聚类）的"},
      {"vcov_cluster_robust", "clustered by {} ({} clusters)", "按{}聚类（{} 个聚类）的"},
      {"vcov_cluster_columns", "clustered by {} ({})", "按{}聚类（{}）的"},
      {"clusters_in", "{0} clusters in {1}", "{1} {0} 个聚类"},
      {"list", ", ", "，"},
      {"suffix_cr2", " (CR2)", " CR2 "},
      {"suffix_cr3", " (CR3)", " CR3 "},
      {"suffix_jackknife", " (jackknife)", "刀切"},
      {"vcov_nw", "robust to heteroskedasticity and autocorrelation (Newey-West, {} lags, {} kernel)",
       "异方差自相关稳健（Newey-West，滞后 {} 期，{}核）"},
      {"vcov_periods", "from the coefficients of {} periods (Fama-MacBeth)",
       "依据 {} 期系数的（Fama-MacBeth）"},
      {"vcov_periods_nw",
       "from the coefficients of the periods (Fama-MacBeth, Newey-West, {} lags, {} kernel)",
       "依据各期系数的（Fama-MacBeth，Newey-West，滞后 {} 期，{}核）"},
      {"vcov_dk",
       "robust to autocorrelation and cross-sectional dependence (Driscoll-Kraay, {} lags, {} kernel)",
       "自相关与截面相关稳健（Driscoll-Kraay，滞后 {} 期，{}核）"},
      {"vcov_conley", "robust to spatial correlation (Conley, {} km, {} kernel)",
       "空间相关稳健（Conley，{} 公里，{}核）"},
      {"kernel_bartlett", "Bartlett", "Bartlett "},
      {"kernel_parzen", "Parzen", "Parzen "},
      {"kernel_qs", "quadratic spectral", "二次谱"},
      {"kernel_truncated", "truncated", "截断"},
      {"kernel_uniform", "uniform", "均匀"},
      {"vcov_other", "of kind {}", "{} "},
      {"dependent_variable", "The dependent variable is {}.", "被解释变量为{}。"},
      {"dependent_variable_in", "The dependent variable is {} in {}.", "{1}的被解释变量为{0}。"},
      {"df_t", "significance by the t distribution with {} degrees of freedom.",
       "显著性依据自由度为 {} 的 t 分布。"},
      {"df_t_one", "significance by the t distribution with 1 degree of freedom.",
       "显著性检验采用自由度为 1 的 t 分布。"},
      {"df_satterthwaite",
       "significance by t distributions with Satterthwaite degrees of freedom of each coefficient.",
       "显著性依据各系数 Satterthwaite 自由度的 t 分布。"},
      {"df_normal", "significance by the standard normal distribution.", "显著性依据标准正态分布。"},
      {"star_legend", "{} p<{}", "{}"},
      {"star_legend_zh", "", "{} 分别表示 {} 显著性水平。"},
      {"dropped_missing", "{} rows with missing values left out", "剔除{}个含缺失值的观测"},
      {"dropped_singleton", "{} singleton rows left out", "剔除{}个单独成组的观测"},
      {"dropped_weight", "{} rows of zero weight left out", "剔除{}个权重为零的观测"},
      {"family_none", "least squares", "最小二乘估计"},
      {"family_poisson", "Poisson pseudo maximum likelihood", "泊松伪极大似然估计"},
      {"family_logit", "logit", "Logit 模型"},
      {"family_probit", "probit", "Probit 模型"},
      {"family_negbin", "negative binomial (NB2)", "负二项回归（NB2）"},
      {"method_2sls", "two-stage least squares", "两阶段最小二乘估计"},
      {"method_liml", "LIML", "有限信息极大似然估计（LIML）"},
      {"method_fuller", "Fuller's LIML", "Fuller 修正的 LIML"},
      {"method_kclass", "k-class estimator", "k 类估计量"},
      {"method_gmm2s", "two-step GMM", "两步 GMM"},
      {"method_igmm", "iterated GMM", "迭代 GMM"},
      {"method_cue", "continuously updated GMM", "连续更新 GMM（CUE）"},
      {"method_re", "random effects (Swamy-Arora)", "随机效应估计（Swamy-Arora）"},
      {"method_re_wh", "random effects (Wallace-Hussain)", "随机效应估计（Wallace-Hussain）"},
      {"method_be", "between units", "组间估计"},
      {"method_be_wls", "between units, weighted by their rows", "组间估计（按观测数加权）"},
      {"method_fd", "first differences", "一阶差分估计"},
      {"method_fmb", "Fama-MacBeth", "Fama-MacBeth 估计"},
      {"weights_of_mean_one",
       "weights scaled to mean one (R's glm and fixest take them as given: their iid errors, deviance and "
       "likelihood differ by that scale)",
       "权重已缩放至均值为一（R 的 glm 与 fixest 不作缩放，其独立同分布标准误、偏差与似然值相差该比例）"},
      {"dropped_separated", "{} separated rows left out", "剔除{}个完全分离的观测"},
      {"omitted_collinear", "{} omitted (collinear)", "{}因共线性被剔除"},
      {"omitted_absorbed", "{} omitted (absorbed by the fixed effects)", "{}被固定效应吸收而剔除"},
      {"omitted_constant", "{} omitted (constant)", "{}为常数而被剔除"},
      {"not_shown", "Coefficients not shown: {}.", "未列示的系数：{}。"},
      {"xtreg_constant",
       "The constant under fixed effects is the one of xtreg (mean outcome less the part of the regressors).",
       "固定效应模型的常数项为 xtreg 口径（因变量均值减去解释变量部分）。"},
      {"r2_is_within", "R-squared within {} (as xtreg reports it, other effects counted as regressors)",
       "R² 为{}内 R²（xtreg 口径，其余固定效应视为解释变量）"},
      {"r2_is_overall", "overall R-squared", "R² 为总体 R²"},
      {"r2_is_first_stage", "R-squared of the first-stage regression", "R² 为第一阶段回归的 R²"},
      {"r2_whole", "R-squared is that of the whole model: the fixed effects count as explained.",
       "R² 为整个模型的 R²，包含固定效应的解释力。"},
      {"r2_whole_and_within",
       "R-squared is that of the whole model: the fixed effects count as explained; within R-squared is net "
       "of "
       "them.",
       "R² 为整个模型的 R²，包含固定效应的解释力；组内 R² 为剔除固定效应之后的 R²。"},
      {"r2_net", "Within R-squared is net of the fixed effects.", "组内 R² 为剔除固定效应之后的 R²。"},
      {"sample", "Sample: {}.", "样本：{}。"},
      {"stock_yogo_note",
       "Stock-Yogo critical values (10% maximal IV size, for iid errors) in square brackets.",
       "方括号内为 Stock-Yogo 检验 10% 最大 IV 规模的临界值（适用于独立同分布误差）。"},
      {"effective_f_note",
       "Critical values of the effective F (bias of 2SLS below 10% of the worst) in square brackets.",
       "有效 F 统计量下方括号内为 10% 偏误的临界值。"},
      {"effective_f_two",
       "with two instruments the approximate bias of 2SLS all but vanishes, and the critical value of the "
       "effective F "
       "with it: compare with its simplified value {} rather",
       "工具变量为两个时，2SLS 的近似偏误几乎为零，有效 F 统计量的临界值偏低，宜与简化临界值{}比较"},
      {"test_left_out", "{} is left out: {}", "{}不适用，未列示"},
      {"tests_left_out", "{} are left out: {}", "{}不适用，未列示"},
      {"test_without_p", "{}: {}", "{}没有 p 值"},
      {"test_by_draws", "{}: {}", "{}：{}次抽样"},
      {"difference_note", "difference of the coefficient of {} between groups, first less second: {}",
       "组间差异为{}的系数之差（前组减后组）：{}"},
      {"equality_only", "equality of the coefficients of {}: {}", "{}系数的组间相等检验：{}"},
      {"corrected_note", "; in square brackets p-values corrected for {} pairs ({})",
       "；方括号内为{}对比较校正后的 p 值（{}）"},
      {"uncorrected_note", "; in square brackets p-values of the pairs, uncorrected",
       "；方括号内为各对比较的 p 值，未作多重比较校正"},
      {"draws_note", " ({} draws)", "（抽样{}次）"},
      {"assignments_note", " (all {} assignments, no p below {})", "（全部{}种分组，p 值不小于{}）"},
      {"beside_note", "; {}", "；{}"},
      {"too_many_pairs", "the {} pairs of groups stand in results.json", "{}对组间比较见 results.json"},
      {"no_differences", "no difference between groups: {}", "未作组间差异检验：{}"},
      // differences on the terminal
      {"estimate", "estimate", "估计值"},
      {"std_error", "std. error", "标准误"},
      {"difference", "difference", "差异"},
      {"difference_of", "Difference, first - second ({}): {}", "组间差异，前组减后组（{}）：{}"},
      {"one_sided", ", one-sided p {}", "，单侧 p {}"},
      {"percentiles", ", percentiles [{}, {}]", "，百分位区间 [{}, {}]"},
      {"replicates", ", {} replicates", "，{} 次抽样"},
      {"assignments", ", all {} assignments, no p below {}", "，全部 {} 种分组，p 值不小于 {}"},
      {"failed", ", {} failed", "，失败 {} 次"},
      {"p_corrected", "p corrected", "校正 p 值"},
      {"all_equal", "all equal", "全部相等"},
      {"corrected_by", ", p corrected by {}", "，p 值经 {}校正"},
      {"units_shared", "{0} of {1} units of {2} have rows in several groups",
       "{2} 的 {1} 个个体中有 {0} 个分属多组"},
      {"clusters_shared", "{0} of {1} clusters of {2} have rows in several groups",
       "{2} 的 {1} 个聚类中有 {0} 个分属多组"},
      // tests of variables
      {"short_series",
       "Series below 25 periods: unit-root tests have little power, and their distributions hold for long "
       "ones.",
       "序列不足 25 期，单位根检验功效很低。"},
      {"p_below", "p-values {}.", "{}为 p 值。"},
      // summary and vif
      {"n", "N", "观测值"},
      {"mean", "Mean", "均值"},
      {"p50", "Median", "中位数"},
      {"sd", "SD", "标准差"},
      {"min", "Min", "最小值"},
      {"max", "Max", "最大值"},
      {"p25", "P25", "25% 分位数"},
      {"p75", "P75", "75% 分位数"},
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
      {"deeper", "Lower levels", "下级维度"},
      {"indicator", "Indicator", "指标"},
      {"unit", "Unit", "单位"},
      {"direction", "Direction", "方向"},
      {"entropy", "Entropy", "信息熵"},
      {"redundancy", "Redundancy", "冗余度"},
      {"weight", "Weight", "权重"},
      // mediation
      {"indirect", "Indirect effect a×b", "间接效应 a×b"},
      {"sobel_z", "Sobel z", "Sobel 检验 z 值"},
      {"delta_se", "Delta-method standard error", "德尔塔法标准误"},
      {"percentile_interval", "Bootstrap 95% interval (percentile)", "自助法 95% 置信区间（百分位）"},
      {"bca_interval", "Bootstrap 95% interval (BCa)", "自助法 95% 置信区间（BCa）"},
      {"share", "Share of the total effect", "间接效应占比"},
      {"total_effect_head", "Total effect", "总效应"},
      {"mediator_head", "Mediator", "中介变量"},
      {"outcome_head", "With mediator", "加入中介变量"},
      {"mediation_note", "Each indirect effect stands in the column of its mediator{}.",
       "各间接效应列于其中介变量所在列{}。"},
      {"mediation_total", "; their sum stands in the last column", "，合计列于最后一列"},
      {"bootstrap_note", "Bootstrap with {} replicates ({} failed).", "自助法抽样 {} 次（失败 {} 次）。"},
      {"verdict_partial",
       "The indirect and the direct effect are both significant: partial mediation fits the data.",
       "间接效应与直接效应均显著，与部分中介相符。"},
      {"verdict_full",
       "The indirect effect is significant and the direct effect is not: full mediation fits the data.",
       "间接效应显著而直接效应不显著，与完全中介相符。"},
      {"verdict_suppression",
       "The indirect and the direct effect have opposite signs: the mediator suppresses the effect.",
       "间接效应与直接效应异号，与遮掩效应相符。"},
      {"verdict_none", "The indirect effect is not significant.", "间接效应不显著。"},
      {"verdict_conflict",
       "a and b are significant one by one, but the bootstrap interval of the indirect effect includes zero: "
       "mediation is not established.",
       "a 与 b 各自显著，但间接效应的自助法区间包含零，不足以认定中介效应。"},
      {"verdict_total", "The total effect is not significant.", "总效应不显著。"},
      // remarks of studies
      {"remark_winsorised", "{} winsorised at {}% and {}% ({} values moved)",
       "{}在{}% 与{}% 分位处缩尾（{}个取值被替换）"},
      {"remark_trimmed", "{} trimmed at {}% and {}% ({} values made missing)",
       "{}在{}% 与{}% 分位处截尾（{}个取值记为缺失）"},
      {"remark_measured", "{} measured by {}", "{}改用{}度量"},
      {"vif_high", "VIF above 10: {}; the coefficients of these terms are hard to tell apart.",
       "VIF 大于 10：{}，这些变量的系数难以区分。"},
      {"imputed", "Filled in by imputation: {}.", "插补填充：{}。"},
      {"imputed_rows", "{} ({} rows)", "{}（{}行）"},
      {"remark_common_sample", "every column uses the rows that all columns have", "各列采用相同样本"},
      {"remark_reindexed", "indices learned on the column's own rows", "指数按该列样本重新测算"},
      {"remark_split_by_row", "split by row: a unit may stand in several groups",
       "按观测分组，同一个体可能分属多组"},
      {"low_group", "Low {}", "低{}组"},
      {"high_group", "High {}", "高{}组"},
  };
  return catalog;
}

}  // namespace

const std::vector<Word>& words() {
  static const std::vector<Word> all = [] {
    std::vector<Word> both = fixed_words();
    both.insert(both.end(), words_of_warnings().begin(), words_of_warnings().end());
    both.insert(both.end(), words_of_policies().begin(), words_of_policies().end());
    both.insert(both.end(), words_of_descriptions().begin(), words_of_descriptions().end());
    both.insert(both.end(), words_of_report().begin(), words_of_report().end());
    both.insert(both.end(), words_of_indices().begin(), words_of_indices().end());
    both.insert(both.end(), words_of_robustness().begin(), words_of_robustness().end());
    both.insert(both.end(), words_of_titles().begin(), words_of_titles().end());
    both.insert(both.end(), words_of_samples().begin(), words_of_samples().end());
    both.insert(both.end(), words_of_shapes().begin(), words_of_shapes().end());
    both.insert(both.end(), words_of_channels().begin(), words_of_channels().end());
    both.insert(both.end(), words_of_mechanisms().begin(), words_of_mechanisms().end());
    return both;
  }();
  return all;
}

std::string_view word(std::string_view key, std::string_view lang) {
  for (const Word& entry : words())
    if (entry.key == key) return lang == "zh" ? entry.zh : entry.en;
  return key;
}

std::string convention_words(std::string_view kind, const std::string& name, std::string_view lang) {
  const std::string key = std::string(kind) + "_" + name;
  const std::string_view own = word(key, lang);
  return own == key ? name : std::string(own);
}

std::string table_words(std::string_view key, std::string_view lang, const std::vector<std::string>& parts) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& part : parts) store.push_back(part);
  return fmt::vformat(word(key, lang), store);
}

std::string enumerate(const std::vector<std::string>& parts, std::string_view lang) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += word(i + 1 == parts.size() ? "and" : "comma", lang);
    text += parts[i];
  }
  return text;
}

std::string convention_word(std::string_view kind, const std::string& name, std::string_view lang) {
  return convention_words(kind, name, lang);
}

std::string enumerated(const std::vector<std::string>& parts, std::string_view lang) {
  return enumerate(parts, lang);
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
