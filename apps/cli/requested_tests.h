// SPDX-License-Identifier: Apache-2.0
// The tests of `fit --tests`: a catalog by name. Those that belong to every IV fit are computed anyway.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cli/session.h"
#include "infer/estimation.h"

namespace panelist::cli {

// "wald(a, b)" as name and argument.
struct TestRequest {
  std::string written, name, argument;
};
std::vector<TestRequest> read_test_requests(const std::vector<std::string>& written);
bool wants(const std::vector<TestRequest>& requests, std::string_view name);

struct RequestedTest {
  std::string name;                // as written
  std::optional<TestResult> test;  // one of the two
  std::optional<LinearCombination> combination;
};
std::vector<RequestedTest> requested_tests(const Session& session, const Estimation& estimation,
                                           const std::vector<TestRequest>& requests);
std::string requested_tests_text(const std::vector<RequestedTest>& tests, double level);
void add_requested_tests(nlohmann::ordered_json& fit, const std::vector<RequestedTest>& tests);

}  // namespace panelist::cli
