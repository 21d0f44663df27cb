// SPDX-License-Identifier: Apache-2.0
// The standard errors that other programs print for the same regression, and why they differ: each is the same sandwich
// under the program's own rules.
//
//   se(program) = sqrt(factor(program) / factor) se,   for covariances whose rules are one scalar; others are worked out
// Programs that cannot run the regression are left out: xtreg without effects of the panel's unit or with
// hc1, areg with several effects, reghdfe with kernels over time, ivreg2 with families.
// Source  absorb.md, the manuals and sources of the programs
// Agrees  tests/infer/vcov_catalog_test.cpp: recorded output of Stata; the presets with theirs (tests/infer)
#pragma once
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct ProgramErrors {
  std::string program;  // "reghdfe"
  std::string rule;     // the preset, or its parts, that this program follows
  double k = 0, factor = 1, df = 0;
  Vector std_errors;  // k
  std::string why;    // how it counts
};
// Empty for covariances without a rule that programs differ in (hc0, hc2 to hc4, cr2, cr3, jackknife, conley; re, fmb).
std::vector<ProgramErrors> errors_of_programs(const Context& context, const Estimation& estimation);
// For those, a sentence: which programs have them, and in what they differ. "" where numbers stand in the list above.
std::string words_of_programs(const Estimation& estimation);

}  // namespace panelist
