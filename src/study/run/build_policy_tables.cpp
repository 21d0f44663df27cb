// SPDX-License-Identifier: Apache-2.0
// Tables of policies: event studies, decompositions, placebos.
#include <fmt/format.h>

#include <set>

#include "report/policy_json.h"
#include "report/policy_tables.h"
#include "report/table_words.h"
#include "study/run/build_tables.h"

namespace panelist::study {
namespace {

PolicyTableSpec table_spec(const Workspace& work, const TableEntry& entry, const char* title) {
  PolicyTableSpec spec;
  spec.id = entry.id;
  spec.title = entry.title.empty() ? table_words(title, work.study->lang, {}) : entry.title;
  spec.number = entry.number;
  spec.style = style_of(work, entry);
  spec.labels = labels_of(work);
  for (const auto& [term, label] : entry.labels) spec.labels[term] = label;
  return spec;
}

// The model, the timing and the data of a policy.
struct PolicyModel {
  Regression regression;
  EstimationSpec estimation;
  TreatmentSpec treatment;
};

PolicyModel model_of(Workspace& work, const TableEntry& entry) {
  TableEntry as_columns = entry;
  as_columns.columns = {entry.policy->of};
  PolicyModel model{plan_columns(work, as_columns).front(), {}, {}};
  model.estimation = estimation_spec(work, entry, model.regression);
  if (entry.policy->cohort) model.treatment.cohort = entry.policy->cohort->text;
  if (entry.policy->treated) model.treatment.treated = entry.policy->treated->text;
  return model;
}

Context seeded(const Workspace& work) {
  Context context = work.context;
  context.seed = work.study->seed;
  return context;
}

// A warning as a sentence.
std::string sentence(std::string text, const std::string& lang) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + table_words("sentence_end", lang, {});
}

using Warnings = std::vector<std::pair<std::string, std::string>>;

// Each once, and under the table.
void warn(Workspace& work, const TableEntry& entry, const std::vector<Warnings>& lists,
          PublicationTable& table) {
  const std::string& lang = work.study->lang;
  Labels labels = labels_of(work, entry);
  for (const EventMethod& method : event_methods())
    labels[std::string(method.name)] = std::string(lang == "zh" ? method.zh : method.en);
  std::set<std::pair<std::string, std::string>> said;
  for (const Warnings& list : lists)
    for (const auto& [code, message] : list) {
      if (!said.emplace(code, message).second) continue;
      work.notes.warning(code, message, entry.span);
      const std::string words = warning_words(code, message, lang, labels);
      if (!words.empty()) table.notes.push_back(sentence(words, lang));
    }
}

std::vector<Warnings> warnings_of(const EventStudy& study) {
  std::vector<Warnings> lists = {study.warnings};
  for (const EventEffects& effects : study.methods) lists.push_back(effects.warnings);
  lists.emplace_back();
  for (const auto& [method, reason] : study.left_out)
    lists.back().emplace_back("policy.method_left_out",
                              fmt::format("`{}` is not possible here and left out: {}", method, reason));
  return lists;
}

EventStudySpec event_spec(const TableEntry& entry, const PolicyModel& model) {
  EventStudySpec spec;
  spec.model = model.estimation;
  spec.treatment = model.treatment;
  spec.methods = entry.policy->methods;
  spec.window = entry.policy->window;
  spec.reference = entry.policy->reference;
  spec.control = entry.policy->control;
  spec.band = entry.policy->band;
  spec.adjust = entry.policy->adjust;
  spec.shares = entry.policy->shares;
  spec.bootstrap = entry.policy->bootstrap;
  spec.bootstrap_draws = entry.policy->draws;
  return spec;
}

}  // namespace

std::vector<BuiltTable> build_event_study_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const bool done = attempt(work.notes, entry.policy->span, [&] {
    const PolicyModel model = model_of(work, entry);
    const EventStudy study =
        event_study(seeded(work), event_spec(entry, model), model.regression.table, &work.panel, work.notes);
    built.table = event_study_table(table_spec(work, entry, "event_title"), study);
    warn(work, entry, warnings_of(study), built.table);
    built.json["event_study"] = to_json(study);
  });
  if (!done) return {};
  return {std::move(built)};
}

std::vector<BuiltTable> build_bacon_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const bool done = attempt(work.notes, entry.policy->span, [&] {
    const PolicyModel model = model_of(work, entry);
    const BaconDecomposition bacon = bacon_decomposition(work.context, {model.estimation, model.treatment},
                                                         model.regression.table, &work.panel, work.notes);
    built.table = bacon_table(table_spec(work, entry, "bacon_title"), bacon);
    warn(work, entry, {bacon.warnings}, built.table);
    built.json["bacon"] = to_json(bacon);
  });
  if (!done) return {};
  return {std::move(built)};
}

std::vector<BuiltTable> build_placebo_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const bool done = attempt(work.notes, entry.policy->span, [&] {
    const PolicyModel model = model_of(work, entry);
    PlaceboSpec spec{model.estimation, model.treatment, entry.policy->shifts, entry.policy->draws};
    const Placebo found = placebo(seeded(work), spec, model.regression.table, &work.panel, work.notes);
    built.table = placebo_table(table_spec(work, entry, "placebo_title"), found);
    warn(work, entry, {found.warnings}, built.table);
    built.json["placebo"] = to_json(found);
  });
  if (!done) return {};
  return {std::move(built)};
}

}  // namespace panelist::study
