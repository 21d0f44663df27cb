// SPDX-License-Identifier: Apache-2.0
#include "study/run/robustness.h"

#include <algorithm>

#include "base/text.h"
#include "report/table_words.h"

namespace panelist::study {

RobustnessModel model_of(Workspace& work, const RobustnessEntry& entry, const TableEntry* table) {
  RobustnessModel model;
  if (table != nullptr) model.table = *table;
  model.table.columns = {entry.of};
  model.table.span = entry.span;
  model.regression = plan_columns(work, model.table).front();
  model.spec = estimation_spec(work, model.table, model.regression);
  return model;
}

namespace {

// A column by its name, whatever is in it; anything else as it stands.
std::string as_term(const Table& table, const std::string& text) {
  return table.has(text) ? "`" + text + "`" : text;
}

Formula parsed(const std::string& text, const Span& span) {
  Diagnostics problems;
  std::vector<Formula> formulas = parse_formula(text, {}, {}, problems);
  if (!problems.has_errors() && formulas.size() == 1) return formulas.front();
  Diagnostic problem = problems.items().empty() ? Diagnostic{} : problems.items().front();
  problem.severity = Severity::error;
  problem.code = problem.code.empty() ? "formula.syntax" : problem.code;
  problem.span = span;
  throw Error(problem);
}

FormulaTerm term_of(const Table& table, const Spanned& text) {
  const Formula formula = parsed("y ~ " + as_term(table, text.text), text.span);
  if (formula.regressors.size() != 1)
    throw Error({"formula.syntax",
                 Severity::error,
                 "`" + text.text + "` is no single term",
                 text.span,
                 "",
                 {},
                 "name one variable, or an expression such as log(x)"});
  return formula.regressors.front();
}

bool holds(const std::vector<FormulaTerm>& terms, const std::string& text) {
  return std::any_of(terms.begin(), terms.end(), [&](const FormulaTerm& term) { return term.text == text; });
}

// Those named; else the terms of the model's sets and those listed; without any of these every other regressor.
std::vector<FormulaTerm> controls_of(const Table& table, const RobustnessEntry& entry,
                                     const Formula& formula) {
  std::vector<FormulaTerm> controls;
  const auto add = [&](const Spanned& text) {
    FormulaTerm term = term_of(table, text);
    if (!holds(controls, term.text)) controls.push_back(std::move(term));
  };
  for (const Spanned& text : entry.among) add(text);
  if (!controls.empty()) return controls;
  for (const FormulaTerm& term : formula.regressors)
    if (!term.set.empty() && term.text != entry.terms.front().text) controls.push_back(term);
  for (const auto& set : entry.sets)
    for (const Spanned& text : set) add(text);
  if (!controls.empty()) return controls;
  for (const FormulaTerm& term : formula.regressors)
    if (term.text != entry.terms.front().text) controls.push_back(term);
  return controls;
}

std::string effects_text(const std::vector<FormulaEffect>& effects) {
  std::vector<std::string> texts;
  for (const FormulaEffect& effect : effects) texts.push_back(effect.text);
  return texts.empty() ? "0" : join(texts, " + ");
}

void add_samples(const RobustnessEntry& entry, SpecificationCurveSpec& spec) {
  if (entry.samples.empty()) return;
  spec.samples.push_back({});
  for (const auto& [name, where] : entry.samples) spec.samples.push_back({name, where.expression});
}

SpecificationCurveSpec curve_spec(Workspace& work, const RobustnessEntry& entry,
                                  const RobustnessModel& model) {
  const Table& table = model.regression.table;
  SpecificationCurveSpec spec;
  spec.main = model.spec;
  spec.term = entry.terms.front().text;
  spec.controls = controls_of(table, entry, model.spec.formula);
  for (const auto& set : entry.sets) {
    spec.sets.emplace_back();
    for (const Spanned& text : set) spec.sets.back().push_back(term_of(table, text).text);
  }
  spec.draw = entry.draw;
  add_samples(entry, spec);
  for (const Spanned& text : entry.effects) {
    const std::vector<FormulaEffect> effects = effects_of(text, work.study->sets);
    spec.effects.push_back({effects_text(effects), effects});
  }
  spec.vcovs = entry.vcovs;
  for (const Spanned& text : entry.outcomes) {
    const Formula outcome = parsed(as_term(table, text.text) + " ~ 1", text.span);
    spec.outcomes.push_back({outcome.outcome_text, outcome.outcome});
  }
  if (entry.terms.size() > 1)
    for (const Spanned& text : entry.terms) spec.measures.push_back(term_of(table, text));
  spec.own_sample = entry.own_sample;
  return spec;
}

}  // namespace

SpecificationCurve curve_of(Workspace& work, const RobustnessEntry& entry, const TableEntry* table) {
  const RobustnessModel model = model_of(work, entry, table);
  SpecificationCurve curve = specification_curve(work.context, curve_spec(work, entry, model),
                                                 model.regression.table, &work.panel, work.notes);
  for (const auto& [code, message] : curve.warnings) work.notes.warning(code, message, entry.span);
  return curve;
}

LeaveOut leave_out_of(Workspace& work, const RobustnessEntry& entry, const TableEntry* table) {
  const RobustnessModel model = model_of(work, entry, table);
  const LeaveOutSpec spec{model.spec, entry.terms.front().text, entry.by ? entry.by->text : ""};
  return leave_out(work.context, spec, model.regression.table, &work.panel, work.notes);
}

Permutation permutation_of(Workspace& work, const RobustnessEntry& entry, const TableEntry* table) {
  const RobustnessModel model = model_of(work, entry, table);
  PermutationSpec spec;
  spec.model = model.spec;
  spec.term = entry.terms.front().text;
  spec.rows = entry.among_what == "rows";
  spec.within = entry.by ? entry.by->text : "";
  spec.draws = entry.reps;
  spec.studentised = entry.statistic == "t";
  return permute_term(work.context, spec, model.regression.table, &work.panel, work.notes);
}

namespace {

std::vector<Oster> oster_of(Workspace& work, const RobustnessEntry& entry, const TableEntry& table) {
  const RobustnessModel model = model_of(work, entry, &table);
  OsterSpec spec;
  spec.model = model.spec;
  for (const Spanned& text : entry.among) spec.kept.push_back(text.text);
  spec.r_max = entry.r_max;
  spec.times = entry.times;
  spec.delta = entry.delta;
  spec.beta = entry.beta;
  std::vector<Oster> results;
  for (const Spanned& term : entry.terms) {
    spec.term = term.text;
    results.push_back(oster_bounds(work.context, spec, model.regression.table, &work.panel, work.notes));
  }
  return results;
}

RobustnessTableSpec table_spec(Workspace& work, const TableEntry& entry) {
  return {entry.id, entry.title, entry.number, style_of(work, entry), term_labels_of(work, entry)};
}

BuiltTable build_curve(Workspace& work, const TableEntry& entry) {
  const SpecificationCurve curve = curve_of(work, *entry.robustness, &entry);
  BuiltTable built;
  built.table = spec_curve_table(curve, table_spec(work, entry));
  built.json["curve"] = to_json(curve);
  return built;
}

BuiltTable build_leave_out(Workspace& work, const TableEntry& entry) {
  const LeaveOut result = leave_out_of(work, *entry.robustness, &entry);
  return {leave_out_table(result, table_spec(work, entry)), {{"leave_out", to_json(result)}}};
}

BuiltTable build_oster(Workspace& work, const TableEntry& entry) {
  const std::vector<Oster> results = oster_of(work, *entry.robustness, entry);
  BuiltTable built{oster_table(results, table_spec(work, entry)), {}};
  built.json["oster"] = nlohmann::ordered_json::array();
  for (const Oster& one : results) built.json["oster"].push_back(to_json(one));
  return built;
}

BuiltTable build_permutation(Workspace& work, const TableEntry& entry) {
  const Permutation result = permutation_of(work, *entry.robustness, &entry);
  return {permutation_table(result, table_spec(work, entry)), {{"permutation", to_json(result)}}};
}

// What is not least squares is said: "Two-stage least squares."
std::string estimator_note(const Workspace& work, const TableEntry& entry) {
  const Formula& formula = entry.robustness->of.formula;
  const bool family = !entry.families.empty() && entry.families.front() != "gaussian";
  if (!family && formula.endogenous.empty()) return "";
  const std::string& lang = work.study->lang;
  const std::string method = entry.methods.empty() ? "2sls" : entry.methods.front();
  std::string name = table_words(
      family ? "family_" + entry.families.front() : "method_" + method.substr(0, method.find('(')), lang, {});
  if (lang != "zh" && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name + table_words("sentence_end", lang, {});
}

struct RobustnessTable {
  TableEntry::Kind kind;
  BuiltTable (*build)(Workspace&, const TableEntry&);
};
constexpr RobustnessTable robustness_tables[] = {
    {TableEntry::Kind::spec_curve, build_curve},
    {TableEntry::Kind::leave_out, build_leave_out},
    {TableEntry::Kind::oster, build_oster},
    {TableEntry::Kind::permutation, build_permutation},
};

}  // namespace

std::vector<BuiltTable> build_robustness_table(Workspace& work, const TableEntry& entry) {
  std::vector<BuiltTable> built;
  attempt(work.notes, entry.robustness->span, [&] {
    for (const RobustnessTable& table : robustness_tables)
      if (table.kind == entry.kind) built.push_back(table.build(work, entry));
    if (const std::string note = estimator_note(work, entry); !note.empty() && !built.empty())
      built.front().table.notes.push_back(note);
  });
  return built;
}

}  // namespace panelist::study
