// SPDX-License-Identifier: Apache-2.0
#include "report/path_tables.h"

#include <fmt/format.h>

#include "base/text.h"
#include "mechanism/multiplicity.h"
#include "report/tables/effect_rows.h"
#include "report/tables/model_notes.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

struct Step {
  const Estimation* estimation;
  std::string_view group;  // word above its column
};

PublicationTable steps_table(const std::vector<Step>& steps, const TableHead& head) {
  RegressionTableSpec spec = regression_spec(head);
  for (const Step& step : steps) {
    RegressionColumn column;
    column.estimation = step.estimation;
    column.group = std::string(word(step.group, head.style.lang));
    column.source = fmt::format("/columns/{}", spec.columns.size());
    spec.columns.push_back(column);
  }
  return regression_table(spec);
}

// "Indirect effect, Urbanisation = 0.61 (mean less one standard deviation)"
std::string value_label(const ConditionalMediation& mediation, std::size_t value, const TableHead& head) {
  const std::string& lang = head.style.lang;
  constexpr std::array usual = {"moderator_low", "moderator_mean", "moderator_high"};
  const std::string which = mediation.usual_values ? std::string(word(usual[value], lang)) : "";
  return format_words("indirect_at", lang, term_label(mediation.moderator, head.labels),
                      significant(mediation.paths.front().effects[value].value, 4), which);
}

// One row block: an effect of every mediator, in its column.
void add_block(
    const std::string& label, const ConditionalMediation& mediation, const TableHead& head,
    const std::function<std::pair<const IndirectEffect*, std::string>(const ConditionalPath&)>& part,
    PublicationTable& table) {
  std::vector<PlacedEffect> effects;
  for (std::size_t j = 0; j < mediation.paths.size(); ++j) {
    const auto [effect, source] = part(mediation.paths[j]);
    if (effect != nullptr)
      effects.push_back({effect, j + 1, fmt::format("/conditional/paths/{}/{}", j, source)});
  }
  if (!effects.empty()) add_effect_rows(label, effects, mediation.paths.size() + 2, head.style.stars, table);
}

void add_effects(const ConditionalMediation& mediation, const TableHead& head, PublicationTable& table) {
  const std::string& lang = head.style.lang;
  const std::size_t first = table.rows.size();
  for (std::size_t v = 0; v < mediation.paths.front().effects.size(); ++v)
    add_block(
        value_label(mediation, v, head), mediation, head,
        [v](const ConditionalPath& path) {
          return std::pair(&path.effects[v].effect, fmt::format("effects/{}", v));
        },
        table);
  const auto optional = [](const std::optional<IndirectEffect>& effect, const char* source) {
    return std::pair<const IndirectEffect*, std::string>(effect ? &*effect : nullptr, source);
  };
  add_block(
      std::string(word("indirect_high_low", lang)), mediation, head,
      [&](const ConditionalPath& path) { return optional(path.difference, "difference"); }, table);
  add_block(
      std::string(word("moderation_index", lang)), mediation, head,
      [&](const ConditionalPath& path) { return optional(path.index, "index"); }, table);
  if (first < table.rows.size()) table.rows[first].rule_above = Rule::thin;
}

void add_notes(const ConditionalMediation& mediation, const TableHead& head, PublicationTable& table) {
  const std::string& lang = head.style.lang;
  const std::string moderator = term_label(mediation.moderator, head.labels);
  const IndirectEffect& any = mediation.paths.front().effects.front().effect;
  table.notes.push_back(format_words("conditional_" + mediation.stage, lang, moderator));
  if (mediation.added) table.notes.push_back(format_words("moderator_added", lang, moderator));
  if (mediation.direct_moves) table.notes.push_back(format_words("direct_moves", lang, moderator));
  table.notes.push_back(effect_rows_note(any, lang));
  if (any.bootstrap)
    table.notes.push_back(
        format_words("bootstrap_note", lang, any.bootstrap->replicates, any.bootstrap->failed));
}

}  // namespace

PublicationTable conditional_table(const ConditionalMediation& mediation, const TableHead& head) {
  std::vector<Step> steps = {{&mediation.total, "total_effect_head"}};
  for (const Estimation& model : mediation.mediator_models) steps.push_back({&model, "mediator_head"});
  steps.push_back({&mediation.outcome_model, "outcome_head"});
  PublicationTable table = steps_table(steps, head);
  add_effects(mediation, head, table);
  add_notes(mediation, head, table);
  return table;
}

PublicationTable channel_table(const ChannelEffects& channels, const TableHead& head) {
  const std::string& lang = head.style.lang;
  std::vector<Step> steps = {{&channels.total, "total_effect_head"}};
  for (const Estimation& model : channels.models) steps.push_back({&model, "channel_of_x"});
  PublicationTable table = steps_table(steps, head);
  const Correction* correction = find_correction(channels.correction);
  if (channels.effects.size() > 1 && correction != nullptr && correction->name != "none") {
    const std::string name(trim(lang == "zh" ? correction->zh : correction->words));  // "Holm " before a word
    TableRow row;
    row.cells = {Cell::of_text(format_words("channels_corrected", lang, name)), Cell{}};
    for (std::size_t j = 0; j < channels.effects.size(); ++j)
      row.cells.push_back(Cell::of_number(CellKind::p_value, channels.effects[j].corrected_p, -1,
                                          fmt::format("/channels/effects/{}/corrected_p", j)));
    row.rule_above = Rule::thin;
    table.rows.push_back(std::move(row));
    table.notes.push_back(format_words("channels_corrected_note", lang, channels.effects.size(), name));
  }
  table.notes.push_back(format_words("channels_alone_note", lang, term_label(channels.x, head.labels)));
  return table;
}

}  // namespace panelist
