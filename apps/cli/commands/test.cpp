// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/requested_tests.h"
#include "report/result_json.h"

namespace panelist::cli {
namespace {

using Json = nlohmann::ordered_json;

// A variable is tested as the outcome of a regression on a constant.
std::vector<EstimationSpec> specs_of_variables(Session& session, const Arguments& arguments,
                                               const DataFile& data) {
  Diagnostics mistakes;
  EstimationSpec spec;
  spec.vcov.kind = spec.vcov.text = "iid";
  spec.frame.panel = data.keys;
  spec.frame.where = read_expression(session, {"<where>", arguments.text("where")}, data.table, mistakes);
  spec.tests = read_test_requests(arguments.list("tests"));
  std::vector<EstimationSpec> specs;
  for (std::size_t i = 1; i < arguments.positional().size(); ++i) {
    const std::string formula = arguments.positional()[i] + " ~ 1";
    for (const Formula& each : parse_formula(formula, session.place("<variable>", formula), {}, mistakes)) {
      if (!mistakes.has_errors()) check_columns(each, data.table.names(), mistakes);
      specs.push_back(spec);
      specs.back().formula = each;
    }
  }
  session.stop_on_mistakes(mistakes);
  return specs;
}

std::string variable_text(const Estimation& estimation) {
  return fmt::format("{}, {} observations\n{}", estimation.fit->frame->outcome_name,
                     shortest(estimation.fit->n),
                     requested_tests_text(estimation.requested, estimation.inference.level));
}

int run_test(Session& session, const Arguments& arguments) {
  if (!arguments.has("tests"))
    throw Error("usage.missing_option", "`test` needs `--tests`",
                "for example --tests 'llc(lags=1),ips,fisher'");
  const DataFile data = open_data(session, arguments, columns_of_summary(arguments));
  Json variables = Json::array();
  std::string text;
  Diagnostics notes;
  for (const EstimationSpec& spec : specs_of_variables(session, arguments, data)) {
    const Estimation estimation =
        estimate_model(session.context, spec, data.table, data.panel_or_null(), notes);
    for (const auto& [code, message] : estimation.warnings) notes.warning(code, message);
    variables.push_back(tested_variable_json(estimation));
    text += (text.empty() ? "" : "\n") + variable_text(estimation);
  }
  session.show(notes);
  session.print(session.json ? Json{{"variables", variables}}.dump() + "\n" : text);
  return 0;
}

}  // namespace

Command test_command() {
  return {
      .name = "test",
      .usage = "DATA VARIABLE... --tests LIST",
      .summary = "tests of single variables: unit roots, normality, serial correlation",
      .description =
          "Each variable is the outcome of a regression on a constant; every test of `fit --tests` that "
          "needs no more is available. Variables may be expressions: 'log(gdp)', 'D.gdp'.",
      .examples = {{"test panel.csv gdp 'log(gdp)' --panel unit,year --tests 'llc(lags=1),ips(trend),fisher'",
                    "panel unit roots of a variable and its logarithm"},
                   {"test series.csv gdp --tests 'adf(lags=2, trend),jarque_bera'", "one series"}},
      .options =
          joined({{{"tests", "LIST", known_tests()}}, data_options(), {{"json", "", "results as JSON"}}}),
      .least_arguments = 2,
      .most_arguments = 1000,
      .run = run_test};
}

}  // namespace panelist::cli
