// SPDX-License-Identifier: Apache-2.0
#include "formula/frame/grouping.h"

#include <numeric>

#include "base/text.h"

namespace panelist {
namespace {

// Of each level: its number, or the rank of its word among the words that occur.
std::vector<double> level_keys(const RawLevels& raw, const Value& value,
                               const std::vector<std::size_t>& rows) {
  std::vector<double> keys(raw.first_row.size());
  if (!value.is_text()) {
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = value.number(rows[raw.first_row[i]]);
    return keys;
  }
  const auto& words = value.dictionary();
  std::vector<std::int32_t> codes;
  for (const std::size_t first : raw.first_row) codes.push_back(value.code(rows[first]));
  std::vector<std::int32_t> sorted = codes;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::sort(sorted.begin(), sorted.end(), [&](auto a, auto b) { return words[a] < words[b]; });
  std::vector<double> rank(words.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) rank[sorted[i]] = static_cast<double>(i);
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = rank[codes[i]];
  return keys;
}

std::vector<Level> sorted_levels(const RawLevels& raw, const std::vector<const Value*>& values,
                                 const std::vector<std::size_t>& rows) {
  std::vector<std::vector<double>> keys;
  for (const Value* value : values) keys.push_back(level_keys(raw, *value, rows));
  std::vector<Level> order(raw.first_row.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](Level a, Level b) {
    for (const auto& key : keys) {
      if (key[a] != key[b]) return key[a] < key[b];
    }
    return false;
  });
  return order;
}

std::string level_name(const std::vector<const Value*>& values, std::size_t row) {
  std::string name = cell_text(*values[0], row);
  for (std::size_t i = 1; i < values.size(); ++i) name += "^" + cell_text(*values[i], row);
  return name;
}

}  // namespace

std::string cell_text(const Value& value, std::size_t row) {
  if (value.is_text()) return value.dictionary()[value.code(row)];
  if (value.kind() == ColumnKind::date)
    return Column::numbers({value.number(row)}, ColumnKind::date).text_at(0);
  return shortest(value.number(row));
}

RawLevels raw_levels_of(const std::vector<const Value*>& values, const std::vector<std::size_t>& rows) {
  RawLevels levels = raw_levels(*values[0], rows);
  for (std::size_t i = 1; i < values.size(); ++i)
    levels = crossed_levels(levels, raw_levels(*values[i], rows));
  return levels;
}

Grouping make_grouping(const std::string& name, const std::vector<const Value*>& values,
                       const std::vector<std::size_t>& rows) {
  RawLevels raw = raw_levels_of(values, rows);
  const auto order = sorted_levels(raw, values, rows);
  Grouping grouping;
  grouping.name = name;
  std::vector<Level> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = static_cast<Level>(i);
    grouping.names.push_back(level_name(values, rows[raw.first_row[order[i]]]));
  }
  for (auto& level : raw.level) level = place[level];
  grouping.level = std::move(raw.level);
  return grouping;
}

std::vector<bool> kept_rows(const std::vector<std::vector<Level>>& groups, std::size_t rows,
                            const std::vector<double>* counts) {
  // Of each level: how many rows it has, and the exclusive or of their numbers, which is the row when one is left.
  struct Holding {
    std::size_t rows = 0;
    std::size_t mixed = 0;
  };
  std::vector<std::vector<Holding>> holdings(groups.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t row = 0; row < rows; ++row) {
      if (groups[g][row] < 0) continue;
      const auto level = static_cast<std::size_t>(groups[g][row]);
      if (level >= holdings[g].size()) holdings[g].resize(level + 1);
      ++holdings[g][level].rows;
      holdings[g][level].mixed ^= row;
    }
  }
  std::vector<bool> keep(rows, true);
  std::vector<std::size_t> waiting;
  const auto look_at = [&](const Holding& holding) {
    if (holding.rows == 1 && (counts == nullptr || (*counts)[holding.mixed] <= 1))
      waiting.push_back(holding.mixed);
  };
  for (const auto& of_group : holdings) {
    for (const auto& holding : of_group) look_at(holding);
  }
  while (!waiting.empty()) {
    const std::size_t row = waiting.back();
    waiting.pop_back();
    if (!keep[row]) continue;
    keep[row] = false;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (groups[g][row] < 0) continue;
      Holding& holding = holdings[g][static_cast<std::size_t>(groups[g][row])];
      --holding.rows;
      holding.mixed ^= row;
      look_at(holding);
    }
  }
  return keep;
}

std::vector<bool> without_singletons(const std::vector<std::vector<Level>>& groups, std::size_t rows) {
  return kept_rows(groups, rows, nullptr);
}

}  // namespace panelist
