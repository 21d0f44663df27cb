// SPDX-License-Identifier: Apache-2.0
// Titles of tables that the study gives none, by kind ("title_" and its name).
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_titles() {
  static const std::vector<Word> catalog = {
      {"title_index", "Indicator system and weights of {}", "{}指标体系与权重"},
      {"title_summary", "Descriptive statistics", "描述性统计"},
      {"title_summary_by", "Descriptive statistics by {}", "按{}分组的描述性统计"},
      {"title_correlation", "Correlations", "相关系数矩阵"},
      {"title_balance", "Balance of the groups by {}", "按{}分组的均值差异检验"},
      {"title_ranking", "Ranking by {}", "{}排名"},
      {"title_transition", "Transitions of {}", "{}的转移概率矩阵"},
      {"title_transition_by", "Transitions of {} by {}", "按{1}分组的{0}转移概率矩阵"},
      {"title_vif", "Variance inflation factors", "方差膨胀因子"},
      {"title_unit_roots", "Panel unit-root tests", "面板单位根检验"},
      {"title_variables", "Tests of the variables", "变量检验"},
      {"title_definitions", "Definitions of the variables", "变量定义"},
      {"title_columns_one", "Regression of {}", "{}的回归结果"},
      {"title_columns", "Regressions of {}", "{}的回归结果"},
      {"title_instruments", "Instrumental-variable regressions of {}", "{}的工具变量回归结果"},
      {"title_results", "Regression results", "回归结果"},
      {"title_vary", "Robustness of the regression of {}", "{}的稳健性检验"},
      {"title_split", "Regressions of {} by {}", "{}的异质性分析：按{}分组"},
      {"title_mediation", "Mediation between {} and {} by {}", "{2}在{0}与{1}之间的中介效应"},
      {"title_other", "Results", "结果"},
  };
  return catalog;
}

}  // namespace panelist
