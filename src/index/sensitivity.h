// SPDX-License-Identifier: Apache-2.0
// How sure are the ranks of an index?
//
// Leave one out: the index anew without each indicator. Monte Carlo: four sources of doubt, drawn independently: the
// weighting (entropy, equal, critic, cv, and the index's own), the normalisation (min-max, ranks), the indicator left out
// (none half of the time), and noise: every weight times 1 + a (2u - 1), a = 0.25, rescaled. Scores are taken by the index's own levels and means. Ranks are
// within a time. What has no meaning for the data (entropies of values below zero, factors of two indicators) is left out
// and said.
// Sobol on the mean absolute change of rank against the index, N(d + 2) runs:
//   S_i  = mean(f(B) (f(A_B^i) - f(A)))/V   (Saltelli et al. 2010)
//   ST_i = mean((f(A) - f(A_B^i))^2)/(2V)   (Jansen 1999)
// with percentile intervals from resampled rows of A and B.
// Cost    n m operations and a sort by draw; draws by number, whatever the threads
// Source  Saisana, Saltelli and Tarantola (2005); Saltelli et al. (2010); Jansen (1999)
#pragma once
#include <functional>

#include "index/index.h"

namespace panelist {

struct LeftOut {
  std::string code;
  ScoreChange change;
  std::string refused{};  // why there is no index without it, "" when there is
};

struct RankInterval {
  int rank = 0;
  double low = 0, median = 0, high = 0;  // 5th, 50th, 95th percentile
};

struct SobolFactor {
  std::string name;
  double first = 0, first_low = 0, first_high = 0;
  double total = 0, total_low = 0, total_high = 0;
};

struct Uncertainty {
  std::vector<LeftOut> left_out;
  int draws = 0, runs = 0;
  std::vector<RankInterval> ranks;  // per row used
  double mean_rank_change = 0;      // over draws
  std::vector<SobolFactor> factors;
  std::vector<std::string> not_drawn{};  // "entropy on rank: why", where there is no such index of these data
};

struct UncertaintyOptions {
  int draws = 1024;  // N
  double noise = 0.25;
  int bootstrap = 500;
};

std::vector<LeftOut> leave_one_out(const Context& context, const IndexResult& index, const Table& table,
                                   const Panel& panel);
Uncertainty index_uncertainty(const Context& context, const IndexResult& index, const Table& table,
                              const Panel& panel, const UncertaintyOptions& options);

// Sobol indices of any function of d uniform numbers; `name` keys the draws.
struct SobolPlan {
  std::vector<std::string> factors;
  int draws = 1024, bootstrap = 500;
  double level = 0.95;
};
std::vector<SobolFactor> sobol_indices(const Context& context, const SobolPlan& plan,
                                       const std::function<double(const std::vector<double>&)>& f,
                                       std::vector<double>* values_of_a_and_b = nullptr);

}  // namespace panelist
