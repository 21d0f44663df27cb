// SPDX-License-Identifier: Apache-2.0
#include "formula/frame/grouping.h"

namespace panelist {

const Coding& FactorCodes::of(const std::vector<const Value*>& values) {
  const auto found = known_.find(values);
  if (found != known_.end()) return found->second;
  const Value& last = *values.back();
  Coding coding = last.is_text() ? code_texts(context_, used_texts(context_, last, rows_))
                                 : code_numbers(context_, used_numbers(context_, last, rows_), last.kind());
  if (values.size() > 1) {
    const Coding& before = of({values.begin(), values.end() - 1});
    coding = crossed(context_, before, coding);
  }
  return known_.emplace(values, std::move(coding)).first->second;
}

Grouping FactorCodes::grouping(const std::string& name, const std::vector<const Value*>& values) {
  const Coding& coding = of(values);
  return {name, coding.level, coding.names};
}

std::vector<bool> kept_rows(const std::vector<Levels>& groups, std::size_t rows,
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

std::vector<bool> without_singletons(const std::vector<Levels>& groups, std::size_t rows) {
  return kept_rows(groups, rows, nullptr);
}

}  // namespace panelist
