// SPDX-License-Identifier: Apache-2.0
#include "cli/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "table/statistics.h"

namespace panelist::cli {
namespace {

constexpr double missing_codes[] = {-99, -999, -9999, 999, 9999, 99999, 999999};
constexpr double far_out = 10;  // interquartile ranges beyond the quartiles

struct Found {
  std::size_t rows = 0;
  double value = 0;
};

void note(Diagnostics& notes, const char* code, std::string message, const std::string& column) {
  notes.add({.code = code,
             .severity = Severity::note,
             .message = std::move(message),
             .span = {},
             .subject = fmt::format("column {}", column),
             .notes = {},
             .hint = ""});
}

// A code for missing stands alone: it is the smallest or largest value and far from the rest.
Found missing_code(const std::vector<double>& values, const Summary& summary) {
  for (const double code : missing_codes) {
    if (code != summary.min && code != summary.max) continue;
    const auto count = static_cast<std::size_t>(std::count(values.begin(), values.end(), code));
    const double spread = summary.p75 - summary.p25;
    const double distance = code < summary.p25 ? summary.p25 - code : code - summary.p75;
    if (count > 0 && distance > 3 * spread) return {count, code};
  }
  return {};
}

Found extreme_value(const std::vector<double>& values, const Summary& summary) {
  const double spread = summary.p75 - summary.p25;
  Found found;
  if (!(spread > 0)) return found;
  for (const double value : values)
    if (value > summary.p75 + far_out * spread || value < summary.p25 - far_out * spread) {
      ++found.rows;
      if (std::abs(value) >= std::abs(found.value)) found.value = value;
    }
  return found;
}

void inspect_numbers(const std::string& name, const std::vector<double>& values, Diagnostics& notes) {
  const Summary summary = summarise(name, values);
  if (summary.n > 1 && summary.min == summary.max)
    return note(notes, "data.constant_column",
                fmt::format("`{}` is {} in every row", name, shortest(summary.min)), name);
  if (const Found code = missing_code(values, summary); code.rows > 0)
    return note(
        notes, "data.missing_code_suspected",
        fmt::format("`{}` is {} in {} rows: a code for missing?", name, shortest(code.value), code.rows),
        name);
  if (const Found extreme = extreme_value(values, summary); extreme.rows > 0)
    note(notes, "data.extreme_value",
         fmt::format("`{}` has {} values far outside its quartiles, the largest {}", name, extreme.rows,
                     shortest(extreme.value)),
         name);
}

}  // namespace

Diagnostics suspicious_values(const Table& table) {
  Diagnostics notes;
  for (const std::string& name : table.names()) {
    const Column& column = table.at(name);
    if (column.count_missing() == column.size())
      note(notes, "data.all_missing", fmt::format("`{}` has no value at all", name), name);
    else if (!column.is_text())
      inspect_numbers(name, column.values(), notes);
  }
  return notes;
}

}  // namespace panelist::cli
