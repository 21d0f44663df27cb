// SPDX-License-Identifier: Apache-2.0
#include "cli/print/fit_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "estimate/fama_macbeth.h"
#include "estimate/random_effects.h"

namespace panelist::cli {
namespace {

struct Reason {
  std::size_t rows;
  const char* words;
};

std::string dropped_rows(const ModelFrame& frame, std::size_t other_groups) {
  const DroppedRows& dropped = frame.dropped;
  const Reason reasons[] = {
      {other_groups, "in other groups"},        {dropped.where - other_groups, "by --where"},
      {dropped.missing, "with missing values"}, {dropped.weight, "with zero weight"},
      {dropped.singleton, "singletons"},        {dropped.separated, "separated"}};
  std::vector<std::string> parts;
  for (const Reason& reason : reasons)
    if (reason.rows > 0) parts.push_back(fmt::format("{} {}", reason.rows, reason.words));
  return parts.empty() ? "no row dropped" : "dropped: " + join(parts, ", ");
}

struct MethodWords {
  std::string_view name, words;
};
constexpr MethodWords methods_in_words[] = {
    {"ols", "Ordinary least squares"},
    {"2sls", "Two-stage least squares"},
    {"liml", "LIML"},
    {"fuller", "Fuller's LIML"},
    {"kclass", "k-class"},
    {"gmm2s", "Two-step GMM"},
    {"igmm", "Iterated GMM"},
    {"cue", "Continuously updated GMM"},
    {"re", "Random effects (Swamy-Arora)"},
    {"re_wh", "Random effects (Wallace-Hussain)"},
    {"be", "Between units"},
    {"be_wls", "Between units, weighted by their rows"},
    {"fd", "First differences"},
    {"fmb", "Fama-MacBeth, averages over periods"},
};

std::string method_words(const Fit& fit) {
  if (const Family* family = find_family(fit.method)) return std::string(family->words);
  const std::size_t open = fit.method.find('(');
  std::string words = fit.method;
  for (const MethodWords& entry : methods_in_words)
    if (entry.name == fit.method.substr(0, open))
      words = std::string(entry.words) + (open == std::string::npos ? "" : fit.method.substr(open));
  return std::isnan(fit.iv_method.k) ? words : words + fmt::format(", k = {}", number_text(fit.iv_method.k));
}

std::string head(const Estimation& estimation, std::size_t other_groups) {
  const Fit& fit = *estimation.fit;
  return fmt::format("{}\n{}, {} observations of {} rows ({})\n", fit.frame->formula, method_words(fit),
                     shortest(fit.n), fit.frame->table_rows, dropped_rows(*fit.frame, other_groups));
}

std::string reference_words(const Vcov& vcov) {
  if (vcov.term_df.size() > 0) return "t with degrees of freedom by coefficient";
  return std::isinf(vcov.df) ? "normal" : fmt::format("t with {} degrees of freedom", shortest(vcov.df));
}

}  // namespace

bool small_sample_enters(const Vcov& vcov) {
  static const std::vector<std::string> without = {"hc0", "hc2", "hc3", "hc4", "cr2", "cr3", "jackknife"};
  return std::find(without.begin(), without.end(), vcov.kind) == without.end();
}

namespace {

// Which standard errors, said loudly: there is no silent default.
std::string vcov_line(const Estimation& estimation) {
  const Vcov& vcov = estimation.vcov;
  std::string note = vcov.note;
  if (const auto at = note.find(" in parentheses"); at != std::string::npos) note.erase(at, 15);
  return fmt::format("{}: {}; {}{}\n", note.empty() ? "Standard errors" : note, estimation.vcov_spec.text,
                     reference_words(vcov),
                     small_sample_enters(vcov) ? "; small-sample rule " + vcov.ssc : "");
}

void add_coefficient(AlignedText& lines, const Coefficient& c, const std::string& degrees) {
  std::vector<std::string> cells = {
      c.term,
      number_text(c.estimate),
      number_text(c.std_error),
      statistic_text(c.statistic),
      p_text(c.p_value),
      stars_text(c.p_value),
      fmt::format("[{}, {}]", number_text(c.conf_low), number_text(c.conf_high))};
  if (!degrees.empty()) cells.push_back(degrees);
  lines.add(std::move(cells));
}

// `degrees`: of each coefficient, or empty where all have the same.
std::string coefficient_lines(const std::vector<Coefficient>& coefficients, double level, bool normal,
                              const Vector& degrees = Vector()) {
  if (coefficients.empty()) return "  no coefficient: the formula has no regressor beside the effects\n";
  AlignedText lines("  ", degrees.size() > 0 ? "lrrrrllr" : "lrrrrll");
  std::vector<std::string> head = {"",
                                   "estimate",
                                   "std. error",
                                   normal ? "z" : "t",
                                   "p",
                                   "",
                                   fmt::format("{}% interval", shortest(std::round(1e6 * level) / 1e4))};
  if (degrees.size() > 0) head.emplace_back("df");
  lines.add(std::move(head));
  for (std::size_t j = 0; j < coefficients.size(); ++j)
    add_coefficient(lines, coefficients[j],
                    degrees.size() > 0 ? number_text(degrees(static_cast<Index>(j)), 4) : "");
  return lines.text();
}

std::string effect_lines(const Fit& fit) {
  if (fit.dof.factors.empty()) return "";
  AlignedText lines("  ", "lrlr");
  for (const FactorDegrees& factor : fit.dof.factors)
    lines.add({factor.name, fmt::format("{} levels", factor.levels),
               factor.redundant > 0 ? fmt::format("{} redundant", factor.redundant) : ""});
  return fmt::format("\nEffects ({} degrees of freedom)\n{}", fit.dof.absorbed, lines.text());
}

void add_likelihood_lines(const GlmParts& glm, AlignedText& lines) {
  lines.add({"pseudo R2", number_text(glm.pseudo_r2), "deviance", number_text(glm.deviance)});
  lines.add({"null log-likelihood", number_text(glm.null_log_likelihood), "null deviance",
             number_text(glm.null_deviance)});
  if (glm.family->disperses)
    lines.add({"dispersion alpha", number_text(glm.dispersion), "theta", number_text(1.0 / glm.dispersion)});
}

void add_periods_lines(const Estimation& estimation, AlignedText& lines) {
  const PeriodRegressions& periods = *estimation.fit->periods;
  lines.add(
      {"R2", number_text(estimation.goodness.r2), "mean R2 of the periods", number_text(periods.r2.mean())});
  lines.add({"periods", shortest(periods.count()), "rows a period",
             fmt::format("{} to {}", shortest(periods.rows.minCoeff()), shortest(periods.rows.maxCoeff()))});
}

void add_least_squares_lines(const Estimation& estimation, AlignedText& lines) {
  const GoodnessOfFit& goodness = estimation.goodness;
  lines.add({"R2", number_text(goodness.r2), "adjusted R2", number_text(goodness.r2_adjusted)});
  if (!std::isnan(goodness.r2_within))
    lines.add({"within R2", number_text(goodness.r2_within), "adjusted within R2",
               number_text(goodness.r2_within_adjusted)});
  lines.add({"sigma", number_text(goodness.sigma), "residual df", shortest(estimation.fit->df_residual())});
}

std::string goodness_lines(const Estimation& estimation) {
  const GoodnessOfFit& goodness = estimation.goodness;
  AlignedText lines("  ", "lrlr");
  if (estimation.fit->glm != nullptr)
    add_likelihood_lines(*estimation.fit->glm, lines);
  else if (estimation.fit->periods != nullptr)
    add_periods_lines(estimation, lines);
  else
    add_least_squares_lines(estimation, lines);
  if (std::isnan(goodness.log_likelihood))
    lines.add({"mean outcome", number_text(estimation.fit->mean_outcome)});
  else
    lines.add({"log-likelihood", number_text(goodness.log_likelihood), "mean outcome",
               number_text(estimation.fit->mean_outcome)});
  std::string text = "\n" + lines.text();
  if (!std::isnan(estimation.inference.f.statistic))
    text += fmt::format("  all terms zero: {}{}\n", test_line(estimation.inference.f),
                        estimation.inference.f.note.empty() ? "" : "  (" + estimation.inference.f.note + ")");
  return text;
}

std::string margin_lines(const Estimation& estimation) {
  if (!estimation.margins) return "";
  std::vector<Coefficient> rows;
  for (const Margin& margin : estimation.margins->rows) rows.push_back(margin.effect);
  return fmt::format("\nMargins: {}\n{}", estimation.margins->note,
                     coefficient_lines(rows, estimation.inference.level, true));
}

std::string line_or_reason(const TestResult& test) {
  return std::isnan(test.statistic) && !test.note.empty() ? fmt::format("no F, {}", test.note)
                                                          : test_line(test);
}

// Of one of several endogenous regressors.
std::string conditional_line(const Estimation& estimation, const FirstStageInference& stage) {
  if (estimation.iv.first_stage.size() < 2) return "";
  return fmt::format("  the others given: Sanderson-Windmeijer {}\n",
                     line_or_reason(stage.sanderson_windmeijer));
}

std::string first_stage_lines(const Estimation& estimation) {
  std::string text;
  for (const FirstStageInference& stage : estimation.iv.first_stage)
    text += fmt::format(
        "\nFirst stage of {}: instruments {}, partial R2 {}, R2 {}\n{}{}", stage.endogenous,
        line_or_reason(stage.f), number_text(stage.partial_r2), number_text(stage.r2),
        conditional_line(estimation, stage),
        coefficient_lines(stage.coefficients, estimation.inference.level, std::isinf(estimation.vcov.df)));
  return text;
}

struct TestWords {
  std::string_view name, words;
};
constexpr TestWords test_words[] = {
    {"kp_lm", "underidentification, Kleibergen-Paap rk LM"},
    {"kp_f", "weak instruments, Kleibergen-Paap rk Wald F"},
    {"cragg_donald_f", "weak instruments, Cragg-Donald Wald F"},
    {"sargan", "overidentification, Sargan"},
    {"hansen_j", "overidentification, Hansen J"},
    {"endogeneity", "the regressors are exogenous"},
    {"anderson_rubin", "Anderson-Rubin Wald F"},
    {"anderson_rubin_chi2", "Anderson-Rubin Wald chi2"},
    {"stock_wright", "Stock-Wright S"},
    {"effective_f", "weak instruments, effective F"},
    {"tf", "t with its critical value by F (tF)"},
    {"basmann", "overidentification, Basmann"},
    {"liml_overid", "overidentification, Anderson-Rubin LR"},
};

std::string words_of(const std::string& name) {
  for (const TestWords& entry : test_words)
    if (entry.name == name) return std::string(entry.words);
  return name;
}

std::string critical_words(const TestResult& test) {
  std::vector<std::string> parts;
  for (const auto& [level, value] : test.critical)
    if (!std::isnan(value) && !level.starts_with("simplified"))
      parts.push_back(fmt::format("{} {}", level, number_text(value)));
  if (parts.empty()) return "";
  const bool stock_yogo = test.name == "kp_f" || test.name == "cragg_donald_f";
  return fmt::format("  ({}: {})", stock_yogo ? "Stock-Yogo size, for iid errors" : "critical",
                     join(parts, ", "));
}

// The confidence set of a test; tF has one at 5 % whatever the level.
std::string set_of(const TestResult& test, const Estimation& estimation) {
  if (!test.set) return "";
  const double level = test.name == "tf" ? 0.95 : estimation.inference.level;
  return fmt::format("; {}% set {}", shortest(std::round(1e6 * level) / 1e4), set_words(*test.set));
}

std::string iv_test_lines(const Estimation& estimation) {
  if (estimation.iv.tests.empty()) return "";
  AlignedText lines("  ");
  for (const TestResult& test : estimation.iv.tests)
    lines.add({words_of(test.name), test_line(test) + critical_words(test) + set_of(test, estimation)});
  return "\nTests\n" + lines.text();
}

std::string vif_lines(const Estimation& estimation) {
  if (!estimation.vif) return "";
  AlignedText lines("  ", "lrr");
  lines.add({"", "VIF", "1/VIF"});
  for (const VifRow& row : estimation.vif->rows)
    lines.add({row.term, number_text(row.vif), number_text(row.tolerance)});
  lines.add({"mean", number_text(estimation.vif->mean), ""});
  return "\nVariance inflation\n" + lines.text();
}

std::string random_effects_lines(const Fit& fit) {
  if (!is_random_effects(fit)) return "";
  const RandomEffects& effects = *fit.random_effects;
  const PanelR2 r2 = panel_r2(*fit.frame, fit.names, fit.coefficients);
  return fmt::format(
      "  sigma_u {}, sigma_e {}, rho {}; theta {} to {}\n  R2 within {}, between {}, overall {}\n",
      number_text(effects.sigma_u), number_text(effects.sigma_e), number_text(effects.rho),
      number_text(effects.theta.minCoeff()), number_text(effects.theta.maxCoeff()), number_text(r2.within),
      number_text(r2.between), number_text(r2.overall));
}

std::string star_line(const Estimation& estimation) {
  return estimation.inference.coefficients.empty() ? "" : "  *** p<0.01, ** p<0.05, * p<0.1\n";
}

std::string what_was_iterated(const Fit& fit) {
  if (fit.glm == nullptr) return "Effects solved";
  return fit.dof.factors.empty() ? "Likelihood maximised" : "Likelihood maximised, effects included,";
}

std::string convergence_line(const Fit& fit) {
  if (fit.convergence.converged) {
    if (fit.convergence.iterations == 0) return "";
    const std::string exact =
        fit.k() == 0
            ? ""
            : fmt::format(": every coefficient within {:.0e} of its standard error", fit.error_bound_se);
    return fmt::format("\n{} in {} iterations{}\n", what_was_iterated(fit), fit.convergence.iterations,
                       exact);
  }
  return fmt::format("\nThe effects are NOT converged after {} iterations ({})\n", fit.convergence.iterations,
                     fit.convergence.solver);
}

}  // namespace

std::string dropped_terms(const Fit& fit) {
  std::string text;
  for (const DroppedTerm& term : fit.dropped)
    text += fmt::format(
        "  {} is left out: {}{}\n", term.term, term.code,
        term.with.empty() ? "" : (term.code == "absorbed" ? " by " : " with ") + join(term.with, ", "));
  return text;
}

std::string fit_text(const Estimation& estimation, std::size_t other_groups) {
  const bool normal = std::isinf(estimation.vcov.df);
  return head(estimation, other_groups) + vcov_line(estimation) + "\n" +
         coefficient_lines(estimation.inference.coefficients, estimation.inference.level, normal,
                           estimation.vcov.term_df) +
         dropped_terms(*estimation.fit) + star_line(estimation) + effect_lines(*estimation.fit) +
         goodness_lines(estimation) + random_effects_lines(*estimation.fit) + margin_lines(estimation) +
         first_stage_lines(estimation) + iv_test_lines(estimation) + vif_lines(estimation) +
         convergence_line(*estimation.fit);
}

}  // namespace panelist::cli
