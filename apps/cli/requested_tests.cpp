// SPDX-License-Identifier: Apache-2.0
#include "cli/requested_tests.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"

namespace panelist::cli {
namespace {

// What a test says beside its statistic.
std::string further_words(const TestResult& test, double level) {
  std::string words;
  for (const auto& [name, value] : test.details) words += fmt::format("; {} {}", name, number_text(value));
  for (const auto& [percent, value] : test.critical)
    if (!std::isnan(value)) words += fmt::format("; critical {} {}", percent, number_text(value));
  if (test.set)
    words += fmt::format("; {}% set {}", shortest(std::round(1e6 * level) / 1e4), set_words(*test.set));
  if (!test.note.empty()) words += "; " + test.note;
  return words;
}

}  // namespace

std::string_view known_tests() {
  static const std::string forms = test_forms();  // options of commands are views
  return forms;
}

std::vector<TestRequest> read_test_requests(const std::vector<std::string>& written) {
  std::vector<TestRequest> requests;
  for (const std::string& text : written) requests.push_back(read_test_request(text));
  return requests;
}

std::string requested_tests_text(const std::vector<RequestedTest>& tests, double level) {
  AlignedText lines("  ");
  for (const RequestedTest& result : tests) {
    if (result.test) lines.add({result.name, test_line(*result.test) + further_words(*result.test, level)});
    if (!result.combination) continue;
    const LinearCombination& c = *result.combination;
    lines.add({result.name,
               fmt::format("{} (se {}), statistic {}, p {}, {}% interval [{}, {}]", number_text(c.estimate),
                           number_text(c.std_error), statistic_text(c.statistic), p_text(c.p_value),
                           shortest(std::round(1e6 * level) / 1e4), number_text(c.conf_low),
                           number_text(c.conf_high))});
  }
  return lines.empty() ? "" : "\nTests asked for\n" + lines.text();
}

}  // namespace panelist::cli
