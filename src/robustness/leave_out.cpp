// SPDX-License-Identifier: Apache-2.0
#include "robustness/leave_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "robustness/rows/same_rows.h"
#include "robustness/rows/terms.h"

namespace panelist {
namespace {

constexpr std::string_view code_column = "(level left out)";

struct ColumnLevels {
  std::vector<std::string> names;  // in order
  Table table;                     // with the code of each row
};

// Numbers by size, texts by their letters; of the rows that the model uses.
std::vector<std::string> ordered_levels(const Column& column, const ModelFrame& frame) {
  std::map<std::pair<double, std::string>, bool> seen;
  for (const std::size_t row : frame.rows)
    if (!column.is_missing(row))
      seen[{column.is_text() ? 0.0 : column.cells()[row], column.text_at(row)}] = true;
  std::vector<std::string> names;
  for (const auto& [key, there] : seen) names.push_back(key.second);
  return names;
}

ColumnLevels levels_of(const Table& table, const std::string& by, const ModelFrame& frame) {
  const Column& column = table.at(by);
  ColumnLevels levels{ordered_levels(column, frame), table};
  if (levels.names.size() < 2)
    throw Error("robustness.one_level", fmt::format("the model's rows have one value of `{}` only", by),
                "name a column with several values", "column " + by);
  if (levels.names.size() > most_levels_left_out)
    throw Error(
        "robustness.too_many_levels",
        fmt::format(
            "`{}` has {} levels: leaving out each would take as many regressions, at most {} are made", by,
            levels.names.size(), most_levels_left_out),
        "leave out wider groups, for example regions", "column " + by);
  std::map<std::string, double> codes;
  for (const std::string& name : levels.names) codes.emplace(name, static_cast<double>(codes.size()));
  std::vector<double> code(table.rows(), -1);
  for (std::size_t row = 0; row < code.size(); ++row) {
    const auto found = codes.find(column.text_at(row));
    if (found != codes.end()) code[row] = found->second;
  }
  levels.table.set(std::string(code_column), Column::numbers(std::move(code)));
  return levels;
}

Expression without(std::size_t level) {
  Diagnostics unsaid;
  return parse_expression(fmt::format("`{}` != {}", code_column, level), {}, unsaid);
}

void estimate_without(const Context& context, EstimationSpec spec, const ColumnLevels& levels,
                      const Panel* panel, const std::string& term, LeftOut& one) {
  Diagnostics unsaid;
  try {
    const Estimation estimation = estimate_model(context, spec, levels.table, panel, unsaid);
    one.coefficient = coefficient_named(estimation, term);
    one.n = estimation.fit->n;
  } catch (const Error& error) {
    const std::string& code = error.diagnostic().code;
    if (code != "data.no_rows" && !code.starts_with("estimate.") && !code.starts_with("infer.")) throw;
    one.problem = code;
  }
}

void compare(LeaveOut& result) {
  const double b = result.coefficient.estimate;
  const bool significant = result.coefficient.p_value < 1 - result.level;
  result.lowest = result.highest = result.most_influential = result.levels.size();
  const auto better = [&](std::size_t& best, std::size_t at, auto size) {
    if (best == result.levels.size() || size(result.levels[at]) > size(result.levels[best])) best = at;
  };
  for (std::size_t at = 0; at < result.levels.size(); ++at) {
    LeftOut& one = result.levels[at];
    if (!one.problem.empty()) continue;
    one.change = one.coefficient.estimate - b;
    one.change_in_se = one.change / result.coefficient.std_error;
    if (one.coefficient.estimate * b < 0) ++result.other_sign;
    if (significant && !(one.coefficient.p_value < 1 - result.level)) ++result.significance_lost;
    better(result.lowest, at, [](const LeftOut& own) { return -own.coefficient.estimate; });
    better(result.highest, at, [](const LeftOut& own) { return own.coefficient.estimate; });
    better(result.most_influential, at, [](const LeftOut& own) { return std::abs(own.change); });
  }
}

}  // namespace

LeaveOut leave_out(const Context& context, const LeaveOutSpec& spec, const Table& table, const Panel* panel,
                   Diagnostics& notes) {
  LeaveOut result;
  result.term = spec.term;
  result.by = spec.by.empty() ? spec.model.frame.panel.unit : spec.by;
  result.level = spec.model.level;
  result.vcov = spec.model.vcov.text;
  const EstimationSpec model = without_tests(spec.model);
  const Estimation whole = estimate_model(context, model, table, panel, notes);
  result.coefficient = coefficient_named(whole, spec.term);
  result.n = whole.fit->n;
  const ColumnLevels levels = levels_of(table, result.by, *whole.fit->frame);
  result.levels.resize(levels.names.size());
  Context inside = context;
  inside.threads = 1;
  inside.progress = nullptr;
  for_each_block(context, static_cast<std::int64_t>(levels.names.size()), [&](std::int64_t level) {
    const auto at = static_cast<std::size_t>(level);
    LeftOut& one = result.levels[at];
    one.level = levels.names[at];
    EstimationSpec own = model;
    own.frame.where = both(own.frame.where, without(at));
    estimate_without(inside, own, levels, panel, spec.term, one);
  });
  compare(result);
  return result;
}

}  // namespace panelist
