// SPDX-License-Identifier: Apache-2.0
// Degrees of freedom of Hotelling's T2 for q contrasts of bias-reduced covariances (private to the room).
//
//   D = sum_g R b_g b_g' R' has under the working covariance the mean Omega = sum_g P_gg, with
//   P_gh = [p_sg' Phi p_th] (q x q) over pairs of contrasts s, t, p_sg as in bias_reduced.cpp
//   eta = q (q + 1) / sum_st Var(d_st),  d = Omega^(-1/2) D Omega^(-1/2)'
//   sum_st Var(d_st) = sum_gh [ tr(P~_gh)^2 + tr(P~_gh P~_gh) ],  P~ = Omega^(-1/2) P Omega^(-1/2)'
// q = 1: the degrees of freedom of Satterthwaite. With Phi = own I + common 1 1' within clusters,
//   P_gh = own (1{g=h} squares_g - B_g'B_h) + common sum_l C_gl C_hl',  C_gl = 1{g=l} totals_g - B_g' basis_sums_l
// Source  Pustejovsky & Tipton (2018), JBES 36(4), section 3.2 (HTZ)
// Cost    q^2 G min(G, m)^2; with common correlation q^2 G^3
// Agrees  clubSandwich Wald_test (tests/infer)
#pragma once
#include <vector>

#include "linalg/matrix.h"

namespace panelist {

struct JointPieces {
  double own = 1, common = 0;
  std::vector<Matrix> squares;     // q x q
  std::vector<Matrix> on_basis;    // m x q: B_g
  std::vector<Vector> totals;      // q
  std::vector<Vector> basis_sums;  // m
};
double hotelling_degrees(JointPieces pieces);

}  // namespace panelist
