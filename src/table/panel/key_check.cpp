// SPDX-License-Identifier: Apache-2.0
#include "table/panel/key_check.h"

#include <fmt/format.h>

#include "base/text.h"

namespace panelist {
namespace {

constexpr std::size_t most_groups = 5;
constexpr std::size_t most_rows = 8;
constexpr std::size_t most_columns = 6;

using Rows = std::vector<std::size_t>;

std::size_t source_row(const Table& table, std::size_t row) {
  return table.source_rows.empty() ? row + 1 : table.source_rows[row];
}

std::string list_rows(const Table& table, const Rows& rows) {
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < std::min(rows.size(), most_rows); ++i) {
    numbers.push_back(fmt::format("{}", source_row(table, rows[i])));
  }
  if (rows.size() > most_rows) numbers.push_back(fmt::format("... ({} rows)", rows.size()));
  return join(numbers, ", ");
}

bool same_cell(const Column& column, std::size_t a, std::size_t b) {
  if (column.is_missing(a) || column.is_missing(b)) return column.is_missing(a) == column.is_missing(b);
  if (column.is_text()) return column.codes()[a] == column.codes()[b];
  return column.values()[a] == column.values()[b];
}

std::vector<std::string> differing_columns(const Table& table, const Rows& rows) {
  std::vector<std::string> differing;
  for (const std::string& name : table.names()) {
    const Column& column = table.at(name);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (same_cell(column, rows[0], rows[i])) continue;
      differing.push_back(name);
      break;
    }
  }
  return differing;
}

struct Duplicates {
  std::vector<Rows> groups;  // all of them
  std::size_t rows = 0;
};

Duplicates find_duplicates(const Panel& panel) {
  Duplicates found;
  for (std::size_t unit = 0; unit + 1 < panel.unit_begin.size(); ++unit) {
    std::size_t i = panel.unit_begin[unit];
    while (i < panel.unit_begin[unit + 1]) {
      std::size_t j = i + 1;
      while (j < panel.unit_begin[unit + 1] && panel.time[panel.order[j]] == panel.time[panel.order[i]]) ++j;
      if (j - i > 1) {
        found.groups.emplace_back(panel.order.begin() + static_cast<std::ptrdiff_t>(i),
                                  panel.order.begin() + static_cast<std::ptrdiff_t>(j));
        found.rows += j - i;
      }
      i = j;
    }
  }
  return found;
}

std::string describe_group(const Table& table, const Panel& panel, const Rows& rows,
                           const std::vector<std::string>& differing) {
  const std::string unit = panel.unit_names[static_cast<std::size_t>(panel.unit[rows[0]])];
  const std::string time = table.at(panel.keys.time).text_at(rows[0]);
  std::string text = fmt::format("{}, {}: rows {}", unit, time, list_rows(table, rows));
  if (differing.empty()) return text + "; identical in every column";
  std::vector<std::string> shown(differing.begin(), differing.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                            differing.size(), most_columns)));
  text += "; they differ in " + join(shown, ", ");
  if (differing.size() > most_columns)
    text += fmt::format(" and {} more columns", differing.size() - most_columns);
  return text;
}

// A column that tells the rows of every group apart: the key the panel lacks.
std::string column_that_separates(const Table& table, const Panel& panel, const std::vector<Rows>& groups) {
  for (const std::string& name : table.names()) {
    const Column& column = table.at(name);
    if (name == panel.keys.unit || name == panel.keys.time || column.kind() == ColumnKind::real) continue;
    bool separates = true;
    for (const Rows& rows : groups) {
      for (std::size_t i = 1; separates && i < rows.size(); ++i) {
        for (std::size_t j = 0; separates && j < i; ++j) separates = !same_cell(column, rows[i], rows[j]);
      }
    }
    if (separates && column.is_text()) return name;
  }
  return "";
}

struct Cause {
  std::string note, hint;
};

Cause likely_cause(const Table& table, const Panel& panel, const std::vector<Rows>& groups, bool identical) {
  if (identical) {
    return {"likely cause: the same rows were appended twice", "remove the repeated rows from the file"};
  }
  const std::string separating = column_that_separates(table, panel, groups);
  if (!separating.empty()) {
    return {fmt::format("likely cause: the data have one more level, `{}` tells the rows apart", separating),
            fmt::format("select one `{}` with where, sum over it, or use it as the unit", separating)};
  }
  return {
      "likely cause: two versions or sources of the same values were put together, or two units share a name",
      "keep one row for each unit and time, or give a unit column that is a code"};
}

[[noreturn]] void throw_duplicates(const Table& table, const Panel& panel, const Duplicates& found) {
  const std::vector<Rows> shown(
      found.groups.begin(),
      found.groups.begin() + static_cast<std::ptrdiff_t>(std::min(found.groups.size(), most_groups)));
  Diagnostic diagnostic;
  diagnostic.code = "data.duplicate_keys";
  diagnostic.subject = fmt::format("panel {}, {}", panel.keys.unit, panel.keys.time);
  diagnostic.message =
      fmt::format("`{}` and `{}` do not name one row: {} pair{} occur{} more than once ({} rows)",
                  panel.keys.unit, panel.keys.time, found.groups.size(), found.groups.size() == 1 ? "" : "s",
                  found.groups.size() == 1 ? "s" : "", found.rows);
  bool identical = true;
  for (const Rows& rows : shown) {
    const auto differing = differing_columns(table, rows);
    identical = identical && differing.empty();
    diagnostic.notes.push_back(describe_group(table, panel, rows, differing));
  }
  if (found.groups.size() > most_groups) {
    diagnostic.notes.push_back(fmt::format("and {} more", found.groups.size() - most_groups));
  }
  Cause cause = likely_cause(table, panel, shown, identical);
  diagnostic.notes.push_back(std::move(cause.note));
  diagnostic.hint = std::move(cause.hint);
  throw Error(std::move(diagnostic));
}

void check_key_present(const Table& table, const std::string& key) {
  if (key.empty()) return;
  const Column& column = table.at(key);
  Rows missing;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (column.is_missing(row)) missing.push_back(row);
  }
  if (missing.empty()) return;
  throw Error("data.missing_key",
              fmt::format("the panel key `{}` is missing in row{} {}", key, missing.size() == 1 ? "" : "s",
                          list_rows(table, missing)),
              "fill the cells or delete the rows (footnotes below a table are a frequent cause)",
              fmt::format("column {}", key));
}

}  // namespace

void check_keys_present(const Table& table, const PanelKeys& keys) {
  check_key_present(table, keys.unit);
  check_key_present(table, keys.time);
}

void check_keys_unique(const Table& table, const Panel& panel) {
  if (panel.keys.unit.empty() || panel.keys.time.empty()) return;
  const Duplicates found = find_duplicates(panel);
  if (!found.groups.empty()) throw_duplicates(table, panel, found);
}

}  // namespace panelist
