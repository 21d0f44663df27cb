// SPDX-License-Identifier: Apache-2.0
// The same index without a copy of its cells: blocks of rows_per_block rows are read from the table three times, for
// extremes, for sums of weights, for scores, on the threads of the context.
//
// It learns where a normalisation needs extremes alone and a weighting sums alone (one pool, one step, sums as scores, no
// treatment of outliers), and applies whatever was learned earlier.
// Cost  three passes over the cells, a logarithm a cell for entropies; n m (m + 1)/2 for correlations, when asked for
#pragma once
#include "index/result.h"

namespace panelist {

// Nothing where cells must be held whole: conventions of another kind, missing cells, cells filled in.
std::optional<IndexResult> streamed_index(const Context& context, const IndexData& data, const PoolPlan& plan,
                                          const IndexExtras& extras);

}  // namespace panelist
