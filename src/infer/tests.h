// SPDX-License-Identifier: Apache-2.0
// Tests of a regression that are asked for by name: `fit --tests`, `tests = [...]` of a table. Adding one = one function
// in infer/tests/ and one line in its catalog. Those of every IV fit (iv_tests.h) are there by name too.
//
//   wald(TERMS)    H0: the terms are zero            lincom(EXPR)  a linear combination, with interval
//   wild(x = 0, ...)  pairs(x, ...)  randomise(x, ...)   wild_bootstrap.h, pairs_bootstrap.h, randomisation.h
//   u_shape(x)     H0: monotone in x (u_shape.h)
//   effects_f  lm  honda                             panel_tests.h
//   endog(x)       H0: x is exogenous                vif           variance inflation (vif.h)
//
// A test that draws random numbers takes the seed of the context. One that re-estimates starts from the fit's frame.
// Errors  usage.unknown_test usage.bad_value usage.missing_option usage.not_available infer.test_left_out
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "infer/inference.h"

namespace panelist {

struct Estimation;
struct EstimationSpec;

// "wald(a, b)" as name and argument.
struct TestRequest {
  std::string written, name, argument;
};
// Throws usage.unknown_test and usage.bad_value.
TestRequest read_test_request(const std::string& written);
bool wants(const std::vector<TestRequest>& requests, std::string_view name);

struct RequestedTest {
  std::string name;                              // as written
  std::optional<TestResult> test;                // one of the two
  std::optional<LinearCombination> combination;  // of lincom
};

using TestFunction = RequestedTest(const Context&, const EstimationSpec&, const Estimation&,
                                   const TestRequest&);
// Columns whose groups a test needs on the rows of the frame.
using TestColumns = std::vector<std::string>(const TestRequest&);

struct TestKind {
  enum class Argument { none, needed, optional };
  std::string_view name;
  Argument argument = Argument::none;
  std::string_view form;     // "wald(TERMS)"
  std::string_view summary;  // of the hypothesis, for help
  std::string_view en, zh;   // label in a table
  std::string_view source;
  TestFunction* compute = nullptr;  // null: vif, which is no test
  TestColumns* columns = nullptr;   // null: none
  // It needs coefficients and their covariance, or columns of the frame, and no residuals: any fit will do.
  bool of_any_fit = false;
};
const std::vector<TestKind>& test_kinds();
const TestKind* find_test_kind(std::string_view name);
// All forms, by commas: for help and hints.
std::string test_forms();

// Of all tests asked for; the frame codes them beside the clusters of the vcov.
std::vector<std::string> columns_of_tests(const std::vector<TestRequest>& requests);

// Puts them into `estimation.requested`, in order asked, without those that are no tests; what may be left out and does
// not apply goes to `estimation.left_out`.
void run_requested_tests(const Context& context, const EstimationSpec& spec, Estimation& estimation);

}  // namespace panelist
