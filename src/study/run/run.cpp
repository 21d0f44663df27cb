// SPDX-License-Identifier: Apache-2.0
#include "study/run.h"

#include <chrono>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "study/run/index_audits.h"
#include "study/run/outputs.h"
#include "study/run/robustness.h"

namespace panelist {

using namespace study;

namespace {

Workspace open_workspace(const Context& context, const Study& study) {
  Workspace work;
  work.context = context;
  work.context.seed = study.seed;
  work.study = &study;
  work.sources.push_back(study.source);
  if (!study.style_source.name.empty()) {
    work.sources.push_back(study.style_source);
    work.inputs.push_back({study.style_source.name, sha256(study.style_source.text)});
  }
  return work;
}

bool prepare(Workspace& work) {
  load_data(work);
  return !work.notes.has_errors();
}

bool wanted(const TableEntry& entry, const std::vector<std::string>& asked) {
  if (asked.empty()) return true;
  const std::string number = std::to_string(entry.number);
  return std::any_of(asked.begin(), asked.end(),
                     [&](const std::string& name) { return name == entry.id || name == number; });
}

void check_asked(const Study& study, const std::vector<std::string>& asked) {
  std::vector<std::string> ids;
  for (const TableEntry& entry : study.tables) ids.push_back(entry.id);
  for (const std::string& name : asked) {
    const bool known = std::any_of(study.tables.begin(), study.tables.end(),
                                   [&](const TableEntry& entry) { return wanted(entry, {name}); });
    if (known) continue;
    const std::string near = nearest(name, ids);
    throw Error("usage.unknown_table", "the study has no table `" + name + "`",
                near.empty() ? "tables: " + join(ids, ", ") : "did you mean `" + near + "`?");
  }
}

// Each table's own remarks go with it, so that they leave results.json when it is built anew.
void take_notes(const Workspace& work, std::size_t first, nlohmann::ordered_json& table) {
  table["notes"] = nlohmann::ordered_json::array();
  for (std::size_t i = first; i < work.notes.size(); ++i)
    table["notes"].push_back(note_json(work.notes.items()[i]));
}

std::vector<BuiltTable> build_wanted(Workspace& work, const std::vector<std::string>& asked) {
  std::vector<BuiltTable> tables;
  work.notes_before_tables = work.notes.size();
  for (const TableEntry& entry : work.study->tables) {
    work.context.stop_if_asked();
    if (!wanted(entry, asked)) continue;
    const std::size_t notes = work.notes.size();
    attempt(work.notes, entry.span, [&] {
      for (BuiltTable& built : build_tables(work, entry)) {
        warn_of_table(work, entry, built.table);
        take_notes(work, notes, built.json);
        tables.push_back(std::move(built));
      }
    });
  }
  return tables;
}

// Tables of an earlier run that stay although what they are made of has changed.
void warn_of_older_tables(Workspace& work, const EarlierResults& earlier, const OutputSet& set,
                          const std::vector<BuiltTable>& built) {
  std::vector<std::string> older;
  for (const BuiltTable& table : earlier.tables)
    if (std::none_of(built.begin(), built.end(),
                     [&](const BuiltTable& own) { return own.table.id == table.table.id; }))
      older.push_back("`" + table.table.id + "`");
  if (older.empty() || !earlier.lock.is_object()) return;
  const std::vector<std::string> changes = origin_changes(earlier.lock, set);
  if (changes.empty()) return;
  work.notes.add({"study.older_tables",
                  Severity::warning,
                  "tables of an earlier run stay in the results: " + join(older, ", "),
                  {},
                  "",
                  changes,
                  "run the study without naming tables to build them all"});
}

void write_all(const std::string& out, const OutputSet& set) {
  FileTransaction transaction(out);
  for (const std::string& name : set.doomed) transaction.remove(name);
  for (const OutputFile& file : set.files) transaction.write(file.name, file.bytes);
  transaction.commit();
}

RunOutcome outcome_of(Workspace& work) {
  RunOutcome outcome;
  outcome.notes = work.notes;
  outcome.sources = work.sources;
  return outcome;
}

}  // namespace

Diagnostics check_study(const Context& context, const Study& study, std::vector<SourceText>& sources) {
  Workspace work = open_workspace(context, study);
  prepare(work);
  sources = work.sources;
  return work.notes;
}

Diagnostics check_study_names(const Context& context, const Study& study, std::vector<SourceText>& sources) {
  if (study.data.files.empty() || study.data.panel.unit.empty()) return {};
  Workspace work = open_workspace(context, study);
  load_names(work);
  sources = work.sources;
  Diagnostics errors;
  for (const Diagnostic& note : work.notes.items())
    if (note.severity == Severity::error) errors.add(note);
  return errors;
}

RunOutcome run_study(const Context& context, const Study& study, const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  check_asked(study, options.tables);
  Workspace work = open_workspace(context, study);
  if (!prepare(work)) return outcome_of(work);
  add_indices(work);
  if (work.notes.has_errors()) return outcome_of(work);
  const std::vector<BuiltTable> tables = build_wanted(work, options.tables);
  if (work.notes.has_errors()) return outcome_of(work);
  const std::string out = options.out.empty() ? join_path(study.directory, "results") : options.out;
  EarlierResults earlier = read_earlier_results(out);
  if (options.tables.empty()) earlier.tables.clear();
  const OutputSet set = output_set(work, tables, earlier);
  if (work.notes.has_errors()) return outcome_of(work);
  warn_of_older_tables(work, earlier, set, tables);
  RunOutcome outcome = outcome_of(work);
  outcome.out = out;
  outcome.results_json = set.results;
  work.context.stop_if_asked();
  if (options.frozen)
    outcome.drift = drift(out, earlier, set);
  else
    write_all(out, set);
  for (const OutputFile& file : set.files) outcome.files.push_back(file.name);
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return outcome;
}

SpecificationCurve run_curve(const Context& context, const Study& study, const RobustnessEntry& entry,
                             Diagnostics& notes) {
  Workspace work = open_workspace(context, study);
  if (prepare(work)) add_indices(work);
  work.notes.throw_first_error();
  const SpecificationCurve curve = curve_of(work, entry);
  notes.append(work.notes);
  return curve;
}

namespace {

bool mentions(const Formula& formula, const std::string& name) {
  return (" " + formula.text.substr(formula.text.find('~') + 1) + " ").find(" " + name + " ") !=
         std::string::npos;
}

// A table of the coefficient of an index in the first model of the study that has it.
std::optional<TableEntry> implied_sensitivity(const Study& study, const std::string& name) {
  for (const NamedModel& model : study.models)
    for (const Formula& formula : model.formulas) {
      if (!mentions(formula, name)) continue;
      TableEntry entry;
      entry.kind = TableEntry::Kind::index_sensitivity;
      entry.id = "index_sensitivity";
      entry.span = model.name.span;
      entry.indices = {{name, model.name.span}};
      entry.columns = {{formula, model.name.text}};
      entry.term = name;
      return entry;
    }
  return std::nullopt;
}

std::vector<CoefficientUnderConventions> coefficients_of(Workspace& work, const std::string& name) {
  std::vector<TableEntry> entries;
  for (const TableEntry& entry : work.study->tables)
    if (entry.kind == TableEntry::Kind::index_sensitivity && entry.indices.front().text == name)
      entries.push_back(entry);
  if (entries.empty())
    if (const auto implied = implied_sensitivity(*work.study, name)) entries.push_back(*implied);
  std::vector<CoefficientUnderConventions> found;
  for (const TableEntry& entry : entries)
    for (BuiltTable& built : build_tables(work, entry))
      found.push_back({built.table, built.json.at("index_sensitivity").dump()});
  return found;
}

}  // namespace

StudyIndex run_index(const Context& context, const Study& study, const std::string& name, bool coefficients) {
  Workspace work = open_workspace(context, study);
  if (prepare(work)) add_indices(work);
  work.notes.throw_first_error();
  const auto place = work.indices.find(name);
  if (place == work.indices.end()) {
    std::vector<std::string> names;
    for (const auto& [known, index] : work.indices) names.push_back(known);
    const std::string near = nearest(name, names);
    throw Error("study.unknown_index", "the study has no index `" + name + "`",
                near.empty() ? "indices: " + join(names, ", ") : "did you mean `" + near + "`?");
  }
  StudyIndex found{place->second, work.table, work.panel, audit_between_indices(work), {}};
  if (coefficients) found.coefficients = coefficients_of(work, name);
  work.notes.throw_first_error();
  return found;
}

}  // namespace panelist
