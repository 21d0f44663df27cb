// SPDX-License-Identifier: Apache-2.0
// Study -> data -> indices -> tables -> files.
//
// Order of work: read and join -> impute -> derive on the whole panel -> [data] where -> indices on that
// sample -> derives that use an index -> tables. check_study stops before any estimation.
#pragma once
#include <string>
#include <vector>

#include "base/context.h"
#include "index/audit_between.h"
#include "report/publication_table.h"
#include "robustness/specification_curve.h"
#include "study/study.h"

namespace panelist {

struct RunOptions {
  std::vector<std::string> tables;  // ids or numbers; empty = all
  std::string out;                  // "" = results/ beside the study
  bool frozen = false;              // fail (exit 1) when results differ from study.lock
};

struct RunOutcome {
  std::vector<std::string> files;  // written, relative to `out`
  std::string out;
  Diagnostics notes;                // what was detected, dropped, warned
  std::vector<SourceText> sources;  // for rendering
  std::string results_json;
  std::vector<std::string> drift;  // --frozen: what differs
  double seconds = 0;
};

// Reads, resolves names, checks expectations; no estimation. All mistakes in one go.
Diagnostics check_study(const Context& context, const Study& study, std::vector<SourceText>& sources);
// For a study that parse_study found mistakes in: the unknown names of the parts that could be read, as well.
Diagnostics check_study_names(const Context& context, const Study& study, std::vector<SourceText>& sources);
RunOutcome run_study(const Context& context, const Study& study, const RunOptions& options);
// A specification curve of a study's model: `of` by name ("main") or as a formula, on the study's data and indices.
SpecificationCurve run_curve(const Context& context, const Study& study, const RobustnessEntry& entry,
                             Diagnostics& notes);
// A table of index_sensitivity, and its object of results.json as text.
struct CoefficientUnderConventions {
  PublicationTable table;
  std::string json;
};
// One index of a study, and the table and panel it lives on.
struct StudyIndex {
  IndexResult index;
  Table table;
  Panel panel;
  AuditBetween between{};                                   // of all indices of the study
  std::vector<CoefficientUnderConventions> coefficients{};  // when asked for
};
// With `coefficients`: those of the study's tables of index_sensitivity of this index, else of its first model with the
// index among its terms, under all conventions.
StudyIndex run_index(const Context& context, const Study& study, const std::string& name,
                     bool coefficients = false);

}  // namespace panelist
