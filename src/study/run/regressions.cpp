// SPDX-License-Identifier: Apache-2.0
#include "study/run/regressions.h"

#include <set>

#include "base/text.h"
#include "report/table_words.h"
#include "study/run/build_tables.h"
#include "table/statistics.h"

namespace panelist::study {

std::vector<std::size_t> rows_where(Workspace& work, const Table& table,
                                    const std::vector<std::string>& conditions) {
  const Expression condition = all_of(conditions, {});
  if (condition.empty()) return work.sample;
  const std::vector<bool> holds = evaluate_condition(condition, {table, &work.panel}, work.notes);
  std::vector<std::size_t> rows;
  for (const std::size_t row : work.sample)
    if (holds[row]) rows.push_back(row);
  return rows;
}

namespace {

Regression base_regression(Workspace& work, const TableEntry& entry, const ColumnEntry& column) {
  Regression regression;
  regression.formula = column.formula;
  regression.table = work.table;
  regression.vcov = entry.vcovs.empty() ? work.study->vcov : entry.vcovs.front();
  regression.span = entry.span;
  if (!entry.families.empty()) regression.family = entry.families.front();
  if (!entry.methods.empty()) regression.method = entry.methods.front();
  if (!entry.where.text.empty()) regression.where.push_back(entry.where.text);
  if (column.formula.span.known()) regression.span = column.formula.span;
  return regression;
}

// Indices learned on the column's own rows, when the table asks for it.
void reindex(Workspace& work, const TableEntry& entry, Regression& regression) {
  if (!entry.reindex || regression.where.empty()) return;
  Workspace again = reindexed(work, rows_where(work, regression.table, regression.where));
  work.notes.append(again.notes);
  regression.table = again.table;
  regression.remarks.push_back(table_words("remark_reindexed", work.study->lang, {}));
}

std::vector<double> values_of(const Table& table, const Spanned& name) {
  const Column& column = table.at(name.text);
  if (column.is_text())
    throw Error({"study.not_a_number",
                 Severity::error,
                 "`" + name.text + "` is text, not a number",
                 name.span,
                 "",
                 {},
                 ""});
  return column.values();
}

// Percentiles on the column's sample; rows outside keep their values (lags of them are outside too).
std::size_t treat_tails(Workspace& work, Regression& regression, const Spanned& name, double share,
                        bool winsor) {
  std::vector<double> all = values_of(regression.table, name);
  const std::vector<std::size_t> rows = rows_where(work, regression.table, regression.where);
  std::vector<double> in_sample;
  for (const std::size_t row : rows) in_sample.push_back(all[row]);
  std::size_t changed = 0;
  in_sample = winsor ? winsorise(in_sample, share, &changed) : trim_tails(in_sample, share, &changed);
  for (std::size_t i = 0; i < rows.size(); ++i) all[rows[i]] = in_sample[i];
  regression.table.set(name.text, Column::numbers(std::move(all)));
  return changed;
}

void apply_tails(Workspace& work, const Labels& labels, const std::vector<Spanned>& names, double share,
                 bool winsor, Regression& regression) {
  if (names.empty()) return;
  std::size_t changed = 0;
  std::vector<std::string> texts;
  for (const Spanned& name : names) {
    changed += treat_tails(work, regression, name, share, winsor);
    regression.changes.push_back({name.text, "", share, !winsor});
    texts.push_back(term_label(name.text, labels));
  }
  const std::string& lang = work.study->lang;
  regression.remarks.push_back(table_words(winsor ? "remark_winsorised" : "remark_trimmed", lang,
                                           {join(texts, lang == "zh" ? "、" : ", "), shortest(100 * share),
                                            shortest(100 * (1 - share)), std::to_string(changed)}));
}

// The replacement is a column, another measure of an index ("DT@pca") or an expression ("L.DT").
void apply_swaps(Workspace& work, const Labels& labels, const Variation& variation, Regression& regression) {
  for (const auto& [variable, replacement] : variation.swap) {
    Diagnostics problems;
    const bool is_column = regression.table.has(replacement.text);
    const Expression expression =
        is_column ? Expression{} : parse_expression(replacement.text, replacement.span, problems);
    problems.throw_first_error();
    regression.table.set(variable, is_column
                                       ? regression.table.at(replacement.text)
                                       : evaluate(expression, {regression.table, &work.panel}, work.notes));
    regression.changes.push_back({variable, is_column ? "`" + replacement.text + "`" : replacement.text});
    regression.remarks.push_back(
        table_words("remark_measured", work.study->lang,
                    {term_label(variable, labels), term_label(replacement.text, labels)}));
  }
}

void add_term(Workspace& work, const Spanned& term, Formula& formula) {
  const std::vector<Formula> parsed = parse_formula("y ~ " + term.text, {}, work.study->sets, work.notes);
  if (parsed.empty()) return;
  for (const FormulaTerm& added : parsed.front().regressors) formula.regressors.push_back(added);
}

void drop_term(Workspace& work, const Spanned& term, Formula& formula) {
  const std::string text = replace_all(term.text, " ", "");
  const std::size_t before = formula.regressors.size();
  std::erase_if(formula.regressors, [&](const FormulaTerm& candidate) { return candidate.text == text; });
  if (formula.regressors.size() == before)
    work.notes.error("formula.unknown_term", "`" + term.text + "` is no term of the model", term.span);
}

void apply_terms(Workspace& work, const Variation& variation, Formula& formula) {
  for (const Spanned& term : variation.add) add_term(work, term, formula);
  for (const Spanned& term : variation.drop) drop_term(work, term, formula);
  if (!variation.add.empty() || !variation.drop.empty()) formula.text = formula_text(formula);
}

void keep_rows(Workspace& work, const std::string& condition, Regression& regression) {
  if (condition.empty()) return;
  regression.where.push_back(condition);
  regression.remarks.push_back(
      table_words("remark_sample", work.study->lang,
                  {sample_words({replace_all(condition, "`", "")}, sample_names_of(work, TableEntry{}),
                                work.study->lang)}));
}

// A value that no row has would leave out nothing, in silence.
void require_values(const Workspace& work, const Spanned& name, const std::vector<std::string>& values) {
  const Column& column = work.table.at(name.text);
  std::set<std::string> known;
  for (const std::size_t row : work.sample) known.insert(column.text_at(row));
  for (const std::string& value : values) {
    const std::string bare = value.starts_with("'") ? value.substr(1, value.size() - 2) : value;
    if (known.contains(bare)) continue;
    const std::string near = nearest(bare, {known.begin(), known.end()});
    throw Error({"study.unknown_value",
                 Severity::error,
                 "no row of the sample has `" + bare + "` in `" + name.text + "`",
                 name.span,
                 "",
                 {},
                 near.empty() ? "the values are as in the data: `panelist data FILE`"
                              : "did you mean `" + near + "`?"});
  }
}

void apply_samples(Workspace& work, const Variation& variation, Regression& regression) {
  keep_rows(work, variation.where.text, regression);
  for (const auto& [column, values] : variation.without) require_values(work, column, values);
  for (const auto& [column, values] : variation.without)
    keep_rows(work, "`" + column.text + "` not in (" + join(values, ", ") + ")", regression);
  if (variation.period)
    keep_rows(work,
              shortest(variation.period->first) + " <= `" + work.study->data.panel.time +
                  "` <= " + shortest(variation.period->second),
              regression);
}

void apply_effects(Workspace& work, const Variation& variation, Formula& formula) {
  if (!variation.effects) return;
  formula.effects = effects_of(*variation.effects, work.study->sets);
  formula.text = formula_text(formula);
}

}  // namespace

std::vector<FormulaEffect> effects_of(const Spanned& written, const FormulaSets& sets) {
  Diagnostics problems;
  const std::vector<Formula> parsed = parse_formula("y ~ x | " + written.text, {}, sets, problems);
  if (!problems.has_errors() && parsed.size() == 1) return parsed.front().effects;
  Diagnostic problem = problems.items().empty() ? Diagnostic{} : problems.items().front();
  throw Error(
      {"formula.syntax",
       Severity::error,
       "`" + written.text + "` are no effects" + (problem.message.empty() ? "" : ": " + problem.message),
       written.span,
       "",
       {},
       "write them as in a formula: \"province + year\"; \"0\" for none"});
}

namespace {

Regression vary(Workspace& work, const TableEntry& entry, const Variation& variation) {
  Regression regression = base_regression(work, entry, entry.columns.front());
  regression.span = variation.span;
  regression.heading = variation.name;
  apply_samples(work, variation, regression);
  reindex(work, entry, regression);
  const Labels labels = term_labels_of(work, entry);
  apply_swaps(work, labels, variation, regression);
  apply_tails(work, labels, variation.winsor, variation.at, true, regression);
  apply_tails(work, labels, variation.trim, variation.at, false, regression);
  apply_terms(work, variation, regression.formula);
  apply_effects(work, variation, regression.formula);
  if (variation.vcov) regression.vcov = *variation.vcov;
  if (!variation.family.empty()) regression.family = variation.family;
  if (!variation.method.empty()) regression.method = variation.method;
  return regression;
}

}  // namespace

std::vector<Regression> plan_columns(Workspace& work, const TableEntry& entry) {
  std::vector<Regression> out;
  for (std::size_t i = 0; i < entry.columns.size(); ++i) {
    out.push_back(base_regression(work, entry, entry.columns[i]));
    if (i < entry.headings.size()) out.back().heading = entry.headings[i];
    if (i < entry.families.size()) out.back().family = entry.families[i];
    if (i < entry.methods.size()) out.back().method = entry.methods[i];
    if (i < entry.vcovs.size()) out.back().vcov = entry.vcovs[i];
    reindex(work, entry, out.back());
  }
  return out;
}

std::vector<Regression> plan_variations(Workspace& work, const TableEntry& entry) {
  std::vector<Regression> out;
  if (entry.columns.empty()) return out;
  for (const Variation& variation : entry.vary) {
    attempt(work.notes, variation.span, [&] { out.push_back(vary(work, entry, variation)); });
    if (!out.empty() && out.size() <= entry.headings.size())
      out.back().heading = entry.headings[out.size() - 1];
  }
  return out;
}

std::vector<Regression> plan_split(Workspace& work, const TableEntry& entry, const Split& split,
                                   const Grouped& grouped) {
  std::vector<Regression> out;
  for (std::size_t group = 0; group < grouped.groups.size(); ++group) {
    Regression regression = base_regression(work, entry, entry.columns.front());
    regression.span = split.span;
    regression.table = grouped.table;
    regression.where.push_back("`" + grouped.code_column + "` == " + std::to_string(group));
    regression.heading = grouped.groups[group];
    regression.group_rows = group < grouped.conditions.size() ? grouped.conditions[group] : "";
    reindex(work, entry, regression);
    // An index learned anew comes with the study's columns, without those of the split.
    for (const std::string& name : {grouped.column, grouped.code_column})
      regression.table.set(name, grouped.table.at(name));
    out.push_back(std::move(regression));
  }
  return out;
}

namespace {

const SpannedExpression& weights_of(const Study& study, const TableEntry& entry) {
  return entry.weights.expression.empty() ? study.data.weights : entry.weights;
}

}  // namespace

EstimationSpec estimation_spec(const Workspace& work, const TableEntry& entry, const Regression& regression) {
  const Study& study = *work.study;
  EstimationSpec spec;
  spec.formula = regression.formula;
  spec.vcov = regression.vcov;
  spec.method = regression.method;
  if (const Family* family = find_family(regression.family)) {
    spec.method = regression.family;
    if (family->counts) spec.frame.exposure = entry.exposure.expression;
  }
  spec.small_sample = study.small_sample;
  spec.vif = std::find(entry.stats.begin(), entry.stats.end(), "mean_vif") != entry.stats.end();
  spec.tests = entry.tests;
  spec.leave_out_tests = true;
  spec.frame.panel = study.data.panel;
  std::vector<std::string> conditions = {study.data.where.text};
  conditions.insert(conditions.end(), regression.where.begin(), regression.where.end());
  spec.frame.where = all_of(conditions, {});
  spec.frame.weights = weights_of(study, entry).expression;
  spec.frame.weight_type = study.data.weight_type;
  spec.frame.drop_singletons = !study.keep_singletons && !study.small_sample.keeps_singletons;
  return spec;
}

namespace {

Estimation estimate_one(Workspace& work, const TableEntry& entry, const Regression& regression) {
  return estimate_model(work.context, estimation_spec(work, entry, regression), regression.table, &work.panel,
                        work.notes);
}

// Marks in each regression's table the rows that every column used.
void restrict_to_common(const std::vector<Estimation>& estimations, const std::string& lang,
                        std::vector<Regression>& regressions) {
  constexpr std::string_view name = "(common sample)";
  std::vector<double> used(regressions.front().table.rows(), 0.0);
  for (const Estimation& estimation : estimations)
    for (const std::size_t row : estimation.fit->frame->rows) used[row] += 1;
  for (double& count : used) count = count == static_cast<double>(estimations.size()) ? 1 : 0;
  const Column marks = Column::numbers(std::move(used));
  for (Regression& regression : regressions) {
    regression.table.set(std::string(name), marks);
    regression.where.push_back("`" + std::string(name) + "` == 1");
    regression.remarks.push_back(table_words("remark_common_sample", lang, {}));
  }
}

// The very same columns, not equal ones.
bool same_columns(const Table& a, const Table& b) {
  const auto same = [&](const std::string& name) {
    const Column& one = a.at(name);
    const Column& other = b.at(name);
    if (&one == &other) return true;
    return !one.is_text() && !other.is_text() && one.cells().data() == other.cells().data();
  };
  return a.names() == b.names() && std::all_of(a.names().begin(), a.names().end(), same);
}

// Columns of one table that share what they can; nothing when they come from different tables or one cannot be
// estimated.
std::vector<Estimation> estimate_sharing(Workspace& work, const TableEntry& entry,
                                         const std::vector<Regression>& regressions) {
  std::vector<EstimationSpec> specs;
  for (const Regression& regression : regressions) {
    if (!same_columns(regression.table, regressions.front().table)) return {};
    specs.push_back(estimation_spec(work, entry, regression));
  }
  Diagnostics notes;
  try {
    std::vector<Estimation> out =
        estimate_models(work.context, specs, regressions.front().table, &work.panel, notes);
    work.notes.append(notes);
    return out;
  } catch (const Error&) {
    return {};
  }
}

std::vector<Estimation> estimate_each(Workspace& work, const TableEntry& entry,
                                      const std::vector<Regression>& regressions) {
  std::vector<Estimation> out;
  if (regressions.size() > 1) out = estimate_sharing(work, entry, regressions);
  if (!out.empty()) return out;
  for (const Regression& regression : regressions)
    attempt(work.notes, regression.span, [&] { out.push_back(estimate_one(work, entry, regression)); });
  return out;
}

}  // namespace

std::vector<Estimation> estimate_all(Workspace& work, const TableEntry& entry,
                                     std::vector<Regression>& regressions) {
  std::vector<Estimation> out = estimate_each(work, entry, regressions);
  const bool complete = out.size() == regressions.size() && !out.empty();
  if (!entry.common_sample || !complete) return out;
  restrict_to_common(out, work.study->lang, regressions);
  return estimate_each(work, entry, regressions);
}

}  // namespace panelist::study
