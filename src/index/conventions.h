// SPDX-License-Identifier: Apache-2.0
// Are the conventions of an index known words, and do they go together?
#pragma once
#include "index/index.h"

namespace panelist {

// Throws index.unknown_method, index.unknown_convention, index.aggregation_needs.
void check_conventions(const IndexConventions& conventions, const IndexSystem& system);

}  // namespace panelist
