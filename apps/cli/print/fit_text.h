// SPDX-License-Identifier: Apache-2.0
// One regression in words and columns for the terminal.
#pragma once
#include <string>

#include "cli/session.h"
#include "infer/estimation.h"

namespace panelist::cli {

// A number in at most `digits` significant digits, "." when missing.
std::string number_text(double value, int digits = 6);
std::string p_text(double p);  // four decimals, "<0.0001" below
// A share of draws that none of them reached is below that of one draw, or of `least` of them: "<0.001".
std::string below_draws(double draws, double least = 1);
std::string stars_text(double p);
std::string statistic_text(double statistic);     // "2.41", "." when missing
std::string test_line(const TestResult& test);    // "F(8, 29) = 12.3, p = 0.0001"; without a second df chi2
std::string set_words(const ConfidenceSet& set);  // "[0.1, 0.4]", "no value"

// "  x is left out: collinear with z" for each regressor that was dropped.
std::string dropped_terms(const Fit& fit);
// `other_groups`: how many of the rows left out lie in other parts of a split sample.
std::string fit_text(const Estimation& estimation, std::size_t other_groups = 0);
// Kinds that bring their own correction, or none, have no factor of a small-sample rule.
bool small_sample_enters(const Vcov& vcov);
// How the standard errors came about: n, K, G, each factor, df.
std::string explain_standard_errors(const Context& context, const Estimation& estimation);
std::string effects_text(const Session& session, const Estimation& estimation);

}  // namespace panelist::cli
