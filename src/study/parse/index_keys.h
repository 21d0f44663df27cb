// SPDX-License-Identifier: Apache-2.0
// The keys of [index] and [index.NAME] beside the tree: conventions, and numbers by indicator or node.
#pragma once
#include "study/parse/section.h"

namespace panelist::study {

void read_index_conventions(const Section& section, IndexConventions& conventions);
// weights, goalposts, targets, denominators, compare. Names must be of the system unless a csv holds it.
void read_index_parameters(const Section& section, IndexSystem& system, bool from_list);

}  // namespace panelist::study
