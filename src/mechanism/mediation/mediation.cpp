// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation.h"

#include "mechanism/identity.h"
#include "mechanism/joint/term.h"
#include "mechanism/mediation/equations.h"
#include "mechanism/mediation/indirect.h"
#include "mechanism/mediation/verdict.h"

namespace panelist {
namespace {

void say_failures(const Mediation& mediation, Diagnostics& notes) {
  const auto& bootstrap = mediation.paths.front().indirect.bootstrap;
  if (bootstrap.has_value() && bootstrap->replicates - bootstrap->failed < fewest_draws)
    notes.warning("mechanism.few_replicates",
                  std::to_string(bootstrap->replicates - bootstrap->failed) +
                      " bootstrap replicates are too few for an interval, which takes " +
                      std::to_string(fewest_draws) + ": the verdict is that of the tests",
                  {}, "take 1000 replicates or more");
  if (bootstrap.has_value() && bootstrap->failed > 0)
    notes.warning("mechanism.failed_replicates",
                  std::to_string(bootstrap->failed) + " of " + std::to_string(bootstrap->replicates) +
                      " bootstrap replicates could not be estimated and are left out");
}

}  // namespace

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
  say_failures(mediation, notes);
  return mediation;
}

}  // namespace panelist
