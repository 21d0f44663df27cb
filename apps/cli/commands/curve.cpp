// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands/catalog.h"
#include "cli/print/fit_text.h"
#include "cli/session.h"
#include "report/robustness.h"
#include "report/writer.h"
#include "study/run.h"

namespace panelist::cli {
namespace {

const NamedModel& model_of(const Study& study, const std::string& asked) {
  std::vector<std::string> names;
  for (const NamedModel& model : study.models) {
    if (model.name.text == (asked.empty() ? "main" : asked)) return model;
    names.push_back(model.name.text);
  }
  if (asked.empty() && !study.models.empty()) return study.models.front();
  if (study.models.empty())
    throw Error("study.unknown_model", "the study has no [model] for a curve",
                "add [model] main = \"y ~ x + {controls} | unit + year\"");
  const std::string near = nearest(asked, names);
  throw Error("study.unknown_model", fmt::format("the study has no model `{}`", asked),
              near.empty() ? "models: " + join(names, ", ") : "did you mean `" + near + "`?", "option --of");
}

std::vector<Spanned> spanned(Session& session, const Arguments& arguments, const std::string& option) {
  std::vector<Spanned> texts;
  for (const std::string& text : arguments.list(option))
    texts.push_back({std::string(trim(text)), session.place("<" + option + ">", text)});
  return texts;
}

void read_conditions(Session& session, const Arguments& arguments, RobustnessEntry& entry,
                     Diagnostics& mistakes) {
  for (const Spanned& text : spanned(session, arguments, "samples")) {
    SpannedExpression where{parse_expression(text.text, text.span, mistakes), text.text, text.span};
    entry.samples.emplace_back(text.text, std::move(where));
  }
}

RobustnessEntry entry_of_options(Session& session, const Arguments& arguments, const Study& study) {
  RobustnessEntry entry;
  Diagnostics mistakes;
  const NamedModel& model = model_of(study, arguments.text("of"));
  entry.of = {model.formulas.front(), model.name.text};
  entry.terms = {{replace_all(arguments.positional()[1], " ", ""), {}}};
  for (const Spanned& measure : spanned(session, arguments, "measures")) entry.terms.push_back(measure);
  entry.among = spanned(session, arguments, "controls");
  entry.effects = spanned(session, arguments, "effects");
  entry.outcomes = spanned(session, arguments, "outcomes");
  for (const Spanned& vcov : spanned(session, arguments, "vcov"))
    entry.vcovs.push_back(parse_vcov(vcov.text, vcov.span, mistakes));
  read_conditions(session, arguments, entry, mistakes);
  entry.draw = arguments.integer("draw", 0, 1);
  entry.own_sample = arguments.choice("sample", {"common", "own"}) == "own";
  session.stop_on_mistakes(mistakes);
  return entry;
}

std::string text_of(const Session& session, const SpecificationCurve& curve) {
  TableStyle style;
  style.lang = session.lang;
  const PublicationTable table = spec_curve_table(curve, {"curve", "", 0, style, {}});
  std::string text = fmt::format("{}\n\n", curve.formula) + find_table_writer("text")->write(table);
  if (!curve.has_main()) return text;
  const Specification& main = curve.specifications[curve.main];
  const std::string p = p_text(main.p_value);
  return text + fmt::format("\n{}: {} = {:.6g} ({:.6g}), p {}{}, n = {:g}\n",
                            session.lang == "zh" ? "基准模型" : "main", curve.term, main.estimate,
                            main.std_error, p.starts_with('<') ? "" : "= ", p, main.n);
}

int run_curve_command(Session& session, const Arguments& arguments) {
  Diagnostics mistakes;
  const Study study = parse_study(arguments.positional()[0], mistakes);
  session.sources.push_back(study.source);
  session.stop_on_mistakes(mistakes);
  Diagnostics notes;
  const SpecificationCurve curve =
      run_curve(session.context, study, entry_of_options(session, arguments, study), notes);
  session.show(notes);
  session.print(session.json ? to_json(curve).dump() + "\n" : text_of(session, curve));
  return 0;
}

}  // namespace

Command curve_command() {
  return {
      .name = "curve",
      .usage = "STUDY TERM [--json] [options]",
      .summary = "specification curve: one coefficient under every combination of choices",
      .description =
          "The model is `main` of the study's [model]. Its controls that stand in {sets} come and go.",
      .examples = {{"curve study.toml DT", "all subsets of the controls"},
                   {"curve study.toml DT --vcov 'hc1,cluster(province)' --effects 'province + year,province'",
                    "under two kinds of standard errors and two sets of effects"},
                   {"curve study.toml DT --draw 500 --json", "500 subsets drawn at random, as JSON"}},
      .options = {{"of", "MODEL", "another model of the study"},
                  {"controls", "A,B", "controls that come and go (default those of the model's sets)"},
                  {"vcov", "V,V", "standard errors (default that of the study)"},
                  {"effects", "E,E", "sets of effects, 0 for none (default those of the model)"},
                  {"samples", "EXPR,EXPR", "conditions beside the whole sample"},
                  {"outcomes", "Y,Y", "outcomes (default that of the model)"},
                  {"measures", "X,X", "other measures of TERM"},
                  {"draw", "N", "so many of the subsets, drawn at random"},
                  {"sample", "common|own", "rows that have every variable, or each its own"},
                  {"json", "", "results as JSON"}},
      .least_arguments = 2,
      .most_arguments = 2,
      .run = run_curve_command};
}

}  // namespace panelist::cli
