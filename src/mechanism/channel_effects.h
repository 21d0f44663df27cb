// SPDX-License-Identifier: Apache-2.0
// The treatment's effect on each channel, and no more: X -> M without M -> Y.
//
//   Y = c X + ...,  M_j = a_j X + ...      one equation a channel, the same controls, effects and rows
// p-values over the channels are corrected for being several (mechanism/multiplicity.h). That a channel moves the outcome
// is left to theory and earlier evidence: no indirect effect, no share, no claim that M is as good as random.
// Errors  mechanism.unknown_correction and those of mediate
// Source  Jiang Ting (2022), China Industrial Economics 5
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

struct ChannelEffect {
  std::string mediator;
  Coefficient effect;
  double corrected_p = missing_value;
};

struct ChannelEffects {
  Estimation total;
  std::vector<Estimation> models;
  Coefficient total_effect;
  std::vector<ChannelEffect> effects;
  std::string x, correction;
};

ChannelEffects channel_effects(const Context& context, const MediationSpec& spec,
                               const std::string& correction, const Table& table, const Panel* panel,
                               Diagnostics& notes);

}  // namespace panelist
