// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation.h"

#include "mechanism/identity.h"
#include "mechanism/joint/term.h"
#include "mechanism/mediation/equations.h"
#include "mechanism/mediation/indirect.h"
#include "mechanism/mediation/verdict.h"

namespace panelist {
Mediation mediate(const Context& context, const MediationSpec& spec, const Table& table, const Panel* panel,
                  Diagnostics& notes) {
  const MediationEquations equations = mediation_equations(spec, table, panel);
  Mediation mediation;
  Diagnostics repeated;  // the outcome equation holds every variable: its notes are those of all
  mediation.outcome_model = estimate_model(context, equations.outcome, equations.table, panel, notes);
  mediation.total = estimate_model(context, equations.total, equations.table, panel, repeated);
  for (const EstimationSpec& equation : equations.mediators)
    mediation.mediator_models.push_back(estimate_model(context, equation, equations.table, panel, repeated));
  mediation.total_effect = coefficient_of(mediation.total, spec.x);
  mediation.direct_effect = coefficient_of(mediation.outcome_model, spec.x);
  fill_indirect_effects(context, spec, equations.terms, mediation);
  if (spec.bootstrap > 0) bootstrap_mediation(context, spec, table, equations.terms, mediation);
  judge(spec, mediation);
  check_identity(mediation, notes);
  say_one_way_drawn(spec, *mediation.total.fit->frame, notes);
  say_rows_lost(context, spec, *mediation.total.fit->frame, {table, panel, notes});
  if (const auto& bootstrap = mediation.paths.front().indirect.bootstrap) say_failed_draws(*bootstrap, notes);
  return mediation;
}

}  // namespace panelist
