// SPDX-License-Identifier: Apache-2.0
#include "cli/requested_tests.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/print/fit_text.h"

namespace panelist::cli {
namespace {

// The further numbers of tests in words; other names are words but for their underscores. "": said by the note.
struct DetailWords {
  std::string_view name, words;
};
constexpr DetailWords details_in_words[] = {
    {"enumerated", ""},
    {"std_error", "std. error"},
    {"bootstrap_error", "bootstrap std. error"},
    {"reps", "replicates"},
    {"percentile_low", "percentiles from"},
    {"percentile_high", "to"},
    {"p_equal_tailed", "equal-tailed p"},
    {"p_symmetric", "symmetric p"},
    {"p_greater", "p of a greater effect"},
    {"p_less", "p of a smaller effect"},
    {"z", "inverse normal Z"},
    {"z_p", "p"},
    {"l_star", "logit L*"},
    {"l_star_p", "p"},
    {"pm", "modified Pm"},
    {"pm_p", "p"},
    {"f", "F"},
    {"f_p", "p"},
    {"chi2_p_value", "p of chi2"},
    {"t_bar", "mean t"},
};

std::string words_of_detail(const std::string& name) {
  for (const DetailWords& entry : details_in_words)
    if (entry.name == name) return std::string(entry.words);
  return replace_all(name, "_", " ");
}

bool is_p_value(std::string_view name) {
  return name.starts_with("p_") || name.ends_with("_p") || name.ends_with("p_value");
}

// What a statistic without degrees of freedom is called.
std::string symbol_of(const TestResult& test) {
  constexpr DetailWords symbols[] = {
      {"wild", "t = "}, {"pairs", "t = "}, {"adf", "t = "}, {"ips", "W = "}, {"dw", "d = "}};
  for (const DetailWords& entry : symbols)
    if (entry.name == test.name && std::isnan(test.df1) && std::isnan(test.df2))
      return std::string(entry.words);
  return "";
}

// A share of draws that is zero is below that of one draw; of equal tails, of two.
std::string share_text(const TestResult& test, const std::string& name, double p) {
  for (const auto& [detail, reps] : test.details)
    if (detail == "reps" && p == 0) return below_draws(reps, name == "p_equal_tailed" ? 2 : 1);
  return p_text(p);
}

// What a test says beside its statistic.
std::string further_words(const TestResult& test, double level) {
  std::string words;
  for (const auto& [name, value] : test.details)
    if (const std::string said = words_of_detail(name); !said.empty())
      words +=
          fmt::format("; {} {}", said, is_p_value(name) ? share_text(test, name, value) : number_text(value));
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
    if (result.test)
      lines.add({result.name,
                 symbol_of(*result.test) + test_line(*result.test) + further_words(*result.test, level)});
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
