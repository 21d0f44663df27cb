// SPDX-License-Identifier: Apache-2.0
// Are the effects of the units unrelated to the regressors? (private to the room)
//
//   hausman    q = b_fe - b_re over the regressors of both; q'(V_fe - V_re)^-1 q ~ chi2(rank), textbook covariances
//              rss/df bread of the within and the GLS regression
//   hausman(sigmamore)  the same with the GLS regression's rss/df in both
//   mundlak    unit means of the regressors added to the random-effects regression (same theta), their Wald test
//              under the covariance asked for
//
// Components by Swamy and Arora, or those of the fit when it is one by re_wh. Effects of periods become dummies, and
// are not compared.
#pragma once
#include "infer/estimation.h"
#include "infer/tests.h"

namespace panelist {

TestFunction hausman_test, mundlak_test;

}  // namespace panelist
