// SPDX-License-Identifier: Apache-2.0
// The functions behind the catalog of tests (private to the room).
#pragma once
#include "infer/estimation.h"
#include "infer/tests.h"

namespace panelist {

TestFunction test_of_terms, test_of_combination, test_of_effects, lagrange_test;
TestFunction test_of_one_endogenous, test_of_orthogonality, test_of_redundancy, test_of_wu_and_hausman,
    test_of_instruments, test_of_value, test_of_pagan_and_hall;
TestFunction wild_test, pairs_test, randomise_test, u_shape_test;
TestColumns columns_of_wild_test, columns_of_pairs_test, columns_of_randomise_test;

// The panel's unit on the rows used; usage.missing_option without one.
const Grouping& panel_unit(const Estimation& estimation, const TestRequest& request);

// "; the order of the rows was taken as time ..." where no panel says the time; "" otherwise.
std::string order_words(const EstimationSpec& spec);

}  // namespace panelist
