// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"
#include "estimate/effect_errors.h"

namespace panelist::cli {
namespace {

std::string formula_words(const Estimation& estimation) {
  const Vcov& vcov = estimation.vcov;
  if (vcov.kind == "iid") return "V = factor * rss/n * (X'WX)^-1";
  if (vcov.kind == "cluster") return "V = factor * (X'WX)^-1 [sum over clusters of s_g s_g'] (X'WX)^-1";
  if (vcov.leverage != nullptr)
    return fmt::format("V = (X'WX)^-1 [sum of s_i s_i' / (1 - h_i)^{}] (X'WX)^-1", vcov.kind == "hc2" ? "1"
                                                                                   : vcov.kind == "hc3"
                                                                                       ? "2"
                                                                                       : "min(4, n h_i/K)");
  return "V = factor * (X'WX)^-1 [sum of s_i s_i'] (X'WX)^-1";
}

std::string rule_words(const SmallSample& rule) {
  constexpr const char* parameters[] = {"full", "nonnested", "none"};
  constexpr const char* groups[] = {"min", "conventional", "none"};
  constexpr const char* references[] = {"min", "residual", "normal"};
  return fmt::format("{} (k={}, g={}, df={})", rule.name, parameters[static_cast<int>(rule.k)],
                     groups[static_cast<int>(rule.g)], references[static_cast<int>(rule.df)]);
}

// Why each effect counts in K or does not.
void add_effects(AlignedText& lines, const Fit& fit) {
  for (const FactorDegrees& factor : fit.dof.factors)
    lines.add({fmt::format("effect {}", factor.name),
               fmt::format("{} levels, {} redundant", factor.levels, factor.redundant)});
}

void add_clusters(AlignedText& lines, const Vcov& vcov) {
  for (std::size_t c = 0; c < vcov.n_clusters.size(); ++c)
    lines.add({fmt::format("G ({})", vcov.by[c]),
               fmt::format("{} clusters, G/(G-1) = {}", shortest(vcov.n_clusters[c]),
                           number_text(vcov.n_clusters[c] / (vcov.n_clusters[c] - 1), 10))});
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

}  // namespace

std::string explain_standard_errors(const Estimation& estimation) {
  const Fit& fit = *estimation.fit;
  const Vcov& vcov = estimation.vcov;
  AlignedText lines("  ");
  lines.add({"formula", formula_words(estimation)});
  lines.add({"rule", rule_words(estimation.small_sample)});
  lines.add({"n", shortest(fit.n)});
  lines.add({"terms", fmt::format("{}{}", fit.dof.terms, fit.dof.intercept ? ", constant included" : "")});
  add_effects(lines, fit);
  lines.add({"K", fmt::format("{} parameters count", shortest(vcov.k))});
  add_clusters(lines, vcov);
  add_leverages(lines, vcov);
  if (fit.n > vcov.k) lines.add({"(n-1)/(n-K)", number_text((fit.n - 1) / (fit.n - vcov.k), 10)});
  if (fit.n > vcov.k) lines.add({"n/(n-K)", number_text(fit.n / (fit.n - vcov.k), 10)});
  lines.add({"factor", fmt::format("{} on the variance, {} on the standard errors",
                                   number_text(vcov.factor, 10), number_text(std::sqrt(vcov.factor), 10))});
  lines.add({"df", std::isinf(vcov.df) ? "infinite: normal distribution"
                                       : fmt::format("{} of t and F", shortest(vcov.df))});
  return "\nHow the standard errors came about\n" + lines.text();
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
