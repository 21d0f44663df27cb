// SPDX-License-Identifier: Apache-2.0
// Which names a study may use, and every use of one that does not exist.
#include <set>

#include "base/text.h"
#include "study/run/workspace.h"

namespace panelist::study {

namespace {

void add_index_names(const IndexEntry& entry, std::vector<std::string>& names) {
  std::set<std::string> dimensions;
  for (const Indicator& indicator : entry.system.indicators)
    if (!indicator.dimension.empty()) dimensions.insert(indicator.dimension);
  std::vector<std::string> variants = {entry.system.name};
  for (const std::string& method : index_methods()) variants.push_back(entry.system.name + "@" + method);
  for (const std::string& variant : variants) {
    names.push_back(variant);
    for (const std::string& dimension : dimensions) {
      names.push_back(variant + "[" + dimension + "]");
      names.push_back(variant + "[" + dimension + "]:contribution");
    }
  }
}

// Everything of the study that names columns, in file order.
class NameCheck {
 public:
  explicit NameCheck(Workspace& work) : work_(work), known_(known_names(work)) {}

  void run() {
    const Study& study = *work_.study;
    data_names(study.data);
    for (const DeriveEntry& entry : study.derive) expression(entry.value);
    for (const IndexEntry& entry : study.indices) indicators(entry);
    for (const NamedModel& model : study.models)
      for (const Formula& formula : model.formulas) check_columns(formula, known_, found_);
    for (const TableEntry& table : study.tables) table_names(table);
    for (const FigureEntry& figure : study.figures) figure_names(figure);
    column(study.vcov);
    for (const auto& [set, terms] : study.sets) set_terms(set, terms);
    finish();
  }

 private:
  void data_names(const DataSection& data) {
    for (const auto& [name, method] : data.impute)
      if (!work_.table.has(name.text)) unknown(name.text, name.span, "formula.unknown_column");
    expression(data.where);
    expression(data.weights);
  }

  // The terms of a set have no place of their own: said once, unless a formula that uses the set has said it.
  void set_terms(const std::string& set, const std::vector<std::string>& terms) {
    for (const std::string& text : terms) {
      Diagnostics problems;
      const std::vector<Formula> parsed = parse_formula("1 ~ " + text, {}, {}, problems);
      if (problems.has_errors() || parsed.empty()) continue;
      check_columns(parsed.front(), known_, problems);
      for (Diagnostic problem : problems.items()) {
        const auto same = [&](const Diagnostic& other) { return other.message == problem.message; };
        if (std::any_of(found_.items().begin(), found_.items().end(), same)) continue;
        problem.span = {};
        problem.subject = "set " + set;
        found_.add(std::move(problem));
      }
    }
  }

  void indicators(const IndexEntry& entry) {
    for (const Indicator& indicator : entry.system.indicators)
      if (std::find(known_.begin(), known_.end(), indicator.code) == known_.end())
        unknown(indicator.code, indicator.span, "index.unknown_indicator");
  }

  void table_names(const TableEntry& table) {
    for (const ColumnEntry& entry : table.columns)
      if (entry.model.empty()) check_columns(entry.formula, known_, found_);
    for (const Spanned& name : table.indices) index_name(name);
    for (const Spanned& name : table.summary) summary_name(name);
    if (table.by) name_of(*table.by);
    for (const Variation& variation : table.vary) variation_names(variation);
    for (const Split& split : table.split) name_of(split.by);
    expression(table.where);
    expression(table.weights);
    for (const VcovSpec& vcov : table.vcovs) column(vcov);
    if (table.mediation) mediation_names(*table.mediation);
    if (table.channels && table.channels->of.model.empty())
      check_columns(table.channels->of.formula, known_, found_);
    if (table.policy) policy_names(*table.policy);
    if (table.robustness) robustness_names(*table.robustness);
    if (table.shape) shape_names(*table.shape);
  }

  void robustness_names(const RobustnessEntry& entry) {
    if (entry.of.model.empty()) check_columns(entry.of.formula, known_, found_);
    for (const auto* texts : {&entry.terms, &entry.among, &entry.outcomes})
      for (const Spanned& text : *texts)
        if (text.span.known()) regressor(text);
    for (const auto& set : entry.sets)
      for (const Spanned& text : set) regressor(text);
    for (const auto& [name, where] : entry.samples) expression(where);
    for (const Spanned& text : entry.effects) effects(text);
    for (const VcovSpec& vcov : entry.vcovs) column(vcov);
    if (entry.by) name_of(*entry.by);
  }

  // A term of a formula: a column or anything a formula may hold.
  void regressor(const Spanned& text) {
    if (std::find(known_.begin(), known_.end(), text.text) != known_.end()) return;
    for (const Formula& formula : parse_formula("1 ~ " + text.text, {}, work_.study->sets, found_)) {
      Diagnostics problems;
      check_columns(formula, known_, problems);
      for (Diagnostic problem : problems.items()) {
        problem.span = text.span;
        found_.add(std::move(problem));
      }
    }
  }

  void shape_names(const ShapeEntry& entry) {
    if (entry.of.model.empty()) check_columns(entry.of.formula, known_, found_);
    if (entry.by) term(*entry.by);
  }

  void variation_names(const Variation& variation) {
    for (const auto& [variable, replacement] : variation.swap) {
      name_of({variable, variation.span});
      term(replacement);
    }
    for (const Spanned& name : variation.winsor) name_of(name);
    for (const Spanned& name : variation.trim) name_of(name);
    expression(variation.where);
    for (const auto& [name, values] : variation.without) name_of(name);
    if (variation.vcov) column(*variation.vcov);
    if (variation.effects) effects(*variation.effects);
  }

  // "province + year" as in a formula.
  void effects(const Spanned& text) {
    Diagnostics problems;
    for (const Formula& formula : parse_formula("1 ~ 1 | " + text.text, {}, work_.study->sets, problems))
      check_columns(formula, known_, problems);
    for (Diagnostic problem : problems.items()) {
      problem.span = text.span;
      found_.add(std::move(problem));
    }
  }

  void mediation_names(const MediationEntry& entry) {
    for (const Spanned& mediator : entry.through) term(mediator);
    if (entry.by) name_of(*entry.by);
    if (entry.moderator) term(*entry.moderator);
  }

  void policy_names(const PolicyEntry& entry) {
    if (entry.of.model.empty()) check_columns(entry.of.formula, known_, found_);
    for (const std::optional<Spanned>& name : {entry.cohort, entry.treated})
      if (name) name_of(*name);
  }

  void term(const Spanned& text) {
    if (std::find(known_.begin(), known_.end(), text.text) != known_.end()) return;
    const Expression parsed = parse_expression(text.text, text.span, found_);
    if (!parsed.empty()) check_columns(parsed, known_, found_);
  }

  void figure_names(const FigureEntry& figure) {
    if (figure.by) name_of(*figure.by);
    if (figure.robustness) robustness_names(*figure.robustness);
    if (figure.shape) shape_names(*figure.shape);
    static const std::set<std::string> of_tables = {
        "coefficients",    "data",    "marginal_effects",  "threshold", "sensitivity",
        "event_study",     "placebo", "index_sensitivity", "gelbach",   "correlated_errors",
        "indirect_effects"};
    if (of_tables.contains(figure.shows)) return;
    for (const Spanned& name : figure.names) {
      if (figure.shows == "weights" || figure.shows == "contributions" || figure.shows == "rank_intervals" ||
          figure.shows == "sobol")
        index_name(name);
      else
        summary_name(name);
    }
  }

  void index_name(const Spanned& name) {  // of tables and figures
    for (const IndexEntry& entry : work_.study->indices)
      if (name.text == entry.system.name || name.text.starts_with(entry.system.name + "@")) return;
    unknown(name.text, name.span, "study.unknown_index");
  }

  void summary_name(const Spanned& name) {
    if (name.text.starts_with("{") && name.text.ends_with("}")) {
      if (!work_.study->sets.contains(name.text.substr(1, name.text.size() - 2)))
        unknown(name.text, name.span, "formula.unknown_set");
    } else {
      name_of(name);
    }
  }

  void expression(const SpannedExpression& where) {
    if (!where.expression.empty()) check_columns(where.expression, known_, found_);
  }

  void column(const VcovSpec& vcov) {
    for (const std::string& names : vcov.columns)
      for (const std::string& name : split(names, '^')) name_of({name, vcov.span});
    for (const std::string& name : vcov.coordinates) name_of({name, vcov.span});
  }

  void name_of(const Spanned& name) {
    if (std::find(known_.begin(), known_.end(), name.text) == known_.end())
      unknown(name.text, name.span, "formula.unknown_column");
  }

  void unknown(const std::string& name, const Span& span, const std::string& code) {
    const std::string near = nearest(name, known_);
    found_.error(code, "unknown variable `" + name + "`", span,
                 near.empty() ? "" : "did you mean `" + near + "`?");
  }

  // The same wrong name in the same place is said once; each says where names come from.
  void finish() {
    std::set<std::pair<std::size_t, std::string>> said;
    for (Diagnostic diagnostic : found_.items()) {
      if (!said.emplace(diagnostic.span.begin, diagnostic.message).second) continue;
      if (diagnostic.code == "formula.unknown_column")
        diagnostic.notes.push_back("not in the data (" + std::to_string(work_.table.columns()) +
                                   " columns), [derive] or [index]");
      work_.notes.add(std::move(diagnostic));
    }
  }

  Workspace& work_;
  std::vector<std::string> known_;
  Diagnostics found_;
};

}  // namespace

std::vector<std::string> known_names(const Workspace& work) {
  std::vector<std::string> names = work.table.names();
  for (const DeriveEntry& entry : work.study->derive) names.push_back(entry.name.text);
  for (const auto& [name, entry] : work.systems) add_index_names(entry, names);
  return names;
}

void check_names(Workspace& work) { NameCheck(work).run(); }

namespace {

void add_variants(const std::set<std::string>& columns, std::set<std::string>& found) {
  for (const std::string& column : columns)
    if (column.find('@') != std::string::npos) found.insert(column.substr(0, column.find('[')));
}

}  // namespace

namespace {

std::set<std::string> columns_of(const RobustnessEntry& entry) {
  std::set<std::string> columns = panelist::columns_of(entry.of.formula);
  for (const auto* texts : {&entry.terms, &entry.among, &entry.outcomes})
    for (const Spanned& text : *texts) columns.insert(text.text);
  for (const auto& set : entry.sets)
    for (const Spanned& text : set) columns.insert(text.text);
  return columns;
}

}  // namespace

std::vector<std::string> index_variants(const Study& study) {
  std::set<std::string> found;
  for (const DeriveEntry& entry : study.derive)
    if (!entry.value.expression.empty()) add_variants(entry.value.expression.columns(), found);
  for (const NamedModel& model : study.models)
    for (const Formula& formula : model.formulas) add_variants(panelist::columns_of(formula), found);
  for (const TableEntry& table : study.tables) {
    for (const ColumnEntry& entry : table.columns) add_variants(panelist::columns_of(entry.formula), found);
    if (table.channels) add_variants(panelist::columns_of(table.channels->of.formula), found);
    if (table.policy) add_variants(panelist::columns_of(table.policy->of.formula), found);
    for (const Variation& variation : table.vary)
      for (const auto& [variable, replacement] : variation.swap) add_variants({replacement.text}, found);
    if (table.robustness) add_variants(columns_of(*table.robustness), found);
    for (const Spanned& name : table.summary) add_variants({name.text}, found);
    for (const Spanned& name : table.indices) add_variants({name.text}, found);
    if (table.shape) add_variants(panelist::columns_of(table.shape->of.formula), found);
  }
  for (const FigureEntry& figure : study.figures)
    if (figure.robustness) add_variants(columns_of(*figure.robustness), found);
  for (const FigureEntry& figure : study.figures)
    if (figure.shape) add_variants(panelist::columns_of(figure.shape->of.formula), found);
  for (const FigureEntry& figure : study.figures)
    for (const Spanned& name : figure.names) add_variants({name.text}, found);
  return {found.begin(), found.end()};
}

}  // namespace panelist::study
