// SPDX-License-Identifier: Apache-2.0
// The tests of `fit --tests` in words; the tests themselves are infer/tests.h.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "infer/estimation.h"

namespace panelist::cli {

// All tests, for the help of `--tests`.
std::string_view known_tests();
std::vector<TestRequest> read_test_requests(const std::vector<std::string>& written);
std::string requested_tests_text(const std::vector<RequestedTest>& tests, double level);

}  // namespace panelist::cli
