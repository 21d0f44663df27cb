// SPDX-License-Identifier: Apache-2.0
// Words of tables of policies, and of their warnings.
#include "report/tables/words.h"

namespace panelist {

const std::vector<Word>& words_of_policies() {
  static const std::vector<Word> catalog = {
      {"event_title", "Event study", "事件研究"},
      {"bacon_title", "Decomposition of the two-way estimate", "双向固定效应估计的分解"},
      {"placebo_title", "Placebo tests", "安慰剂检验"},
      {"event_time", "Periods since start", "相对时期"},
      {"event_reference", "reference", "基期"},
      {"event_att", "ATT", "平均处理效应（ATT）"},
      {"event_pre_trend", "Pre-trend test (p)", "平行趋势检验（p 值）"},
      {"event_control", "Control group", "对照组"},
      {"event_never", "never treated", "从未处理"},
      {"event_not_yet", "not yet treated", "尚未处理"},
      {"event_untreated", "never and not yet treated", "从未处理与尚未处理"},
      {"event_last", "last cohort", "最后一批"},
      {"event_observations", "Observations", "观测值"},
      {"event_units", "Units", "个体数"},
      {"event_normal", "assuming a normal law", "服从正态分布的"},
      {"event_note",
       "Effects on {0} by periods since treatment started, against the period {1} before it; ATT: mean over "
       "treated "
       "observations.",
       "表中为各相对时期对{0}的影响，以处理前第 {1} 期为基期；ATT 为对处理组处理后观测的平均。"},
      {"event_leads_of_imputation",
       "Leads of the imputation estimator come from untreated observations and stand against all earlier "
       "periods.",
       "插补估计的处理前系数仅用未处理观测估计，参照组为更早的全部时期。"},
      {"event_cohorts", "Starts (units): {}. Never treated: {}.", "处理批次（个体数）：{}；从未处理：{}。"},
      {"event_band", "Bands in the figure hold all periods at once ({}%): {} standard errors.",
       "图中一致置信带同时覆盖各期（{}%），为标准误的 {} 倍。"},
      {"event_adjust_regression",
       "Callaway-Sant'Anna: adjusted for the controls at the time before the start by outcome regression.",
       "Callaway-Sant'Anna：以处理前一期的控制变量作结果回归调整。"},
      {"event_adjust_ipw",
       "Callaway-Sant'Anna: adjusted for the controls at the time before the start by inverse probability "
       "weights.",
       "Callaway-Sant'Anna：以处理前一期的控制变量作逆概率加权调整。"},
      {"event_adjust_dr",
       "Callaway-Sant'Anna: adjusted for the controls at the time before the start, doubly robust.",
       "Callaway-Sant'Anna：以处理前一期的控制变量作双重稳健调整。"},
      {"event_shares", "Sun-Abraham: standard errors with the variance of the cohorts' shares.",
       "Sun-Abraham：标准误计入批次份额的方差。"},
      {"event_bootstrap",
       "Callaway-Sant'Anna: standard errors from {} draws of {} multipliers of the clusters.",
       "Callaway-Sant'Anna：标准误由 {} 次按聚类抽取的 {} 乘数自助抽样得到。"},
      {"event_multipliers_mammen", "Mammen", "Mammen"},
      {"event_multipliers_rademacher", "Rademacher", "Rademacher"},
      {"event_left_out", "Not possible here: {}.", "下列方法在此不适用：{}。"},
      {"event_axis", "periods since start", "相对时期"},
      {"event_effect_axis", "estimate and {}% interval", "估计值与 {}% 置信区间"},
      {"event_band_axis", "estimate and {}% uniform band", "估计值与 {}% 一致置信带"},
      {"bacon_type", "Comparison", "比较类型"},
      {"bacon_treated", "Treated since", "处理批次"},
      {"bacon_against", "Control", "对照组"},
      {"bacon_estimate", "Estimate", "估计值"},
      {"bacon_weight", "Weight", "权重"},
      {"bacon_never", "Treated and never treated", "处理组与从未处理组"},
      {"bacon_later", "Earlier and later treated (before its start)", "先处理组与后处理组（后者处理前）"},
      {"bacon_earlier", "Later and earlier treated (since its start)", "后处理组与先处理组（后者处理后）"},
      {"bacon_always", "Treated and always treated", "处理组与始终处理组"},
      {"bacon_two_way", "Two-way fixed effects", "双向固定效应估计"},
      {"bacon_nobody", "never", "从未处理"},
      {"bacon_note",
       "Goodman-Bacon decomposition of the two-way coefficient of {0} on {1}: a weighted mean of differences "
       "in "
       "differences of two groups; {2} units, {3} periods. Comparisons with groups treated earlier mislead "
       "where "
       "effects change over time.",
       "表中为 {0} 对{1}双向固定效应系数的 Goodman-Bacon 分解，即两两双重差分的加权平均；{2} 个个体，{3} 期。"
       "处理效应随时间变化时，以先处理组为对照的比较会产生偏误。"},
      {"placebo_actual", "At the true start", "真实处理时点"},
      {"placebo_shift", "{} periods earlier", "提前 {} 期"},
      {"placebo_one", "1 period earlier", "提前 1 期"},
      {"placebo_effect", "Effect", "处理效应"},
      {"placebo_space", "Random units", "随机处理组"},
      {"placebo_draws", "Draws", "抽样次数"},
      {"placebo_mean", "Mean of the draws", "估计值均值"},
      {"placebo_sd", "Standard deviation of the draws", "估计值标准差"},
      {"placebo_p", "p (two-sided)", "p 值（双侧）"},
      {"placebo_note",
       "Two-way coefficient of treatment on {0}. Earlier starts: on observations before the true start. "
       "Random "
       "units: starts handed around among {1} units, groups keeping their sizes; p is the share of draws, "
       "the "
       "effect itself among them, at least as far from zero.",
       "表中为处理变量对{0}的双向固定效应系数。提前处理时点：仅用真实处理前的观测。随机处理组：在 {1} "
       "个个体间随机分配"
       "处理时点并保持各批次个体数；p 值为绝对值不小于真实估计的比例（含其本身）。"},
      {"placebo_axis", "coefficients of random treatments; the effect: {}",
       "随机处理的估计系数；真实估计：{}"},
      {"placebo_density", "density", "核密度"},
      {"policy.one_treated_unit", "", "仅有一个个体受到处理，聚类标准误不可靠，宜用安慰剂检验"},
      {"policy.cohort_of_one", "", "以下批次仅含一个个体（{0}），其标准误难以估计"},
      {"policy.always_treated", "", "剔除全部时期均受处理的个体 {0} 个"},
      {"policy.everybody_treated", "", "没有从未处理的个体，仅能以后处理的批次为对照"},
      {"policy.window_ends",
       "relative times run from {0} to {1}: two-way fixed effects join what lies beyond the window to its "
       "ends, the other estimators leave it out of the table, not of the ATT",
       "相对时期自 {0} 至 {1}：双向固定效应将窗口以外的时期并入两端，其余方法不列示但计入 ATT"},
      {"policy.gaps", "", "个体首末时期之间缺失 {0} 个时期，相对时期将其计入"},
      {"policy.second_reference", "", "没有从未处理的个体，需第二个基期：相对时期 {0} 的系数也设为零"},
      {"policy.time_not_identified", "", "相对时期 {0} 与固定效应、控制变量或其他时期共线"},
      {"policy.no_never_treated", "", "没有从未处理的个体，改用其他对照组"},
      {"policy.cells_not_identified", "", "有 {0} 个批次与时期的效应无法估计，未计入平均"},
      {"policy.no_two_way_effects", "", "模型没有 {0} 的固定效应，估计值并非双重差分"},
      {"policy.base_moved", "", "以下批次（{0}）在基期 {1} 没有观测，改以其前最近一期为基期，该期未计入平均"},
      {"policy.not_imputed", "", "有 {0} 个处理观测无法由未处理观测预测，已剔除"},
      {"policy.controls_unused", "controls of the model ({0}) only choose the observations here",
       "模型的 {0} 个控制变量仅用于选取样本"},
      {"policy.units_cross_clusters", "", "个体跨越 {0} 的多个水平，改按个体聚类"},
      {"policy.few_treated_units", "", "仅有 {0} 个处理个体，不同的随机分配很少，聚类标准误偏小"},
      {"policy.no_shifted_start", "", "提前 {0} 期后没有可比较的时期，未列示"},
      {"policy.effects_unused", "", "Callaway-Sant'Anna 仅剔除个体与时期效应，固定效应 {0} 未计入"},
      {"policy.no_covariates", "", "模型没有可供 Callaway-Sant'Anna 调整的控制变量"},
      {"policy.too_few_controls", "", "有 {0} 个批次与时期的对照个体不足以确定协变量回归，未计入平均"},
      {"policy.no_overlap", "", "有 {0} 个批次与时期的协变量完全区分处理组与对照组，未计入平均"},
      {"policy.choice_unused", "", "所用估计方法均不涉及以下选项，未起作用：{0}"},
      {"policy.own_clusters", "", "插补估计与 Callaway-Sant'Anna 的标准误按聚类加总得到：采用 {0}，而非 {1}"},
      {"policy.method_left_out", "", "方法 {0} 在此不适用，未列示"},
  };
  return catalog;
}

}  // namespace panelist
