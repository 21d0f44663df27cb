// SPDX-License-Identifier: Apache-2.0
#include "robustness/rows/terms.h"

#include <fmt/format.h>

#include <algorithm>

namespace panelist {

Index position_of(const Estimation& estimation, const std::string& term) {
  const std::vector<std::string>& names = estimation.fit->names;
  const auto found = std::find(names.begin(), names.end(), term);
  if (found != names.end()) return found - names.begin();
  for (const DroppedTerm& dropped : estimation.fit->dropped)
    if (dropped.term == term)
      throw Error("estimate.all_dropped",
                  fmt::format("`{}` is left out of the model ({})", term, dropped.code),
                  "use a term that varies within the effects and beside the controls", "term " + term);
  const std::string near = nearest(term, names);
  throw Error("infer.unknown_term", fmt::format("`{}` is no estimated term of the model", term),
              near.empty() ? fmt::format("the terms are: {}", fmt::join(names, ", "))
                           : "did you mean `" + near + "`?",
              "term " + term);
}

Coefficient coefficient_named(const Estimation& estimation, const std::string& term) {
  return estimation.inference.coefficients[static_cast<std::size_t>(position_of(estimation, term))];
}

EstimationSpec without_tests(EstimationSpec spec) {
  spec.iv_tests = spec.vif = spec.margins = false;
  spec.tests.clear();
  return spec;
}

}  // namespace panelist
