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
MediationEquations mediation_equations(const MediationSpec& spec, const Table& table, const Panel* panel);

}  // namespace panelist
