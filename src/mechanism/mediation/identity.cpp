// SPDX-License-Identifier: Apache-2.0
#include "mechanism/identity.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace panelist {
namespace {

// Absorbed columns are exact to 1e-9 of their size.
constexpr double rounding = 1e-7;

double indirect_of(const Mediation& mediation) {
  return mediation.total_indirect ? mediation.total_indirect->estimate
                                  : mediation.paths.front().indirect.estimate;
}

std::vector<std::string> dropped_from(const Fit& fit) {
  std::vector<std::string> terms;
  for (const DroppedTerm& dropped : fit.dropped) terms.push_back(dropped.term);
  std::sort(terms.begin(), terms.end());
  return terms;
}

std::vector<const Estimation*> equations_of(const Mediation& mediation) {
  std::vector<const Estimation*> equations = {&mediation.total, &mediation.outcome_model};
  for (const Estimation& equation : mediation.mediator_models) equations.push_back(&equation);
  return equations;
}

// The first cause among those that break the identity.
std::string reason_of(const Mediation& mediation) {
  const Fit& total = *mediation.total.fit;
  if (total.glm != nullptr)
    return fmt::format(
        "under the family `{}` coefficients with and without the mediators are on different scales",
        total.method);
  for (const Estimation* equation : equations_of(mediation)) {
    if (equation->fit->n != total.n) return "the equations have different rows";
    if (dropped_from(*equation->fit) != dropped_from(total))
      return fmt::format("the equations do not drop the same terms (`{}`)",
                         join(dropped_from(dropped_from(total).empty() ? *equation->fit : total), "`, `"));
  }
  if (total.iv != nullptr)
    return "with more instruments than endogenous variables 2SLS weighs them differently in each equation";
  if (total.method != "ols")
    return fmt::format("`{}` weighs the rows of each equation in its own way", total.method);
  return "the absorption of the effects is not exact enough";
}

}  // namespace

EffectIdentity effect_identity(const Mediation& mediation) {
  const double c = mediation.total_effect.estimate, direct = mediation.direct_effect.estimate;
  EffectIdentity identity{c - direct, indirect_of(mediation), true, ""};
  const double scale = std::max({std::abs(c), std::abs(direct), std::abs(identity.indirect)});
  identity.holds = !(std::abs(identity.gap()) > rounding * scale);
  if (!identity.holds && mediation.outcome_model.fit != nullptr) identity.reason = reason_of(mediation);
  return identity;
}

void check_identity(const Mediation& mediation, Diagnostics& notes) {
  const EffectIdentity identity = effect_identity(mediation);
  if (identity.holds) return;
  notes.warning(
      "mechanism.identity",
      fmt::format("the total less the direct effect is {}, the sum of the indirect effects {}: {}",
                  significant(identity.moved, 4), significant(identity.indirect, 4), identity.reason),
      {}, "shares of the total effect do not add up here; read the indirect effects by themselves");
}

}  // namespace panelist
