// SPDX-License-Identifier: Apache-2.0
#include "study/run/report.h"

#include "base/file.h"
#include "base/text.h"
#include "report/table_words.h"
#include "study/run/index_audits.h"
#include "study/run/readings.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

std::string say(const Workspace& work, const char* key, const std::vector<std::string>& parts = {}) {
  return table_words(key, work.study->lang, parts);
}

// --- warnings

// Warnings as they came; in Chinese where there are words for them.
std::string words_of(const ordered_json& note, const std::string& lang) {
  const std::string message = note.value("message", "");
  return lang == "zh" ? spaced_chinese(warning_words(note.value("code", ""), message, lang)) : message;
}

std::size_t line_of(const Workspace& work, const Span& span) {
  const SourceText& source = work.study->source;
  return span.known() && span.file == source.name ? line_column(source.text, span.begin).line : 0;
}

// A table's warnings point to its entry, so that tables kept from an earlier run say the same.
std::size_t line_of_table(const Workspace& work, int number) {
  std::size_t line = 0;
  for (const TableEntry& entry : work.study->tables)
    if (entry.number <= number) line = line_of(work, entry.span);
  return line;
}

void add_warning(const Workspace& work, const ordered_json& note, std::size_t line,
                 std::vector<ReportWarning>& warnings) {
  if (note.value("severity", "") != "warning") return;
  std::string text = words_of(note, work.study->lang);
  const auto same = [&](const ReportWarning& other) { return other.text == text; };
  if (!text.empty() && std::none_of(warnings.begin(), warnings.end(), same))
    warnings.push_back({std::move(text), line});
}

std::vector<ReportWarning> warnings_of(const Workspace& work, const std::vector<BuiltTable>& tables) {
  std::vector<ReportWarning> warnings;
  for (std::size_t i = 0; i < work.notes_before_tables; ++i)
    add_warning(work, note_json(work.notes.items()[i]), line_of(work, work.notes.items()[i].span), warnings);
  for (const BuiltTable& built : tables)
    for (const ordered_json& note : built.json.at("notes"))
      add_warning(work, note, line_of_table(work, built.table.number), warnings);
  for (std::size_t i = work.notes_of_figures; i < work.notes.size(); ++i)
    add_warning(work, note_json(work.notes.items()[i]), line_of(work, work.notes.items()[i].span), warnings);
  return warnings;
}

// --- columns

std::string step_words(const Workspace& work, const ordered_json& step) {
  const std::string kind = step.value("step", "");
  if (kind == "where") return say(work, "step_where", {step.value("condition", "")});
  if (kind == "column" && step.contains("condition"))
    return say(work, "step_column", {step.value("condition", "")});
  if (kind == "column") return say(work, "step_column_alone");
  if (kind == "missing" && step.contains("variable"))
    return say(work, "step_missing", {step.value("variable", "")});
  if (kind == "missing") return say(work, "step_missing_other");
  return say(work, ("step_" + kind).c_str());
}

std::vector<ReportStep> steps_of(const Workspace& work, const ordered_json& column) {
  std::vector<ReportStep> steps;
  for (const ordered_json& step : column.value("sample", ordered_json::array()))
    steps.push_back(
        {step_words(work, step), step.value("left_out", missing_value), step.value("rows", missing_value)});
  return steps;
}

std::vector<ReportCode> code_of(const ordered_json& column) {
  std::vector<ReportCode> all;
  for (const ordered_json& code : column.value("code", ordered_json::array()))
    all.push_back({code.value("language", ""), code.value("code", ""),
                   code.value("remarks", std::vector<std::string>{})});
  return all;
}

// The number printed above the equation of a regression: first stages stand before it.
int number_of(const PublicationTable& table, std::size_t regression) {
  const std::string mark = "/columns/" + std::to_string(regression) + "/coefficients/";
  int number = 0;
  for (const TableRow& row : table.rows) {
    int place = 0;
    for (const Cell& cell : row.cells) {
      if (cell.source.find(mark) != std::string::npos) number = std::max(number, place);
      place += cell.span;
    }
  }
  return number > 0 ? number : static_cast<int>(regression) + 1;
}

std::string heading_of(const ordered_json& column, int number) {
  std::string heading = "(" + std::to_string(number) + ")";
  for (const char* key : {"group", "heading", "formula"})
    if (const std::string part = column.value(key, ""); !part.empty()) heading += " " + part;
  for (const ordered_json& remark : column.value("remarks", ordered_json::array()))
    heading += "; " + remark.get<std::string>();
  return heading;
}

// Those that the table's rows have: its own, then those of its style.
Labels labels_of_table(const Workspace& work, const BuiltTable& built) {
  const TableEntry* found = nullptr;
  for (const TableEntry& entry : work.study->tables)
    if (entry.number <= built.table.number) found = &entry;
  return term_labels_of(work, found == nullptr ? TableEntry{} : *found);
}

ReportTable table_of(const Workspace& work, const BuiltTable& built) {
  const Labels labels = labels_of_table(work, built);
  const std::string kind = built.json.value("kind", "");
  ReportTable table{built.table, kind == "summary" || kind == "index" || kind == "vif" || kind == "ranking"};
  const ordered_json columns = built.json.value("columns", ordered_json::array());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ordered_json& column = columns[i];
    if (!column.is_object() || !column.contains("coefficients")) continue;
    const int number = number_of(built.table, i);
    table.columns.push_back({heading_of(column, number), reading_of(column, labels, work.study->lang),
                             steps_of(work, column), code_of(column), number});
  }
  return table;
}

// --- conventions and origin

bool any_lags(const Study& study) {
  for (const char* mark : {"L.", "L2.", "F.", "D.", "l(", "f(", "d("})
    if (study.source.text.find(mark) != std::string::npos) return true;
  return false;
}

// The first note of an index begins with its name, which the convention says already.
std::string without_name(const std::string& note, const std::string& name) {
  constexpr std::string_view open = "（", close = "）。", end = "。";
  if (note.starts_with(name + std::string(open)) && note.ends_with(close))
    return note.substr(name.size() + open.size(), note.size() - name.size() - open.size() - close.size()) +
           std::string(end);
  for (const char* mark : {": ", "："})
    if (note.starts_with(name + mark)) return note.substr(name.size() + std::string_view(mark).size());
  return note;
}

std::vector<std::string> conventions_of(const Workspace& work) {
  const Study& study = *work.study;
  std::vector<std::string> out = {say(work, "convention_vcov", {study.vcov.text, study.small_sample.name}),
                                  say(work, "convention_interval")};
  const bool kept = study.keep_singletons || study.small_sample.keeps_singletons;
  out.push_back(say(work, kept ? "convention_singletons_kept" : "convention_singletons_dropped"));
  out.push_back(say(work, "convention_collinear"));
  if (any_lags(study)) out.push_back(say(work, "convention_lags"));
  out.push_back(say(work, "convention_percentiles"));
  TableStyle style;
  style.lang = study.lang;
  for (const auto& [name, index] : work.indices)
    for (const std::string& note : index_table(index, name, "", 0, style, {}).notes)
      out.push_back(say(work, "convention_index", {name, without_name(note, name)}));
  for (const std::string& line : audit_lines(work)) out.push_back(line);
  return out;
}

}  // namespace

ReportPage report_page(const Workspace& work, const std::vector<BuiltTable>& tables,
                       const std::vector<Figure>& figures) {
  const Study& study = *work.study;
  ReportPage page{.title = study.title, .lang = study.lang, .figures = figures};
  page.look = look_of(style_of(work, TableEntry{}));
  for (const BuiltTable& built : tables) page.tables.push_back(table_of(work, built));
  page.warnings = warnings_of(work, tables);
  page.conventions = conventions_of(work);
  for (const InputFile& input : work.inputs)
    page.inputs.push_back(
        {input.path, input.digest, input.rows == 0 ? missing_value : static_cast<double>(input.rows)});
  page.origin = {std::string("panelist ") + PANELIST_VERSION,
                 say(work, "report_seed", {std::to_string(study.seed)})};
  page.study_name = file_name_of(study.path);
  page.study_text = study.source.text;
  return page;
}

}  // namespace panelist::study
