// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/passes.h"

#include <algorithm>

#include "absorb/engine/vectors.h"

#define PANELIST_KERNELS "absorb/engine/passes.inc"
#include "absorb/engine/twins.inc"

namespace panelist::engine {

Passes::Sides Passes::right_hand_sides(const Context& context, const Columns& columns) const {
  return PANELIST_TWIN(right_hand_sides_of, context, *layout_, *cells_, columns);
}

Passes::Rest Passes::subtract(const Context& context, const Columns& columns, const RowBlock& a,
                              Sides& sides) const {
  return PANELIST_TWIN(rest_of, context, *layout_, *cells_, columns, a, sides);
}

}  // namespace panelist::engine
