// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/mechanism_text.h"
#include "report/correlated_errors.h"
#include "report/moderated_table.h"
#include "report/result_json.h"

namespace panelist::cli {
namespace {

std::string required(const Arguments& arguments, std::string_view option, std::string_view hint) {
  const auto value = arguments.find(option);
  if (!value || value->empty())
    throw Error("usage.missing_option", fmt::format("`mediate` needs `--{}`", option), std::string(hint));
  return *value;
}

EstimationSpec total_equation(Session& session, const Arguments& arguments, const DataFile& data) {
  std::vector<EstimationSpec> specs = read_specs(session, arguments, data, arguments.positional()[1]);
  if (specs.size() != 1)
    throw Error("usage.bad_value", "mediation needs one total equation",
                "write a formula without sw() or csw()");
  return specs.front();
}

// Mediators are columns or expressions such as L.M.
void check_mediators(Session& session, const MediationSpec& spec, const Table& table) {
  Diagnostics mistakes;
  for (const std::string& mediator : spec.mediators)
    read_expression(session, {"<through>", mediator}, table, mistakes);
  session.stop_on_mistakes(mistakes);
}

// Of mediators in parallel, in one sample.
void check_sensitivity(const Arguments& arguments) {
  if (!arguments.has("sensitivity")) return;
  for (const char* option : {"by", "mode", "moderator"})
    if (arguments.has(option) && arguments.text(option) != "parallel")
      throw Error("usage.bad_value", fmt::format("`--sensitivity` does not go with `--{}`", option),
                  "the sensitivity to correlated errors is of mediators in parallel, without groups",
                  "option --sensitivity");
}

void show_mediation(const Session& session, const Arguments& arguments, const Mediation& mediation) {
  std::vector<CorrelatedErrors> errors;
  if (arguments.has("sensitivity")) errors = correlated_errors(session.context, mediation);
  if (!session.json) {
    session.print(mediation_text(mediation) + (errors.empty() ? "" : correlated_errors_text(errors)));
    return;
  }
  nlohmann::ordered_json json = to_json(mediation);
  if (!errors.empty()) json["correlated_errors"] = to_json(errors);
  session.print(json.dump() + "\n");
}

int run_mediate(Session& session, const Arguments& arguments) {
  MediationSpec spec;
  spec.x = required(arguments, "x", "name the treatment: --x X");
  required(arguments, "through", "name the mediators: --through M1,M2");
  spec.mediators = arguments.list("through");
  check_sensitivity(arguments);
  spec.bootstrap = static_cast<int>(std::min(arguments.integer("boot", 0, 0), 10'000'000LL));
  spec.seed = session.context.seed;
  spec.draws = static_cast<int>(std::min(arguments.integer("draws", 0, 0), 10'000'000LL));
  spec.serial = arguments.choice("mode", {"parallel", "serial"}) == "serial";
  if (arguments.has("contrasts")) spec.contrasts = arguments.choice("contrasts", {"on", "off"}) == "on";
  const DataFile data = open_data(session, arguments, columns_of_estimation(arguments));
  spec.total = total_equation(session, arguments, data);
  check_mediators(session, spec, data.table);
  Diagnostics notes;
  if (const std::string by = arguments.text("by"); !by.empty()) {
    const ModeratedMediation moderated =
        mediate_by_group(session.context, spec, by, data.table, data.panel_or_null(), notes);
    session.show(notes);
    session.print(session.json ? to_json(moderated).dump() + "\n" : moderated_text(moderated));
    return 0;
  }
  const Mediation mediation = mediate(session.context, spec, data.table, data.panel_or_null(), notes);
  session.show(notes);
  show_mediation(session, arguments, mediation);
  return 0;
}

}  // namespace

Command mediate_command() {
  return {.name = "mediate",
          .usage =
              "DATA FORMULA --x X --through M[,M2] --vcov V [--mode serial] [--boot N] [--draws N] [--by G] "
              "[--seed S]",
          .summary = "mediation, in parallel or in series, with Sobel, delta and bootstrap intervals",
          .description = "FORMULA is the total equation: X in it, the mediators not.",
          .examples =
              {{"mediate hsb2.csv 'science ~ math' --x math --through read --vcov iid --boot 5000",
                "does reading carry the effect of mathematics"},
               {"mediate d.csv 'y ~ x | id' --x x --through m1,m2 --mode serial --vcov 'cluster(id)' --boot "
                "5000",
                "x moves m1, m1 moves m2, m2 moves y: every path"}},
          .options = joined(
              {{{"x", "X", "the treatment term"},
                {"through", "M[,M2]", "mediators"},
                {"mode", "MODE", "parallel, or serial: each mediator depends on those before it"},
                {"contrasts", "on|off", "differences of the indirect effects (default: up to three)"},
                {"boot", "N", "bootstrap replicates (default 0)"},
                {"draws", "N", "draws of a and b for the Monte Carlo interval (default 0)"},
                {"sensitivity", "", "indirect effects under correlated errors of mediator and outcome"},
                {"by", "G", "within each group of a column, indirect effects compared"},
                {"seed", "S", "root of the random numbers (default 1)"}},
               estimation_options()}),
          .least_arguments = 2,
          .most_arguments = 2,
          .run = run_mediate};
}

}  // namespace panelist::cli
