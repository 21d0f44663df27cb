// SPDX-License-Identifier: Apache-2.0
// [[table]] entries.
#include <set>

#include "base/text.h"
#include "estimate/estimator.h"
#include "estimate/family.h"
#include "report/build_table.h"
#include "study/parse/keys.h"
#include "study/parse/sections.h"

namespace panelist::study {

std::vector<ColumnEntry> resolve_columns(const Spanned& text, const Study& study, Diagnostics& diagnostics) {
  std::vector<ColumnEntry> out;
  for (const NamedModel& model : study.models) {
    if (model.name.text != trim(text.text)) continue;
    for (const Formula& formula : model.formulas) out.push_back({formula, model.name.text});
    return out;
  }
  if (text.text.find('~') == std::string::npos) {
    std::vector<std::string> names;
    for (const NamedModel& model : study.models) names.push_back(model.name.text);
    report_unknown("model", text.text, text.span, names, "study.unknown_model", diagnostics);
    return out;
  }
  for (Formula& formula : parse_formula(text.text, text.span, study.sets, diagnostics))
    out.push_back({std::move(formula), ""});
  return out;
}

// The first regressor that is in no set: what a table is about.
std::string main_term(const Formula& formula) {
  if (!formula.endogenous.empty()) return formula.endogenous.front().text;
  for (const FormulaTerm& term : formula.regressors)
    if (term.set.empty()) return term.text;
  return formula.regressors.empty() ? "" : formula.regressors.front().text;
}

namespace {

SpannedExpression expression_of(const Section& section, std::string_view key) {
  SpannedExpression out;
  out.expression = section.expression(key, &out.text);
  if (const Node* node = section.find(key)) out.span = node->content;
  return out;
}

void check_family(const Spanned& family, Diagnostics& diagnostics) {
  std::vector<std::string> legal = {"gaussian"};
  for (const Family& known : families()) legal.emplace_back(known.name);
  if (std::find(legal.begin(), legal.end(), family.text) == legal.end())
    report_unknown("family", family.text, family.span, legal, "study.unknown_value", diagnostics);
}

// One for all columns, or one for each.
void read_families(const Section& section, TableEntry& table) {
  const std::vector<Spanned> written = section.text_or_texts("family");
  table.exposure = expression_of(section, "exposure");
  if (written.empty()) return;
  for (const Spanned& family : written) check_family(family, section.diagnostics());
  table.families = plain(written);
  using Kind = TableEntry::Kind;
  const bool regressions = table.kind == Kind::columns || table.kind == Kind::panels ||
                           table.kind == Kind::vary || table.kind == Kind::split ||
                           table.kind == Kind::spec_curve;
  if (!regressions) {
    section.diagnostics().error("study.family", "the results of this table are those of least squares",
                                section.find("family")->span,
                                "`family` is for tables with columns, panels, vary, split or spec_curve");
    return;
  }
  const std::size_t columns = table.kind == Kind::columns ? table.columns.size() : 1;
  if (written.size() > 1 && written.size() != columns)
    section.diagnostics().error("study.family",
                                "`family` lists " + std::to_string(written.size()) + " families for " +
                                    std::to_string(columns) + " columns",
                                section.find("family")->span, "give one for all columns, or one for each");
}

// Reports a method that does not exist, or whose number is missing, at its place.
bool check_method(const Spanned& method, Diagnostics& diagnostics) {
  try {
    read_method(method.text);
    if (find_family(method.text) == nullptr) return true;
    diagnostics.error("study.unknown_value", "`" + method.text + "` is a family", method.span,
                      "write family = \"" + method.text + "\"");
  } catch (const Error& error) {
    diagnostics.error("study.unknown_value", error.diagnostic().message, method.span,
                      error.diagnostic().hint);
  }
  return false;
}

// One for all columns, or one for each. The code ends in the key.
void check_count(const Section& section, const TableEntry& table, const std::string& code,
                 std::size_t written) {
  const std::string key = code.substr(code.find('.') + 1);
  const std::size_t columns = table.kind == TableEntry::Kind::columns ? table.columns.size() : 1;
  if (written <= 1 || written == columns) return;
  section.diagnostics().error(code,
                              "`" + key + "` lists " + std::to_string(written) + " of them for " +
                                  std::to_string(columns) + " columns",
                              section.find(key)->span, "give one for all columns, or one for each");
}

void read_methods(const Section& section, TableEntry& table) {
  const std::vector<Spanned> written = section.text_or_texts("method");
  for (const Spanned& method : written) check_method(method, section.diagnostics());
  table.methods = plain(written);
  check_count(section, table, "study.method", written.size());
}

void read_vcovs(const Section& section, TableEntry& table) {
  for (const Spanned& vcov : section.text_or_texts("vcov"))
    table.vcovs.push_back(parse_vcov(vcov.text, vcov.span, section.diagnostics()));
  check_count(section, table, "study.vcov", table.vcovs.size());
}

std::vector<std::pair<std::string, Spanned>> read_swap(const Section& section) {
  std::vector<std::pair<std::string, Spanned>> out;
  const Node* swap = section.table("swap");
  if (swap == nullptr) return out;
  for (const Node& item : swap->items) {
    if (item.kind == Node::Kind::string)
      out.emplace_back(item.key, Spanned{item.text, item.content});
    else
      section.wrong_type(item, "the name of a variable, or NAME@method for an index");
  }
  return out;
}

Variation read_variation(const Node& node, Diagnostics& diagnostics) {
  const Section section(node, "table.vary", diagnostics);
  Variation out;
  out.span = node.span;
  out.swap = read_swap(section);
  out.winsor = section.text_or_texts("winsor");
  out.trim = section.text_or_texts("trim");
  out.add = section.text_or_texts("add");
  read_further_changes(section, out);
  out.where = expression_of(section, "where");
  out.vcov = section.vcov("vcov");
  if (const auto family = section.text("family")) {
    check_family(*family, diagnostics);
    out.family = family->text;
  }
  if (const auto method = section.text("method"); method && check_method(*method, diagnostics))
    out.method = method->text;
  if (const auto name = section.text("name")) out.name = name->text;
  if (const auto at = section.number("at")) out.at = *at;
  if (!(out.at > 0 && out.at < 0.5))
    diagnostics.error("study.share", "`at` is the share of each tail, between 0 and 0.5",
                      section.find("at")->span, "0.01 moves the lowest and the highest 1 percent");
  return out;
}

void read_split_at(const Section& section, Split& split) {
  const Node* node = section.find("at");
  if (node == nullptr) return;
  if (node->is_number()) {
    split.at = Split::At::number;
    split.threshold = node->number;
  } else if (const auto word = section.choice("at", {"median", "mean"})) {
    split.at = word->text == "median" ? Split::At::median : Split::At::mean;
  }
}

Split read_split(const Node& node, Diagnostics& diagnostics) {
  const Section section(node, "table.split", diagnostics);
  Split split;
  split.span = node.span;
  if (const auto by = section.text("by"))
    split.by = *by;
  else
    diagnostics.error("study.missing_key", "a split says by which column: by = \"region\"", node.span);
  read_split_at(section, split);
  if (const auto level = section.choice("level", {"unit", "row"})) split.by_row = level->text == "row";
  split.names = plain(section.texts("names"));
  split.groups = plain(section.texts("groups"));
  return split;
}

void read_models_of(const Section& section, Study& study, TableEntry& table) {
  std::vector<Spanned> texts = section.text_or_texts("columns");
  if (const auto of = section.text("of")) texts.push_back(*of);
  if (const auto vif = section.text("vif")) texts.push_back(*vif);
  for (const Spanned& text : texts)
    for (ColumnEntry& column : resolve_columns(text, study, section.diagnostics()))
      table.columns.push_back(std::move(column));
}

// A variable is tested as the outcome of a regression on a constant.
void read_variables(const Section& section, const Study& study, TableEntry& table) {
  for (const Spanned& variable : section.text_or_texts("variables"))
    for (Formula& formula :
         parse_formula(variable.text + " ~ 1", variable.span, study.sets, section.diagnostics()))
      table.columns.push_back({std::move(formula), ""});
  if (section.find("variables") != nullptr && section.find("tests") == nullptr)
    section.diagnostics().error("study.missing_key", "a table of variables says which tests it shows",
                                table.span, "add tests = [\"llc(lags=1)\", \"ips\", \"fisher\"]");
}

void read_panels(const Section& section, Study& study, TableEntry& table) {
  for (const Node* node : section.tables("panels")) {
    const Section own(*node, "table.panels", section.diagnostics());
    PanelEntry panel;
    panel.span = node->span;
    if (const auto title = own.text("title")) panel.title = title->text;
    for (const Spanned& text : own.text_or_texts("columns"))
      for (ColumnEntry& column : resolve_columns(text, study, section.diagnostics()))
        panel.columns.push_back(std::move(column));
    panel.where = expression_of(own, "where");
    panel.keep = own.texts("keep");
    if (panel.columns.empty())
      section.diagnostics().error("study.missing_key", "a panel has columns of its own", panel.span,
                                  "add columns = [\"main\"]");
    table.columns.insert(table.columns.end(), panel.columns.begin(), panel.columns.end());
    table.panels.push_back(std::move(panel));
  }
}

struct KindKey {
  std::string_view key;
  TableEntry::Kind kind;
};
constexpr std::array kind_keys = {
    KindKey{"index", TableEntry::Kind::index},
    KindKey{"index_scores", TableEntry::Kind::index_scores},
    KindKey{"index_sensitivity", TableEntry::Kind::index_sensitivity},
    KindKey{"summary", TableEntry::Kind::summary},
    KindKey{"correlation", TableEntry::Kind::correlation},
    KindKey{"balance", TableEntry::Kind::balance},
    KindKey{"ranking", TableEntry::Kind::ranking},
    KindKey{"transition", TableEntry::Kind::transition},
    KindKey{"vif", TableEntry::Kind::vif},
    KindKey{"variables", TableEntry::Kind::variables},
    KindKey{"definitions", TableEntry::Kind::definitions},
    KindKey{"columns", TableEntry::Kind::columns},
    KindKey{"panels", TableEntry::Kind::panels},
    KindKey{"vary", TableEntry::Kind::vary},
    KindKey{"split", TableEntry::Kind::split},
    KindKey{"mediation", TableEntry::Kind::mediation},
    KindKey{"gelbach", TableEntry::Kind::gelbach},
    KindKey{"spec_curve", TableEntry::Kind::spec_curve},
    KindKey{"leave_out", TableEntry::Kind::leave_out},
    KindKey{"oster", TableEntry::Kind::oster},
    KindKey{"permutation", TableEntry::Kind::permutation},
    KindKey{"marginal_effects", TableEntry::Kind::marginal_effects},
    KindKey{"u_shape", TableEntry::Kind::u_shape},
    KindKey{"threshold", TableEntry::Kind::threshold},
    KindKey{"event_study", TableEntry::Kind::event_study},
    KindKey{"bacon", TableEntry::Kind::bacon},
    KindKey{"placebo", TableEntry::Kind::placebo},
};

// Exactly one of the keys that say what the table is.
void read_kind(const Section& section, TableEntry& table) {
  std::vector<std::string> found;
  for (const auto& [key, kind] : kind_keys) {
    const Node* node = section.find(key);
    if (node == nullptr) continue;
    if (found.empty()) table.kind = kind;
    found.emplace_back(key);
    if (node->kind == Node::Kind::array && node->items.empty())
      section.diagnostics().error("study.table_kind",
                                  "`" + found.back() + "` is empty: the table shows nothing", node->span,
                                  "name something, or leave the table out");
  }
  if (found.empty())
    section.diagnostics().error(
        "study.table_kind", "this table does not say what it shows", table.span,
        "give it one of: index, index_scores, index_sensitivity, summary, correlation, balance, ranking, "
        "transition, vif, variables, "
        "definitions, columns, panels, of + vary, of + split, mediation, gelbach, spec_curve, leave_out, "
        "oster, "
        "permutation, marginal_effects, u_shape, threshold, event_study, bacon, placebo");
  if (found.size() > 1)
    section.diagnostics().error("study.table_kind", "one table cannot be " + join(found, " and "), table.span,
                                "make two tables of it");
  const bool varied = table.kind == TableEntry::Kind::vary || table.kind == TableEntry::Kind::split;
  if (varied && section.find("of") == nullptr && !found.empty())
    section.diagnostics().error("study.missing_key", "`" + found.front() + "` needs the model it changes",
                                table.span, "add of = \"main\"");
}

void read_test(const Section& section, TableEntry& table) {
  if (table.kind != TableEntry::Kind::balance)
    table.test_equal = section.choice("test", {"equal"}).has_value();
  if (!table.columns.empty()) table.term = main_term(table.columns.front().formula);
  if (table.kind == TableEntry::Kind::index_sensitivity && !table.indices.empty())
    table.term = table.indices.front().text;
  if (const auto term = section.text("term")) table.term = term->text;
}

TableEntry read_table(const Node& node, Study& study, Diagnostics& diagnostics) {
  const Section section(node, "table", diagnostics);
  TableEntry table;
  table.span = node.span;
  read_kind(section, table);
  if (const auto id = section.text("id")) table.id = id->text;
  if (const auto title = section.text("title")) table.title = title->text, table.titled = true;
  table.indices = section.text_or_texts("index");
  read_description(section, table);
  read_models_of(section, study, table);
  read_variables(section, study, table);
  read_panels(section, study, table);
  for (const Node* item : section.tables("vary")) table.vary.push_back(read_variation(*item, diagnostics));
  for (const Node* item : section.tables("split")) table.split.push_back(read_split(*item, diagnostics));
  read_policy(section, study, table);
  read_index_tables(section, table);
  table.mediation = read_mediation(section.table("mediation"), study, diagnostics);
  read_channels(section, study, table);
  table.robustness = read_robustness(section, "table", study);
  read_shape_of_table(section, study, table);
  table.where = expression_of(section, "where");
  table.weights = expression_of(section, "weights");
  read_vcovs(section, table);
  read_layout(section, table);
  read_test(section, table);
  read_differences(section, table);
  read_families(section, table);
  read_methods(section, table);
  return table;
}

bool usable_file_name(const std::string& id) {
  return !id.empty() && id[0] != '.' && id.find_first_of("/\\:*?\"<>|\n\t") == std::string::npos &&
         id.size() <= 100;
}

std::string default_id(const TableEntry& table) {
  for (const auto& [key, kind] : kind_keys)
    if (kind == table.kind) return table.kind == TableEntry::Kind::columns ? "regression" : std::string(key);
  return "table";
}

// Numbers follow file order; an id that is not given is the kind's name, numbered when it repeats.
void number_tables(Study& study, Diagnostics& diagnostics) {
  int next = 1;
  std::set<std::string> used;
  for (TableEntry& table : study.tables) {
    table.number = next;
    next +=
        table.kind == TableEntry::Kind::index ? std::max<int>(1, static_cast<int>(table.indices.size())) : 1;
    if (table.id.empty())
      table.id = used.contains(default_id(table)) ? default_id(table) + "-" + std::to_string(table.number)
                                                  : default_id(table);
    if (!usable_file_name(table.id))
      diagnostics.error("study.table_id", "`" + table.id + "` cannot be part of a file name", table.span,
                        "use letters, digits, - and _");
    if (!used.insert(table.id).second)
      diagnostics.error("study.duplicate_id", "two tables are called `" + table.id + "`", table.span,
                        "give each its own id");
  }
}

}  // namespace

void read_tables(const Section& top, Study& study, Diagnostics& diagnostics) {
  for (const Node* node : top.tables("table")) study.tables.push_back(read_table(*node, study, diagnostics));
  number_tables(study, diagnostics);
}

}  // namespace panelist::study
