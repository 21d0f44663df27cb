// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "infer/estimation.h"

namespace panelist {

// The coefficient of a term; throws mechanism.term_dropped or mechanism.unknown_term with the nearest name.
const Coefficient& coefficient_of(const Estimation& estimation, const std::string& term);

}  // namespace panelist
