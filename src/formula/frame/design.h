// SPDX-License-Identifier: Apache-2.0
// Terms into columns on the rows used.
//
// A categorical factor drops its reference level where the rest of the term is itself in the model (or, alone, where
// an intercept or effects are): R's rule. i() always drops it.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "formula/frame/bound_values.h"
#include "formula/frame/grouping.h"

namespace panelist {

struct DesignContext {
  const Context& run;
  BoundValues& values;
  const UsedRows& rows;
  FactorCodes& codes;
  std::set<std::string> terms;   // identities of the terms in the model, for the rule above
  bool constant_spanned = true;  // by an intercept or by effects
  std::vector<std::string>& notes;
};

std::set<std::string> term_identities(const Formula& formula);
FrameColumns design_columns(const std::vector<FormulaTerm>& terms, bool intercept, DesignContext& context);

}  // namespace panelist
