// SPDX-License-Identifier: Apache-2.0
#include "mechanism/channel_effects.h"

#include "mechanism/joint/term.h"
#include "mechanism/mediation/equations.h"
#include "mechanism/multiplicity.h"

namespace panelist {

ChannelEffects channel_effects(const Context& context, const MediationSpec& spec,
                               const std::string& correction, const Table& table, const Panel* panel,
                               Diagnostics& notes) {
  const MediationEquations equations = mediation_equations(spec, table, panel);
  ChannelEffects result;
  result.x = spec.x;
  result.correction = correction;
  Diagnostics repeated;
  result.total = estimate_model(context, equations.total, equations.table, panel, notes);
  result.total_effect = coefficient_of(result.total, spec.x);
  std::vector<double> p;
  for (std::size_t j = 0; j < equations.mediators.size(); ++j) {
    result.models.push_back(
        estimate_model(context, equations.mediators[j], equations.table, panel, repeated));
    result.effects.push_back({equations.terms[j], coefficient_of(result.models.back(), spec.x)});
    p.push_back(result.effects.back().effect.p_value);
  }
  say_rows_lost(context, spec, *result.total.fit->frame, {table, panel, notes});
  const std::vector<double> adjusted = corrected(p, correction);
  for (std::size_t j = 0; j < adjusted.size(); ++j) result.effects[j].corrected_p = adjusted[j];
  return result;
}

}  // namespace panelist
