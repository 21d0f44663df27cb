// SPDX-License-Identifier: Apache-2.0
// Words of descriptive tables.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_descriptions() {
  static const std::vector<Word> catalog = {
      {"correlation_pearson", "Pearson correlations.", "表中为 Pearson 相关系数。"},
      {"correlation_spearman", "Spearman rank correlations.", "表中为 Spearman 等级相关系数。"},
      {"correlation_both", "Pearson correlations below the diagonal, Spearman rank correlations above.",
       "对角线下方为 Pearson 相关系数，上方为 Spearman 等级相关系数。"},
      {"correlation_pairs", "Pairs of observations: {}.", "成对观测数：{}。"},
      {"balance_difference", "Difference", "均值差异"},
      {"balance_t", "t", "t 值"},
      {"balance_normalised", "Normalised difference", "标准化差异"},
      {"balance_note",
       "Difference: first group less second; t of Welch's test; the normalised difference is divided by the "
       "root of the mean of both variances.",
       "均值差异为第一组减第二组；t 值来自 Welch 检验；标准化差异为差异除以两组方差均值的平方根。"},
      {"balance_note_clusters",
       "Difference: first group less second; t of the regression on the group with standard errors clustered "
       "by {} "
       "({} clusters); the normalised difference is divided by the root of the mean of both variances.",
       "均值差异为第一组减第二组；t 值来自对分组变量的回归，标准误按{}聚类（{} "
       "个聚类）；标准化差异为差异除以两组方差均值的平方根。"},
      {"symbol", "Symbol", "符号"},
      {"sign", "Expected sign", "预期符号"},
      {"definition", "Definition", "定义"},
      {"source", "Source", "数据来源"},
      {"definition_of_index", "Composite index of {} indicators, weights by {}", "{} 项指标的综合指数（{}）"},
      {"one_step", "one period", "一期"},
      {"steps", "{} periods", "{} 期"},
      {"ranking_unit", "Unit", "个体"},
      {"ranking_rank", "Rank", "名次"},
      {"ranking_note", "Ranks of {} in each period, 1 the highest; last the mean over periods and its rank.",
       "各期{}的名次，1 为最高；末两列为各期均值及其名次。"},
      {"transition_state", "From \\ to", "转移前 \\ 转移后"},
      {"transition_note",
       "Shares of the moves out of each quantile class of {0} that lead to each class {1} later. Classes by "
       "the "
       "quantiles of all periods, 1 the lowest.",
       "{0}各分位组在{1}后转移至各组的比例；分位数取自全部时期，1 为最低组。"},
      {"transition_note_period",
       "Shares of the moves out of each quantile class of {0} that lead to each class {1} later. Classes by "
       "the "
       "quantiles of each period, 1 the lowest.",
       "{0}各分位组在{1}后转移至各组的比例；分位数取自各期，1 为最低组。"},
  };
  return catalog;
}

}  // namespace panelist
