// SPDX-License-Identifier: Apache-2.0
// The two passes of passes.h for factors with slopes, rows taken level by level of e wherever they stand.
//
//   right_hand_sides   h = D_R'W (I - P_e) v
//   subtract           v -= D_R a, then what e explains of it; the check is D_R'W v~
#pragma once
#include "absorb/engine/passes.h"
#include "absorb/engine/sloped_rows.h"

namespace panelist::engine {

// `width` lanes, at least as many as columns: the others stay zero.
Passes::Sides sloped_right_hand_sides(const Context& context, const SlopedRows& rows, const Columns& columns,
                                      Index width);
Passes::Rest sloped_subtract(const Context& context, const SlopedRows& rows, const Columns& columns,
                             const RowBlock& a);

}  // namespace panelist::engine
