// SPDX-License-Identifier: Apache-2.0
#include "table/reshape/join_report.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text.h"
#include "table/provinces.h"

namespace panelist {
namespace {

constexpr char mark = '\x1f';

std::string list(const std::vector<std::string>& keys) {
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(keys.size(), most_shown); ++i) shown.push_back(shown_key(keys[i]));
  std::string text = join(shown, ", ");
  if (keys.size() > most_shown) text += fmt::format(", ... ({} in all)", keys.size());
  return text;
}

std::set<std::string> units_of(const std::vector<std::string>& keys) {
  std::set<std::string> units;
  for (const std::string& key : keys) units.insert(unit_of_key(key));
  units.erase("");
  return units;
}

std::vector<std::string> only_in(const std::set<std::string>& units, const std::set<std::string>& others) {
  std::vector<std::string> rest;
  std::set_difference(units.begin(), units.end(), others.begin(), others.end(), std::back_inserter(rest));
  return rest;
}

// "北京市 and 北京": units of the one side that are provinces of the other under another spelling.
std::vector<std::string> respelled(const std::vector<std::string>& alone,
                                   const std::vector<std::string>& without) {
  std::map<int, std::string> other;
  for (const std::string& unit : without)
    if (const Province* province = find_province(unit)) other[province->code] = unit;
  std::vector<std::string> pairs;
  for (const std::string& unit : alone) {
    const Province* province = find_province(unit);
    if (province == nullptr || !other.contains(province->code)) continue;
    pairs.push_back(unit + " and " + other[province->code]);
  }
  return pairs;
}

void warn_of_units(const JoinReport& report, Diagnostics& notes) {
  const std::set<std::string> here = units_of(report.own), there = units_of(report.others);
  const std::vector<std::string> alone = only_in(here, there), without = only_in(there, here);
  if (alone.empty()) return;
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.subject = report.file;
  const std::vector<std::string> pairs = respelled(alone, without);
  if (!pairs.empty()) {
    warning.code = "data.join_spelling";
    warning.message = fmt::format("`{}` spells {} differently from the other files, so that {} not match",
                                  report.file, pairs.size() == 1 ? "a province" : "provinces",
                                  pairs.size() == 1 ? "it does" : "they do");
    warning.notes.push_back(list(pairs));
    warning.hint = "add units = \"provinces\" to [data] to match them, or write them alike";
  } else {
    warning.code = "data.join_unmatched_units";
    warning.message = fmt::format("`{}` has {} of `{}` that no other file has: {}", report.file,
                                  alone.size() == 1 ? "a value" : "values", report.unit_key, list(alone));
    if (!without.empty()) warning.notes.push_back("the other files have, and it has not: " + list(without));
    warning.hint = "check that `" + report.unit_key + "` is written alike in all files";
  }
  notes.add(std::move(warning));
}

std::string lacking_key_text(const std::string& key, bool time) {
  return time ? time_of_key(key) : unit_of_key(key);
}

// A column whose name is near the lacking key's, or whose cells are all among its values.
std::string look_alike(const Table& table, const std::string& lacking, const std::string& present,
                       const std::set<std::string>& values) {
  std::vector<std::string> names;
  for (const std::string& name : table.names())
    if (name != present) names.push_back(name);
  const std::string near = nearest(lacking, names);
  if (!near.empty()) return near;
  for (const std::string& name : names) {
    const Column& column = table.at(name);
    bool all = column.count_missing() < column.size();
    for (std::size_t row = 0; all && row < column.size(); ++row)
      all = column.is_missing(row) || values.contains(column.text_at(row));
    if (all) return name;
  }
  return "";
}

}  // namespace

std::string joined_key(const std::string& unit, const std::string& time) { return unit + mark + time; }
std::string unit_of_key(const std::string& key) { return key.substr(0, key.find(mark)); }
std::string time_of_key(const std::string& key) { return key.substr(key.find(mark) + 1); }

std::string shown_key(const std::string& key) {
  const std::string shown = replace_all(key, std::string(1, mark), " ");
  return std::string(trim(shown));
}

void report_join(const JoinReport& report, Diagnostics& notes) {
  const std::size_t matched = report.rows - report.alone.size();
  Diagnostic note;
  note.code = matched == 0 ? "data.join_no_match" : "data.join_matched";
  note.severity = matched == 0 ? Severity::warning : Severity::note;
  note.message = fmt::format("`{}`: {} of {} rows matched", report.file, matched, report.rows);
  note.subject = report.file;
  if (!report.alone.empty()) note.notes.push_back("only in it: " + list(report.alone));
  if (!report.without.empty()) note.notes.push_back("not in it: " + list(report.without));
  if (matched == 0) note.hint = "check that `" + report.unit_key + "` is written alike in both files";
  notes.add(std::move(note));
  warn_of_units(report, notes);
}

void report_spread(const Table& table, const PanelKeys& names, const std::vector<std::string>& keys,
                   Diagnostics& notes) {
  const bool time = table.has(names.unit);
  const std::string lacking = time ? names.time : names.unit;
  std::set<std::string> values;
  for (const std::string& key : keys) values.insert(lacking_key_text(key, time));
  const std::string candidate = look_alike(table, lacking, time ? names.unit : names.time, values);
  Diagnostic note;
  note.code = candidate.empty() ? "data.join_spread" : "data.join_key_renamed";
  note.severity = candidate.empty() ? Severity::note : Severity::warning;
  note.message =
      fmt::format("`{}` has no `{}`: its values are repeated for every one", table.source, lacking);
  note.subject = table.source;
  if (!candidate.empty())
    note.hint = fmt::format("if its column `{}` is the `{}`, rename it there", candidate, lacking);
  notes.add(std::move(note));
}

}  // namespace panelist
