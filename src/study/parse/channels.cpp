// SPDX-License-Identifier: Apache-2.0
// Tables of channels: gelbach.
#include <map>

#include "base/text.h"
#include "study/parse/keys.h"
#include "study/parse/sections.h"

namespace panelist::study {

const std::vector<KeyEntry>& keys_of_channels() {
  static const std::vector<KeyEntry> catalog = {
      {"table", "gelbach", "table", "",
       "what groups of covariates take from a coefficient, free of their order",
       R"({ of = "main", x = "DT", groups = { "Openness" = ["IE"] } })"},
      {"table.gelbach", "of", "formula", "required", "the full regression, with all covariates", R"("main")"},
      {"table.gelbach", "x", "text", "the first regressor outside sets", "the term whose coefficient moves",
       R"("DT")"},
      {"table.gelbach", "groups", "table", "required",
       "covariates by group; the other terms stand in both regressions", R"({ "Openness" = ["IE"] })"},
      {"figure", "gelbach", "text", "", "the parts of a table of that kind, by its id, with their intervals",
       R"("gelbach")"},
      {"table.mediation", "sensitivity", "flag", "false",
       "what correlated errors of mediator and outcome take from the indirect effects, as notes and numbers",
       "true"},
      {"figure", "correlated_errors", "text", "",
       "indirect effects over the correlation of the errors, of a mediation table with `sensitivity`, by its "
       "id",
       R"("mediation")"},
  };
  return catalog;
}

namespace {

std::vector<std::string> regressors_of(const ChannelEntry& entry) {
  std::vector<std::string> terms;
  for (const FormulaTerm& term : entry.of.formula.regressors) terms.push_back(term.text);
  return terms;
}

// Mistakes that need no data.
void check_covariates(const ChannelEntry& entry, Diagnostics& diagnostics) {
  const std::vector<std::string> known = regressors_of(entry);
  std::map<std::string, std::string> seen;
  for (const auto& [group, terms] : entry.groups)
    for (const Spanned& term : terms) {
      if (!known.empty() && std::find(known.begin(), known.end(), term.text) == known.end())
        report_unknown("regressor", term.text, term.span, known, "study.unknown_term", diagnostics);
      if (term.text == entry.x)
        diagnostics.error("study.unknown_value", "`" + term.text + "` is the term that is decomposed",
                          term.span, "leave it out of the groups");
      if (const auto [place, added] = seen.emplace(term.text, group); !added)
        diagnostics.error("study.unknown_value",
                          "`" + term.text + "` stands in `" + place->second + "` and in `" + group + "`",
                          term.span, "a covariate belongs to one group");
    }
}

void read_groups(const Section& section, const Study& study, ChannelEntry& entry) {
  const Node* node = section.table("groups");
  if (node == nullptr || node->items.empty()) {
    section.diagnostics().error("study.missing_key",
                                "gelbach says which covariates: groups = { \"A\" = [\"UL\"] }",
                                node == nullptr ? entry.span : node->span);
    return;
  }
  const Section own(*node, "table.gelbach.groups", section.diagnostics(), true);
  for (const Node& item : node->items) {
    entry.groups.emplace_back(item.key, terms_of(own.text_or_texts(item.key), study, own.diagnostics()));
    if (entry.groups.back().second.empty())
      own.diagnostics().error("study.missing_key", "group `" + item.key + "` has no covariates", item.span,
                              "name regressors of the model");
  }
}

}  // namespace

void read_channels(const Section& section, const Study& study, TableEntry& table) {
  const Node* node = section.table("gelbach");
  if (node == nullptr) return;
  const Section own(*node, "table.gelbach", section.diagnostics());
  ChannelEntry entry;
  entry.span = node->span;
  if (const auto of = own.text("of")) {
    std::vector<ColumnEntry> models = resolve_columns(*of, study, own.diagnostics());
    if (!models.empty()) entry.of = models.front();
  } else {
    own.diagnostics().error("study.missing_key", "gelbach says of which model: of = \"main\"", node->span);
  }
  entry.x = main_term(entry.of.formula);
  if (const auto x = own.text("x")) entry.x = replace_all(x->text, " ", "");
  read_groups(own, study, entry);
  check_covariates(entry, own.diagnostics());
  table.channels = std::move(entry);
}

}  // namespace panelist::study
