// SPDX-License-Identifier: Apache-2.0
// Tables of what covariates take from a coefficient, and what correlated errors take from a mediation.
#include "report/correlated_errors.h"
#include "report/gelbach_table.h"
#include "report/result_json.h"
#include "study/run/build_tables.h"
#include "study/run/coded_model.h"
#include "study/run/correlated_errors.h"
#include "study/run/sample_steps.h"

namespace panelist::study {
namespace {

GelbachSpec spec_of(Workspace& work, const TableEntry& entry, const Regression& regression) {
  GelbachSpec spec;
  spec.full = estimation_spec(work, entry, regression);
  spec.x = entry.channels->x;
  for (const auto& [name, terms] : entry.channels->groups) {
    spec.groups.push_back({name, {}});
    for (const Spanned& term : terms) spec.groups.back().terms.push_back(term.text);
  }
  return spec;
}

// The sample is that of the full model; the short one has no missing value of its own.
void add_columns(Workspace& work, const TableEntry& entry, const Regression& regression,
                 const Gelbach& result, nlohmann::ordered_json& json) {
  const nlohmann::ordered_json steps = sample_steps(work, entry, regression, result.full_model);
  for (const Estimation* model : {&result.short_model, &result.full_model}) {
    json.push_back(timeless_json(*model));
    json.back()["sample"] = steps;
    json.back()["code"] = code_json(work, entry, regression, *model);
  }
}

}  // namespace

void add_correlated_errors(const Workspace& work, const TableEntry& entry, const Mediation& mediation,
                           BuiltTable& built) {
  if (!entry.mediation->sensitivity) return;
  const std::vector<CorrelatedErrors> all = correlated_errors(work.context, mediation);
  for (std::string& note : correlated_error_notes(all, term_labels_of(work, entry), work.study->lang))
    built.table.notes.push_back(std::move(note));
  built.json["correlated_errors"] = to_json(all);
}

std::vector<BuiltTable> build_gelbach_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const bool done = attempt(work.notes, entry.channels->span, [&] {
    TableEntry as_columns = entry;
    as_columns.columns = {entry.channels->of};
    const Regression regression = plan_columns(work, as_columns).front();
    const Gelbach result =
        decompose(work.context, spec_of(work, entry, regression), regression.table, &work.panel, work.notes);
    built.table = gelbach_table(
        result, {entry.id, entry.title, entry.number, style_of(work, entry), term_labels_of(work, entry)});
    add_columns(work, entry, regression, result, built.json["columns"]);
    built.json["gelbach"] = to_json(result);
  });
  if (!done) return {};
  return {std::move(built)};
}

}  // namespace panelist::study
