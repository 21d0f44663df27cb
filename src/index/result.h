// SPDX-License-Identifier: Apache-2.0
// Filling an IndexResult: what cells held whole and cells read in blocks have in common.
#pragma once
#include "index/cells.h"
#include "index/learned.h"
#include "index/normalise.h"

namespace panelist {

// What one pool is built from: its system after treatment, its conventions, the weighting, and what an earlier run
// learned (else it is learned here).
struct PoolPlan {
  const IndexSystem& system;
  const IndexConventions& conventions;
  const Weighting& weighting;
  const LearnedIndex* frozen = nullptr;
};

// Nodes and indicators without weights; smallest and largest value of each indicator in the rows of `extremes`.
IndexResult started_result(const IndexData& data, const IndexConventions& conventions,
                           const Matrix& extremes);
void warn(IndexResult& result, const std::string& code, const std::string& message);
// Cells beyond goalposts, fixed or learned.
void warn_of_cells_beyond(Index moved, Index outside, const std::string& code, const PoolPlan& plan,
                          IndexResult& result);
// Goalposts of an indicator, and whether it varies in the pool named.
void take_scale(const ColumnScale& scale, const std::string& pool, IndicatorResult& target,
                IndexResult& result);
// Adds a pool's weights, by its share of the rows.
void take_weights(const LearnedWeights& learned, double share, IndexResult& result);
bool means_of_ratios(const IndexConventions& conventions);  // zeros make a geometric or harmonic mean zero
void warn_of_zeros(Index rows, IndexResult& result);
void report_pool(const Pool& pool, const LearnedWeights& learned, IndexResult& result);
// Of many pools: the first three warnings of a code, the last of them with the number of the others.
void shorten_pool_warnings(IndexResult& result);
// Values below zero have no entropy.
void refuse_negative(double least, const std::string& code);
// What was learned elsewhere may have no value for a cell: no logarithm, no ratio. It is not a missing cell.
void refuse_lost(const VectorView& before, const Vector& after, const std::string& code,
                 const std::string& what);
void mark_frozen(IndexResult& result);
// Ranks, what the conventions call for, and lists of indicators. Diagnostics other than these stand already.
void finish_result(const Context& context, const IndexData& data, IndexResult& result);

}  // namespace panelist
