// SPDX-License-Identifier: Apache-2.0
// How far the coefficients move when a cluster is left out, effects and all (private to the room).
//
//   least squares   b_(-g) - b = - (X'WX)^-1 X_g' W (I - H_gg)^-1 u_g
//   2SLS            b_(-g) - b = (X'P X)^+ X'P u over the rows left, P the projection on the instruments of those rows;
//                   effects that cross the clusters are among regressors and instruments
// A direction that the cluster alone determines does not move.
#pragma once
#include "infer/vcov/cluster_hat.h"

namespace panelist {

struct LeftOut {
  Matrix moves;              // G x k
  Vector residuals;          // u_g (I - H_gg)^-1 in the order of the hat matrix; empty for 2SLS
  Index exact_clusters = 0;  // that alone determine some coefficient or effect
};
LeftOut left_out_of_least_squares(const Fit& fit, const ClusterHat& hat);
LeftOut left_out_of_two_stage(const Context& context, const Fit& fit, const Grouping& cluster);

}  // namespace panelist
