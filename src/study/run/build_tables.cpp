// SPDX-License-Identifier: Apache-2.0
#include "study/run/build_tables.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/result_json.h"
#include "report/table_words.h"
#include "study/run/coded_model.h"
#include "study/run/robustness.h"
#include "study/run/sample_steps.h"
#include "study/run/table_terms.h"
#include "study/run/table_titles.h"
#include "table/statistics.h"

namespace panelist::study {

using nlohmann::ordered_json;

TableStyle style_of(const Workspace& work, const TableEntry& entry) {
  const Study& study = *work.study;
  TableStyle style;
  style.name = study.style;
  style.own = study.own_style;
  style.below = entry_of(style).below;
  style.lang = study.lang;
  style.decimals = entry.decimals.value_or(study.decimals);
  style.says_decimals = entry.decimals.has_value() || study.says_decimals;
  style.stars = {study.stars[0], study.stars[1], study.stars[2]};
  if (!entry.below.empty()) style.below = entry.below;
  style.stats = entry.stats;
  return style;
}

Labels labels_of(const Workspace& work) {
  Labels labels;
  for (const std::string& name : work.table.names()) {
    const Column& column = work.table.at(name);
    const std::string& label =
        work.study->lang == "zh" && !column.label_zh.empty() ? column.label_zh : column.label;
    if (!label.empty()) labels[name] = label;
  }
  for (const auto& [name, entry] : work.codebook)
    if (!entry.label.empty() && work.table.has(name)) labels[name] = entry.label;
  return labels;
}

namespace {

Labels with_own(Labels labels, const TableEntry& entry) {
  for (const auto& [term, label] : entry.labels) labels[term] = label;
  return labels;
}

}  // namespace

Labels labels_of(const Workspace& work, const TableEntry& entry) { return with_own(labels_of(work), entry); }

SampleNames sample_names_of(const Workspace& work, const TableEntry& entry) {
  const auto is_year = [](std::int64_t time) { return time >= 1500 && time <= 2500; };
  return {labels_of(work, entry), work.panel.keys.unit, work.panel.keys.time,
          std::all_of(work.panel.times.begin(), work.panel.times.end(), is_year)};
}

ordered_json note_json(const Diagnostic& note) {
  const char* severity = note.severity == Severity::error     ? "error"
                         : note.severity == Severity::warning ? "warning"
                                                              : "note";
  return {{"code", note.code}, {"severity", severity}, {"message", note.message}};
}

// outreg2 prints the names of variables.
Labels term_labels_of(const Workspace& work, const TableEntry& entry) {
  return with_own(entry_of(style_of(work, {})).names_terms ? Labels{} : labels_of(work), entry);
}

namespace {

std::vector<BuiltTable> build_index_tables(Workspace& work, const TableEntry& entry) {
  std::vector<BuiltTable> out;
  for (std::size_t i = 0; i < entry.indices.size(); ++i) {
    const auto place = work.indices.find(entry.indices[i].text);
    if (place == work.indices.end()) continue;
    const std::string id =
        entry.indices.size() == 1 && entry.id != "index" ? entry.id : entry.id + "-" + entry.indices[i].text;
    BuiltTable built;
    built.table =
        index_table(place->second, id, index_title(work, entry, place->second.name),
                    entry.number + static_cast<int>(i), style_of(work, entry), labels_of(work, entry));
    ordered_json index = to_json(place->second, work.table, work.panel, false);
    index.erase("rows");  // scores stand under "indices"
    built.json["index"] = std::move(index);
    out.push_back(std::move(built));
  }
  return out;
}

}  // namespace

std::vector<std::string> summary_names(const Workspace& work, const TableEntry& entry) {
  std::vector<std::string> names;
  for (const Spanned& name : entry.summary) {
    if (!name.text.starts_with("{")) {
      names.push_back(name.text);
      continue;
    }
    const std::vector<std::string>& set = work.study->sets.at(name.text.substr(1, name.text.size() - 2));
    names.insert(names.end(), set.begin(), set.end());
  }
  return names;
}

std::vector<double> values_of_term(Workspace& work, const std::string& name) {
  Diagnostics problems;
  const Expression term = parse_expression(work.table.has(name) ? "`" + name + "`" : name, {}, problems);
  problems.throw_first_error();
  const Column column = evaluate(term, {work.table, &work.panel}, work.notes);
  if (column.is_text())
    throw Error("data.not_a_number", "`" + name + "` is text: it has no mean", "leave it out of the summary",
                "column " + name);
  return column.values();
}

namespace {

Summary summarise_term(Workspace& work, const std::string& name, const std::vector<std::size_t>& rows) {
  const std::vector<double> all = values_of_term(work, name);
  std::vector<double> values;
  for (const std::size_t row : rows) values.push_back(all[row]);
  return summarise(name, values);
}

std::vector<Summary> summarise_terms(Workspace& work, const TableEntry& entry,
                                     const std::vector<std::size_t>& rows) {
  std::vector<Summary> summaries;
  for (const std::string& name : summary_names(work, entry))
    summaries.push_back(summarise_term(work, name, rows));
  return summaries;
}

// One panel for each value of `by` in the sample, sorted; rows without a value are in none.
std::vector<SummaryPanel> summary_panels(Workspace& work, const TableEntry& entry,
                                         const std::vector<std::size_t>& rows) {
  Split split;
  split.by = *entry.by;
  split.span = entry.by->span;
  const Grouped grouped = group_rows(work, entry, split);
  const std::vector<double>& code = grouped.table.at(grouped.code_column).values();
  std::vector<SummaryPanel> panels;
  for (std::size_t group = 0; group < grouped.groups.size(); ++group) {
    std::vector<std::size_t> members;
    for (const std::size_t row : rows)
      if (code[row] == static_cast<double>(group)) members.push_back(row);
    panels.push_back({grouped.groups[group], summarise_terms(work, entry, members)});
  }
  return panels;
}

ordered_json summaries_json(const SummaryTableSpec& spec) {
  ordered_json variables = to_json(spec.variables, "")["variables"];
  for (const SummaryPanel& panel : spec.panels) {
    const ordered_json part = to_json(panel.variables, "");
    for (ordered_json variable : part.at("variables")) {
      variable["group"] = panel.group;
      variables.push_back(std::move(variable));
    }
  }
  return variables;
}

std::vector<BuiltTable> build_summary_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  SummaryTableSpec spec{entry.id,    entry.title,           entry.number,          {},
                        entry.stats, style_of(work, entry), labels_of(work, entry)};
  const bool done = attempt(work.notes, entry.span, [&] {
    std::vector<std::string> conditions;
    if (!entry.where.text.empty()) conditions.push_back(entry.where.text);
    const std::vector<std::size_t> rows = rows_where(work, work.table, conditions);
    if (rows.empty())
      throw Error("data.no_rows", "no row is left to summarise", "check `where`; `panelist data FILE`");
    if (entry.by) {
      spec.by = entry.by->text;
      spec.panels = summary_panels(work, entry, rows);
    } else {
      spec.variables = summarise_terms(work, entry, rows);
    }
  });
  if (!done) return {};
  built.table = summary_table(spec);
  if (entry.by) built.json["by"] = spec.by;
  built.json["variables"] = summaries_json(spec);
  return {std::move(built)};
}

// More than this is the field's usual mark of harmful collinearity.
constexpr double high_vif = 10.0;

void note_high_vif(const Vif& vif, const std::string& lang, PublicationTable& table) {
  std::vector<std::string> terms;
  for (const VifRow& row : vif.rows)
    if (row.vif > high_vif) terms.push_back(row.term);
  if (!terms.empty())
    table.notes.push_back(table_words("vif_high", lang, {join(terms, lang == "zh" ? "、" : ", ")}));
}

std::vector<BuiltTable> build_vif_table(Workspace& work, const TableEntry& entry) {
  BuiltTable built;
  const bool done = attempt(work.notes, entry.span, [&] {
    const std::vector<Regression> regressions = plan_columns(work, entry);
    EstimationSpec spec = estimation_spec(work, entry, regressions.front());
    spec.vif = true;
    const Estimation estimation =
        estimate_model(work.context, spec, regressions.front().table, &work.panel, work.notes);
    built.table = vif_table(*estimation.vif, entry.id, entry.title, entry.number, style_of(work, entry),
                            term_labels_of(work, entry));
    note_high_vif(*estimation.vif, work.study->lang, built.table);
    built.json["formula"] = regressions.front().formula.text;
    for (const VifRow& row : estimation.vif->rows)
      built.json["vif"].push_back({{"term", row.term}, {"vif", row.vif}, {"tolerance", row.tolerance}});
    built.json["mean"] = estimation.vif->mean;
  });
  if (!done) return {};
  return {std::move(built)};
}

using Builder = std::vector<BuiltTable> (*)(Workspace&, const TableEntry&);
struct KindEntry {
  TableEntry::Kind kind;
  std::string_view name;
  Builder build;
};
constexpr std::array kinds = {
    KindEntry{TableEntry::Kind::index, "index", build_index_tables},
    KindEntry{TableEntry::Kind::index_scores, "index_scores", build_index_scores_table},
    KindEntry{TableEntry::Kind::index_sensitivity, "index_sensitivity", build_index_sensitivity_table},
    KindEntry{TableEntry::Kind::summary, "summary", build_summary_table},
    KindEntry{TableEntry::Kind::vif, "vif", build_vif_table},
    KindEntry{TableEntry::Kind::variables, "variables", build_test_table},
    KindEntry{TableEntry::Kind::columns, "columns", build_regression_table},
    KindEntry{TableEntry::Kind::panels, "panels", build_panel_table},
    KindEntry{TableEntry::Kind::correlation, "correlation", build_correlation_table},
    KindEntry{TableEntry::Kind::balance, "balance", build_balance_table},
    KindEntry{TableEntry::Kind::ranking, "ranking", build_ranking_table},
    KindEntry{TableEntry::Kind::transition, "transition", build_transition_table},
    KindEntry{TableEntry::Kind::definitions, "definitions", build_definition_table},
    KindEntry{TableEntry::Kind::vary, "vary", build_regression_table},
    KindEntry{TableEntry::Kind::split, "split", build_regression_table},
    KindEntry{TableEntry::Kind::mediation, "mediation", build_mediation_table},
    KindEntry{TableEntry::Kind::gelbach, "gelbach", build_gelbach_table},
    KindEntry{TableEntry::Kind::spec_curve, "spec_curve", build_robustness_table},
    KindEntry{TableEntry::Kind::leave_out, "leave_out", build_robustness_table},
    KindEntry{TableEntry::Kind::oster, "oster", build_robustness_table},
    KindEntry{TableEntry::Kind::permutation, "permutation", build_robustness_table},
    KindEntry{TableEntry::Kind::marginal_effects, "marginal_effects", build_marginal_table},
    KindEntry{TableEntry::Kind::u_shape, "u_shape", build_u_shape_table},
    KindEntry{TableEntry::Kind::threshold, "threshold", build_threshold_table},
    KindEntry{TableEntry::Kind::event_study, "event_study", build_event_study_table},
    KindEntry{TableEntry::Kind::bacon, "bacon", build_bacon_table},
    KindEntry{TableEntry::Kind::placebo, "placebo", build_placebo_table},
};

const KindEntry& kind_entry(TableEntry::Kind kind) {
  return *std::find_if(kinds.begin(), kinds.end(),
                       [&](const KindEntry& entry) { return entry.kind == kind; });
}

// "/columns/0/estimate" of a table's own object, with or without the place of another list before it.
std::string placed(const std::string& source, std::size_t position) {
  constexpr std::string_view list = "/tables/";
  const std::size_t own = source.starts_with(list) ? source.find('/', list.size()) : 0;
  return own == std::string::npos ? source : fmt::format("{}{}{}", list, position, source.substr(own));
}

// Kinds made of regressions that take weights.
constexpr std::array weighted_kinds = {
    TableEntry::Kind::columns,     TableEntry::Kind::panels,           TableEntry::Kind::vary,
    TableEntry::Kind::split,       TableEntry::Kind::mediation,        TableEntry::Kind::gelbach,
    TableEntry::Kind::spec_curve,  TableEntry::Kind::leave_out,        TableEntry::Kind::oster,
    TableEntry::Kind::permutation, TableEntry::Kind::marginal_effects, TableEntry::Kind::u_shape,
    TableEntry::Kind::event_study, TableEntry::Kind::placebo};

std::string weights_note(const Workspace& work, const TableEntry& entry) {
  const SpannedExpression& own = entry.weights.expression.empty() ? work.study->data.weights : entry.weights;
  const bool weighted =
      std::find(weighted_kinds.begin(), weighted_kinds.end(), entry.kind) != weighted_kinds.end();
  if (!weighted || own.expression.empty()) return "";
  const std::string name = own.expression.label();
  const Labels labels = term_labels_of(work, entry);
  const auto label = labels.find(name);
  const bool counts = work.study->data.weight_type == WeightType::frequency;
  return table_words(counts ? "frequency_weights" : "weighted_by", work.study->lang,
                     {label == labels.end() ? name : label->second});
}

// What the user says of the table as a whole.
void dress(const TableEntry& entry, PublicationTable& table) {
  if (entry.own_notes_only) table.notes.clear();
  table.notes.insert(table.notes.end(), entry.notes.begin(), entry.notes.end());
  table.look.landscape = table.look.landscape || entry.landscape;
  table.label = entry.label;
}

}  // namespace

std::string_view kind_name(TableEntry::Kind kind) { return kind_entry(kind).name; }

std::vector<BuiltTable> build_tables(Workspace& work, const TableEntry& entry) {
  const bool of_regressions = kind_entry(entry.kind).build == build_regression_table ||
                              kind_entry(entry.kind).build == build_panel_table;
  if (!of_regressions) check_labels(work, entry);
  TableEntry titled = entry;
  if (!entry.titled) titled.title = written_title(work, entry);
  if (!entry.titled && work.study->lang == "zh") titled.title = spaced_chinese(titled.title);
  std::vector<BuiltTable> built = kind_entry(entry.kind).build(work, titled);
  const std::string imputed = built.empty() ? "" : imputation_note(work, entry);
  for (BuiltTable& one : built) {
    ordered_json whole = {{"number", one.table.number},
                          {"id", one.table.id},
                          {"kind", kind_name(entry.kind)},
                          {"title", one.table.title}};
    const std::string sample = sample_note({work.study->data.where.text, entry.where.text},
                                           sample_names_of(work, entry), work.study->lang);
    if (!sample.empty()) one.table.notes.push_back(sample);
    if (const std::string weights = weights_note(work, entry); !weights.empty())
      one.table.notes.push_back(weights);
    if (!imputed.empty()) one.table.notes.push_back(imputed);
    if (work.study->lang == "zh")
      for (std::string& note : one.table.notes) note = spaced_chinese(note);
    dress(entry, one.table);
    for (auto& [key, value] : one.json.items()) whole[key] = value;
    one.json = std::move(whole);
  }
  return built;
}

void place_tables(std::vector<BuiltTable>& tables) {
  for (std::size_t position = 0; position < tables.size(); ++position) {
    for (TableRow& row : tables[position].table.rows)
      for (Cell& cell : row.cells)
        for (std::string* source : {&cell.source, &cell.source2})
          if (!source->empty()) *source = placed(*source, position);
    tables[position].json["table"] = to_json(tables[position].table);
  }
}

}  // namespace panelist::study
