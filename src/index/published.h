// SPDX-License-Identifier: Apache-2.0
// Which conventions made these published weights, entropies or scores?
//
// Tried, all together: cells min-max, raw or shares of the best; directions as given, all positive, or one of them turned;
// pooled or by year or unit; every rule for zeros in use (limit, shifts .0001 .001 .01, smoothing .01 .002, 1e-10 on the
// shares); k = 1/ln of all rows, of the times, of the units; scores of the shifted cells or of the unshifted. The other
// weightings and pca stand beside. A candidate reproduces a column when every value agrees to its printed digits.
// Shapes  published values by indicator or by unit and time; missing ones are not compared
// Errors  index.published (no column to compare, an unknown indicator, unit or time)
// Cost    some thousand small indices
#pragma once
#include "index/index.h"

namespace panelist {

struct Published {
  std::vector<double> weights, entropies;  // by indicator; empty when not published
  std::vector<double> scores;              // by row used
  // Half a unit of the last printed digit.
  double weight_tolerance = 0, entropy_tolerance = 0, score_tolerance = 0;
  // The index as built: its way with missing cells and outliers is that of every candidate, and it is one itself.
  IndexConventions index{};
};

struct ConventionMatch {
  std::string what;
  bool reproduces = false;
  double weights = missing_value, entropies = missing_value, scores = missing_value;  // largest differences
  double distance = 0;  // the largest of them in tolerances
};

struct Diagnosis {
  std::vector<ConventionMatch> matches;  // those that reproduce, then the nearest that do not
  int tried = 0;
  bool entropy_above_one =
      false;  // sums over all rows, k of the times or units alone: the order of weights is reversed
};

// `published` holds code (or label) and weight, entropy; or the panel's unit and time and score. "24.08%" is 0.2408;
// weights that sum to a hundred are per cent.
Published published_from(const Table& published, const IndexSystem& system, const Panel& panel,
                         const std::vector<std::size_t>& rows);
Diagnosis which_conventions(const Context& context, const IndexSystem& system, const Published& published,
                            const Table& table, const Panel& panel, const std::vector<std::size_t>& rows);

}  // namespace panelist
