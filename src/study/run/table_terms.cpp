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
  for (const auto& [term, label] : entry.labels) spec.labels[term] = label;
}

void check_terms(Workspace& work, const TableEntry& entry, const std::vector<Estimation>& estimations) {
  const std::vector<std::string> terms = terms_of(estimations);
  check_names(work, entry.keep, terms);
  check_names(work, entry.drop, terms);
  check_names(work, entry.first, terms);
  for (const TermBlockEntry& block : entry.blocks) check_names(work, block.terms, terms);
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
