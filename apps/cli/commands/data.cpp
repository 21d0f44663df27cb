// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/commands/catalog.h"
#include "cli/diagnostics_json.h"
#include "cli/estimation_options.h"
#include "cli/inspect.h"
#include "cli/print/fit_text.h"
#include "table/guess.h"
#include "table/statistics.h"

namespace panelist::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Contents {
  Table table;
  ReadReport report;
  Diagnostics findings;
  PanelKeys keys;
  bool guessed = false;
  std::optional<Panel> panel;
};

// A panel that does not hold is a finding of this command, not a failure.
void find_panel(Contents& contents, const Arguments& arguments) {
  contents.keys = panel_keys(arguments);
  contents.guessed = contents.keys.empty();
  if (contents.guessed) contents.keys = guess_panel_keys(contents.table);
  if (contents.keys.empty()) return;
  try {
    contents.panel = make_panel(contents.table, contents.keys);
  } catch (const Error& error) {
    if (!contents.guessed) throw;
    contents.findings.add(error.diagnostic());
  }
}

Contents read_contents(const Session& session, const Arguments& arguments) {
  Contents contents;
  ReadOptions options;
  options.stop = session.context.stop;
  options.threads = session.context.threads;
  contents.table = read_table(arguments.positional().front(), options, &contents.report);
  session.context.stop_if_asked();
  contents.findings.append(contents.report.notes);
  contents.findings.append(suspicious_values(contents.table));
  find_panel(contents, arguments);
  return contents;
}

std::string kind_name(const Column& column) {
  constexpr const char* names[] = {"real", "integer", "boolean", "date", "text"};
  return names[static_cast<std::size_t>(column.kind())];
}

std::size_t distinct_texts(const Column& column) { return column.dictionary().size(); }

std::string range_words(const Column& column) {
  if (column.is_text()) return fmt::format("{} different", distinct_texts(column));
  const Summary summary = summarise("", column.values());
  if (summary.n == 0) return "";
  if (column.kind() != ColumnKind::date)
    return fmt::format("{} .. {}", number_text(summary.min), number_text(summary.max));
  const Column ends = Column::numbers({summary.min, summary.max}, ColumnKind::date);
  return fmt::format("{} .. {}", ends.text_at(0), ends.text_at(1));
}

std::string columns_text(const Table& table) {
  AlignedText lines("  ", "llrll");
  lines.add({"column", "type", "missing", "values", "label"});
  for (const std::string& name : table.names()) {
    const Column& column = table.at(name);
    const std::string unit = column.unit.empty() ? "" : fmt::format(" ({})", column.unit);
    lines.add({name, kind_name(column), fmt::format("{}", column.count_missing()), range_words(column),
               column.label + unit});
  }
  return lines.text();
}

std::string panel_words(const Contents& contents) {
  if (contents.keys.empty()) return "no panel: no pair of columns identifies the rows\n";
  const std::string keys = fmt::format("{} and {}{}", contents.keys.unit, contents.keys.time,
                                       contents.guessed ? " (guessed)" : "");
  if (!contents.panel) return fmt::format("panel by {}, but it does not hold: see below\n", keys);
  const Panel& panel = *contents.panel;
  const std::string times =
      panel.time_names.empty() ? ""
                               : fmt::format(", {} to {}", panel.time_names.front(), panel.time_names.back());
  return fmt::format("panel by {}: {} units, {} times{}, {}, {} gaps\n", keys, panel.unit_names.size(),
                     panel.times.size(), times, panel.balanced ? "balanced" : "not balanced", panel.gaps);
}

std::string contents_text(const Session& session, const std::string& path, const Contents& contents) {
  std::string text = fmt::format("{}: {}{}, {} rows, {} columns\n", path, contents.report.format,
                                 contents.report.encoding.empty() ? "" : " in " + contents.report.encoding,
                                 contents.table.rows(), contents.table.columns());
  if (contents.report.sheets.size() > 1)
    text += fmt::format("sheets: {}\n", join(contents.report.sheets, ", "));
  text += panel_words(contents) + "\n" + columns_text(contents.table);
  for (const Diagnostic& item : contents.findings.items())
    text += "\n" + render(item, session.sources, session.color_result);
  return text;
}

Json column_json(const std::string& name, const Column& column) {
  Json json = {{"name", name}, {"type", kind_name(column)}, {"missing", column.count_missing()}};
  if (column.is_text())
    json["distinct"] = distinct_texts(column);
  else if (const Summary summary = summarise(name, column.values()); summary.n > 0)
    json.update({{"min", summary.min}, {"max", summary.max}, {"mean", summary.mean}});
  if (!column.label.empty()) json["label"] = column.label;
  if (!column.label_zh.empty()) json["label_zh"] = column.label_zh;
  if (!column.unit.empty()) json["unit"] = column.unit;
  for (const auto& [value, label] : column.value_labels) json["value_labels"][shortest(value)] = label;
  return json;
}

Json panel_json(const Contents& contents) {
  if (contents.keys.empty()) return nullptr;
  Json json = {{"unit", contents.keys.unit}, {"time", contents.keys.time}, {"guessed", contents.guessed}};
  if (contents.panel)
    json.update({{"units", contents.panel->unit_names.size()},
                 {"times", contents.panel->times.size()},
                 {"balanced", contents.panel->balanced},
                 {"gaps", contents.panel->gaps}});
  return json;
}

std::string contents_json(const Session& session, const std::string& path, const Contents& contents) {
  Json json = {{"diagnostics", Json::parse(diagnostics_json(contents.findings, session.sources))},
               {"file", path},
               {"format", contents.report.format},
               {"encoding", contents.report.encoding},
               {"sheets", contents.report.sheets},
               {"rows", contents.table.rows()},
               {"columns", Json::array()},
               {"panel", panel_json(contents)}};
  for (const std::string& name : contents.table.names())
    json["columns"].push_back(column_json(name, contents.table.at(name)));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void refuse_own_input(const std::string& path, const std::string& to) {
  std::error_code ignored;
  if (std::filesystem::equivalent(path, to, ignored))
    throw Error("usage.bad_value", fmt::format("`--to {}` would overwrite the file that is read", to),
                "choose another name", "option --to");
}

int run_data(Session& session, const Arguments& arguments) {
  const std::string& path = arguments.positional().front();
  const auto to = arguments.find("to");
  if (to) refuse_own_input(path, *to);
  const Contents contents = read_contents(session, arguments);
  if (to) {
    write_table(contents.table, *to);
    session.say(
        fmt::format("{} rows, {} columns in {}\n", contents.table.rows(), contents.table.columns(), *to));
    if (!session.json) return 0;
  }
  session.print(session.json ? contents_json(session, path, contents)
                             : contents_text(session, path, contents));
  return 0;
}

}  // namespace

Command data_command() {
  return {
      .name = "data",
      .usage = "FILE [--json] [--to FILE]",
      .summary = "what is in a data file; convert it",
      .description = "Types, labels, panel structure, gaps, suspicious values, encoding.",
      .examples = {{"data provinces.xlsx", "look into a workbook"},
                   {"data survey.dta --to survey.csv", "convert"},
                   {"data large.csv --to large.pcol", "keep as parsed: read in milliseconds from then on"}},
      .options = {{"to", "FILE",
                   "write the table as csv, tsv, dta, xlsx or pcol (columns as parsed, quick to read), "
                   "by extension"},
                  {"panel", "UNIT,TIME", "the panel's keys; guessed otherwise"},
                  {"json", "", "results as JSON"}},
      .least_arguments = 1,
      .most_arguments = 1,
      .run = run_data};
}

}  // namespace panelist::cli
