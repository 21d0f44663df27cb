// SPDX-License-Identifier: Apache-2.0
#include "report/tables/stats.h"

#include <fmt/format.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "report/tables/panel_stats.h"

namespace panelist {

namespace {

const TestResult* iv_test(const StatSource& source, std::string_view name) {
  if (!source.identification_here) return nullptr;
  for (const TestResult& test : source.estimation->iv.tests)
    if (test.name == name) return &test;
  return nullptr;
}

double critical(const TestResult& test, std::string_view level) {
  for (const auto& [name, value] : test.critical)
    if (name == level) return value;
  return missing_value;
}

// A test as a row; those that have a p-value in this use carry stars.
template <const char* name>
StatValue test_value(const StatSource& source) {
  const TestResult* test = iv_test(source, name);
  if (test == nullptr) return {};
  return {test->statistic, test->p_value, critical(*test, "10%")};
}

const FirstStageInference* first_stage(const StatSource& source) {
  const auto& stages = source.estimation->iv.first_stage;
  if (source.first_stage >= 0 && source.first_stage < static_cast<int>(stages.size()))
    return &stages[static_cast<std::size_t>(source.first_stage)];
  return stages.size() == 1 && source.identification_here ? &stages[0] : nullptr;
}

bool equation(const StatSource& source) { return source.first_stage < 0; }

const Fit& fit_of(const StatSource& source) { return *source.estimation->fit; }

StatValue units(const StatSource& source) {
  const Fit& fit = fit_of(source);
  if (fit.frame == nullptr || fit.frame->unit.size() == 0) return {};
  return {static_cast<double>(fit.frame->unit.size())};
}

StatValue clusters(const StatSource& source) {
  const std::vector<double>& counts = source.estimation->vcov.n_clusters;
  const auto least = std::min_element(counts.begin(), counts.end());
  if (least == counts.end()) return {};
  return {*least, missing_value, missing_value, fmt::format("/vcov/n_clusters/{}", least - counts.begin())};
}

// A statistic of the first stage that stands in this column.
StatValue of_stage(const StatSource& source, double value, std::string_view field) {
  return {value, missing_value, missing_value,
          fmt::format("/first_stage/{}/{}", std::max(0, source.first_stage), field)};
}

StatValue r_squared(const StatSource& source) {
  if (equation(source)) return {source.estimation->goodness.r2, missing_value, missing_value, "/r2"};
  const FirstStageInference* stage = first_stage(source);
  return stage == nullptr ? StatValue{} : of_stage(source, stage->r2, "r2");
}

StatValue stock_yogo_value(const StatSource& source) {
  const TestResult* test = iv_test(source, "kp_f");
  if (test == nullptr) test = iv_test(source, "cragg_donald_f");
  if (test == nullptr) return {};
  return {critical(*test, "10%"), missing_value, missing_value,
          fmt::format("/tests/{}/stock_yogo/10%", test->name)};
}

// The set of a test in words; its value is the lower end.
template <const char* name>
StatValue set_value(const StatSource& source) {
  const TestResult* test = iv_test(source, name);
  return test == nullptr || !test->set ? StatValue{} : value_of_set(*test->set);
}

StatValue conditional_f(const StatSource& source) {
  const FirstStageInference* stage = first_stage(source);
  if (stage == nullptr) return {};
  return of_stage(source, stage->sanderson_windmeijer.statistic, "sw_f/statistic");
}

StatValue effective_f_critical(const StatSource& source) {
  const TestResult* test = iv_test(source, "effective_f");
  return test == nullptr ? StatValue{} : StatValue{critical(*test, "10%")};
}

StatValue information(const StatSource& source, double per_parameter) {
  return equation(source) ? StatValue{information_criterion(*source.estimation, per_parameter)} : StatValue{};
}

StatValue of_likelihood(const StatSource& source, double GlmParts::* value) {
  const GlmParts* glm = fit_of(source).glm.get();
  return glm == nullptr || !equation(source) ? StatValue{} : StatValue{glm->*value};
}

constexpr char kp_lm[] = "kp_lm", kp_f[] = "kp_f", cragg_donald_f[] = "cragg_donald_f", sargan[] = "sargan",
               hansen_j[] = "hansen_j", endogeneity[] = "endogeneity", anderson_rubin[] = "anderson_rubin",
               effective_f[] = "effective_f", basmann[] = "basmann", stock_wright[] = "stock_wright",
               valid_t[] = "tf";

}  // namespace

bool absorbs_unit(const Estimation& estimation) {
  const ModelFrame* frame = estimation.fit->frame.get();
  if (frame == nullptr || frame->unit.size() == 0) return false;
  for (const FrameEffect& effect : frame->effects)
    if (effect.group.name == frame->unit.name && effect.intercept) return true;
  return false;
}

double r2_xtreg(const Estimation& estimation) {
  if (!absorbs_unit(estimation)) return estimation.goodness.r2;
  const ModelFrame& frame = *estimation.fit->frame;
  const Vector& weights = estimation.fit->weights;
  const auto weight = [&](Index i) { return weights.size() > 0 ? weights[i] : 1.0; };
  std::vector<double> sum(static_cast<std::size_t>(frame.unit.size())), mass(sum.size());
  const auto unit = [&](Index i) {
    return static_cast<std::size_t>(frame.unit.level[static_cast<std::size_t>(i)]);
  };
  for (Index i = 0; i < frame.n(); ++i) {
    sum[unit(i)] += weight(i) * frame.outcome[i];
    mass[unit(i)] += weight(i);
  }
  double around_means = 0;
  for (Index i = 0; i < frame.n(); ++i) {
    const double deviation = frame.outcome[i] - sum[unit(i)] / mass[unit(i)];
    around_means += weight(i) * deviation * deviation;
  }
  return 1 - estimation.fit->rss / around_means;
}

double correct_digits(const Fit& fit) {
  return fit.error_bound_se > 0 ? std::max(0.0, std::floor(-std::log10(fit.error_bound_se))) : missing_value;
}

double information_criterion(const Estimation& estimation, double per_parameter) {
  const DegreesOfFreedom& dof = estimation.fit->dof;
  const auto parameters = static_cast<double>(dof.terms + dof.absorbed);
  return -2 * estimation.goodness.log_likelihood + per_parameter * parameters;
}

namespace {

using Source = const StatSource&;

std::vector<StatRow> equation_rows() {
  return {
      {"n", "Observations", "观测值", CellKind::count, -1, "/n",
       [](Source s) { return StatValue{fit_of(s).n}; }},
      {"n_units", "Units", "个体数", CellKind::count, -1, "/n_units", units},
      {"n_clusters", "Clusters", "聚类数", CellKind::count, -1, "", clusters},
      {"r2", "R-squared", "R²", CellKind::statistic, -1, "/r2", r_squared},
      {"r2_adjusted", "Adjusted R-squared", "调整后 R²", CellKind::statistic, -1, "/r2_adjusted",
       [](Source s) { return equation(s) ? StatValue{s.estimation->goodness.r2_adjusted} : StatValue{}; }},
      {"r2_within", "Within R-squared", "组内 R²", CellKind::statistic, -1, "/r2_within", r2_within_value},
      {"r2_within_adjusted", "Adjusted within R-squared", "调整后组内 R²", CellKind::statistic, -1,
       "/r2_within_adjusted",
       [](Source s) {
         return equation(s) ? StatValue{s.estimation->goodness.r2_within_adjusted} : StatValue{};
       }},
      {"r2_xtreg", "R-squared (xtreg)", "R²", CellKind::statistic, -1, "/r2_xtreg",
       [](Source s) {
         const bool within = equation(s) && absorbs_unit(*s.estimation);
         return within ? StatValue{r2_xtreg(*s.estimation)} : r_squared(s);
       }},
      {"sigma", "Root MSE", "均方根误差", CellKind::statistic, -1, "/sigma",
       [](Source s) { return equation(s) ? StatValue{s.estimation->goodness.sigma} : StatValue{}; }},
      {"pseudo_r2", "Pseudo R-squared", "伪 R²", CellKind::statistic, -1, "/pseudo_r2",
       [](Source s) { return of_likelihood(s, &GlmParts::pseudo_r2); }},
      {"deviance", "Deviance", "偏差", CellKind::statistic, 2, "/deviance",
       [](Source s) { return of_likelihood(s, &GlmParts::deviance); }},
      {"log_likelihood", "Log likelihood", "对数似然值", CellKind::statistic, 2, "/log_likelihood",
       [](Source s) { return equation(s) ? StatValue{s.estimation->goodness.log_likelihood} : StatValue{}; }},
      {"aic", "AIC", "AIC", CellKind::statistic, 2, "/aic", [](Source s) { return information(s, 2); }},
      {"bic", "BIC", "BIC", CellKind::statistic, 2, "/bic",
       [](Source s) { return information(s, std::log(fit_of(s).n)); }},
      {"f", "F", "F 值", CellKind::statistic, 2, "/f/statistic",
       [](Source s) {
         const TestResult& f = s.estimation->inference.f;
         return equation(s) && !std::isinf(f.df2) ? StatValue{f.statistic, f.p_value} : StatValue{};
       }},
      {"chi2", "Wald chi2", "Wald χ²", CellKind::statistic, 2, "/f/chi2",
       [](Source s) {
         const TestResult& f = s.estimation->inference.f;
         return equation(s) && std::isinf(f.df2) ? StatValue{f.df1 * f.statistic, f.p_value} : StatValue{};
       }},
      {"f_p", "F (p-value)", "F 检验 p 值", CellKind::p_value, -1, "/f/p_value",
       [](Source s) { return equation(s) ? StatValue{s.estimation->inference.f.p_value} : StatValue{}; }},
      {"df_residual", "Residual degrees of freedom", "残差自由度", CellKind::count, -1, "/df_residual",
       [](Source s) { return StatValue{fit_of(s).df_residual()}; }},
      {"correct_digits", "Correct digits of a standard error", "相对标准误的可靠位数", CellKind::count, -1,
       "/convergence/correct_digits",
       [](Source s) { return equation(s) ? StatValue{correct_digits(fit_of(s))} : StatValue{}; }},
      {"mean_outcome", "Mean of outcome", "被解释变量均值", CellKind::number, -1, "/mean_outcome",
       [](Source s) { return equation(s) ? StatValue{fit_of(s).mean_outcome} : StatValue{}; }},
      {"mean_vif", "Mean VIF", "平均 VIF", CellKind::number, 2, "/vif/mean",
       [](Source s) { return s.estimation->vif ? StatValue{s.estimation->vif->mean} : StatValue{}; }},
  };
}

std::vector<StatRow> instrument_rows() {
  return {
      {"kp_lm", "Kleibergen-Paap rk LM", "Kleibergen-Paap rk LM", CellKind::statistic, 2,
       "/tests/kp_lm/statistic", test_value<kp_lm>},
      {"kp_lm_p", "Kleibergen-Paap rk LM (p-value)", "Kleibergen-Paap rk LM（p 值）", CellKind::p_value, -1,
       "/tests/kp_lm/p_value", [](Source s) { return StatValue{test_value<kp_lm>(s).p}; }},
      {"kp_f", "Kleibergen-Paap Wald rk F", "Kleibergen-Paap Wald rk F", CellKind::statistic, 2,
       "/tests/kp_f/statistic",
       [](Source s) {
         return StatValue{test_value<kp_f>(s).value, missing_value, test_value<kp_f>(s).below};
       }},
      {"cragg_donald_f", "Cragg-Donald Wald F", "Cragg-Donald Wald F", CellKind::statistic, 2,
       "/tests/cragg_donald_f/statistic",
       [](Source s) {
         const StatValue test = test_value<cragg_donald_f>(s);
         return StatValue{test.value, missing_value, test.below};
       }},
      {"stock_yogo", "Stock-Yogo 10% maximal IV size", "Stock-Yogo 10% 最大 IV 规模临界值",
       CellKind::statistic, 2, "", stock_yogo_value},
      {"sargan", "Sargan", "Sargan 检验", CellKind::statistic, 2, "/tests/sargan/statistic",
       test_value<sargan>},
      {"hansen_j", "Hansen J", "Hansen J 检验", CellKind::statistic, 2, "/tests/hansen_j/statistic",
       test_value<hansen_j>},
      {"hansen_j_p", "Hansen J (p-value)", "Hansen J（p 值）", CellKind::p_value, -1,
       "/tests/hansen_j/p_value", [](Source s) { return StatValue{test_value<hansen_j>(s).p}; }},
      {"endogeneity", "Endogeneity test", "内生性检验", CellKind::statistic, 2,
       "/tests/endogeneity/statistic", test_value<endogeneity>},
      {"anderson_rubin", "Anderson-Rubin", "Anderson-Rubin 检验", CellKind::statistic, 2,
       "/tests/anderson_rubin/statistic", test_value<anderson_rubin>},
      {"effective_f", "Effective F (Montiel Olea-Pflueger)", "有效 F 统计量", CellKind::statistic, 2,
       "/tests/effective_f/statistic",
       [](Source s) {
         const StatValue test = test_value<effective_f>(s);
         return StatValue{test.value, missing_value, test.below};
       }},
      {"effective_f_critical", "Effective F, 10% bias critical value", "有效 F 统计量 10% 偏误临界值",
       CellKind::statistic, 2, "/tests/effective_f/critical/10%", effective_f_critical},
      {"sw_f", "Sanderson-Windmeijer F", "Sanderson-Windmeijer F", CellKind::statistic, 2, "", conditional_f},
      {"ar_set", "Anderson-Rubin confidence set", "Anderson-Rubin 置信集", CellKind::statistic, -1,
       "/tests/anderson_rubin/set", set_value<anderson_rubin>},
      {"tf_interval", "Valid t (tF) 95% interval", "tF 95% 置信区间", CellKind::statistic, -1,
       "/tests/tf/set", set_value<valid_t>},
      {"stock_wright", "Stock-Wright S", "Stock-Wright S 检验", CellKind::statistic, 2,
       "/tests/stock_wright/statistic", test_value<stock_wright>},
      {"basmann", "Basmann", "Basmann 检验", CellKind::statistic, 2, "/tests/basmann/statistic",
       test_value<basmann>},
      {"first_stage_f", "First-stage F", "第一阶段 F 值", CellKind::statistic, 2, "",
       [](Source s) {
         const FirstStageInference* stage = first_stage(s);
         return stage == nullptr ? StatValue{} : of_stage(s, stage->f.statistic, "f/statistic");
       }},
      {"partial_r2", "First-stage partial R-squared", "第一阶段偏 R²", CellKind::statistic, -1, "",
       [](Source s) {
         const FirstStageInference* stage = first_stage(s);
         return stage == nullptr ? StatValue{} : of_stage(s, stage->partial_r2, "partial_r2");
       }},
  };
}

std::vector<StatRow> all_rows() {
  std::vector<StatRow> rows = equation_rows();
  for (const StatRow& row : panel_stat_rows()) rows.push_back(row);
  for (const StatRow& row : instrument_rows()) rows.push_back(row);
  return rows;
}

}  // namespace

const std::vector<StatRow>& stat_rows() {
  static const std::vector<StatRow> catalog = all_rows();
  return catalog;
}

std::vector<std::string> table_stat_names() {
  std::vector<std::string> names;
  for (const StatRow& row : stat_rows()) names.emplace_back(row.name);
  return names;
}

const StatRow& stat_row(std::string_view name) {
  for (const StatRow& row : stat_rows())
    if (row.name == name) return row;
  const std::string near = nearest(name, table_stat_names());
  throw Error("output.unknown_stat", "unknown table statistic `" + std::string(name) + "`",
              near.empty() ? "see the list of statistics in the reference" : "did you mean `" + near + "`?",
              "stats");
}

}  // namespace panelist
