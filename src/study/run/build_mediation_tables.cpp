// SPDX-License-Identifier: Apache-2.0
#include "report/moderated_table.h"
#include "report/path_tables.h"
#include "report/result_json.h"
#include "study/run/build_tables.h"
#include "study/run/coded_model.h"
#include "study/run/correlated_errors.h"
#include "study/run/sample_steps.h"

namespace panelist::study {
namespace {

Regression total_equation(Workspace& work, const TableEntry& entry) {
  TableEntry as_columns = entry;
  as_columns.columns = {entry.mediation->of};
  return plan_columns(work, as_columns).front();
}

MediationSpec spec_of(const Workspace& work, const TableEntry& entry, const Regression& regression) {
  const MediationEntry& asked = *entry.mediation;
  MediationSpec spec;
  spec.total = estimation_spec(work, entry, regression);
  spec.x = asked.x;
  for (const Spanned& mediator : asked.through) spec.mediators.push_back(mediator.text);
  spec.bootstrap = asked.boot;
  spec.draws = asked.draws;
  spec.seed = work.study->seed;
  spec.serial = asked.mode == "serial";
  spec.contrasts = asked.contrasts;
  return spec;
}

// Everything one kind of mediation needs.
struct Asked {
  Workspace& work;
  const TableEntry& entry;
  const Regression& regression;
  const MediationSpec& spec;
  [[nodiscard]] TableHead head() const {
    return {entry.id, entry.title, entry.number, style_of(work, entry), term_labels_of(work, entry)};
  }
};

void add_columns(const Asked& asked, const std::vector<const Estimation*>& models, BuiltTable& built) {
  for (const Estimation* model : models) {
    built.json["columns"].push_back(timeless_json(*model));
    built.json["columns"].back()["sample"] = sample_steps(asked.work, asked.entry, asked.regression, *model);
    built.json["columns"].back()["code"] = code_json(asked.work, asked.entry, asked.regression, *model);
  }
}

void build_moderated(const Asked& asked, BuiltTable& built) {
  const ModeratedMediation moderated =
      mediate_by_group(asked.work.context, asked.spec, asked.entry.mediation->by->text,
                       asked.regression.table, &asked.work.panel, asked.work.notes);
  built.table = moderated_table(moderated, asked.head());
  built.json["moderated"] = to_json(moderated);
}

std::vector<const Estimation*> pointers_to(const Estimation& first, const std::vector<Estimation>& others) {
  std::vector<const Estimation*> models = {&first};
  for (const Estimation& model : others) models.push_back(&model);
  return models;
}

void build_conditional(const Asked& asked, BuiltTable& built) {
  const MediationEntry& entry = *asked.entry.mediation;
  const ConditionalMediation mediation =
      mediate_at(asked.work.context, {asked.spec, entry.moderator->text, entry.stage, entry.at},
                 asked.regression.table, &asked.work.panel, asked.work.notes);
  built.table = conditional_table(mediation, asked.head());
  std::vector<const Estimation*> models = pointers_to(mediation.total, mediation.mediator_models);
  models.push_back(&mediation.outcome_model);
  add_columns(asked, models, built);
  built.json["conditional"] = to_json(mediation);
}

void build_channels(const Asked& asked, BuiltTable& built) {
  const ChannelEffects channels =
      channel_effects(asked.work.context, asked.spec, asked.entry.mediation->correction,
                      asked.regression.table, &asked.work.panel, asked.work.notes);
  built.table = channel_table(channels, asked.head());
  add_columns(asked, pointers_to(channels.total, channels.models), built);
  built.json["channels"] = to_json(channels);
}

void build_steps(const Asked& asked, BuiltTable& built) {
  const Mediation mediation =
      mediate(asked.work.context, asked.spec, asked.regression.table, &asked.work.panel, asked.work.notes);
  const TableHead head = asked.head();
  built.table = mediation_table(mediation, head.id, head.title, head.number, head.style, head.labels);
  std::vector<const Estimation*> models = pointers_to(mediation.total, mediation.mediator_models);
  models.push_back(&mediation.outcome_model);
  add_columns(asked, models, built);
  built.json["mediation"] = to_json(mediation);
  add_correlated_errors(asked.work, asked.entry, mediation, built);
}

}  // namespace

std::vector<BuiltTable> build_mediation_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const bool done = attempt(work.notes, entry.mediation->span, [&] {
    const Regression regression = total_equation(work, entry);
    const MediationSpec spec = spec_of(work, entry, regression);
    const Asked asked{work, entry, regression, spec};
    if (entry.mediation->mode == "channel") return build_channels(asked, built);
    if (entry.mediation->moderator) return build_conditional(asked, built);
    if (entry.mediation->by) return build_moderated(asked, built);
    build_steps(asked, built);
  });
  if (!done) return {};
  return {std::move(built)};
}

}  // namespace panelist::study
