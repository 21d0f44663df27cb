// SPDX-License-Identifier: Apache-2.0
#include "formula/frame/coding.h"

#include <bit>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace panelist {
namespace {

constexpr std::size_t block_rows = 65536;
// Parts of the rows that are counted apart: fixed, so that threads change nothing.
constexpr std::size_t most_parts = 8;

std::size_t blocks_of(std::size_t rows) { return (rows + block_rows - 1) / block_rows; }

// Calls body(first, last) for blocks of rows.
template <typename Body>
void for_rows(const Context& context, std::size_t rows, const Body& body) {
  for_each_block(context, static_cast<std::int64_t>(blocks_of(rows)), [&](std::int64_t block) {
    const std::size_t first = static_cast<std::size_t>(block) * block_rows;
    body(first, std::min(rows, first + block_rows));
  });
}

// Keys 0 .. range-1, one a row, that become level ids in place.
struct Keys {
  std::shared_ptr<Level[]> key;
  std::size_t rows = 0;
  std::size_t range = 0;
};

// Of each key: none, one, or more rows (2).
std::vector<std::uint8_t> occurrences(const Context& context, const Keys& keys) {
  const std::size_t parts = std::clamp<std::size_t>(keys.rows / (keys.range + 1), 1, most_parts);
  std::vector<std::vector<std::uint8_t>> seen(parts);
  for_each_block(context, static_cast<std::int64_t>(parts), [&](std::int64_t part) {
    auto& own = seen[static_cast<std::size_t>(part)];
    own.assign(keys.range, 0);
    const std::size_t first = keys.rows * static_cast<std::size_t>(part) / parts;
    const std::size_t last = keys.rows * static_cast<std::size_t>(part + 1) / parts;
    for (std::size_t row = first; row < last; ++row) {
      std::uint8_t& count = own[static_cast<std::size_t>(keys.key[row])];
      count = static_cast<std::uint8_t>(count == 0 ? 1 : 2);
    }
  });
  std::vector<std::uint8_t> total = std::move(seen[0]);
  for (std::size_t part = 1; part < parts; ++part) {
    for (std::size_t key = 0; key < keys.range; ++key)
      total[key] = static_cast<std::uint8_t>(std::min(2, total[key] + seen[part][key]));
  }
  return total;
}

bool never_falls(const Context& context, const Level* level, std::size_t rows) {
  std::vector<std::uint8_t> rises(blocks_of(rows), 1);
  for_rows(context, rows, [&](std::size_t first, std::size_t last) {
    const std::size_t from = first == 0 ? 0 : first - 1;
    rises[first / block_rows] = std::is_sorted(level + from, level + last);
  });
  return std::all_of(rises.begin(), rises.end(), [](std::uint8_t rise) { return rise != 0; });
}

void replace_keys(const Context& context, const Keys& keys, const std::vector<Level>& id_of) {
  for_rows(context, keys.rows, [&](std::size_t first, std::size_t last) {
    for (std::size_t row = first; row < last; ++row)
      keys.key[row] = id_of[static_cast<std::size_t>(keys.key[row])];
  });
}

// Which keys occur, in the order of their levels.
using SeenKeys = std::vector<Level>;
// Sorts seen keys that are ascending into the order of levels.
using OrderKeys = std::function<void(SeenKeys&)>;

struct CodedKeys {
  Coding coding;                         // without names
  std::shared_ptr<const SeenKeys> keys;  // of each level
};

CodedKeys code_keys(const Context& context, const Keys& keys, const OrderKeys& order = {}) {
  const std::vector<std::uint8_t> seen = occurrences(context, keys);
  auto kept = std::make_shared<SeenKeys>();
  CodedKeys coded;
  for (std::size_t key = 0; key < keys.range; ++key) {
    if (seen[key] != 0) kept->push_back(static_cast<Level>(key));
    coded.coding.lone = coded.coding.lone || seen[key] == 1;
  }
  const bool every_key = kept->size() == keys.range;
  if (order) order(*kept);
  if (order || !every_key) {
    std::vector<Level> id_of(keys.range, -1);
    for (std::size_t level = 0; level < kept->size(); ++level)
      id_of[static_cast<std::size_t>((*kept)[level])] = static_cast<Level>(level);
    replace_keys(context, keys, id_of);
  }
  coded.coding.level = Levels(keys.key, keys.rows, never_falls(context, keys.key.get(), keys.rows));
  coded.keys = std::move(kept);
  return coded;
}

std::string number_name(double number, ColumnKind kind) {
  if (kind == ColumnKind::date) return Column::numbers({number}, ColumnKind::date).text_at(0);
  return shortest(number);
}

// Least and largest cell, and whether all are whole numbers within 32 bits.
struct Range {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  bool whole = true;
};

Range joined(const Range& a, const Range& b) {
  return {std::min(a.least, b.least), std::max(a.most, b.most), a.whole && b.whole};
}

// Four lanes, so that one comparison need not wait for another.
Range range_of_rows(const double* cells, std::size_t first, std::size_t last) {
  constexpr std::size_t lanes = 4;
  Range lane[lanes];
  std::size_t row = first;
  const auto look_at = [&](Range& range, double cell) {
    range.least = cell < range.least ? cell : range.least;
    range.most = cell > range.most ? cell : range.most;
  };
  for (; row + lanes <= last; row += lanes)
    for (std::size_t l = 0; l < lanes; ++l) look_at(lane[l], cells[row + l]);
  for (; row < last; ++row) look_at(lane[0], cells[row]);
  Range range = joined(joined(lane[0], lane[1]), joined(lane[2], lane[3]));
  range.whole = range.least >= -2147483648.0 && range.most <= 2147483647.0;
  if (!range.whole) return range;
  std::size_t parts = 0;
  for (row = first; row < last; ++row)
    parts += static_cast<double>(static_cast<std::int32_t>(cells[row])) != cells[row] ? 1 : 0;
  range.whole = parts == 0;
  return range;
}

Range range_of(const Context& context, const SharedVector& cells) {
  const auto rows = static_cast<std::size_t>(cells.size());
  std::vector<Range> parts(blocks_of(rows));
  for_rows(context, rows, [&](std::size_t first, std::size_t last) {
    parts[first / block_rows] = range_of_rows(cells.data(), first, last);
  });
  Range range;
  for (const Range& part : parts) range = joined(range, part);
  return range;
}

bool worth_a_table(double width, std::size_t rows) {
  return width < std::min(4.0 * static_cast<double>(rows) + 1024.0, 2147483647.0);
}

Coding code_whole_numbers(const Context& context, const SharedVector& cells, const Range& range,
                          ColumnKind kind) {
  const auto rows = static_cast<std::size_t>(cells.size());
  const double least = range.least;
  const Keys keys{recycled_values<Level>(rows), rows, static_cast<std::size_t>(range.most - least) + 1};
  for_rows(context, rows, [&](std::size_t first, std::size_t last) {
    for (std::size_t row = first; row < last; ++row)
      keys.key[row] = static_cast<Level>(cells.data()[row] - least);
  });
  CodedKeys coded = code_keys(context, keys);
  coded.coding.names =
      LevelNames(static_cast<Level>(coded.keys->size()), [known = coded.keys, least, kind](Level level) {
        return number_name(least + (*known)[static_cast<std::size_t>(level)], kind);
      });
  return coded.coding;
}

// Distinct keys, sorted, and the place of each row's key among them.
template <typename Key>
struct SortedDistinct {
  std::shared_ptr<Level[]> level;
  std::vector<Key> keys;
  std::vector<std::uint8_t> count;  // of rows, 2 for more
};

std::uint64_t bits_of(double key) { return std::bit_cast<std::uint64_t>(key); }
std::uint64_t bits_of(std::uint64_t key) { return key; }

std::uint64_t mixed(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

template <typename Key, typename KeyOf>
SortedDistinct<Key> sorted_distinct(std::size_t rows, const KeyOf& key_of) {
  SortedDistinct<Key> result{recycled_values<Level>(rows), {}, {}};
  std::vector<Level> slots(std::bit_ceil(2 * rows + 16), -1);
  for (std::size_t row = 0; row < rows; ++row) {
    const Key key = key_of(row);
    std::size_t at = mixed(bits_of(key)) & (slots.size() - 1);
    while (slots[at] >= 0 && result.keys[static_cast<std::size_t>(slots[at])] != key)
      at = (at + 1) & (slots.size() - 1);
    if (slots[at] < 0) {
      slots[at] = static_cast<Level>(result.keys.size());
      result.keys.push_back(key);
      result.count.push_back(0);
    }
    std::uint8_t& count = result.count[static_cast<std::size_t>(slots[at])];
    count = static_cast<std::uint8_t>(count == 0 ? 1 : 2);
    result.level[row] = slots[at];
  }
  std::vector<Level> order(result.keys.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Level>(i);
  std::sort(order.begin(), order.end(), [&](Level a, Level b) {
    return result.keys[static_cast<std::size_t>(a)] < result.keys[static_cast<std::size_t>(b)];
  });
  std::vector<Level> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    place[static_cast<std::size_t>(order[i])] = static_cast<Level>(i);
  for (std::size_t row = 0; row < rows; ++row)
    result.level[row] = place[static_cast<std::size_t>(result.level[row])];
  std::sort(result.keys.begin(), result.keys.end());
  return result;
}

template <typename Key>
Coding coding_of(const Context& context, const SortedDistinct<Key>& distinct, std::size_t rows,
                 LevelNames::NameOf name_of) {
  Coding coding;
  coding.level = Levels(distinct.level, rows, never_falls(context, distinct.level.get(), rows));
  coding.names = LevelNames(static_cast<Level>(distinct.keys.size()), std::move(name_of));
  coding.lone = std::find(distinct.count.begin(), distinct.count.end(), 1) != distinct.count.end();
  return coding;
}

}  // namespace

Coding code_numbers(const Context& context, const SharedVector& cells, ColumnKind kind) {
  const Range range = range_of(context, cells);
  const auto rows = static_cast<std::size_t>(cells.size());
  if (range.whole && worth_a_table(range.most - range.least, rows))
    return code_whole_numbers(context, cells, range, kind);
  // -0 is 0.
  const auto distinct =
      sorted_distinct<double>(rows, [&](std::size_t row) { return cells.data()[row] + 0.0; });
  const auto known = std::make_shared<const std::vector<double>>(distinct.keys);
  return coding_of(context, distinct, rows, [known, kind](Level level) {
    return number_name((*known)[static_cast<std::size_t>(level)], kind);
  });
}

Coding code_texts(const Context& context, const TextCells& cells) {
  const std::vector<std::string>& words = *cells.words;
  const Keys keys{recycled_values<Level>(cells.rows), cells.rows, words.size()};
  for_rows(context, cells.rows, [&](std::size_t first, std::size_t last) {
    std::copy(cells.codes.get() + first, cells.codes.get() + last, keys.key.get() + first);
  });
  CodedKeys coded = code_keys(context, keys, [&](SeenKeys& seen) {
    const auto less = [&](Level a, Level b) {
      return words[static_cast<std::size_t>(a)] < words[static_cast<std::size_t>(b)];
    };
    if (!std::is_sorted(seen.begin(), seen.end(), less)) std::sort(seen.begin(), seen.end(), less);
  });
  coded.coding.names = LevelNames(
      static_cast<Level>(coded.keys->size()), [known = coded.keys, kept = cells.words](Level level) {
        return (*kept)[static_cast<std::size_t>((*known)[static_cast<std::size_t>(level)])];
      });
  return coded.coding;
}

Coding crossed(const Context& context, const Coding& first, const Coding& second) {
  const std::size_t rows = first.level.size();
  const auto width = static_cast<std::uint64_t>(second.size());
  const auto name = [a = first.names, b = second.names, width](std::uint64_t key) {
    return a[key / width] + "^" + b[key % width];
  };
  const double range = static_cast<double>(first.size()) * static_cast<double>(width);
  if (worth_a_table(range, rows)) {
    const Keys keys{recycled_values<Level>(rows), rows, static_cast<std::size_t>(range)};
    for_rows(context, rows, [&](std::size_t from, std::size_t to) {
      for (std::size_t row = from; row < to; ++row)
        keys.key[row] = first.level[row] * second.size() + second.level[row];
    });
    CodedKeys coded = code_keys(context, keys);
    coded.coding.names =
        LevelNames(static_cast<Level>(coded.keys->size()), [known = coded.keys, name](Level level) {
          return name(static_cast<std::uint64_t>((*known)[static_cast<std::size_t>(level)]));
        });
    return coded.coding;
  }
  const auto distinct = sorted_distinct<std::uint64_t>(rows, [&](std::size_t row) {
    return static_cast<std::uint64_t>(first.level[row]) * width +
           static_cast<std::uint64_t>(second.level[row]);
  });
  const auto known = std::make_shared<const std::vector<std::uint64_t>>(distinct.keys);
  return coding_of(context, distinct, rows,
                   [known, name](Level level) { return name((*known)[static_cast<std::size_t>(level)]); });
}

}  // namespace panelist
