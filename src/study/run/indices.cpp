// SPDX-License-Identifier: Apache-2.0
// Indices of a study on its sample, and their columns.
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "index/learned.h"
#include "study/run/regressions.h"

namespace panelist::study {

namespace {

void warn_index(Workspace& work, const IndexResult& result, const Span& span) {
  for (const auto& [code, message] : result.warnings)
    work.notes.add({code, Severity::warning, message, span, "index " + result.name, {}, ""});
}

void add_columns(Workspace& work, const IndexResult& result) {
  for (auto& [name, column] : index_columns(result, work.table.rows()))
    work.table.set(name, std::move(column));
}

// Scores by the goalposts and weights of an earlier run.
IndexResult apply_frozen(Workspace& work, const IndexEntry& entry) {
  const std::string path = join_path(work.study->directory, entry.frozen->text);
  IndexResult frozen = frozen_index(read_file(path), entry.frozen->text);
  check_same_system(frozen, entry.system);
  frozen.name = entry.system.name;
  return apply_index(work.context, frozen, work.table, work.panel, work.sample);
}

void build_one(Workspace& work, const std::string& name, const std::string& method) {
  const IndexEntry& entry = work.systems.at(name);
  const std::string full_name = method.empty() ? name : name + "@" + method;
  attempt(work.notes, entry.system.span, [&] {
    IndexSystem system = entry.system;
    system.name = full_name;
    IndexConventions conventions = entry.conventions;
    if (!method.empty()) conventions.method = method;
    IndexResult result = entry.frozen && method.empty() ? apply_frozen(work, entry)
                                                        : build_index(work.context, system, conventions,
                                                                      work.table, work.panel, work.sample);
    warn_index(work, result, entry.system.span);
    add_columns(work, result);
    work.indices[full_name] = std::move(result);
  });
}

void build_variants(Workspace& work) {
  for (const std::string& variant : index_variants(*work.study)) {
    const std::string name = variant.substr(0, variant.find('@'));
    const std::string method = variant.substr(variant.find('@') + 1);
    if (work.systems.contains(name)) build_one(work, name, method);
  }
}

// The same indicator in the outcome's index and in a regressor's: part of the fit is mechanical.
void warn_overlaps(Workspace& work) {
  for (std::size_t i = 0; i < work.study->indices.size(); ++i)
    for (std::size_t j = i + 1; j < work.study->indices.size(); ++j) {
      const IndexSystem& a = work.systems.at(work.study->indices[i].system.name).system;
      const IndexSystem& b = work.systems.at(work.study->indices[j].system.name).system;
      const std::vector<std::string> shared = shared_indicators(a, b);
      if (shared.empty()) continue;
      work.notes.add({"index.overlap",
                      Severity::warning,
                      "indices `" + a.name + "` and `" + b.name + "` share " + join(shared, ", "),
                      b.span,
                      "",
                      {"in a regression of one on the other a part of the fit is mechanical"},
                      "drop the shared indicators from one of them"});
    }
}

void build_all(Workspace& work) {
  for (const IndexEntry& entry : work.study->indices) build_one(work, entry.system.name, "");
  build_variants(work);
  std::set<std::string> names;
  for (const IndexEntry& entry : work.study->indices) names.insert(entry.system.name);
  derive_after_indices(work, names);
}

}  // namespace

// Indicator systems: from the study, or from the csv it names; labels and units from the columns.
void read_systems(Workspace& work) {
  for (const IndexEntry& entry : work.study->indices) {
    IndexEntry complete = entry;
    if (entry.indicators)
      attempt(work.notes, entry.indicators->span, [&] {
        const std::string path = join_path(work.study->directory, entry.indicators->text);
        work.inputs.push_back({entry.indicators->text, sha256(read_file(path))});
        complete.system = index_system_from(read_table(path), entry.system.name, work.notes);
        complete.system.span = entry.system.span;
        complete.system.comparisons = entry.system.comparisons;
      });
    if (entry.frozen)
      attempt(work.notes, entry.frozen->span, [&] {
        work.inputs.push_back(
            {entry.frozen->text, sha256(read_file(join_path(work.study->directory, entry.frozen->text)))});
      });
    work.systems[entry.system.name] = std::move(complete);
  }
}

void add_indices(Workspace& work) {
  const bool zh = work.study->lang == "zh";
  for (auto& [name, entry] : work.systems)
    for (Indicator& indicator : entry.system.indicators)
      if (const Column* column = work.table.find(indicator.code)) {
        if (indicator.label.empty())
          indicator.label = zh && !column->label_zh.empty() ? column->label_zh : column->label;
        const auto described = work.codebook.find(indicator.code);
        if (indicator.unit.empty())
          indicator.unit = described == work.codebook.end() ? column->unit : described->second.unit;
        if (indicator.source.empty())
          indicator.source = described == work.codebook.end() ? column->source : described->second.source;
        const std::set<std::size_t> filled = rows_filled_in(work, indicator.code);
        indicator.imputed.assign(filled.begin(), filled.end());
      }
  warn_overlaps(work);
  build_all(work);
}

Workspace reindexed(const Workspace& work, const std::vector<std::size_t>& rows) {
  Workspace copy = work;
  copy.sample = rows;
  copy.notes = {};
  copy.indices.clear();
  build_all(copy);
  return copy;
}

}  // namespace panelist::study
