// SPDX-License-Identifier: Apache-2.0
// The aggregations of the catalog: formulas in index/aggregation.h.
#pragma once
#include "index/aggregation.h"

namespace panelist {

Vector arithmetic_mean(const AggregationFrame&, const AggregationInput&);
Vector geometric_mean(const AggregationFrame&, const AggregationInput&);
Vector harmonic_mean(const AggregationFrame&, const AggregationInput&);
AggregationFrame learn_ideals(const AggregationInput&);
Vector topsis(const AggregationFrame&, const AggregationInput&);
AggregationFrame learn_vikor(const AggregationInput&);
Vector vikor(const AggregationFrame&, const AggregationInput&);
AggregationFrame learn_grey(const AggregationInput&);
Vector grey_relation(const AggregationFrame&, const AggregationInput&);
AggregationFrame learn_rank_sums(const AggregationInput&);
Vector rank_sum_ratio(const AggregationFrame&, const AggregationInput&);
Vector mazziotta_pareto(const AggregationFrame&, const AggregationInput&);
Vector adjusted_mazziotta_pareto(const AggregationFrame&, const AggregationInput&);

}  // namespace panelist
