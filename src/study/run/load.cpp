// SPDX-License-Identifier: Apache-2.0
// From files to the panel: read, join, label, impute, derive, sample, expectations.
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "study/run/workspace.h"

namespace panelist::study {

bool attempt(Diagnostics& notes, const Span& span, const std::function<void()>& step) {
  try {
    step();
    return true;
  } catch (const Error& error) {
    Diagnostic diagnostic = error.diagnostic();
    if (!diagnostic.span.known()) diagnostic.span = span;
    notes.add(std::move(diagnostic));
    return false;
  }
}

Expression all_of(const std::vector<std::string>& conditions, const Span& span) {
  std::string text;
  for (const std::string& condition : conditions) {
    if (trim(condition).empty()) continue;
    text += (text.empty() ? "(" : " and (") + condition + ")";
  }
  if (text.empty()) return {};
  Diagnostics problems;
  Expression expression = parse_expression(text, {span.file, span.begin, span.begin}, problems);
  problems.throw_first_error();
  return expression;
}

namespace {

Table read_one(Workspace& work, const Spanned& file) {
  const std::string path = join_path(work.study->directory, file.text);
  if (is_stream(path))
    throw Error("data.not_a_file", "`" + file.text + "` is no file: a study must find the same data again",
                "save the data to a file and name that", file.text);
  work.inputs.push_back({file.text, sha256(read_file(path))});
  ReadReport report;
  ReadOptions options = work.study->data.read;
  options.stop = work.context.stop;
  options.threads = work.context.threads;
  Table table = read_table(path, options, &report);
  work.notes.append(report.notes);
  work.inputs.back().rows = table.rows();
  const PanelKeys& keys = work.study->data.panel;
  if (work.study->data.wide)
    table = wide_to_long(table, {.id = keys.unit, .time = keys.time, .value = "value"}, work.notes);
  return table;
}

void read_files(Workspace& work) {
  std::vector<Table> tables;
  for (const Spanned& file : work.study->data.files)
    attempt(work.notes, file.span, [&] { tables.push_back(read_one(work, file)); });
  if (tables.size() != work.study->data.files.size()) return;
  if (tables.size() == 1)
    work.table = tables.front();
  else
    attempt(work.notes, work.study->data.span, [&] {
      work.table = join_on_keys(tables, work.study->data.panel, work.notes, work.study->data.units);
    });
}

std::string codebook_text(const Table& book, const std::string& key, std::size_t row) {
  const Column* column = book.find(key);
  return column == nullptr ? "" : column->text_at(row);
}

// The text of the study's language; the other, or the one without a language, where that is blank.
std::string in_language(const Table& book, const std::string& key, std::size_t row, const std::string& lang) {
  for (const std::string& name : {key + "_" + lang, key, key + "_en"})
    if (std::string text = codebook_text(book, name, row); !text.empty()) return text;
  return "";
}

void keep_codebook(Workspace& work, const Table& book) {
  const std::string& lang = work.study->lang;
  for (std::size_t row = 0; row < book.rows(); ++row)
    work.codebook[codebook_text(book, "name", row)] = {
        in_language(book, "label", row, lang), in_language(book, "definition", row, lang),
        in_language(book, "unit", row, lang), in_language(book, "source", row, lang)};
  work.codebook.erase("");
}

void label(Workspace& work) {
  const auto& codebook = work.study->data.codebook;
  if (!codebook) return;
  attempt(work.notes, codebook->span, [&] {
    const std::string path = join_path(work.study->directory, codebook->text);
    work.inputs.push_back({codebook->text, sha256(read_file(path))});
    Diagnostics unknown;
    const Table book = read_table(path);
    apply_codebook(work.table, book, unknown);
    keep_codebook(work, book);
    const std::vector<std::string> later = known_names(work);  // derived columns and indices are no mistakes
    for (const Diagnostic& warning : unknown.items())
      if (std::none_of(later.begin(), later.end(),
                       [&](const std::string& name) { return warning.subject == "column " + name; }))
        work.notes.add(warning);
  });
}

void impute_column(Workspace& work, const Spanned& name, ImputeMethod method) {
  const Column& column = work.table.at(name.text);
  if (column.is_text())
    throw Error("study.not_a_number", "`" + name.text + "` is text: it has no values to fill in",
                "impute columns of numbers; `panelist data FILE` shows what each column is",
                "column " + name.text);
  const Imputed filled = impute(column.values(), work.panel, method);
  Column replacement = Column::numbers(filled.values, column.kind());
  replacement.label = column.label;
  replacement.label_zh = column.label_zh;
  replacement.unit = column.unit;
  Diagnostic note{"data.imputed",
                  Severity::note,
                  std::to_string(filled.filled.size()) + " cells of `" + name.text + "` were filled in",
                  name.span,
                  "",
                  {},
                  ""};
  if (filled.still_missing > 0)
    note.notes.push_back(std::to_string(filled.still_missing) + " remain missing");
  work.table.set(name.text, std::move(replacement));
  work.imputed[name.text] = filled.filled;
  work.notes.add(std::move(note));
}

void impute_columns(Workspace& work) {
  for (const auto& [name, method] : work.study->data.impute)
    attempt(work.notes, name.span, [&, &column = name, &how = method] { impute_column(work, column, how); });
}

void choose_sample(Workspace& work) {
  const SpannedExpression& where = work.study->data.where;
  work.sample.clear();
  std::vector<bool> keep(work.table.rows(), true);
  if (!where.expression.empty())
    attempt(work.notes, where.span,
            [&] { keep = evaluate_condition(where.expression, {work.table, &work.panel}, work.notes); });
  for (std::size_t row = 0; row < keep.size(); ++row)
    if (keep[row]) work.sample.push_back(row);
  if (work.sample.empty())
    work.notes.error("data.no_rows", "no row of the data satisfies `where`", where.span,
                     "the data have " + std::to_string(work.table.rows()) + " rows; check names and years");
}

// --- expectations ---

bool sample_is_balanced(const Workspace& work) {
  std::set<std::int32_t> units;
  std::set<std::int64_t> times;
  for (const std::size_t row : work.sample) {
    units.insert(work.panel.unit[row]);
    times.insert(work.panel.time[row]);
  }
  return units.size() * times.size() == work.sample.size();
}

std::string row_name(const Workspace& work, std::size_t row) {
  return "(" + work.panel.unit_names[static_cast<std::size_t>(work.panel.unit[row])] + ", " +
         work.table.at(work.panel.keys.time).text_at(row) + ")";
}

void expect_condition(Workspace& work, const Spanned& expectation) {
  Diagnostics problems;
  const Expression condition = parse_expression(expectation.text, expectation.span, problems);
  check_columns(condition, work.table.names(), problems);
  work.notes.append(problems);
  if (problems.has_errors()) return;
  const std::vector<bool> holds = evaluate_condition(condition, {work.table, &work.panel}, work.notes);
  std::vector<std::string> failing;
  for (const std::size_t row : work.sample)
    if (!holds[row]) failing.push_back(row_name(work, row));
  if (failing.empty()) return;
  const std::size_t count = failing.size();
  failing.resize(std::min<std::size_t>(count, 5));
  work.notes.error("data.expectation",
                   "`" + expectation.text + "` fails in " + std::to_string(count) + " rows", expectation.span,
                   "first: " + join(failing, ", "));
}

// "rows == 270"
std::optional<long long> expected_rows(const std::string& text) {
  const std::string flat = replace_all(text, " ", "");
  if (!flat.starts_with("rows==")) return std::nullopt;
  return parse_integer(flat.substr(6));
}

void check_expectation(Workspace& work, const Spanned& expectation) {
  if (const auto rows = expected_rows(expectation.text)) {
    if (*rows != static_cast<long long>(work.sample.size()))
      work.notes.error(
          "data.expectation",
          "the sample has " + std::to_string(work.sample.size()) + " rows, not " + std::to_string(*rows),
          expectation.span, "correct `where`, the data, or the expectation");
  } else if (trim(expectation.text) == "balanced") {
    if (!sample_is_balanced(work))
      work.notes.error("data.expectation", "the sample is not balanced: some unit lacks some time",
                       expectation.span, "`panelist data FILE` lists the gaps");
  } else {
    attempt(work.notes, expectation.span, [&] { expect_condition(work, expectation); });
  }
}

}  // namespace

void load_data(Workspace& work) {
  read_files(work);
  if (work.notes.has_errors()) return;
  attempt(work.notes, work.study->data.panel_span,
          [&] { work.panel = make_panel(work.table, work.study->data.panel); });
  read_systems(work);
  check_names(work);
  if (work.notes.has_errors()) return;
  impute_columns(work);
  std::set<std::string> indices;
  for (const IndexEntry& entry : work.study->indices) indices.insert(entry.system.name);
  derive_columns(work, indices);
  label(work);
  choose_sample(work);
  if (work.notes.has_errors()) return;
  for (const Spanned& expectation : work.study->data.expect) check_expectation(work, expectation);
}

void load_names(Workspace& work) {
  read_files(work);
  if (work.table.columns() == 0) return;
  read_systems(work);
  check_names(work);
}

}  // namespace panelist::study
