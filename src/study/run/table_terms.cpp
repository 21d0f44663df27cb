// SPDX-License-Identifier: Apache-2.0
#include "study/run/table_terms.h"

#include "base/text.h"
#include "study/parse/section.h"

namespace panelist::study {

namespace {

bool names_set(const std::string& text) {
  return text.size() > 2 && text.front() == '{' && text.back() == '}';
}

std::vector<std::string> opened(const Workspace& work, const std::vector<Spanned>& texts) {
  std::vector<std::string> terms;
  for (const Spanned& text : texts) {
    const auto set = names_set(text.text) ? work.study->sets.find(text.text.substr(1, text.text.size() - 2))
                                          : work.study->sets.end();
    if (set == work.study->sets.end())
      terms.push_back(text.text);
    else
      terms.insert(terms.end(), set->second.begin(), set->second.end());
  }
  return terms;
}

// Terms of all columns: estimated, of first stages, and those left out as collinear.
std::vector<std::string> terms_of(const std::vector<Estimation>& estimations) {
  std::vector<std::string> terms;
  for (const Estimation& estimation : estimations) {
    for (const Coefficient& one : estimation.inference.coefficients) terms.push_back(one.term);
    for (const FirstStageInference& stage : estimation.iv.first_stage)
      for (const Coefficient& one : stage.coefficients) terms.push_back(one.term);
    for (const DroppedTerm& dropped : estimation.fit->dropped) terms.push_back(dropped.term);
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

void check_names(Workspace& work, const std::vector<Spanned>& named, const std::vector<std::string>& terms) {
  for (const Spanned& name : named) {
    if (names_set(name.text)) {
      if (!work.study->sets.contains(name.text.substr(1, name.text.size() - 2)))
        work.notes.error("study.unknown_term", "there is no set `" + name.text + "`", name.span,
                         "sets stand under [sets]");
      continue;
    }
    if (!std::binary_search(terms.begin(), terms.end(), name.text))
      report_unknown("term", name.text, name.span, terms, "study.unknown_term", work.notes);
  }
}

}  // namespace

void choose_terms(const Workspace& work, const TableEntry& entry, RegressionTableSpec& spec) {
  spec.keep = opened(work, entry.keep);
  spec.drop = opened(work, entry.drop);
  spec.first = opened(work, entry.first);
  for (const TermBlockEntry& block : entry.blocks)
    spec.blocks.push_back({block.label, opened(work, block.terms)});
}

void check_terms(Workspace& work, const TableEntry& entry, const std::vector<Estimation>& estimations) {
  const std::vector<std::string> terms = terms_of(estimations);
  check_names(work, entry.keep, terms);
  check_names(work, entry.drop, terms);
  check_names(work, entry.first, terms);
  for (const TermBlockEntry& block : entry.blocks) check_names(work, block.terms, terms);
}

namespace {

void add_names_of(const Formula& formula, std::vector<std::string>& names) {
  names.push_back(formula.outcome_text);
  for (const std::string& column : columns_of(formula)) names.push_back(column);
  for (const FormulaEffect& effect : formula.effects) names.push_back(effect.text);
  for (const auto* terms : {&formula.regressors, &formula.endogenous, &formula.instruments})
    for (const FormulaTerm& term : *terms) names.push_back(term.text);
}

void check_labelled(Workspace& work, const TableEntry& entry, std::vector<std::string> legal) {
  for (const auto& [set, terms] : work.study->sets) legal.push_back(set);
  for (const Split& split : entry.split) legal.push_back(split.by.text);
  if (entry.by) legal.push_back(entry.by->text);
  std::sort(legal.begin(), legal.end());
  legal.erase(std::unique(legal.begin(), legal.end()), legal.end());
  for (const Spanned& name : entry.labelled)
    if (!std::binary_search(legal.begin(), legal.end(), name.text))
      report_unknown("term", name.text, name.span, legal, "study.unknown_term", work.notes);
}

}  // namespace

void check_labels(Workspace& work, const TableEntry& entry, const std::vector<Estimation>& estimations) {
  if (entry.labelled.empty()) return;
  std::vector<std::string> legal = terms_of(estimations);
  for (const Estimation& estimation : estimations) {
    Diagnostics problems;
    if (estimation.fit->frame == nullptr) continue;
    for (const Formula& formula : parse_formula(estimation.fit->frame->formula, {}, {}, problems))
      add_names_of(formula, legal);
    legal.push_back(estimation.fit->frame->outcome_name);
    for (const std::string& by : estimation.vcov.by)
      for (const std::string& part : split(by, '^')) legal.push_back(part);
  }
  check_labelled(work, entry, std::move(legal));
}

void check_labels(Workspace& work, const TableEntry& entry) {
  if (entry.labelled.empty()) return;
  std::vector<std::string> legal = known_names(work);
  for (const auto& [name, system] : work.systems)
    for (const Indicator& indicator : system.system.indicators)
      legal.insert(legal.end(), {indicator.code, indicator.dimension, indicator.sub});
  for (const Spanned& name : entry.summary) legal.push_back(name.text);
  for (const ColumnEntry& column : entry.columns) add_names_of(column.formula, legal);
  if (entry.channels) add_names_of(entry.channels->of.formula, legal);
  if (entry.mediation) {
    add_names_of(entry.mediation->of.formula, legal);
    for (const Spanned& mediator : entry.mediation->through) legal.push_back(mediator.text);
    if (entry.mediation->moderator) legal.push_back(entry.mediation->moderator->text);
  }
  check_labelled(work, entry, std::move(legal));
}

void check_headings(Workspace& work, const TableEntry& entry, std::size_t columns) {
  if (entry.headings.size() > columns)
    work.notes.error("study.headings",
                     "`headings` lists " + std::to_string(entry.headings.size()) + " headings for " +
                         std::to_string(columns) + (columns == 1 ? " column" : " columns"),
                     entry.headings_span, "give one for each column, \"\" for its outcome");
}

void check_spanners(Workspace& work, const TableEntry& entry, std::size_t columns) {
  for (const std::vector<std::string>& row : entry.spanners)
    if (row.size() != columns)
      work.notes.error("study.spanners",
                       "`spanners` lists " + std::to_string(row.size()) + " heads for " +
                           std::to_string(columns) + " columns",
                       entry.span, "give one for each column, \"\" where there is none");
}

std::vector<std::string> spanners_of(const TableEntry& entry, std::size_t position) {
  std::vector<std::string> heads;
  for (const std::vector<std::string>& row : entry.spanners)
    heads.push_back(position < row.size() ? row[position] : "");
  return heads;
}

}  // namespace panelist::study
