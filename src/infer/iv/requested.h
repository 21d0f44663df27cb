// SPDX-License-Identifier: Apache-2.0
// Tests of instruments that name variables (private to the room); each throws infer.test_left_out with its reason.
//   endogeneity_of   C test: the endogenous regressor x joins the instruments, the other endogenous stay; chi2(1)
//   orthogonality    C test: the instruments named satisfy their moments; chi2(q). What is left must identify
//   redundancy       LM that the instruments named add nothing to the first stages: canonical correlations of the
//                    endogenous regressors and the instruments, all others taken out, are zero; chi2(K1 q)
//   wu_hausman       F that the first-stage residuals have no effect beside the regressors in least squares
// Source  ivreg2 (endog, orthog, redundant); Wu (1973), Hausman (1978); Hall & Peixe (2003)
#pragma once
#include "infer/iv/partialled.h"

namespace panelist {

TestResult endogeneity_of(const PartialledModel& model, const std::string& written, const std::string& name);
TestResult orthogonality(const PartialledModel& model, const std::string& written,
                         const std::vector<std::string>& names);
TestResult redundancy(const PartialledModel& model, const std::string& written,
                      const std::vector<std::string>& names);
TestResult wu_hausman(const PartialledModel& model);

}  // namespace panelist
