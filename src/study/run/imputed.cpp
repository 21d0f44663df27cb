// SPDX-License-Identifier: Apache-2.0
// What imputation left in a table: traced from the columns that were filled in to everything made of them.
#include "base/text.h"
#include "report/table_words.h"
#include "study/run/regressions.h"

namespace panelist::study {
namespace {

std::set<std::string> names_of(const TableEntry& entry, const Study& study) {
  std::set<std::string> names;
  for (const ColumnEntry& column : entry.columns) names.merge(columns_of(column.formula));
  if (entry.mediation) {
    names.merge(columns_of(entry.mediation->of.formula));
    for (const Spanned& mediator : entry.mediation->through) names.insert(mediator.text);
    if (entry.mediation->moderator) names.insert(entry.mediation->moderator->text);
  }
  if (entry.channels) names.merge(columns_of(entry.channels->of.formula));
  if (entry.shape) {
    names.merge(columns_of(entry.shape->of.formula));
    if (entry.shape->by) names.insert(entry.shape->by->text);
  }
  for (const Spanned& index : entry.indices) names.insert(index.text);
  for (const Spanned& summary : entry.summary) {
    const auto set = summary.text.starts_with("{")
                         ? study.sets.find(summary.text.substr(1, summary.text.size() - 2))
                         : study.sets.end();
    if (set == study.sets.end()) {
      names.insert(summary.text);
    } else {
      names.insert(set->second.begin(), set->second.end());
    }
  }
  return names;
}

}  // namespace

std::set<std::size_t> rows_filled_in(const Workspace& work, const std::string& name) {
  std::set<std::size_t> rows;
  if (const auto filled = work.imputed.find(name); filled != work.imputed.end())
    rows.insert(filled->second.begin(), filled->second.end());
  if (const auto system = work.systems.find(split(name, '@').front()); system != work.systems.end()) {
    for (const Indicator& indicator : system->second.system.indicators)
      if (indicator.code != name) rows.merge(rows_filled_in(work, indicator.code));
  }
  for (const DeriveEntry& entry : work.study->derive) {
    if (entry.name.text != name || entry.value.expression.empty()) continue;
    for (const std::string& source : entry.value.expression.columns())
      if (source != name) rows.merge(rows_filled_in(work, source));
  }
  return rows;
}

std::string imputation_note(Workspace& work, const TableEntry& entry) {
  if (work.imputed.empty()) return "";
  std::vector<std::string> conditions;
  if (!entry.where.text.empty()) conditions.push_back(entry.where.text);
  const std::vector<std::size_t> used = rows_where(work, work.table, conditions);
  std::vector<std::string> counted;
  for (const std::string& name : names_of(entry, *work.study)) {
    const std::set<std::size_t> filled = rows_filled_in(work, name);
    const auto count =
        std::count_if(used.begin(), used.end(), [&](std::size_t row) { return filled.contains(row); });
    if (count > 0)
      counted.push_back(table_words("imputed_rows", work.study->lang, {name, std::to_string(count)}));
  }
  if (counted.empty()) return "";
  return table_words("imputed", work.study->lang, {join(counted, work.study->lang == "zh" ? "、" : ", ")});
}

}  // namespace panelist::study
