// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "infer/estimation.h"

namespace panelist {

// The coefficient of a term by its name. Throws infer.unknown_term, or estimate.all_dropped when the model lost it.
Coefficient coefficient_named(const Estimation& estimation, const std::string& term);
Index position_of(const Estimation& estimation, const std::string& term);
// The same model without what is asked of it beside its coefficients.
EstimationSpec without_tests(EstimationSpec spec);

}  // namespace panelist
