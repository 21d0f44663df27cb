// SPDX-License-Identifier: Apache-2.0
// Composite indices from an indicator system.
//
// Steps: select rows -> (winsorise) -> normalise by direction -> weights -> scores of every node ->
// diagnostics.
//   +  x' = (x - min)/(max - min);   -  x' = (max - x)/(max - min);   = target a: 1 - |x - a| / max|x - a|
//   ~  interval [lo, hi]: 1 - d/max d, d the distance to it
//   entropy   p = z/sum z, e = -(1/ln N) sum p ln p, d = 1 - e, w = d/sum d     (composite.md section 2)
//   score S = sum_j w_j x'_j in [0, 1]; a dimension's contribution is its part of S, its score the part over
//   its weight
// Learn / apply: min, max and weights are learned from reference rows (all, each year, each unit), then
// applied. Conventions are data (IndexConventions) and printed with every index.
//   normalise  a name of normalisations() (index/normalisation.h)
//   zero       limit (0 ln 0 = 0) | a shift such as 1e-4 (z = x' + a) | smooth:a (z = a + (1-a) x'); entropy only.
//              z is for the weights only: scores are taken of x', in [0, 1] whatever the rule.
//   pool       all | year | unit | base:TIME (goalposts and weights learned at that time, applied to all)
//   levels     one-step | two-step (entropy within dimension, then across; renormalise option) | tree (every node
//              weighs its own children, at each level)
//   outliers   none | skew (|skewness| > 2 and kurtosis > 3.5: up to `winsor_points` values moved to the next one,
//              else a logarithm) | log | boxcox; learned on the reference rows
//   aggregate  a name of aggregations() (index/aggregation.h), or one mean for each level, lowest first
//   impute     refuse | mean | median | year_mean | group_mean:COLUMN | linear | nearest | regression | em
//   screen     rows and indicators with a smaller share of observed cells are left out
//   missing    refuse | available: rows are scored by the cells they have, weights rescaled over these
//   cap        values beyond the learned goalposts move to them, as they always do with fixed goalposts
// Steps in this order: denominators, screen, impute, outliers and winsor, normalise, weigh, aggregate.
// A constant indicator gets e = 1, weight 0 and a warning; never NaN. All constant: equal weights, warned.
// Goalposts: fixed min and max replace the observed ones; values beyond them are moved to them, and counted.
// pool year, unit: an indicator's weight and a node's weight are means over the rows' own pools.
// two-step: a sub-node's contribution is taken before the renormalisation of its dimension.
//
// pca  z-scores (n - 1 sd) of the direction-oriented indicators, components of their correlation matrix with
//      lambda > 1 (at least the first); a component whose loadings sum to a negative number is turned.
//      F = sum_k (lambda_k / sum of kept lambda) PC_k,  S = (F - min F)/(max F - min F) over all rows used.
//      Indicator weight: its coefficient in F over the sum of coefficients (may be negative). A node's contribution
//      counts from the worst row (contributions add up to S), its score is its part of F, min-max over rows.
// Errors  index.unknown_method index.unknown_indicator index.duplicate_indicator index.missing_cells
//         index.no_rows index.weights_required index.negative_weight index.unknown_convention
//         index.negative_values (entropy of values below zero) index.not_numeric index.target_required
// Source  Shannon entropy weights; Jolliffe (2002) for PCA; Kaiser (1974) KMO; Bartlett (1951)
// Agrees  tests/reference/entropy_example, R (tests/reference/digital-trade)
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/context.h"
#include "index/system.h"
#include "linalg/matrix.h"
#include "table/panel.h"

namespace panelist {

struct IndexConventions {
  std::string method = "entropy";  // a name of index_methods()
  std::string normalise = "minmax";
  std::string zero = "limit";
  std::string pool = "all";
  std::string levels = "one-step";
  bool renormalise = false;  // two-step: min-max again between levels
  double winsor = 0;         // share at each tail before normalising
  std::string outliers = "none";
  int winsor_points = 5;
  std::string impute = "refuse";
  double screen = 0;
  bool cap = false;
  std::string missing =
      "refuse";  // cells that stay missing: refuse | available (weights rescaled over the others)
  std::vector<std::string> aggregate = {"arithmetic"};
  std::vector<std::string> combine{};  // methods of method `combined`
  std::string combine_by = "linear";   // linear | product | game
  std::vector<double> combine_shares{};
  double share_low = 0, share_high = 1;  // of bod: least and largest share of an indicator in a row's score
  double rho = 0.5;                      // of grey
  double v = 0.5;                        // of vikor
  bool operator==(const IndexConventions&) const = default;
};

struct IndicatorResult {
  Indicator indicator;
  double min, max;
  double entropy = missing_value, redundancy = missing_value;
  double weight;        // global, sums to 1
  double local_weight;  // within its dimension
  bool constant = false;
};

struct NodeResult {          // dimension, sub-dimension or deeper
  std::string code, parent;  // parent "" for dimensions; subs: code "Dimension/Sub"
  int level = 1;             // 1 dimension, 2 sub, ...
  double weight = 0;
  Vector contribution, score;  // per row used
};

struct PrincipalComponents {
  Vector eigenvalues;
  Matrix loadings;  // m x kept, sign aligned
  int kept = 0;
  double explained = missing_value;  // cumulative share of the kept
  bool flipped_any = false;
};

struct ImputedCells {
  std::string code;
  std::size_t cells = 0;  // of the rows used
};

struct IndexDiagnostics {
  std::vector<ImputedCells> imputed;       // indicators with such cells
  std::vector<ImputedCells> unobserved{};  // missing = "available": cells that do not count
  std::vector<std::string> constant;       // indicators
  std::vector<std::tuple<std::string, std::string, double>> correlated;  // |r| > .95
  double kmo = missing_value;
  Vector msa;
  double bartlett_chi2 = missing_value, bartlett_df = missing_value, bartlett_p = missing_value;
  double alpha = missing_value;  // Cronbach
};

struct IndexStage {
  std::string name;
  Matrix values;
};  // rows x indicators: "denominated", "screened", "imputed", "treated" when done, "normalised" always

struct LearnedIndex;  // index/learned.h

struct IndexResult {
  std::string name;
  IndexConventions conventions;
  std::string k_text;             // "1/ln N", N in words
  std::vector<std::size_t> rows;  // table rows used
  std::vector<IndicatorResult> indicators;
  std::vector<std::pair<std::string, double>> consistency;  // node ("" the index) and its CR, method ahp
  std::map<std::string, std::vector<double>>
      weights_by_pool;  // pool year/unit: weights per group, file order
  std::vector<NodeResult> nodes;
  Vector score;           // per row used
  std::vector<int> rank;  // 1 is the best; within the same time; ties share the smallest
  std::optional<PrincipalComponents> components;
  IndexDiagnostics diagnostics;
  std::vector<IndexStage> stages;
  std::vector<std::pair<std::string, std::string>> warnings;  // code, message
  std::shared_ptr<const LearnedIndex> learned;                // but bod
};

std::vector<std::string> index_methods();  // weightings() of index/weighting.h, and pca

// What a result keeps beside scores, weights and ranks: the stages' cells, and correlations with what is made of them
// (KMO, Bartlett, alpha). Both cost as much memory and time as the index itself when there are a million rows.
struct IndexExtras {
  bool cells = true, correlations = true;
};

// Same bytes for any number of threads of the context.
IndexResult build_index(const Context& context, const IndexSystem& system,
                        const IndexConventions& conventions, const Table& table, const Panel& panel,
                        const std::vector<std::size_t>& rows, const IndexExtras& extras = {});

// The index of other rows (a later year) with the goalposts, treatment and weights of an earlier one. Throws
// index.not_freezable where there is nothing to apply (bod), index.unknown_pool for a year or unit it did not learn.
IndexResult apply_index(const Context& context, const IndexResult& learned_from, const Table& table,
                        const Panel& panel, const std::vector<std::size_t>& rows,
                        const IndexExtras& extras = {});

// The index as table columns of `table_rows` rows (missing off the sample): NAME, and per dimension
// "NAME[Dimension]" (score in [0, 1]) and "NAME[Dimension]:contribution".
std::vector<std::pair<std::string, Column>> index_columns(const IndexResult& result, std::size_t table_rows);

// Scores and ranks against those of an index: correlations over all rows, the largest change of a score, changes of ranks
// within a time.
struct ScoreChange {
  double correlation = missing_value, rank_correlation = missing_value;
  double largest_change = missing_value, mean_rank_change = 0;
  int largest_rank_change = 0;
};

// Under one other convention at a time: weights, normalisation, mean, pool, rule for zeros, levels, winsorising, every
// direction positive, and k = 1/ln T in place of 1/ln N (weights of entropies above one, a mistake in wide use).
struct ConventionComparison {
  std::string what;
  ScoreChange change;
  std::string refused{};  // why the convention has no meaning for these data, "" when it has
};
std::vector<ConventionComparison> compare_conventions(const Context& context, const IndexSystem& system,
                                                      const IndexConventions& baseline, const Table& table,
                                                      const Panel& panel,
                                                      const std::vector<std::size_t>& rows);

}  // namespace panelist
