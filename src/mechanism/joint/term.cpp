// SPDX-License-Identifier: Apache-2.0
#include "mechanism/joint/term.h"

namespace panelist {

const Coefficient& coefficient_of(const Estimation& estimation, const std::string& term) {
  std::vector<std::string> names;
  for (const Coefficient& coefficient : estimation.inference.coefficients) {
    if (coefficient.term == term) return coefficient;
    names.push_back(coefficient.term);
  }
  for (const DroppedTerm& dropped : estimation.fit->dropped)
    if (dropped.term == term)
      throw Error("mechanism.term_dropped",
                  "`" + term + "` was dropped (" + dropped.code + ") from " + estimation.fit->frame->formula,
                  "look at what spans it: the effects or another regressor", "term " + term);
  const std::string near = nearest(term, names);
  throw Error("mechanism.unknown_term", "the model has no coefficient `" + term + "`",
              near.empty() ? "name a regressor of the formula" : "did you mean `" + near + "`?",
              "term " + term);
}

}  // namespace panelist
