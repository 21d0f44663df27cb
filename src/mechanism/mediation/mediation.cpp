// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation.h"

#include <fmt/format.h>

#include "mechanism/identity.h"
#include "mechanism/joint/term.h"
#include "mechanism/mediation/equations.h"
#include "mechanism/mediation/indirect.h"
#include "mechanism/mediation/verdict.h"

namespace panelist {
namespace {

// Rows that the total equation has by itself and the mediators leave out; a frame is built where some variable is missing.
Index rows_lost(const Context& context, const MediationSpec& spec, const Table& table, const Panel* panel,
                const ModelFrame& common) {
  if (common.dropped.missing == 0) return 0;
  Diagnostics said_with_the_models;
  return frame_of(context, spec.total, table, panel, said_with_the_models)->n() - common.n();
}

void say_rows_lost(Index lost, const ModelFrame& common, Diagnostics& notes) {
  if (lost <= 0) return;
  notes.warning(
      "mechanism.fewer_rows",
      fmt::format("all equations use the {} rows that have the mediators; the total equation alone has {}",
                  common.n(), common.n() + lost),
      {}, "the total effect differs from that of a regression on its own rows");
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
  const ModelFrame& common = *mediation.total.fit->frame;
  say_rows_lost(rows_lost(context, spec, table, panel, common), common, notes);
  if (const auto& bootstrap = mediation.paths.front().indirect.bootstrap) say_failed_draws(*bootstrap, notes);
  return mediation;
}

}  // namespace panelist
