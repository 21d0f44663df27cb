// SPDX-License-Identifier: Apache-2.0
#include "formula/expression/levels.h"

#include <bit>
#include <cmath>

namespace panelist {
namespace {

// Level of each key in order of first appearance. Keys index a table when their range is small.
class DirectTable {
 public:
  explicit DirectTable(std::size_t range) : level_(range, -1) {}
  std::int32_t operator()(std::size_t key, std::size_t position, std::vector<std::size_t>& first) {
    if (level_[key] < 0) {
      level_[key] = static_cast<std::int32_t>(first.size());
      first.push_back(position);
    }
    return level_[key];
  }

 private:
  std::vector<std::int32_t> level_;
};

// Open addressing with linear probing; keys are any 64 bits.
class HashTable {
 public:
  explicit HashTable(std::size_t most) : slots_(std::bit_ceil(2 * most + 16)) {}
  std::int32_t operator()(std::uint64_t key, std::size_t position, std::vector<std::size_t>& first) {
    std::size_t at = mixed(key) & (slots_.size() - 1);
    while (slots_[at].level >= 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].level < 0) {
      slots_[at] = {key, static_cast<std::int32_t>(first.size())};
      first.push_back(position);
    }
    return slots_[at].level;
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::int32_t level = -1;
  };
  static std::size_t mixed(std::uint64_t x) {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
  }
  std::vector<Slot> slots_;
};

RawLevels text_levels(const Value& value, const std::vector<std::size_t>& rows) {
  RawLevels result;
  result.level.resize(rows.size());
  DirectTable table(value.dictionary().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto code = value.code(rows[i]);
    result.level[i] = code < 0 ? -1 : table(static_cast<std::size_t>(code), i, result.first_row);
  }
  return result;
}

struct Range {
  double least = INFINITY, most = -INFINITY;
  bool whole = true;
};

Range range_of(const Value& value, const std::vector<std::size_t>& rows) {
  Range range;
  for (const std::size_t row : rows) {
    const double cell = value.number(row);
    if (std::isnan(cell)) continue;
    range.least = std::min(range.least, cell);
    range.most = std::max(range.most, cell);
    range.whole = range.whole && cell == std::floor(cell);
  }
  return range;
}

RawLevels number_levels(const Value& value, const std::vector<std::size_t>& rows) {
  RawLevels result;
  result.level.resize(rows.size(), -1);
  const Range range = range_of(value, rows);
  const double width = range.most - range.least;
  if (range.whole && width >= 0 && width < 4.0 * static_cast<double>(rows.size()) + 1024) {
    DirectTable table(static_cast<std::size_t>(width) + 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double cell = value.number(rows[i]);
      if (!std::isnan(cell))
        result.level[i] = table(static_cast<std::size_t>(cell - range.least), i, result.first_row);
    }
    return result;
  }
  HashTable table(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double cell = value.number(rows[i]) + 0.0;  // -0 is 0
    if (!std::isnan(cell)) result.level[i] = table(std::bit_cast<std::uint64_t>(cell), i, result.first_row);
  }
  return result;
}

}  // namespace

RawLevels raw_levels(const Value& value, const std::vector<std::size_t>& rows) {
  return value.is_text() ? text_levels(value, rows) : number_levels(value, rows);
}

RawLevels crossed_levels(const RawLevels& first, const RawLevels& second) {
  RawLevels result;
  result.level.resize(first.level.size(), -1);
  const auto width = static_cast<std::uint64_t>(second.count());
  const std::uint64_t range = static_cast<std::uint64_t>(first.count()) * width;
  const auto fill = [&](auto& table) {
    for (std::size_t i = 0; i < first.level.size(); ++i) {
      if (first.level[i] < 0 || second.level[i] < 0) continue;
      const auto key =
          static_cast<std::uint64_t>(first.level[i]) * width + static_cast<std::uint64_t>(second.level[i]);
      result.level[i] = table(key, i, result.first_row);
    }
  };
  if (range < 4 * first.level.size() + 1024) {
    DirectTable table(range);
    fill(table);
  } else {
    HashTable table(first.level.size());
    fill(table);
  }
  return result;
}

}  // namespace panelist
