// SPDX-License-Identifier: Apache-2.0
// Tests of instruments that name variables (private to the room); each throws infer.test_left_out with its reason.
//   endogeneity_of   C test: the endogenous regressor x joins the instruments, the other endogenous stay; chi2(1)
//   orthogonality    C test: the instruments named satisfy their moments; chi2(q). What is left must identify
//   redundancy       LM that the instruments named add nothing to the first stages: canonical correlations of the
//                    endogenous regressors and the instruments, all others taken out, are zero; chi2(K1 q)
//   wu_hausman       F that the first-stage residuals have no effect beside the regressors in least squares
//   conditional_lr   Moreira's test of one endogenous coefficient, and the values it does not reject; equal variances
//   kleibergen_k     Kleibergen's (Lagrange multiplier) test of the same, and its set
//   pagan_hall       heteroskedasticity of 2SLS by the instruments named (none: all), errors of any distribution; chi2
// Source  ivreg2 (endog, orthog, redundant); Wu (1973), Hausman (1978); Hall & Peixe (2003);
//         Moreira (2003), Econometrica 71(4); Kleibergen (2002), Econometrica 70(5); Pagan & Hall (1983), ivhettest
#pragma once
#include "infer/iv/partialled.h"

namespace panelist {

TestResult endogeneity_of(const PartialledModel& model, const std::string& written, const std::string& name);
TestResult orthogonality(const PartialledModel& model, const std::string& written,
                         const std::vector<std::string>& names);
TestResult redundancy(const PartialledModel& model, const std::string& written,
                      const std::vector<std::string>& names);
TestResult wu_hausman(const PartialledModel& model);
TestResult conditional_lr(const PartialledModel& model, const std::string& written, double value);
TestResult kleibergen_k(const PartialledModel& model, const std::string& written, double value);
TestResult pagan_hall(const PartialledModel& model, const std::string& written,
                      const std::vector<std::string>& names);

// A test that does not exist for this regression: throws infer.test_left_out.
[[noreturn]] void throw_left_out(const std::string& written, const std::string& reason,
                                 const std::string& hint);
// Where the names stand among the known ones, each once; throws what the header says of unknown ones.
std::vector<Index> places_of(const std::string& written, const std::vector<std::string>& names,
                             const std::vector<std::string>& known, std::string_view what);

}  // namespace panelist
