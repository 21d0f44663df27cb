// SPDX-License-Identifier: Apache-2.0
// Arguments of a test that draws: "x1 = 0.5, x2, reps=999, by=province" (private to the room).
//
// A part that begins with a known key and `=` is an option, anything else a hypothesis (a term of such a name goes in
// backquotes). Errors  usage.bad_value
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "infer/tests.h"

namespace panelist {

struct TestArguments {
  std::vector<std::string> hypotheses;
  std::map<std::string, std::string, std::less<>> options;

  // The option's text, or `otherwise`.
  [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise) const;
};
TestArguments read_arguments(const TestRequest& request, const std::vector<std::string_view>& keys);

// One of the words given, else usage.bad_value.
std::string word_among(const TestRequest& request, const TestArguments& arguments, std::string_view key,
                       const std::vector<std::string_view>& words);
// A whole number from 1 to ten million.
std::int64_t replicates_asked(const TestRequest& request, const TestArguments& arguments,
                              std::int64_t otherwise);
// Columns named by those options.
std::vector<std::string> columns_named(const TestArguments& arguments,
                                       const std::vector<std::string_view>& keys);
// The grouping of the frame an option names, or that of the vcov when it has exactly one.
const Grouping& grouping_asked(const Fit& fit, const VcovSpec& vcov, const TestRequest& request,
                               const std::string& name);

}  // namespace panelist
