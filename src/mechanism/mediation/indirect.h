// SPDX-License-Identifier: Apache-2.0
// The effects of a mediation, their errors and intervals.
#pragma once
#include "mechanism/mediation/bootstrap.h"

namespace panelist {

// Fills paths, chains, contrasts and, with several mediators, total_indirect. `terms` name the mediators.
void fill_indirect_effects(const Context& context, const MediationSpec& spec,
                           const std::vector<std::string>& terms, Mediation& mediation);
// Adds the bootstrap of spec to all of them.
void bootstrap_mediation(const Context& context, const MediationSpec& spec, const Table& table,
                         const std::vector<std::string>& terms, Mediation& mediation);

}  // namespace panelist
