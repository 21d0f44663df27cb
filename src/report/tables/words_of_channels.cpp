// SPDX-License-Identifier: Apache-2.0
// Words of tables of channels: what covariates take from a coefficient, what correlated errors take from a mediation.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_channels() {
  static const std::vector<Word> catalog = {
      {"title_gelbach", "What covariates take from the coefficient of {}", "{}系数变化的 Gelbach 分解"},
      {"channel_head", "Covariates", "协变量组"},
      {"channel_part", "Part", "贡献"},
      {"channel_share", "Share of the change", "占变化的比重"},
      {"channel_share_short", "Share of the first coefficient", "占初始系数的比重"},
      {"channel_total", "All groups", "合计"},
      {"channel_short", "{} without the groups", "{}（不含各组）"},
      {"channel_full", "{} with all groups", "{}（含全部各组）"},
      {"channel_interval", "{}% interval", "{}% 置信区间"},
      {"channel_note",
       "Parts (Gelbach 2016) do not depend on the order in which covariates come in; they add up to the "
       "change of the "
       "coefficient, on one sample. Their errors stack the scores of all equations; their stars and "
       "intervals are "
       "normal.",
       "Gelbach（2016）分解与协变量加入的先后次序无关，各组贡献之和等于同一样本下系数的变化；标准误由各方程得"
       "分函数叠加得到，"
       "显著性与置信区间依据正态分布。"},
      {"errors_at_zero",
       "The indirect effect of {} is zero where the errors of its equation and of the outcome's correlate by "
       "{}; the "
       "products of R² there are {} of what is left unexplained and {} of the whole variances (Imai, Keele "
       "and Yamamoto "
       "2010).",
       "当{}方程与结果方程的误差相关系数为 {} 时间接效应为零；此时残差方差的 R² 乘积为 {}，总方差的 R² "
       "乘积为 {}（Imai、Keele 和 Yamamoto 2010）。"},
      {"errors_significant", " Its interval excludes zero up to a correlation of ±{}.",
       "相关系数在 ±{} 以内时置信区间不含零。"},
      {"errors_rho", "Correlation of the errors (ρ)", "误差相关系数 ρ"},
      {"errors_title", "{} over the correlation of the errors", "{}随误差相关系数的变化"},
      {"errors_effect", "Indirect effect of {}", "{}的间接效应"},
      {"channel_axis", "Part and its 95% interval", "贡献与 95% 置信区间"},
      {"channel_members", "{}: {}.", "{}：{}。"},
      {"channel_unmoved", "The coefficient does not change: there are no shares.",
       "系数没有变化，不计算占比。"},
  };
  return catalog;
}

}  // namespace panelist
