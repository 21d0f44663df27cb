// SPDX-License-Identifier: Apache-2.0
// Unit roots (private to the room). H0 of each: every series has one.
//
//   adf     t of the augmented Dickey-Fuller regression of one series (dickey_fuller.h)
//   llc     (t - N T~ S s^-2 se mu)/sigma ~ N(0,1): t, se, s^2 of the pooled regression of the changes on the level, both
//           orthogonalised and divided by the ADF regression's standard error; S the mean ratio of long-run (Bartlett) to
//           short-run standard deviations; mu, sigma by T~ = rows a unit. Balanced panels
//   ips     sqrt(N) (mean t - mean E)/sqrt(mean V) ~ N(0,1), E and V by rows and lags of each unit
//   fisher  P = -2 sum ln p_i ~ chi2(2N); Z = sum Phi^-1(p_i)/sqrt(N); L* = sqrt(k) sum ln(p_i/(1 - p_i)) ~ t(5N + 4),
//           k = 3(5N + 4)/(pi^2 N (5N + 2)); Pm = sum(-2 ln p_i - 2)/(2 sqrt(N))
//
// Variances of the ADF regressions: rss/(n - k), in llc rss/n, as their authors; divisor= chooses.
// Errors  series.h
// Source  Dickey & Fuller (1979); Levin, Lin & Chu (2002); Im, Pesaran & Shin (2003); Maddala & Wu (1999); Choi (2001)
// Agrees  plm purtest, statsmodels adfuller, urca ur.df (tests/infer)
#pragma once
#include "infer/tests.h"

namespace panelist {

TestFunction dickey_fuller_test, levin_lin_chu_test, im_pesaran_shin_test, fisher_test;

}  // namespace panelist
