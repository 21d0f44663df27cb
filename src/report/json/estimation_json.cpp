// SPDX-License-Identifier: Apache-2.0
#include "report/result_json.h"

#include "estimate/fama_macbeth.h"
#include "estimate/random_effects.h"
#include "infer/panel_tests.h"
#include "report/json/json_numbers.h"
#include "report/tables/stats.h"

namespace panelist {

Json coefficient_json(const Coefficient& coefficient) {
  return {{"term", coefficient.term},
          {"estimate", number_json(coefficient.estimate)},
          {"std_error", number_json(coefficient.std_error)},
          {"statistic", number_json(coefficient.statistic)},
          {"p_value", number_json(coefficient.p_value)},
          {"conf_low", number_json(coefficient.conf_low)},
          {"conf_high", number_json(coefficient.conf_high)}};
}

namespace {

// Ends at infinity are null.
Json set_json(const ConfidenceSet& set) {
  Json parts = Json::array();
  for (const auto& [low, high] : set.parts) parts.push_back({number_json(low), number_json(high)});
  return {{"form", set.form}, {"parts", parts}};
}

Json combination_json(const LinearCombination& c) {
  return {{"estimate", number_json(c.estimate)},   {"std_error", number_json(c.std_error)},
          {"statistic", number_json(c.statistic)}, {"p_value", number_json(c.p_value)},
          {"conf_low", number_json(c.conf_low)},   {"conf_high", number_json(c.conf_high)}};
}

}  // namespace

Json test_json(const TestResult& test) {
  Json json = Json::object();
  json["statistic"] = number_json(test.statistic);
  if (!std::isnan(test.df2)) {
    json["df1"] = count_json(test.df1);
    json["df2"] = count_json(test.df2);
  } else if (!std::isnan(test.df1)) {
    json["df"] = count_json(test.df1);
  }
  if (std::isinf(test.df2)) json["chi2"] = number_json(test.df1 * test.statistic);
  if (!std::isnan(test.p_value)) json["p_value"] = number_json(test.p_value);
  const bool stock_yogo = test.name == "kp_f" || test.name == "cragg_donald_f";
  for (const auto& [level, value] : test.critical)
    json[stock_yogo ? "stock_yogo" : "critical"][level] = number_json(value);
  for (const auto& [name, value] : test.details) json[name] = count_json(value);
  if (test.set) json["set"] = set_json(*test.set);
  if (!test.note.empty()) json["note"] = test.note;
  return json;
}

Json warnings_json(const std::vector<std::pair<std::string, std::string>>& warnings) {
  Json list = Json::array();
  for (const auto& [code, message] : warnings) list.push_back({{"code", code}, {"message", message}});
  return list;
}

namespace {

Json coefficients_json(const std::vector<Coefficient>& coefficients) {
  Json list = Json::array();
  for (const Coefficient& coefficient : coefficients) list.push_back(coefficient_json(coefficient));
  return list;
}

Json dropped_rows_json(const ModelFrame* frame) {
  const DroppedRows dropped = frame == nullptr ? DroppedRows{} : frame->dropped;
  return {{"where", dropped.where},
          {"missing", dropped.missing},
          {"weight", dropped.weight},
          {"singleton", dropped.singleton},
          {"separated", dropped.separated}};
}

Json vcov_json(const Estimation& estimation) {
  const Vcov& vcov = estimation.vcov;
  Json counts = Json::array();
  for (const double count : vcov.n_clusters) counts.push_back(count_json(count));
  Json json = {{"kind", vcov.kind},
               {"by", vcov.by},
               {"n_clusters", counts},
               {"ssc", vcov.ssc},
               {"k", count_json(vcov.k)},
               {"df", count_json(vcov.df)},
               {"factor", number_json(vcov.factor)}};
  if (const GlmParts* glm = estimation.fit->glm.get())
    json["information"] = glm->observed ? "observed" : "expected";
  if (!vcov.option.empty()) json["option"] = vcov.option;
  for (const auto& [name, value] : vcov.details) json[name] = count_json(value);
  if (vcov.leverage != nullptr) {
    json["leverage"] = vcov.leverage->rows.exact ? "exact" : "projected";
    json["leverage_error"] = number_json(vcov.leverage->rows.error);
    json["fitted_exactly"] = vcov.leverage->fitted_exactly;
  }
  return json;
}

bool nested_in_a_cluster(const Grouping& effect, const Estimation& estimation) {
  if (estimation.vcov.n_clusters.empty()) return false;
  const std::vector<const Grouping*> clusters = cluster_groups(*estimation.fit, estimation.vcov_spec);
  return std::any_of(clusters.begin(), clusters.end(), [&](const Grouping* cluster) {
    return nested(effect.level, cluster->level, effect.size());
  });
}

Json effects_json(const Estimation& estimation) {
  Json list = Json::array();
  const Fit& fit = *estimation.fit;
  for (std::size_t i = 0; i < fit.dof.factors.size(); ++i) {
    const FactorDegrees& degrees = fit.dof.factors[i];
    const bool inside = i < fit.dof.groups.size() && nested_in_a_cluster(*fit.dof.groups[i], estimation);
    list.push_back({{"name", degrees.name},
                    {"levels", degrees.levels},
                    {"redundant", degrees.redundant},
                    {"nested", inside}});
  }
  return list;
}

Json f_json(const TestResult& f) {
  if (std::isnan(f.statistic) && f.note.empty()) return nullptr;
  return test_json(f);
}

Json dropped_terms_json(const Fit& fit) {
  Json list = Json::array();
  for (const DroppedTerm& term : fit.dropped)
    list.push_back({{"term", term.term}, {"code", term.code}, {"with", term.with}});
  return list;
}

Json first_stages_json(const IvTests& iv) {
  Json list = Json::array();
  for (const FirstStageInference& stage : iv.first_stage)
    list.push_back({{"endogenous", stage.endogenous},
                    {"coefficients", coefficients_json(stage.coefficients)},
                    {"f", test_json(stage.f)},
                    {"sw_f", test_json(stage.sanderson_windmeijer)},
                    {"ap_f", test_json(stage.angrist_pischke)},
                    {"partial_r2", number_json(stage.partial_r2)},
                    {"shea_r2", number_json(stage.shea_r2)},
                    {"r2", number_json(stage.r2)}});
  return list;
}

// As xtreg, re prints them.
Json random_effects_json(const Fit& fit) {
  const RandomEffects& effects = *fit.random_effects;
  const PanelR2 r2 = panel_r2(*fit.frame, fit.names, fit.coefficients);
  return {{"sigma_u", number_json(effects.sigma_u)},
          {"sigma_e", number_json(effects.sigma_e)},
          {"rho", number_json(effects.rho)},
          {"theta_min", number_json(effects.theta.minCoeff())},
          {"theta_max", number_json(effects.theta.maxCoeff())},
          {"r2_within", number_json(r2.within)},
          {"r2_between", number_json(r2.between)},
          {"r2_overall", number_json(r2.overall)}};
}

// As xtreg, fe prints it.
Json panel_json(const PanelDescription& panel) {
  return {{"sigma_u", number_json(panel.sigma_u)},
          {"sigma_e", number_json(panel.sigma_e)},
          {"rho", number_json(panel.rho)},
          {"correlation", number_json(panel.correlation)},
          {"r2_within", number_json(panel.r2_within)},
          {"r2_between", number_json(panel.r2_between)},
          {"r2_overall", number_json(panel.r2_overall)}};
}

Json periods_json(const PeriodRegressions& periods) {
  return {{"periods", periods.period.size()},
          {"left_out", periods.left_out},
          {"rows_min", count_json(periods.rows.minCoeff())},
          {"rows_max", count_json(periods.rows.maxCoeff())},
          {"mean_r2", number_json(periods.r2.mean())}};
}

// Of k-class and GMM: k, LIML's smallest root, steps of weighting.
Json iv_method_json(const IvMethod& method) {
  Json json = Json::object();
  if (!std::isnan(method.k)) json["k"] = number_json(method.k);
  if (!std::isnan(method.smallest_root)) json["smallest_root"] = number_json(method.smallest_root);
  if (!std::isnan(method.steps)) json["steps"] = count_json(method.steps);
  return json;
}

Json convergence_json(const Fit& fit) {
  return {{"solver", fit.convergence.solver},
          {"iterations", fit.convergence.iterations},
          {"converged", fit.convergence.converged},
          {"error_bound_se", number_json(fit.error_bound_se)},
          {"correct_digits", count_json(correct_digits(fit))},
          {"error_bound_columns", number_json(fit.convergence.error_bound)},
          {"seconds", number_json(fit.convergence.seconds)}};
}

Json vif_json(const Vif& vif) {
  Json rows = Json::array();
  for (const VifRow& row : vif.rows)
    rows.push_back(
        {{"term", row.term}, {"vif", number_json(row.vif)}, {"tolerance", number_json(row.tolerance)}});
  return {{"rows", rows}, {"mean", number_json(vif.mean)}};
}

Json margins_json(const Margins& margins) {
  Json list = Json::array();
  for (const Margin& margin : margins.rows) {
    Json row = coefficient_json(margin.effect);
    row["kind"] = margin.discrete ? "change" : "slope";
    list.push_back(row);
  }
  return list;
}

void add_likelihood(Json& json, const GlmParts& glm) {
  json["null_log_likelihood"] = number_json(glm.null_log_likelihood);
  json["deviance"] = number_json(glm.deviance);
  json["null_deviance"] = number_json(glm.null_deviance);
  json["pseudo_r2"] = number_json(glm.pseudo_r2);
  if (glm.family->disperses) json["dispersion"] = number_json(glm.dispersion);
}

void add_goodness(Json& json, const Estimation& estimation) {
  const GoodnessOfFit& goodness = estimation.goodness;
  json["df_residual"] = count_json(estimation.fit->df_residual());
  json["rss"] = number_json(estimation.fit->rss);
  json["sigma"] = number_json(goodness.sigma);
  json["r2"] = number_json(goodness.r2);
  json["r2_adjusted"] = number_json(goodness.r2_adjusted);
  json["r2_within"] = number_json(goodness.r2_within);
  json["r2_within_adjusted"] = number_json(goodness.r2_within_adjusted);
  if (absorbs_unit(estimation)) json["r2_xtreg"] = number_json(r2_xtreg(estimation));
  json["log_likelihood"] = number_json(goodness.log_likelihood);
  if (estimation.fit->glm != nullptr) add_likelihood(json, *estimation.fit->glm);
  json["aic"] = number_json(information_criterion(estimation, 2));
  json["bic"] = number_json(information_criterion(estimation, std::log(estimation.fit->n)));
  json["mean_outcome"] = number_json(estimation.fit->mean_outcome);
  json["f"] = f_json(estimation.inference.f);
}

}  // namespace

Json to_json(const Estimation& estimation) {
  const Fit& fit = *estimation.fit;
  Json json = Json::object();
  json["formula"] = fit.frame == nullptr ? "" : fit.frame->formula;
  json["method"] = fit.method;
  json["n"] = count_json(fit.n);
  json["n_dropped"] = dropped_rows_json(fit.frame.get());
  if (fit.frame != nullptr && fit.frame->unit.size() > 0) json["n_units"] = fit.frame->unit.size();
  json["vcov"] = vcov_json(estimation);
  json["coefficients"] = coefficients_json(estimation.inference.coefficients);
  for (Index j = 0; j < estimation.vcov.term_df.size(); ++j)
    json["coefficients"][static_cast<std::size_t>(j)]["df"] = number_json(estimation.vcov.term_df(j));
  json["fixed_effects"] = effects_json(estimation);
  json["df_absorbed"] = fit.dof.absorbed;
  add_goodness(json, estimation);
  if (absorbs_units_alone(fit)) json["panel"] = panel_json(describe_panel(fit, fit.frame->unit));
  if (is_random_effects(fit)) json["random_effects"] = random_effects_json(fit);
  if (fit.periods != nullptr) json["fama_macbeth"] = periods_json(*fit.periods);
  json["dropped"] = dropped_terms_json(fit);
  if (const Json method = iv_method_json(fit.iv_method); !method.empty()) json["iv_method"] = method;
  if (!estimation.iv.first_stage.empty()) json["first_stage"] = first_stages_json(estimation.iv);
  json["tests"] = Json::object();
  for (const TestResult& test : estimation.iv.tests) json["tests"][test.name] = test_json(test);
  for (const RequestedTest& asked : estimation.requested)
    json["tests"][asked.name] = asked.test ? test_json(*asked.test) : combination_json(*asked.combination);
  if (estimation.xtreg_constant) json["xtreg_constant"] = coefficient_json(*estimation.xtreg_constant);
  if (estimation.margins) json["margins"] = margins_json(*estimation.margins);
  if (estimation.vif) json["vif"] = vif_json(*estimation.vif);
  json["convergence"] = convergence_json(fit);
  json["warnings"] = warnings_json(estimation.warnings);
  return json;
}

Json tested_variable_json(const Estimation& estimation) {
  const Json whole = to_json(estimation);
  return {{"name", estimation.fit->frame->outcome_name},
          {"n", whole["n"]},
          {"n_dropped", whole["n_dropped"]},
          {"tests", whole["tests"]},
          {"warnings", whole["warnings"]}};
}

Json to_json(const std::vector<Summary>& summaries, const std::string& group) {
  Json variables = Json::array();
  for (const Summary& summary : summaries)
    variables.push_back({{"name", summary.name},
                         {"n", summary.n},
                         {"missing", summary.missing},
                         {"mean", number_json(summary.mean)},
                         {"sd", number_json(summary.sd)},
                         {"min", number_json(summary.min)},
                         {"p25", number_json(summary.p25)},
                         {"p50", number_json(summary.p50)},
                         {"p75", number_json(summary.p75)},
                         {"max", number_json(summary.max)},
                         {"skewness", number_json(summary.skewness)},
                         {"kurtosis", number_json(summary.kurtosis)},
                         {"sum", number_json(summary.sum)}});
  Json json = Json::object();
  if (!group.empty()) json["group"] = group;
  json["variables"] = variables;
  return json;
}

Json to_json(const Diagnostic& diagnostic, const std::vector<SourceText>& sources) {
  return Json::parse(render_json(diagnostic, sources));
}

}  // namespace panelist
