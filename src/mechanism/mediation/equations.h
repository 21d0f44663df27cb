// SPDX-License-Identifier: Apache-2.0
// The equations of a mediation, all on the rows where outcome, mediators and everything else are present.
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

struct MediationEquations {
  Table table;                    // with the mask of the common sample
  EstimationSpec total, outcome;  // outcome: with the mediators
  std::vector<EstimationSpec> mediators;
  std::vector<std::string> terms;  // the mediators as terms of the outcome equation
};
// An expression as a term of a formula, by its label.
FormulaTerm expression_term(const std::string& text);
// Throws mechanism.unknown_term unless the formula has the treatment.
void require_treatment(const Formula& formula, const std::string& x);
// The data of a mediation as they were given, and where notes go.
struct MediationData {
  const Table& table;
  const Panel* panel;
  Diagnostics& notes;
};
// Warns (mechanism.fewer_rows) where the common sample has fewer rows than the total equation by itself.
void say_rows_lost(const Context& context, const MediationSpec& spec, const ModelFrame& common,
                   const MediationData& data);
// Warns (mechanism.one_way_drawn) where the bootstrap draws the first of several clustering variables alone.
void say_one_way_drawn(const MediationSpec& spec, const ModelFrame& common, Diagnostics& notes);
// Throws mechanism.mediator_is_outcome, .mediator_in_formula, .repeated_mediator, .no_mediator, .serial_mediators.
MediationEquations mediation_equations(const MediationSpec& spec, const Table& table, const Panel* panel);

}  // namespace panelist
