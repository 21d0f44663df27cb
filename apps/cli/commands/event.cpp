// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"
#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/policy_text.h"
#include "report/policy_json.h"

namespace panelist::cli {
namespace {

constexpr long long most_draws = 1'000'000;

std::pair<int, int> window_of(const std::vector<std::string>& parts) {
  std::vector<int> ends;
  for (const std::string& part : parts)
    if (const auto number = parse_integer(part); number && std::abs(*number) < 10'000)
      ends.push_back(static_cast<int>(*number));
  if (parts.size() != 2 || ends.size() != 2)
    throw Error("usage.bad_value", "`--window` takes two relative times", "for example --window=-4,5");
  return {ends[0], ends[1]};
}

EstimationSpec one_model(Session& session, const Arguments& arguments, const DataFile& data) {
  std::vector<EstimationSpec> specs = read_specs(session, arguments, data, arguments.positional()[1]);
  if (specs.size() != 1)
    throw Error("usage.bad_value", "an event study is of one model", "write a formula without sw() or csw()");
  specs.front().method.clear();  // --method names event studies here
  return specs.front();
}

EventStudySpec event_spec(Session& session, const Arguments& arguments, const DataFile& data) {
  EventStudySpec spec;
  spec.model = one_model(session, arguments, data);
  spec.treatment = {arguments.text("cohort"), arguments.text("treated")};
  spec.methods = arguments.list("method");
  if (arguments.has("window")) spec.window = window_of(arguments.list("window"));
  spec.reference = static_cast<int>(arguments.integer("reference", -1, -10'000));
  spec.control = arguments.text("control", "never");
  spec.band = arguments.has("band");
  spec.adjust = arguments.text("adjust", "none");
  spec.shares = arguments.text("shares", "known");
  spec.bootstrap = arguments.text("bootstrap");
  spec.bootstrap_draws = static_cast<int>(std::min(arguments.integer("boot", 999, 2), most_draws));
  return spec;
}

struct PolicyResults {
  EventStudy study;
  std::optional<BaconDecomposition> bacon;
  std::optional<Placebo> placebo;
};

PolicyResults results_of(Session& session, const Arguments& arguments, const DataFile& data,
                         Diagnostics& notes) {
  const EventStudySpec spec = event_spec(session, arguments, data);
  const Panel* panel = data.panel_or_null();
  PolicyResults out;
  out.study = event_study(session.context, spec, data.table, panel, notes);
  if (arguments.has("bacon"))
    out.bacon = bacon_decomposition(session.context, {spec.model, spec.treatment}, data.table, panel, notes);
  if (arguments.has("placebo")) {
    PlaceboSpec space;
    space.model = spec.model;
    space.treatment = spec.treatment;
    space.draws = static_cast<int>(std::min(arguments.integer("placebo", 1000, 1), most_draws));
    out.placebo = placebo(session.context, space, data.table, panel, notes);
  }
  return out;
}

void add_warnings(const std::vector<std::pair<std::string, std::string>>& warnings, Diagnostics& notes) {
  for (const auto& [code, message] : warnings) notes.warning(code, message);
}

int run_event(Session& session, const Arguments& arguments) {
  const DataFile data = open_data(session, arguments, columns_of_estimation(arguments));
  Diagnostics notes;
  const PolicyResults found = results_of(session, arguments, data, notes);
  add_warnings(found.study.warnings, notes);
  for (const EventEffects& effects : found.study.methods) add_warnings(effects.warnings, notes);
  if (found.bacon) add_warnings(found.bacon->warnings, notes);
  if (found.placebo) add_warnings(found.placebo->warnings, notes);
  session.show(notes);
  if (session.json) {
    nlohmann::ordered_json json = to_json(found.study);
    if (found.bacon) json["bacon"] = to_json(*found.bacon);
    if (found.placebo) json["placebo"] = to_json(*found.placebo);
    session.print(json.dump() + "\n");
    return 0;
  }
  std::string text = event_text(found.study);
  if (found.bacon) text += bacon_text(*found.bacon);
  if (found.placebo) text += placebo_text(*found.placebo);
  session.print(text);
  return 0;
}

}  // namespace

Command event_command() {
  return {
      .name = "event",
      .usage = "DATA FORMULA --cohort COL | --treated COL --panel UNIT,TIME --vcov V [--method M,...]",
      .summary = "event study of a policy that reaches units at different times",
      .description = "FORMULA has the outcome, controls and effects; the treatment is left out of it.",
      .examples =
          {{"event panel.csv 'y ~ x | unit + year' --cohort first --panel unit,year --vcov 'cluster(unit)'",
            "two-way fixed effects, effects by periods since the start"},
           {"event panel.csv 'y ~ 1 | unit + year' --treated did --method imputation,callaway_santanna "
            "--window=-4,5 --panel unit,year --vcov 'cluster(unit)'",
            "estimators that hold when effects differ"},
           {"event panel.csv 'y ~ 1 | unit + year' --cohort first --bacon --placebo 1000 --panel unit,year "
            "--vcov 'cluster(unit)'",
            "what the two-way coefficient is made of, and placebos"}},
      .options =
          joined({{{"cohort", "COL", "first treated time; blank, 0 or never: never treated"},
                   {"treated", "COL", "0, and 1 from the start on"},
                   {"method", "M[,M2]", "twfe (default), sun_abraham, imputation, callaway_santanna"},
                   {"window", "A,B", "relative times shown (default all)"},
                   {"reference", "R", "relative time that is zero (default -1)"},
                   {"control", "C", "never (default), not_yet or last"},
                   {"band", "", "bands that hold all times at once"},
                   {"adjust", "A",
                    "callaway_santanna, for the controls before the start: none (default), regression, "
                    "ipw, dr"},
                   {"shares", "S", "sun_abraham: shares known (default) or estimated"},
                   {"bootstrap", "W", "callaway_santanna: multipliers of clusters, mammen or rademacher"},
                   {"boot", "N", "their draws (default 999)"},
                   {"bacon", "", "the Goodman-Bacon decomposition too"},
                   {"placebo", "N", "placebos too: earlier starts, and N random assignments"},
                   {"seed", "S", "root of the random numbers (default 1)"}},
                  estimation_options()}),
      .least_arguments = 2,
      .most_arguments = 2,
      .run = run_event};
}

}  // namespace panelist::cli
