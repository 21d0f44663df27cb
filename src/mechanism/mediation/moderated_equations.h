// SPDX-License-Identifier: Apache-2.0
// The equations of a mediation with products of a moderator in them.
#pragma once
#include "mechanism/conditional_mediation.h"
#include "mechanism/mediation/equations.h"

namespace panelist {

struct ModeratedEquations {
  MediationEquations base;   // with the moderator and its products
  EstimationSpec widest;     // a regression that has every column of all
  std::string moderator;     // as a term
  Column moderator_values;   // of every row of the table
  std::string product_of_x;  // the term x w of the mediators' equations; "" where the stage is not moved
  std::vector<std::string>
      products;  // the terms m w of the outcome equation, by mediator; none where not moved
  bool added = false, direct_moves = false;
};
ModeratedEquations moderated_equations(const ConditionalSpec& spec, const Table& table, const Panel* panel);

}  // namespace panelist
