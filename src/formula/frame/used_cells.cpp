// SPDX-License-Identifier: Apache-2.0
#include "formula/frame/used_cells.h"

#include <atomic>
#include <cmath>

namespace panelist {
namespace {

constexpr std::size_t block_rows = 65536;

// Calls body(first, last) for blocks of the rows used.
template <typename Body>
void for_rows(const Context& context, std::size_t rows, const Body& body) {
  for_each_block(context, static_cast<std::int64_t>((rows + block_rows - 1) / block_rows),
                 [&](std::int64_t block) {
                   const std::size_t first = static_cast<std::size_t>(block) * block_rows;
                   body(first, std::min(rows, first + block_rows));
                 });
}

template <typename T>
std::shared_ptr<const T[]> gathered(const Context& context, const T* cells, const UsedRows& rows) {
  std::shared_ptr<T[]> result = recycled_values<T>(rows.size());
  for_rows(context, rows.size(), [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) result[i] = cells[rows[i]];
  });
  return result;
}

// x * 0 is zero for a number and NaN for anything else; four sums, so that they do not wait for one another.
bool finite(const double* cells, std::size_t first, std::size_t last) {
  double sums[4] = {0, 0, 0, 0};
  std::size_t i = first;
  for (; i + 4 <= last; i += 4)
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += cells[i + lane] * 0.0;
  for (; i < last; ++i) sums[0] += cells[i] * 0.0;
  return sums[0] + sums[1] + sums[2] + sums[3] == 0.0;
}

bool present(const Value& value, const UsedRows& rows, std::size_t first, std::size_t last) {
  if (!value.is_text() && rows.all()) return finite(value.number_data().data(), first, last);
  bool all = true;
  if (value.is_text()) {
    for (std::size_t i = first; i < last; ++i) all = all && value.code_data()[rows[i]] >= 0;
  } else {
    for (std::size_t i = first; i < last; ++i) all = all && std::isfinite(value.number_data()[rows[i]]);
  }
  return all;
}

}  // namespace

SharedVector used_numbers(const Context& context, const Value& value, const UsedRows& rows) {
  const auto n = static_cast<Index>(rows.size());
  if (value.is_constant()) return Vector::Constant(n, value.number(0));
  if (rows.all()) return {value.shared_numbers(), n};
  return {gathered(context, value.number_data().data(), rows), n};
}

TextCells used_texts(const Context& context, const Value& value, const UsedRows& rows) {
  TextCells cells;
  cells.rows = rows.size();
  const std::shared_ptr<const Column>& column = value.table_column();
  cells.words = column != nullptr
                    ? std::shared_ptr<const std::vector<std::string>>(column, &column->dictionary())
                    : std::make_shared<const std::vector<std::string>>(value.dictionary());
  if (value.is_constant()) {
    const std::shared_ptr<std::int32_t[]> codes = recycled_values<std::int32_t>(cells.rows);
    std::fill(codes.get(), codes.get() + cells.rows, value.code(0));
    cells.codes = codes;
  } else if (column != nullptr && rows.all()) {
    cells.codes = {column, column->codes().data()};
  } else {
    cells.codes = gathered(context, value.code_data().data(), rows);
  }
  return cells;
}

bool all_present(const Context& context, const Value& value, const UsedRows& rows) {
  if (value.is_constant()) return value.is_text() ? value.code(0) >= 0 : std::isfinite(value.number(0));
  std::atomic<bool> all{true};
  for_rows(context, rows.size(), [&](std::size_t first, std::size_t last) {
    if (all.load(std::memory_order_relaxed) && !present(value, rows, first, last)) all = false;
  });
  return all;
}

}  // namespace panelist
