// SPDX-License-Identifier: Apache-2.0
// Fixed words of the report around its tables.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_report() {
  static const std::vector<Word> catalog = {
      {"report_contents", "Contents", "目录"},
      {"report_skip", "Skip to the contents", "跳至目录"},
      {"report_tables", "Tables", "表格"},
      {"report_figures", "Figures", "图"},
      {"report_warnings", "Warnings", "提示"},
      {"report_conventions", "Conventions", "计算口径"},
      {"report_origin", "Where it comes from", "来源"},
      {"report_study", "The study file", "研究文件"},
      {"report_line", "line {}", "第 {} 行"},
      {"report_file", "File", "文件"},
      {"report_rows", "Rows", "行数"},
      {"report_digest", "SHA-256", "SHA-256"},
      {"report_figure", "Figure {}", "图{}"},
      {"report_figure_title", "Figure {}. {}", "图{}　{}"},
      {"report_seed", "random seed {}", "随机种子 {}"},
      {"report_readings", "What the columns say", "各列结果解读"},
      {"report_sample", "From the rows of the data to those of each column", "从数据行数到各列样本"},
      {"report_code", "The same in other programs", "其他软件中的等价代码"},
      {"report_step", "Rows", "行数"},
      {"report_copy_word", "Copy for Word", "复制到 Word"},
      {"report_copy_latex", "Copy LaTeX", "复制 LaTeX"},
      {"report_copy_markdown", "Copy Markdown", "复制 Markdown"},
      {"report_copy_code", "Copy", "复制"},
      {"report_copied", "Copied", "已复制"},
      {"report_not_copied", "The browser did not allow it", "浏览器未允许复制"},
      {"report_sort", "Sort by this column", "按此列排序"},
      // steps of a sample
      {"step_panel", "rows of the data, files joined", "数据合并后的行数"},
      {"step_where", "not in the study's sample ({})", "不在研究样本内（{}）"},
      {"step_column", "not in the column's sample ({})", "不在该列样本内（{}）"},
      {"step_column_alone", "not in the column's sample", "不在该列样本内"},
      {"step_missing", "missing {}", "{} 缺失"},
      {"step_missing_other", "missing in another variable", "其他变量缺失"},
      {"step_weight", "weight of zero", "权重为零"},
      {"step_singleton", "alone in a fixed effect", "固定效应中单独成组"},
      {"step_separated", "separated", "完全分离"},
      {"step_estimated", "rows estimated on", "用于估计的行数"},
      // readings
      {"reading_one", "One unit more of {} is associated with a change of {} in {}",
       "{0} 每增加一个单位，与 {2} 变动 {1} 相关联"},
      {"reading_index", "One unit more of {} is associated with a change of {} in the linear predictor of {}",
       "{0} 每增加一个单位，与 {2} 的线性预测值变动 {1} 相关联"},
      {"reading_group", "{} against the reference group is associated with a difference of {} in {}",
       "相对于参照组，{0} 与 {2} 相差 {1} 相关联"},
      {"reading_test", " (95% interval {} to {}; {} = {}, p {}; {} observations).",
       "（95% 置信区间 {} 至 {}；{} = {}，p {}；{} 个观测）。"},
      {"reading_instrumented", " {} is instrumented by {}.", "{} 的工具变量为 {}。"},
      {"reading_interaction",
       " It also stands in {}: this is the association where the other factor is zero.",
       "{} 中也含该变量：此处为另一因子取零时的关联。"},
      {"reading_against", " No association is rejected at the 5% level.",
       "在 5% 水平上拒绝“没有关联”的假设。"},
      {"reading_for", " No association is not rejected at the 5% level.",
       "在 5% 水平上不能拒绝“没有关联”的假设。"},
      // conventions
      {"convention_vcov", "Standard errors: {}, small-sample rule {}, unless a table says otherwise.",
       "标准误：{}，小样本调整规则 {}，表中另有说明的除外。"},
      {"convention_interval", "Intervals are at 95%; stars by the p-values before rounding.",
       "区间均为 95% 置信区间；星号依据取整前的 p 值。"},
      {"convention_singletons_dropped",
       "Rows alone in a fixed effect are left out, again and again until none is left.",
       "固定效应中单独成组的观测逐次剔除，直至不再存在。"},
      {"convention_singletons_kept", "Rows alone in a fixed effect are kept.",
       "保留固定效应中单独成组的观测。"},
      {"convention_lags",
       "Lags and leads go by panel time on the whole panel, before any condition; a gap gives missing.",
       "滞后与前移按面板时间、在全部数据上计算，先于样本筛选；间断处记为缺失。"},
      {"convention_percentiles",
       "Percentiles are Stata's _pctile on the sample of the column: with n p a whole number the mean of the "
       "two "
       "neighbours, else the next value.",
       "百分位数按 Stata 的 _pctile 在该列样本上计算：位次为整数时取相邻两值的均值，否则取下一个值。"},
      {"convention_collinear", "Of collinear terms the later listed one is left out.",
       "共线变量中剔除排列在后者。"},
      {"convention_index", "Index {}: {}", "指数 {}：{}"},
  };
  return catalog;
}

}  // namespace panelist
