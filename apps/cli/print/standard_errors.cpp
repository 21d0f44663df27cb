// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"
#include "estimate/effect_errors.h"
#include "infer/ledger.h"
#include "infer/programs.h"

namespace panelist::cli {
namespace {

std::string formula_words(const Estimation& estimation) {
  const Vcov& vcov = estimation.vcov;
  if (estimation.fit->periods != nullptr)
    return "V = factor/T^2 * sum over periods of kernel(lag) (b_t - b)(b_s - b)'";
  if (vcov.kind == "iid") return "V = factor * rss/n * (X'WX)^-1";
  if (vcov.kind == "cluster") return "V = factor * (X'WX)^-1 [sum over clusters of s_g s_g'] (X'WX)^-1";
  if (vcov.kind == "cr2")
    return "V = (X'WX)^-1 [sum over clusters of r_g r_g'] (X'WX)^-1, r_g = X_g'W^(1/2) (I - H_gg)^(-1/2) "
           "W^(1/2) u_g";
  if (vcov.kind == "cr3") return "V = factor * sum over clusters of (b without g - b)(b without g - b)'";
  if (vcov.kind == "jackknife")
    return "V = factor * sum over clusters of (b without g - mean)(b without g - mean)'";
  if (vcov.kind == "nw")
    return "V = factor * (X'WX)^-1 [sum within units of kernel(lag) s_it s_is'] (X'WX)^-1";
  if (vcov.kind == "dk")
    return "V = factor * (X'WX)^-1 [sum of kernel(lag) S_t S_r'] (X'WX)^-1, S_t = sum of s_i in t";
  if (vcov.kind == "conley")
    return "V = factor * (X'WX)^-1 [sum within periods of kernel(distance) s_i s_j'] (X'WX)^-1";
  if (vcov.leverage != nullptr)
    return fmt::format("V = (X'WX)^-1 [sum of s_i s_i' / (1 - h_i)^{}] (X'WX)^-1", vcov.kind == "hc2" ? "1"
                                                                                   : vcov.kind == "hc3"
                                                                                       ? "2"
                                                                                       : "min(4, n h_i/K)");
  return "V = factor * (X'WX)^-1 [sum of s_i s_i'] (X'WX)^-1";
}

std::string rule_words(const SmallSample& rule) {
  constexpr const char* parameters[] = {"full", "nonnested", "one", "none"};
  constexpr const char* groups[] = {"min", "conventional", "none"};
  constexpr const char* references[] = {"min", "residual", "normal"};
  return fmt::format("{} (k={}, g={}, df={})", rule.name, parameters[static_cast<int>(rule.k)],
                     groups[static_cast<int>(rule.g)], references[static_cast<int>(rule.df)]);
}

// In which cluster each effect lies, if in any.
std::string nested_words(const Estimation& estimation, std::size_t effect) {
  const Grouping& group = *estimation.fit->dof.groups[effect];
  if (estimation.vcov.n_clusters.empty()) return "";
  for (const Grouping* cluster : cluster_groups(*estimation.fit, estimation.vcov_spec))
    if (nested(group.level, cluster->level, group.size()))
      return fmt::format(", nested in clusters of {}", cluster->name);
  return ", not nested in a cluster";
}

// Why each effect counts in K or does not.
void add_effects(AlignedText& lines, const Estimation& estimation) {
  const Fit& fit = *estimation.fit;
  for (std::size_t i = 0; i < fit.dof.factors.size(); ++i)
    lines.add({fmt::format("effect {}", fit.dof.factors[i].name),
               fmt::format("{} levels, {} redundant{}", fit.dof.factors[i].levels,
                           fit.dof.factors[i].redundant, nested_words(estimation, i))});
}

// Lags, periods, kilometres, kernel.
void add_details(AlignedText& lines, const Vcov& vcov) {
  if (!vcov.option.empty())
    lines.add({vcov.option == "ik" ? "working covariance" : "kernel",
               vcov.option == "ik" ? "s2 I + rho 1 1' within clusters" : vcov.option});
  for (const auto& [name, value] : vcov.details)
    lines.add({name == "periods" ? "T (periods)" : replace_all(name, "_", " "), number_text(value, 6)});
}

std::string degrees_words(double df) {
  return std::isinf(df) ? std::string("normal") : fmt::format("t({})", number_text(df, 6));
}

// What other programs print for the first coefficient, beside ours.
std::string programs_text(const Context& context, const Estimation& estimation) {
  const std::vector<ProgramErrors> all = errors_of_programs(context, estimation);
  if (all.empty()) {
    const std::string words = words_of_programs(estimation);
    return words.empty() ? "" : "\nThe same regression in other programs\n  " + words + "\n";
  }
  if (estimation.inference.coefficients.empty()) return "";
  const auto& names = estimation.fit->names;
  const std::size_t shown = names.size() > 1 && names.front() == "(Intercept)" ? 1 : 0;
  AlignedText lines("  ", "lrrllrl");
  lines.add({"", "K", "factor", "compared with", "", "std. error", "how it counts"});
  for (const ProgramErrors& one : all)
    lines.add({one.program, shortest(one.k), number_text(one.factor, 8), degrees_words(one.df), "",
               number_text(one.std_errors(static_cast<Index>(shown)), 7), one.why});
  std::string text = fmt::format("\nThe same regression in other programs: standard error of {}\n{}",
                                 names[shown], lines.text());
  if (estimation.fit->frame->dropped.singleton > 0)
    text +=
        fmt::format("  xtreg, areg and regress keep the {} singleton rows left out here: their n is larger\n",
                    estimation.fit->frame->dropped.singleton);
  return text;
}

void add_clusters(AlignedText& lines, const Vcov& vcov) {
  for (std::size_t c = 0; c < vcov.n_clusters.size(); ++c)
    lines.add({fmt::format("G ({})", vcov.by[c]), fmt::format("{} clusters", shortest(vcov.n_clusters[c]))});
}

// Where the leverages come from, and the largest that is not one.
void add_leverages(AlignedText& lines, const Vcov& vcov) {
  if (vcov.leverage == nullptr) return;
  const Leverages& rows = vcov.leverage->rows;
  lines.add({"leverages", rows.exact
                              ? "exact, effects included"
                              : fmt::format("effects' part by random projections, each off by about {:.0f}%",
                                            100 * rows.error)});
  lines.add({"largest leverage", number_text(rows.values.maxCoeff(), 6)});
  lines.add({"rows fitted exactly", fmt::format("{}", vcov.leverage->fitted_exactly)});
}

// "1 term + 31 province - 30 province is nested and counts as one = 2"
std::string sum_words(const Ledger& ledger, double k) {
  std::string words;
  for (const CountedPart& part : ledger.parameters) {
    const char* const sign = part.count < 0 ? " - " : " + ";
    words += fmt::format("{}{} {}", words.empty() ? "" : sign, shortest(std::abs(part.count)), part.what);
  }
  return words.empty() ? "0: parameters do not count" : fmt::format("{} = {}", words, shortest(k));
}

void add_each_factor(AlignedText& lines, const Ledger& ledger) {
  for (const CountedFactor& one : ledger.factors)
    lines.add({one.formula, fmt::format("{} = {}", one.numbers, number_text(one.value, 10))});
}

// "1.033426184 * 1.033333333 = 1.067873723"
std::string product_words(const Ledger& ledger, double factor) {
  std::vector<std::string> values;
  for (const CountedFactor& one : ledger.factors) values.push_back(number_text(one.value, 10));
  const std::string left = values.size() > 1 ? join(values, " * ") + " = " : "";
  return left + number_text(factor, 10);
}

void add_product(AlignedText& lines, const Ledger& ledger, const Vcov& vcov) {
  for (const CountedFactor& one : ledger.factors_of_terms)
    lines.add({one.formula,
               fmt::format("{} = {} on this term of the sum", one.numbers, number_text(one.value, 10))});
  if (ledger.factors.empty()) {
    lines.add({"factor", "none"});
    return;
  }
  lines.add(
      {"factor", fmt::format("{} on the variance, {} on the standard errors",
                             product_words(ledger, vcov.factor), number_text(std::sqrt(vcov.factor), 10))});
}

std::string degrees_line(const Ledger& ledger, const Vcov& vcov) {
  if (std::isinf(vcov.df)) return "infinite: normal distribution";
  if (vcov.term_df.size() > 0)
    return fmt::format("by coefficient (Satterthwaite), the smallest {}; F by Hotelling's T2",
                       number_text(vcov.df, 6));
  return fmt::format("{} of t and F{}", shortest(vcov.df), ledger.df.empty() ? "" : " = " + ledger.df);
}

std::string rule_line(const Ledger& ledger, const Estimation& estimation) {
  if (estimation.fit->periods != nullptr) return "none: a mean of the periods' coefficients counts periods";
  return ledger.rule_enters
             ? rule_words(ledger.rule)
             : fmt::format("none: {} has no small-sample factor of a rule", estimation.vcov.kind);
}

}  // namespace

std::string explain_standard_errors(const Context& context, const Estimation& estimation) {
  const Fit& fit = *estimation.fit;
  const Vcov& vcov = estimation.vcov;
  const Ledger ledger = ledger_of(estimation);
  AlignedText lines("  ");
  lines.add({"formula", formula_words(estimation)});
  lines.add({"rule", rule_line(ledger, estimation)});
  lines.add({"n", shortest(fit.n)});
  lines.add({"terms", fmt::format("{}{}", fit.dof.terms, fit.dof.intercept ? ", constant included" : "")});
  add_effects(lines, estimation);
  if (ledger.k_enters) lines.add({"K", sum_words(ledger, vcov.k)});
  add_clusters(lines, vcov);
  add_leverages(lines, vcov);
  add_details(lines, vcov);
  add_each_factor(lines, ledger);
  add_product(lines, ledger, vcov);
  if (vcov.clipped) lines.add({"clipped", "the negative eigenvalues of V were set to zero"});
  lines.add({"df", degrees_line(ledger, vcov)});
  return "\nHow the standard errors came about\n" + lines.text() + programs_text(context, estimation);
}

std::string effects_text(const Session& session, const Estimation& estimation) {
  const FittedValues values = fitted_values(session.context, *estimation.fit);
  const EffectErrors errors = effect_errors(session.context, *estimation.fit);
  std::string text;
  if (!errors.reason.empty() && !values.effects.empty())
    text = fmt::format("\nEffects without standard errors: {}\n", errors.reason);
  for (std::size_t f = 0; f < values.effects.size(); ++f) {
    const Grouping& group = estimation.fit->frame->effects[f].group;
    AlignedText lines("  ", "lrrrr");
    if (f < errors.std_error.size()) lines.add({"", "estimate", "std. error (iid)"});
    for (Index level = 0; level < values.effects[f].rows(); ++level) {
      std::vector<std::string> cells = {group.names[static_cast<std::size_t>(level)]};
      for (Index c = 0; c < values.effects[f].cols(); ++c)
        cells.push_back(number_text(values.effects[f](level, c)));
      if (f < errors.std_error.size()) cells.push_back(number_text(errors.std_error[f](level)));
      lines.add(std::move(cells));
    }
    const bool with_errors = f < errors.std_error.size();
    text += fmt::format("\nEffects of {}{}\n{}", group.name,
                        with_errors ? " (standard errors under equal variances, whatever --vcov)" : "",
                        lines.text());
  }
  return text;
}

}  // namespace panelist::cli
