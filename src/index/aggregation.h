// SPDX-License-Identifier: Apache-2.0
// The catalog of aggregations: cells x (rows x m, larger is better) and weights w (sum 1) to one score a row, larger is
// better. A mean may stand at any level of the tree; the others score all indicators of a node at once, under their
// weights within it.
//
//   arithmetic  sum w x
//   geometric   prod x^w                                   cells not below zero; a zero makes the score zero
//   harmonic    1 / sum (w/x)                              the same
//   topsis      D-/(D+ + D-), D+- = sqrt sum (w (x - best or worst))^2, best and worst of the reference rows; a cell
//               beyond them is at no distance from them (so in grey)
//   vikor       1 - Q, Q = v (S - S*)/(S- - S*) + (1 - v)(R - R*)/(R- - R*), S = sum, R = max of w (best - x)/(best - worst)
//   grey        sum w xi, xi = (d_min + rho d_max)/(d + rho d_max), d = best - x, extremes over all reference cells
//   rsr         sum w r / n, r the rank of the cell among the reference rows (ties: mean rank)
//   mpi         M - s cv of z = 100 + 10 x, x z-scores; M and s the weighted mean and sd over the indicators, cv = s/M
//   ampi        the same of r = 70 + 60 x, x min-max
// Shapes  learn sees the reference rows, apply any rows
// Errors  index.negative_mean (geometric, harmonic of cells below zero)
// Source  Hwang and Yoon (1981); Opricovic and Tzeng (2004); Deng (1982); Tian (1988); Mazziotta and Pareto (2013, 2016)
#pragma once
#include "index/index.h"

namespace panelist {

struct AggregationFrame {
  Vector best{}, worst{};
  double s_best = 0, s_worst = 0, r_best = 0, r_worst = 0;  // vikor
  double least = 0, most = 0;                               // grey: d_min, d_max
  std::vector<std::vector<double>> ordered{};               // rsr: reference cells by column
};

struct AggregationInput {
  const Matrix& cells;
  const Vector& weights;
  const IndexConventions& conventions;
};

struct Aggregation {
  std::string_view name, summary;
  AggregationFrame (*learn)(const AggregationInput& reference) = nullptr;  // of those that learn
  Vector (*apply)(const AggregationFrame&, const AggregationInput&) = nullptr;
  bool mean = false;             // may stand at any level
  std::string_view normalise{};  // the normalisation it is defined on, "" for any
};
const std::vector<Aggregation>& aggregations();
const Aggregation* find_aggregation(std::string_view name);
std::vector<std::string> aggregation_names();

}  // namespace panelist
