// SPDX-License-Identifier: Apache-2.0
#include "study/run/table_titles.h"

#include "base/text.h"
#include "report/table_words.h"

namespace panelist::study {

namespace {

using Kind = TableEntry::Kind;

constexpr std::size_t most_names = 3;  // in one title

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

class Title {
 public:
  Title(const Workspace& work, const TableEntry& entry)
      : entry_(entry),
        lang_(work.study->lang),
        labels_(labels_of(work, entry)),
        term_labels_(term_labels_of(work, entry)) {}

  std::string write() const {
    switch (entry_.kind) {
      case Kind::index:
      case Kind::index_scores:
      case Kind::index_sensitivity:
      case Kind::event_study:
      case Kind::bacon:
      case Kind::placebo:
        return "";  // their builders write them
      case Kind::summary:
        return entry_.by ? say("title_summary_by", {of_column(entry_.by->text)}) : say("title_summary");
      case Kind::correlation:
        return say("title_correlation");
      case Kind::balance:
        return say("title_balance", {entry_.by ? of_column(entry_.by->text) : ""});
      case Kind::ranking:
        return say("title_ranking", {first_variable()});
      case Kind::transition:
        return entry_.by ? say("title_transition_by", {first_variable(), of_column(entry_.by->text)})
                         : say("title_transition", {first_variable()});
      case Kind::vif:
        return say("title_vif");
      case Kind::variables:
        return say(of_unit_roots() ? "title_unit_roots" : "title_variables");
      case Kind::definitions:
        return say("title_definitions");
      case Kind::vary:
        return of_outcomes("title_vary");
      case Kind::split:
        return of_split();
      case Kind::mediation:
        return of_mediation();
      case Kind::gelbach:
        return say("title_gelbach", {of_term(entry_.channels->x)});
      case Kind::spec_curve:
        return say("title_spec_curve", {robust_term()});
      case Kind::leave_out:
        return say("title_leave_out", {robust_term()});
      case Kind::oster:
        return say("title_oster", {robust_term()});
      case Kind::permutation:
        return say("title_permutation", {robust_term()});
      case Kind::marginal_effects:
        return of_shape("title_marginal_effects");
      case Kind::u_shape:
        return of_shape("title_u_shape");
      case Kind::threshold:
        return of_shape("title_threshold");
      default:
        return entry_.columns.empty() ? say("title_other") : of_regressions();
    }
  }

 private:
  std::string say(const char* key, const std::vector<std::string>& parts = {}) const {
    return table_words(key, lang_, parts);
  }
  std::string of_column(const std::string& name) const { return term_label(name, labels_); }
  std::string of_term(const std::string& name) const { return term_label(name, term_labels_); }
  std::string robust_term() const { return of_term(entry_.robustness->terms.front().text); }
  std::string first_variable() const {
    return entry_.summary.empty() ? "" : of_column(entry_.summary.front().text);
  }
  std::string listed(const std::vector<std::string>& names) const { return enumerated(names, lang_); }

  // Outcomes of all columns, each once; none when they are many.
  std::vector<std::string> outcomes() const {
    std::vector<std::string> names;
    for (const ColumnEntry& column : entry_.columns)
      add_once(names, of_term(column.formula.outcome.empty() ? column.formula.outcome_text
                                                             : column.formula.outcome.label()));
    if (names.size() > most_names) names.clear();
    return names;
  }

  std::string of_outcomes(const char* key) const {
    const std::vector<std::string> names = outcomes();
    return names.empty() ? say("title_results") : say(key, {listed(names)});
  }

  std::string of_regressions() const {
    const auto instrumented = [](const ColumnEntry& column) { return !column.formula.endogenous.empty(); };
    if (std::all_of(entry_.columns.begin(), entry_.columns.end(), instrumented))
      return of_outcomes("title_instruments");
    return of_outcomes(entry_.columns.size() == 1 ? "title_columns_one" : "title_columns");
  }

  std::string of_split() const {
    std::vector<std::string> groups;
    for (const Split& split : entry_.split) add_once(groups, of_column(split.by.text));
    const std::vector<std::string> names = outcomes();
    if (names.empty() || groups.size() > most_names) return say("title_results");
    return say("title_split", {listed(names), listed(groups)});
  }

  std::string of_mediation() const {
    if (!entry_.mediation) return say("title_results");
    const MediationEntry& asked = *entry_.mediation;
    std::vector<std::string> mediators;
    for (const Spanned& mediator : asked.through) add_once(mediators, of_term(mediator.text));
    const std::string x = of_term(asked.x), outcome = of_term(asked.of.formula.outcome_text);
    if (asked.mode == "channel") return say("title_channel_effects", {x, listed(mediators)});
    if (asked.moderator)
      return say("title_conditional", {x, outcome, listed(mediators), of_term(asked.moderator->text)});
    return say("title_mediation", {x, outcome, listed(mediators)});
  }

  std::string of_shape(const char* key) const {
    const ShapeEntry& asked = *entry_.shape;
    return say(key, {of_term(asked.x), asked.by ? of_column(asked.by->text) : ""});
  }

  bool of_unit_roots() const {
    static const std::vector<std::string> names = {"llc", "ips", "fisher", "hadri", "breitung", "cips"};
    return !entry_.tests.empty() &&
           std::all_of(entry_.tests.begin(), entry_.tests.end(), [](const TestRequest& test) {
             return std::find(names.begin(), names.end(), test.name) != names.end();
           });
  }

  const TableEntry& entry_;
  std::string lang_;
  Labels labels_, term_labels_;
};

}  // namespace

std::string written_title(const Workspace& work, const TableEntry& entry) {
  return Title(work, entry).write();
}

std::string index_title(const Workspace& work, const TableEntry& entry, const std::string& index) {
  if (entry.titled) return entry.title;
  return table_words("title_index", work.study->lang, {term_label(index, labels_of(work, entry))});
}

}  // namespace panelist::study
