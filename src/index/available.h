// SPDX-License-Identifier: Apache-2.0
// Scores of rows by the cells they have: missing = "available".
//
//   w'_j = w_j / sum of w over the row's observed cells, 0 for the others; the score, and the score of every node, are the
//   index's own means under w'. A node without an observed cell has no score. Where the weights of all observed cells are
//   zero they count the same.
// Goalposts and treatments are learned from each indicator's observed cells, weights from the rows without gaps.
// Errors  index.too_few_complete_rows (fewer than two rows to learn weights from); index.empty_row
#pragma once
#include "index/weigh.h"

namespace panelist {

// x may hold missing cells; means of all levels must be arithmetic, geometric or harmonic.
PoolScores score_available(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system,
                           const IndexConventions& conventions);
// Positions of cells that are not missing, and of rows without a missing cell.
std::vector<Index> observed_cells(const VectorView& x);
std::vector<Index> complete_rows(const Matrix& x);

}  // namespace panelist
