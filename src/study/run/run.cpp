// SPDX-License-Identifier: Apache-2.0
#include "study/run.h"

#include <chrono>

#include "base/file.h"
#include "base/text.h"
#include "study/run/outputs.h"

namespace panelist {

using namespace study;

namespace {

Workspace open_workspace(const Context& context, const Study& study) {
  Workspace work;
  work.context = context;
  work.context.seed = study.seed;
  work.study = &study;
  work.sources.push_back(study.source);
  return work;
}

bool prepare(Workspace& work) {
  load_data(work);
  if (work.notes.has_errors()) return false;
  check_names(work);
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

std::vector<BuiltTable> build_wanted(Workspace& work, const std::vector<std::string>& asked) {
  std::vector<BuiltTable> tables;
  for (const TableEntry& entry : work.study->tables) {
    work.context.stop_if_asked();
    if (!wanted(entry, asked)) continue;
    attempt(work.notes, entry.span, [&] {
      for (BuiltTable& built : build_tables(work, entry, tables.size())) tables.push_back(std::move(built));
    });
  }
  return tables;
}

// A partial run writes its tables only: the other files describe the whole study.
std::vector<OutputFile> files_of(const Workspace& work, const std::vector<BuiltTable>& tables, bool whole,
                                 std::string& results) {
  std::vector<OutputFile> files = table_files(*work.study, tables);
  results = results_json(work, tables).dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  if (!whole) return files;
  files.push_back(report_file(work, tables));
  for (OutputFile& file : index_files(work)) files.push_back(std::move(file));
  files.push_back({"results.json", results});
  files.push_back(lock_file(work, tables, files));
  return files;
}

// Files of the last run that this one no longer makes go with the same commit.
void write_all(const std::string& out, const std::vector<OutputFile>& files, bool whole) {
  FileTransaction transaction(out);
  const std::string lock = join_path(out, "study.lock");
  if (whole && file_exists(lock))
    for (const std::string& name : locked_files(read_file(lock)))
      if (name == file_name_of(name)) transaction.remove(name);
  for (const OutputFile& file : files) transaction.write(file.name, file.bytes);
  transaction.commit();
}

std::vector<std::string> frozen_drift(const std::string& out, const std::vector<OutputFile>& files) {
  const std::string lock = join_path(out, "study.lock");
  if (!file_exists(lock)) return {"there is no study.lock in " + out + ": run once without --frozen"};
  return drift(read_file(lock), files.back().bytes);
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

RunOutcome run_study(const Context& context, const Study& study, const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  check_asked(study, options.tables);
  Workspace work = open_workspace(context, study);
  if (!prepare(work)) return outcome_of(work);
  add_indices(work);
  if (work.notes.has_errors()) return outcome_of(work);
  const std::vector<BuiltTable> tables = build_wanted(work, options.tables);
  RunOutcome outcome = outcome_of(work);
  if (outcome.notes.has_errors()) return outcome;
  outcome.out = options.out.empty() ? join_path(study.directory, "results") : options.out;
  const bool whole = options.tables.empty();
  const std::vector<OutputFile> files = files_of(work, tables, whole || options.frozen, outcome.results_json);
  if (options.frozen)
    outcome.drift = frozen_drift(outcome.out, files);
  else
    write_all(outcome.out, files, whole);
  for (const OutputFile& file : files) outcome.files.push_back(file.name);
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return outcome;
}

StudyIndex run_index(const Context& context, const Study& study, const std::string& name) {
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
  return {place->second, work.table, work.panel};
}

}  // namespace panelist
