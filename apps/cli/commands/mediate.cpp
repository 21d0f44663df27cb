// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"

#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/mechanism_text.h"
#include "mechanism/multiplicity.h"
#include "report/correlated_errors.h"
#include "report/moderated_table.h"
#include "report/path_tables.h"
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
void check_mediators(Session& session, const MediationSpec& spec, const std::string& moderator,
                     const Table& table) {
  Diagnostics mistakes;
  if (!moderator.empty()) read_expression(session, {"<moderator>", moderator}, table, mistakes);
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

void show_mediation(Session& session, const Arguments& arguments, const Mediation& mediation,
                    const Diagnostics& notes) {
  session.show(notes);
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

// What the options ask for, beyond parallel mediators.
struct Asked {
  MediationSpec spec;
  std::string mode, by, moderator, stage, correction;
  std::vector<double> at;
};

void refuse_together(const Arguments& arguments, std::string_view first, std::string_view second,
                     const std::string& reason) {
  if (arguments.has(first) && arguments.has(second))
    throw Error("usage.bad_value", fmt::format("`--{}` and `--{}` do not go together", first, second),
                reason);
}

void refuse_channel_options(const Arguments& arguments, const std::string& mode) {
  if (mode != "channel") return;
  for (const char* option : {"boot", "draws", "by", "moderator", "contrasts"})
    refuse_together(arguments, "mode", option, "channels have no indirect effect");
}

void refuse_without_moderator(const Arguments& arguments) {
  if (arguments.has("moderator")) return;
  for (const char* option : {"stage", "at"})
    if (arguments.has(option))
      throw Error("usage.bad_value", fmt::format("`--{}` needs `--moderator`", option),
                  "it says how a moderator moves the links: --moderator W");
}

// Holm first: what holds when nothing is said.
std::vector<std::string> corrections_by_use() {
  std::vector<std::string> names = correction_names();
  std::stable_partition(names.begin(), names.end(), [](const std::string& name) { return name == "holm"; });
  return names;
}

std::vector<double> values_of(const Arguments& arguments) {
  std::vector<double> values;
  for (const std::string& text : arguments.list("at")) {
    const auto value = parse_number(text);
    if (!value)
      throw Error("usage.bad_value", fmt::format("`{}` is no number", text), "for example --at 0.4,0.6,0.8");
    values.push_back(*value);
  }
  return values;
}

Asked read_asked(const Session& session, const Arguments& arguments) {
  Asked asked;
  MediationSpec& spec = asked.spec;
  spec.x = required(arguments, "x", "name the treatment: --x X");
  required(arguments, "through", "name the mediators: --through M1,M2");
  spec.mediators = arguments.list("through");
  check_sensitivity(arguments);
  spec.bootstrap = static_cast<int>(std::min(arguments.integer("boot", 0, 0), 10'000'000LL));
  spec.seed = session.context.seed;
  spec.draws = static_cast<int>(std::min(arguments.integer("draws", 0, 0), 10'000'000LL));
  asked.mode = arguments.choice("mode", {"parallel", "serial", "channel"});
  spec.serial = asked.mode == "serial";
  if (arguments.has("contrasts")) spec.contrasts = arguments.choice("contrasts", {"on", "off"}) == "on";
  asked.by = arguments.text("by");
  asked.moderator = arguments.text("moderator");
  asked.stage = arguments.choice("stage", {"first", "second", "both"});
  asked.correction = arguments.choice("correction", corrections_by_use());
  asked.at = values_of(arguments);
  refuse_together(arguments, "by", "moderator", "a mediation has groups or a numeric moderator");
  refuse_channel_options(arguments, asked.mode);
  refuse_without_moderator(arguments);
  if (spec.serial) refuse_together(arguments, "mode", "moderator", "a moderator moves mediators in parallel");
  return asked;
}

template <typename Result>
void show(Session& session, const Diagnostics& notes, const Result& result,
          std::string (*text)(const Result&)) {
  session.show(notes);
  session.print(session.json ? to_json(result).dump() + "\n" : text(result));
}

int run_mediate(Session& session, const Arguments& arguments) {
  Asked asked = read_asked(session, arguments);
  MediationSpec& spec = asked.spec;
  const DataFile data = open_data(session, arguments, columns_of_estimation(arguments));
  spec.total = total_equation(session, arguments, data);
  check_mediators(session, asked.spec, asked.moderator, data.table);
  const Context& context = session.context;
  const Panel* panel = data.panel_or_null();
  Diagnostics notes;
  if (asked.mode == "channel")
    show(session, notes, channel_effects(context, spec, asked.correction, data.table, panel, notes),
         channel_text);
  else if (!asked.moderator.empty())
    show(session, notes,
         mediate_at(context, {spec, asked.moderator, asked.stage, asked.at}, data.table, panel, notes),
         conditional_text);
  else if (!asked.by.empty())
    show(session, notes, mediate_by_group(context, spec, asked.by, data.table, panel, notes), moderated_text);
  else
    show_mediation(session, arguments, mediate(context, spec, data.table, panel, notes), notes);
  return 0;
}

}  // namespace

Command mediate_command() {
  return {.name = "mediate",
          .usage =
              "DATA FORMULA --x X --through M[,M2] --vcov V [--mode MODE] [--moderator W] [--boot N] "
              "[--draws N] [--by G] "
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
                {"mode", "MODE",
                 "parallel; serial: each mediator depends on those before it; channel: x to each "
                 "mediator alone"},
                {"moderator", "W", "a number that moves the links; indirect effects at its values"},
                {"stage", "S", "links it moves: first (default), second or both"},
                {"at", "W1,W2", "its values (default: mean, and a deviation on both sides)"},
                {"correction", "NAME", "of the p-values over channels (default holm)"},
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
