// SPDX-License-Identifier: Apache-2.0
// Full outer join on the panel keys. A table with only one of the keys (a fixed trait of units, a national series)
// is spread over the rows that have it.
#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "table/provinces.h"
#include "table/read.h"
#include "table/reshape/join_report.h"
#include "table/reshape/merge_columns.h"

namespace panelist {
namespace {

// The keys of a table as texts, so that 110000 matches "110000" and 2015 matches "2015年".
struct TableKeys {
  bool has_unit = false, has_time = false;
  std::vector<std::string> keys;  // per row
};

std::string key_text(const Column& column, std::size_t row) {
  constexpr std::string_view year_mark = "年";
  std::string text = column.text_at(row);
  if (text.ends_with(year_mark) && parse_integer(text.substr(0, text.size() - year_mark.size()))) {
    text.resize(text.size() - year_mark.size());
  }
  return text;
}

// One text for all spellings of a province.
std::string province_text(std::string text) {
  const Province* province = find_province(text);
  return province == nullptr ? text : std::string(province->short_zh);
}

TableKeys keys_of(const Table& table, const PanelKeys& names, UnitMatch units) {
  TableKeys found;
  const Column* unit = names.unit.empty() ? nullptr : table.find(names.unit);
  const Column* time = names.time.empty() ? nullptr : table.find(names.time);
  found.has_unit = unit != nullptr;
  found.has_time = time != nullptr;
  if (unit == nullptr && time == nullptr) (void)table.at(names.unit);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string unit_text = unit != nullptr ? key_text(*unit, row) : "";
    if (units == UnitMatch::provinces) unit_text = province_text(std::move(unit_text));
    found.keys.push_back(joined_key(unit_text, time != nullptr ? key_text(*time, row) : ""));
  }
  return found;
}

// make_panel() finds missing and duplicate keys and says where; the table's name is added here.
void check_keys(const Table& table, const TableKeys& found, const PanelKeys& names) {
  try {
    if (found.has_unit && found.has_time) (void)make_panel(table, names);
  } catch (Error& error) {
    error.diagnostic().message += " in `" + table.source + "`";
    error.diagnostic().subject += " in " + table.source;
    throw;
  }
  const bool full = found.has_unit && found.has_time;
  std::set<std::string> seen;
  for (const std::string& key : found.keys) {
    if (seen.insert(key).second) continue;
    throw Error("data.duplicate_keys",
                fmt::format("`{}` occurs more than once in `{}`{}", shown_key(key), table.source,
                            full ? ", in different spellings" : ", which lacks the other key"),
                full ? "write each unit in one way" : "keep one row for each, or add the other key",
                table.source);
  }
}

// The rows of the result, and for each table which of its rows stands in each of them (-1: none).
struct Matching {
  std::vector<std::string> keys;  // joined keys of the result's rows
  std::vector<std::vector<std::int64_t>> row_in;
};

class Matcher {
 public:
  explicit Matcher(const PanelKeys& names) : names_(names) {}

  void add_full(const Table& table, const TableKeys& found, Diagnostics& notes) {
    std::vector<std::int64_t> rows(matching_.keys.size(), -1);
    others_ = matching_.keys;
    std::vector<std::string> fresh;
    for (std::size_t row = 0; row < found.keys.size(); ++row) {
      const auto [place, is_fresh] = place_of_.try_emplace(found.keys[row], matching_.keys.size());
      if (is_fresh) {
        matching_.keys.push_back(found.keys[row]);
        rows.push_back(-1);
        fresh.push_back(found.keys[row]);
      }
      rows[place->second] = static_cast<std::int64_t>(row);
    }
    if (!matching_.row_in.empty()) report(table, found, rows, fresh, notes);
    add(std::move(rows));
  }

  void add_partial(const Table& table, const TableKeys& found, Diagnostics& notes) {
    std::map<std::string, std::int64_t> row_of;
    for (std::size_t row = 0; row < found.keys.size(); ++row)
      row_of[found.keys[row]] = static_cast<std::int64_t>(row);
    std::vector<std::int64_t> rows;
    std::set<std::string> used;
    for (const std::string& key : matching_.keys) {
      const std::size_t cut = key.find('\x1f');
      const auto place = row_of.find(found.has_unit ? key.substr(0, cut + 1) : key.substr(cut));
      rows.push_back(place == row_of.end() ? -1 : place->second);
      if (place != row_of.end()) used.insert(place->first);
    }
    std::vector<std::string> unused;
    for (const std::string& key : found.keys) {
      if (used.count(key) == 0) unused.push_back(key);
    }
    others_ = matching_.keys;
    report_spread(table, names_, others_, notes);
    report(table, found, rows, unused, notes);
    add(std::move(rows));
  }

  [[nodiscard]] Matching take() { return std::move(matching_); }

 private:
  void add(std::vector<std::int64_t> rows) {
    for (auto& earlier : matching_.row_in) earlier.resize(matching_.keys.size(), -1);
    matching_.row_in.push_back(std::move(rows));
  }

  // `alone`: keys of this table that matched nothing.
  void report(const Table& table, const TableKeys& found, const std::vector<std::int64_t>& rows,
              const std::vector<std::string>& alone, Diagnostics& notes) const {
    JoinReport report{table.source, names_.unit, table.rows(), alone, {}, found.keys, others_};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i] < 0) report.without.push_back(matching_.keys[i]);
    }
    report_join(report, notes);
  }

  PanelKeys names_;
  Matching matching_;
  std::vector<std::string> others_;  // keys before the table that is being added
  std::unordered_map<std::string, std::size_t> place_of_;
};

Matching match(const std::vector<Table>& tables, const std::vector<TableKeys>& found, const PanelKeys& names,
               Diagnostics& notes, std::vector<const Table*>& order) {
  Matcher matcher(names);
  const auto is_full = [&](std::size_t i) {
    return found[i].has_unit && (found[i].has_time || names.time.empty());
  };
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (!is_full(i)) continue;
    matcher.add_full(tables[i], found[i], notes);
    order.push_back(&tables[i]);
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (is_full(i)) continue;
    matcher.add_partial(tables[i], found[i], notes);
    order.push_back(&tables[i]);
  }
  return matcher.take();
}

struct Conflicts {
  std::size_t cells = 0;
  std::vector<std::string> examples;
};

void merge_part(ColumnMerger& merger, const Column& part, const std::vector<std::int64_t>& row_in,
                const std::vector<std::string>& keys, Conflicts& conflicts) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (row_in[i] < 0) continue;
    const auto row = static_cast<std::size_t>(row_in[i]);
    if (part.is_missing(row)) continue;
    if (merger.is_missing(i)) {
      merger.replace(i, part, row);
    } else if (!merger.agrees(i, part, row)) {
      if (conflicts.cells++ < most_shown) {
        conflicts.examples.push_back(
            fmt::format("{}: {} and {}", shown_key(keys[i]), merger.text_at(i), part.text_at(row)));
      }
    }
  }
}

[[noreturn]] void throw_conflict(const std::string& name, const Conflicts& conflicts) {
  Diagnostic diagnostic;
  diagnostic.code = "data.join_conflict";
  diagnostic.message = fmt::format("the files disagree on `{}` in {} cell{}", name, conflicts.cells,
                                   conflicts.cells == 1 ? "" : "s");
  diagnostic.subject = "column " + name;
  diagnostic.notes = conflicts.examples;
  diagnostic.hint = "correct one file, or rename the column in one of them";
  throw Error(std::move(diagnostic));
}

Column join_column(const std::string& name, const std::vector<const Table*>& order, const Matching& matching,
                   const PanelKeys& keys) {
  std::vector<const Column*> parts;
  for (const Table* table : order) {
    if (const Column* part = table->find(name)) parts.push_back(part);
  }
  ColumnMerger merger(parts);
  for (std::size_t i = 0; i < matching.keys.size(); ++i) merger.add_missing();
  Conflicts conflicts;
  const bool is_key = name == keys.unit || name == keys.time;
  for (std::size_t t = 0; t < order.size(); ++t) {
    const Column* part = order[t]->find(name);
    if (part != nullptr) merge_part(merger, *part, matching.row_in[t], matching.keys, conflicts);
  }
  // Matched keys are alike by construction, whatever their spelling (2015 and 2015年).
  if (conflicts.cells > 0 && !is_key) throw_conflict(name, conflicts);
  return merger.take_column();
}

}  // namespace

Table join_on_keys(const std::vector<Table>& tables, const PanelKeys& keys, Diagnostics& notes,
                   UnitMatch units) {
  if (tables.empty()) return {};
  if (tables.size() == 1) return tables.front();
  std::vector<TableKeys> found;
  for (const Table& table : tables) {
    found.push_back(keys_of(table, keys, units));
    check_keys(table, found.back(), keys);
  }
  std::vector<const Table*> order;
  const Matching matching = match(tables, found, keys, notes, order);
  Table joined(matching.keys.size());
  std::vector<std::string> sources;
  for (const Table& table : tables) {
    sources.push_back(table.source);
    for (const std::string& name : table.names()) {
      if (!joined.has(name)) joined.set(name, join_column(name, order, matching, keys));
    }
  }
  joined.source = join(sources, " + ");
  return joined;
}

}  // namespace panelist
