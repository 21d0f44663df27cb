// SPDX-License-Identifier: Apache-2.0
// The functions behind the catalog of tests (private to the room).
#pragma once
#include "infer/estimation.h"
#include "infer/tests.h"

namespace panelist {

RequestedTest test_of_terms(const Context& context, const EstimationSpec& spec, const Estimation& estimation,
                            const TestRequest& request);
RequestedTest test_of_combination(const Context& context, const EstimationSpec& spec,
                                  const Estimation& estimation, const TestRequest& request);
RequestedTest test_of_effects(const Context& context, const EstimationSpec& spec,
                              const Estimation& estimation, const TestRequest& request);
RequestedTest lagrange_test(const Context& context, const EstimationSpec& spec, const Estimation& estimation,
                            const TestRequest& request);
RequestedTest test_of_one_endogenous(const Context& context, const EstimationSpec& spec,
                                     const Estimation& estimation, const TestRequest& request);
RequestedTest test_of_orthogonality(const Context& context, const EstimationSpec& spec,
                                    const Estimation& estimation, const TestRequest& request);
RequestedTest test_of_redundancy(const Context& context, const EstimationSpec& spec,
                                 const Estimation& estimation, const TestRequest& request);
RequestedTest test_of_wu_and_hausman(const Context& context, const EstimationSpec& spec,
                                     const Estimation& estimation, const TestRequest& request);
RequestedTest test_of_instruments(const Context& context, const EstimationSpec& spec,
                                  const Estimation& estimation, const TestRequest& request);
RequestedTest wild_test(const Context& context, const EstimationSpec& spec, const Estimation& estimation,
                        const TestRequest& request);
std::vector<std::string> columns_of_wild_test(const TestRequest& request);
RequestedTest pairs_test(const Context& context, const EstimationSpec& spec, const Estimation& estimation,
                         const TestRequest& request);
std::vector<std::string> columns_of_pairs_test(const TestRequest& request);
RequestedTest randomise_test(const Context& context, const EstimationSpec& spec, const Estimation& estimation,
                             const TestRequest& request);
std::vector<std::string> columns_of_randomise_test(const TestRequest& request);

// The panel's unit on the rows used; usage.missing_option without one.
const Grouping& panel_unit(const Estimation& estimation, const TestRequest& request);

}  // namespace panelist
