// SPDX-License-Identifier: Apache-2.0
#include "cli/requested_tests.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/arguments.h"
#include "cli/print/fit_text.h"
#include "infer/panel_tests.h"

namespace panelist::cli {
namespace {

const Grouping& panel_unit(const Estimation& estimation, const std::string& test) {
  const Grouping& unit = estimation.fit->frame->unit;
  if (unit.names.empty())
    throw Error("usage.missing_option", fmt::format("the test `{}` needs the panel's unit", test),
                "add --panel UNIT,TIME", "option --tests");
  return unit;
}

RequestedTest terms_are_zero(const Session&, const Estimation& estimation, const TestRequest& request) {
  return {request.written,
          wald_test(*estimation.fit, estimation.vcov, split_outside_brackets(request.argument)),
          {}};
}

RequestedTest lincom(const Session&, const Estimation& estimation, const TestRequest& request) {
  return {request.written,
          {},
          linear_combination(*estimation.fit, estimation.vcov, request.argument, estimation.inference.level)};
}

RequestedTest effects_f(const Session& session, const Estimation& estimation, const TestRequest& request) {
  return {request.written, effects_f_test(session.context, *estimation.fit), {}};
}

RequestedTest lagrange(const Session& session, const Estimation& estimation, const TestRequest& request) {
  const Fit pooled = pooled_fit(session.context, *estimation.fit);
  const Grouping& unit = panel_unit(estimation, request.written);
  return {
      request.written, request.name == "lm" ? breusch_pagan_lm(pooled, unit) : honda_lm(pooled, unit), {}};
}

// The test of all endogenous regressors together is that of x when x is the only one.
RequestedTest endog(const Session&, const Estimation& estimation, const TestRequest& request) {
  const Fit& fit = *estimation.fit;
  const bool only =
      fit.iv != nullptr && fit.iv->endogenous_names == std::vector<std::string>{request.argument};
  for (const TestResult& test : estimation.iv.tests)
    if (only && test.name == "endogeneity") return {request.written, test, {}};
  throw Error(
      "usage.not_available",
      fmt::format("`{}`: the test of one among several endogenous regressors is not in this version yet",
                  request.written),
      "name the one endogenous regressor; the joint test is always printed", "option --tests");
}

[[noreturn]] RequestedTest planned(const Session&, const Estimation&, const TestRequest& request) {
  throw Error("usage.not_available", fmt::format("`{}` is not in this version yet", request.written),
              "available: wald(TERMS), lincom(EXPR), vif, effects_f, lm, honda, endog(x)", "option --tests");
}

RequestedTest always_there(const Session&, const Estimation& estimation, const TestRequest& request) {
  for (const TestResult& test : estimation.iv.tests)
    if (test.name == request.name) return {request.written, test, {}};
  throw Error("infer.test_left_out", fmt::format("`{}` does not apply to this regression", request.written),
              "tests of instruments need an endogenous part: y ~ x | fe | e ~ z", "option --tests");
}

struct TestEntry {
  std::string_view name;
  bool takes_argument;
  RequestedTest (*compute)(const Session&, const Estimation&, const TestRequest&);
};
const TestEntry test_catalog[] = {
    {"wald", true, terms_are_zero},
    {"lincom", true, lincom},
    {"endog", true, endog},
    {"orthog", true, planned},
    {"vif", false, nullptr},
    {"effects_f", false, effects_f},
    {"lm", false, lagrange},
    {"honda", false, lagrange},
    {"kp_lm", false, always_there},
    {"kp_f", false, always_there},
    {"cragg_donald_f", false, always_there},
    {"sargan", false, always_there},
    {"hansen_j", false, always_there},
    {"endogeneity", false, always_there},
    {"anderson_rubin", false, always_there},
};

const TestEntry* find_entry(std::string_view name) {
  for (const TestEntry& entry : test_catalog)
    if (entry.name == name) return &entry;
  return nullptr;
}

[[noreturn]] void throw_unknown_test(const std::string& written, const std::string& name) {
  std::vector<std::string> names;
  for (const TestEntry& entry : test_catalog) names.emplace_back(entry.name);
  const std::string near = nearest(name, names);
  throw Error("usage.unknown_test", fmt::format("there is no test `{}`", written),
              near.empty() ? "available: " + join(names, ", ") : fmt::format("did you mean `{}`?", near),
              "option --tests");
}

}  // namespace

std::vector<TestRequest> read_test_requests(const std::vector<std::string>& written) {
  std::vector<TestRequest> requests;
  for (const std::string& text : written) {
    const std::size_t open = text.find('(');
    TestRequest request{text, std::string(trim(text.substr(0, open))), ""};
    if (open != std::string::npos && text.ends_with(')'))
      request.argument = std::string(trim(text.substr(open + 1, text.size() - open - 2)));
    const TestEntry* entry = find_entry(request.name);
    if (entry == nullptr) throw_unknown_test(text, request.name);
    if (entry->takes_argument == request.argument.empty())
      throw Error("usage.bad_value",
                  entry->takes_argument ? fmt::format("`{}` needs an argument in brackets", request.name)
                                        : fmt::format("`{}` takes no argument", request.name),
                  "for example --tests 'wald(x1, x2),lincom(x1 - x2),vif'", "option --tests");
    requests.push_back(std::move(request));
  }
  return requests;
}

bool wants(const std::vector<TestRequest>& requests, std::string_view name) {
  return std::any_of(requests.begin(), requests.end(),
                     [&](const TestRequest& request) { return request.name == name; });
}

std::vector<RequestedTest> requested_tests(const Session& session, const Estimation& estimation,
                                           const std::vector<TestRequest>& requests) {
  std::vector<RequestedTest> results;
  for (const TestRequest& request : requests)
    if (const TestEntry* entry = find_entry(request.name); entry->compute != nullptr)
      results.push_back(entry->compute(session, estimation, request));
  return results;
}

std::string requested_tests_text(const std::vector<RequestedTest>& tests, double level) {
  AlignedText lines("  ");
  for (const RequestedTest& result : tests) {
    if (result.test) lines.add({result.name, test_line(*result.test)});
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

namespace {

nlohmann::ordered_json number_json(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

nlohmann::ordered_json combination_json(const LinearCombination& c) {
  return {{"estimate", number_json(c.estimate)},   {"std_error", number_json(c.std_error)},
          {"statistic", number_json(c.statistic)}, {"p_value", number_json(c.p_value)},
          {"conf_low", number_json(c.conf_low)},   {"conf_high", number_json(c.conf_high)}};
}

nlohmann::ordered_json result_json(const TestResult& test) {
  nlohmann::ordered_json json = {{"statistic", number_json(test.statistic)}};
  if (!std::isnan(test.df2)) {
    json["df1"] = number_json(test.df1);
    json["df2"] = number_json(test.df2);
  } else if (!std::isnan(test.df1)) {
    json["df"] = number_json(test.df1);
  }
  json["p_value"] = number_json(test.p_value);
  return json;
}

}  // namespace

void add_requested_tests(nlohmann::ordered_json& fit, const std::vector<RequestedTest>& tests) {
  for (const RequestedTest& result : tests)
    fit["tests"][result.name] =
        result.test ? result_json(*result.test) : combination_json(*result.combination);
}

}  // namespace panelist::cli
