// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/mechanism_text.h"
#include "report/result_json.h"
#include "report/shape_tables.h"

namespace panelist::cli {
namespace {

std::string required(const Arguments& arguments, std::string_view option, std::string_view hint) {
  const auto value = arguments.find(option);
  if (!value || value->empty())
    throw Error("usage.missing_option", fmt::format("`threshold` needs `--{}`", option), std::string(hint));
  return *value;
}

double read_trim(const Arguments& arguments) {
  const std::string text = arguments.text("trim", "0.05");
  const auto share = parse_number(text);
  if (share && *share > 0 && *share < 0.5) return *share;
  throw Error("usage.bad_value", fmt::format("`--trim {}` is no share of the rows", text),
              "give a number between 0 and 0.5", "option --trim");
}

int read_count(const Arguments& arguments) {
  const long long count = arguments.integer("count", 1, 1);
  if (count <= most_thresholds) return static_cast<int>(count);
  throw Error("usage.bad_value",
              fmt::format("`--count {}`: there are at most {} thresholds", count, most_thresholds),
              "ask for one, two or three", "option --count");
}

ThresholdSpec read_spec(Session& session, const Arguments& arguments, const DataFile& data) {
  ThresholdSpec spec;
  spec.x = required(arguments, "x", "name the regressor that regimes bend: --x X");
  spec.by = required(arguments, "by", "name the threshold variable: --by Q");
  spec.count = read_count(arguments);
  spec.trim = read_trim(arguments);
  spec.bootstrap = static_cast<int>(std::min(arguments.integer("boot", 0, 0), 1'000'000LL));
  spec.seed = session.context.seed;
  std::vector<EstimationSpec> models = read_specs(session, arguments, data, arguments.positional()[1]);
  if (models.size() != 1)
    throw Error("usage.bad_value", "a threshold model is one formula", "write it without sw() or csw()");
  spec.model = models.front();
  Diagnostics mistakes;
  read_expression(session, {"<by>", data.table.has(spec.by) ? "`" + spec.by + "`" : spec.by}, data.table,
                  mistakes);
  session.stop_on_mistakes(mistakes);
  return spec;
}

int run_threshold(Session& session, const Arguments& arguments) {
  required(arguments, "by", "name the threshold variable: --by Q");
  const DataFile data = open_data(session, arguments, columns_of_estimation(arguments));
  const ThresholdSpec spec = read_spec(session, arguments, data);
  Diagnostics notes;
  const ThresholdModel model =
      threshold_model(session.context, spec, data.table, data.panel_or_null(), notes);
  session.show(notes);
  if (!session.json) {
    session.print(threshold_text(model));
    return 0;
  }
  nlohmann::ordered_json json = to_json(model);
  json["estimation"] = to_json(model.estimation);
  session.print(json.dump() + "\n");
  return 0;
}

}  // namespace

Command threshold_command() {
  return {.name = "threshold",
          .usage = "DATA FORMULA --x X --by Q --vcov V [--count N] [--boot N] [--trim S]",
          .summary = "Hansen's panel thresholds: the effect of X by regimes of Q",
          .description = "FORMULA is linear in X. The panel must be balanced: --panel UNIT,TIME.",
          .examples = {{"threshold panel.csv 'y ~ x + z | unit + year' --panel unit,year --x x --by q --vcov "
                        "'cluster(unit)' --count 2 --boot 300",
                        "one and two thresholds with bootstrap p-values and likelihood-ratio intervals"}},
          .options = joined({{{"x", "X", "the regressor that regimes bend"},
                              {"by", "Q", "the threshold variable: a column or an expression"},
                              {"count", "N", "thresholds, one to three (default 1)"},
                              {"boot", "N", "draws of units' residuals, for p-values (default 0)"},
                              {"trim", "S", "least share of rows in every regime (default 0.05)"},
                              {"seed", "S", "root of the random numbers (default 1)"}},
                             estimation_options()}),
          .least_arguments = 2,
          .most_arguments = 2,
          .run = run_threshold};
}

}  // namespace panelist::cli
