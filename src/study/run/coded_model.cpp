// SPDX-License-Identifier: Apache-2.0
#include "study/run/coded_model.h"

#include <nlohmann/json.hpp>

#include "report/equivalent_code.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

// On columns that a split or a common sample put beside the data.
bool on_made_columns(const std::string& condition) {
  return condition.starts_with("`split(") || condition.starts_with("`(");
}

// The equations of a mediation use the rows that have all mediators.
std::vector<std::string> conditions_of_mediation(const TableEntry& entry) {
  std::vector<std::string> all;
  if (!entry.mediation) return all;
  for (const Spanned& mediator : entry.mediation->through)
    if (mediator.text.find('(') == std::string::npos) all.push_back(mediator.text + " is not missing");
  return all;
}

// Without the groups the sample is still that of all covariates.
std::vector<std::string> conditions_of_channels(const TableEntry& entry) {
  std::vector<std::string> all;
  if (!entry.channels) return all;
  for (const auto& [group, terms] : entry.channels->groups)
    for (const Spanned& term : terms)
      if (term.text.find_first_of("(:") == std::string::npos) all.push_back(term.text + " is not missing");
  return all;
}

// The conditions as the study wrote them. A group of a split is a condition on what the split made: it has its own words.
std::vector<std::string> conditions_of(const Workspace& work, const Regression& regression) {
  std::vector<std::string> all;
  if (!work.study->data.where.text.empty()) all.push_back(work.study->data.where.text);
  for (const std::string& condition : regression.where)
    if (!on_made_columns(condition)) all.push_back(condition);
  if (!regression.group_rows.empty()) all.push_back(regression.group_rows);
  return all;
}

bool has_own_rows(const Regression& regression) {
  return regression.group_rows.empty() &&
         std::any_of(regression.where.begin(), regression.where.end(), on_made_columns);
}

CodedModel coded(const Workspace& work, const TableEntry& entry, const Regression& regression,
                 const Estimation& estimation) {
  CodedModel model;
  Diagnostics problems;
  const std::vector<Formula> formulas = parse_formula(estimation.fit->frame->formula, {}, {}, problems);
  model.formula = formulas.empty() || problems.has_errors() ? regression.formula : formulas.front();
  model.vcov = regression.vcov;
  model.small_sample = work.study->small_sample.name;
  model.method = estimation.fit->method;
  model.where = conditions_of(work, regression);
  for (std::string& condition : conditions_of_mediation(entry)) model.where.push_back(std::move(condition));
  for (std::string& condition : conditions_of_channels(entry)) model.where.push_back(std::move(condition));
  model.changes = regression.changes;
  const SpannedExpression& weights =
      entry.weights.expression.empty() ? work.study->data.weights : entry.weights;
  if (!weights.expression.empty()) model.weights = weights.expression.text();
  model.weight_type = work.study->data.weight_type;
  if (const Family* family = find_family(regression.family); family != nullptr && family->counts)
    model.exposure = entry.exposure.text;
  model.unit = work.panel.keys.unit;
  model.time = work.panel.keys.time;
  for (const std::string& name : work.table.names())
    if (work.table.at(name).is_text()) model.text_columns.insert(name);
  model.drops_singletons = estimation.fit->frame->drops_singletons;
  model.lang = work.study->lang;
  model.data_file = "data.csv";
  model.writes_data = work.study->data_file;
  return model;
}

}  // namespace

ordered_json code_json(const Workspace& work, const TableEntry& entry, const Regression& regression,
                       const Estimation& estimation) {
  ordered_json list = ordered_json::array();
  std::vector<std::string> changed = regression.remarks;
  if (has_own_rows(regression) && !regression.heading.empty())
    changed.insert(changed.begin(), regression.heading);
  for (const ReportCode& code : equivalent_code(coded(work, entry, regression, estimation))) {
    std::vector<std::string> remarks = changed;
    remarks.insert(remarks.end(), code.remarks.begin(), code.remarks.end());
    list.push_back({{"language", code.language}, {"code", code.text}, {"remarks", remarks}});
  }
  return list;
}

}  // namespace panelist::study
