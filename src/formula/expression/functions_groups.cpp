// SPDX-License-Identifier: Apache-2.0
// Functions over groups of rows: by=, or all rows. Missing cells are passed over; a row whose group is missing gets
// missing; a group without any cell gets missing (the sum of nothing is not 0).
#include <cmath>
#include <numeric>

#include "formula/expression/functions.h"
#include "formula/expression/levels.h"
#include "table/statistics.h"

namespace panelist {
namespace {

std::string user_of(const ExpressionNode& call) { return "`" + call.word + "()`"; }

// Rows of each group, one group after the other, in the order of `order`.
struct RowGroups {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> begin;  // group g owns rows[begin[g] .. begin[g+1])
  [[nodiscard]] std::size_t size() const { return begin.size() - 1; }
};

RowGroups gather(const std::vector<std::int32_t>& level, std::size_t groups,
                 const std::vector<std::size_t>& order) {
  RowGroups result;
  result.begin.assign(groups + 1, 0);
  for (const auto group : level) {
    if (group >= 0) ++result.begin[static_cast<std::size_t>(group) + 1];
  }
  std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
  result.rows.resize(result.begin.back());
  std::vector<std::size_t> next(result.begin.begin(), result.begin.end() - 1);
  for (const std::size_t row : order) {
    if (level[row] >= 0) result.rows[next[static_cast<std::size_t>(level[row])]++] = row;
  }
  return result;
}

std::vector<std::size_t> rows_as_they_are(std::size_t count) {
  std::vector<std::size_t> rows(count);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

// By time, then unit, when there is a panel: then `first` does not depend on the order of rows.
std::vector<std::size_t> rows_in_time(const Evaluator& evaluator) {
  auto rows = rows_as_they_are(evaluator.rows());
  const Panel* panel = evaluator.panel();
  if (panel == nullptr) return rows;
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return panel->time[a] != panel->time[b] ? panel->time[a] < panel->time[b]
                                            : panel->unit[a] < panel->unit[b];
  });
  return rows;
}

RowGroups groups_of(const Evaluator& evaluator, const ExpressionNode& call,
                    const std::vector<std::size_t>& order) {
  const auto all = rows_as_they_are(evaluator.rows());
  if (call.by.empty()) return gather(std::vector<std::int32_t>(all.size(), 0), 1, order);
  RawLevels levels = raw_levels(evaluator.value(*call.by[0]), all);
  for (std::size_t i = 1; i < call.by.size(); ++i) {
    levels = crossed_levels(levels, raw_levels(evaluator.value(*call.by[i]), all));
  }
  return gather(levels.level, levels.first_row.size(), order);
}

std::vector<double> present(const Value& x, const RowGroups& groups, std::size_t group) {
  std::vector<double> cells;
  for (std::size_t i = groups.begin[group]; i < groups.begin[group + 1]; ++i) {
    const double cell = x.number(groups.rows[i]);
    if (!std::isnan(cell)) cells.push_back(cell);
  }
  return cells;
}

// One number a group from its cells (never empty).
template <typename F>
Value aggregate(const Evaluator& evaluator, const ExpressionNode& call, const F& f,
                ColumnKind kind = ColumnKind::real) {
  const Value x = evaluator.numeric(*call.children[0], user_of(call));
  const RowGroups groups = groups_of(evaluator, call, rows_as_they_are(evaluator.rows()));
  std::vector<double> result(evaluator.rows(), missing_value);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    std::vector<double> cells = present(x, groups, group);
    const double one = cells.empty() ? missing_value : f(cells);
    for (std::size_t i = groups.begin[group]; i < groups.begin[group + 1]; ++i) result[groups.rows[i]] = one;
  }
  return Value::numbers(std::move(result), kind);
}

double sum_of(const std::vector<double>& cells) { return std::accumulate(cells.begin(), cells.end(), 0.0); }

// A second pass takes off the rounding of the first.
double mean_of(const std::vector<double>& cells) {
  const auto n = static_cast<double>(cells.size());
  const double mean = sum_of(cells) / n;
  double rest = 0;
  for (const double cell : cells) rest += cell - mean;
  return mean + rest / n;
}

double sd_of(const std::vector<double>& cells) {
  if (cells.size() < 2) return missing_value;
  const double mean = mean_of(cells);
  double squares = 0;
  for (const double cell : cells) squares += (cell - mean) * (cell - mean);
  return std::sqrt(squares / static_cast<double>(cells.size() - 1));
}

Value percentile_of(const Evaluator& evaluator, const ExpressionNode& call, double p) {
  return aggregate(evaluator, call,
                   [p](std::vector<double>& cells) { return percentile(std::move(cells), p); });
}

// min(a, b): row by row; missing in, missing out.
template <typename Better>
Value extreme_of_row(const Evaluator& evaluator, const ExpressionNode& call, const Better& better) {
  if (!call.by.empty())
    expression_error("expression.arguments", user_of(call) + " of several takes no `by=`", call);
  std::vector<double> result =
      evaluator.numeric(*call.children[0], user_of(call)).number_rows(evaluator.rows());
  for (std::size_t i = 1; i < call.children.size(); ++i) {
    const Value other = evaluator.numeric(*call.children[i], user_of(call));
    for (std::size_t row = 0; row < result.size(); ++row) {
      const double cell = other.number(row);
      if (std::isnan(cell) || better(cell, result[row]))
        result[row] = std::isnan(result[row]) ? missing_value : cell;
    }
  }
  return Value::numbers(std::move(result));
}

// The cell of one row of each group: the first or the last present in time.
Value end_of_group(const Evaluator& evaluator, const ExpressionNode& call, bool last) {
  const Value x = evaluator.value(*call.children[0]);
  auto order = rows_in_time(evaluator);
  if (last) std::reverse(order.begin(), order.end());
  const RowGroups groups = groups_of(evaluator, call, order);
  std::vector<std::int64_t> chosen(evaluator.rows(), -1);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    std::int64_t from = -1;
    for (std::size_t i = groups.begin[group]; i < groups.begin[group + 1] && from < 0; ++i) {
      if (!x.is_missing(groups.rows[i])) from = static_cast<std::int64_t>(groups.rows[i]);
    }
    for (std::size_t i = groups.begin[group]; i < groups.begin[group + 1]; ++i) chosen[groups.rows[i]] = from;
  }
  std::vector<double> numbers(x.is_text() ? 0 : chosen.size(), missing_value);
  std::vector<std::int32_t> codes(x.is_text() ? chosen.size() : 0, -1);
  for (std::size_t row = 0; row < chosen.size(); ++row) {
    if (chosen[row] < 0) continue;
    const auto from = static_cast<std::size_t>(chosen[row]);
    if (x.is_text()) {
      codes[row] = x.code(from);
    } else {
      numbers[row] = x.number(from);
    }
  }
  return x.is_text() ? Value::texts(std::move(codes), x.dictionary())
                     : Value::numbers(std::move(numbers), x.kind());
}

using Treatment = std::vector<double> (*)(const std::vector<double>& values, double share,
                                          std::size_t* changed);

Value treat_tails(const Evaluator& evaluator, const ExpressionNode& call, Treatment treatment) {
  const Value x = evaluator.numeric(*call.children[0], user_of(call));
  const Value share = evaluator.numeric(*call.children[1], user_of(call));
  if (!share.is_constant() || !(share.number(0) >= 0 && share.number(0) < 0.5)) {
    expression_error("expression.arguments",
                     "the share of " + user_of(call) + " must be one number from 0 to below 0.5",
                     *call.children[1], "0.01 treats one per cent at each end");
  }
  const RowGroups groups = groups_of(evaluator, call, rows_as_they_are(evaluator.rows()));
  std::vector<double> result(evaluator.rows(), missing_value);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    std::vector<double> cells;
    for (std::size_t i = groups.begin[group]; i < groups.begin[group + 1]; ++i) {
      cells.push_back(x.number(groups.rows[i]));
    }
    cells = treatment(cells, share.number(0), nullptr);
    for (std::size_t i = 0; i < cells.size(); ++i) result[groups.rows[groups.begin[group] + i]] = cells[i];
  }
  return Value::numbers(std::move(result), x.kind());
}

}  // namespace

Value apply_mean(const Evaluator& evaluator, const ExpressionNode& call) {
  return aggregate(evaluator, call, mean_of);
}
Value apply_sum(const Evaluator& evaluator, const ExpressionNode& call) {
  return aggregate(evaluator, call, sum_of);
}
Value apply_sd(const Evaluator& evaluator, const ExpressionNode& call) {
  return aggregate(evaluator, call, sd_of);
}

Value apply_min(const Evaluator& evaluator, const ExpressionNode& call) {
  if (call.children.size() > 1) return extreme_of_row(evaluator, call, std::less<double>());
  return aggregate(evaluator, call,
                   [](auto& cells) { return *std::min_element(cells.begin(), cells.end()); });
}

Value apply_max(const Evaluator& evaluator, const ExpressionNode& call) {
  if (call.children.size() > 1) return extreme_of_row(evaluator, call, std::greater<double>());
  return aggregate(evaluator, call,
                   [](auto& cells) { return *std::max_element(cells.begin(), cells.end()); });
}

Value apply_count(const Evaluator& evaluator, const ExpressionNode& call) {
  const Value x = call.children.empty() ? Value::constant(1) : evaluator.value(*call.children[0]);
  const RowGroups groups = groups_of(evaluator, call, rows_as_they_are(evaluator.rows()));
  std::vector<double> result(evaluator.rows(), missing_value);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    double count = 0;
    for (std::size_t i = groups.begin[group]; i < groups.begin[group + 1]; ++i) {
      count += x.is_missing(groups.rows[i]) ? 0 : 1;
    }
    for (std::size_t i = groups.begin[group]; i < groups.begin[group + 1]; ++i)
      result[groups.rows[i]] = count;
  }
  return Value::numbers(std::move(result), ColumnKind::integer);
}

Value apply_p10(const Evaluator& evaluator, const ExpressionNode& call) {
  return percentile_of(evaluator, call, 10);
}
Value apply_p25(const Evaluator& evaluator, const ExpressionNode& call) {
  return percentile_of(evaluator, call, 25);
}
Value apply_p50(const Evaluator& evaluator, const ExpressionNode& call) {
  return percentile_of(evaluator, call, 50);
}
Value apply_p75(const Evaluator& evaluator, const ExpressionNode& call) {
  return percentile_of(evaluator, call, 75);
}
Value apply_p90(const Evaluator& evaluator, const ExpressionNode& call) {
  return percentile_of(evaluator, call, 90);
}

Value apply_first(const Evaluator& evaluator, const ExpressionNode& call) {
  return end_of_group(evaluator, call, false);
}
Value apply_last(const Evaluator& evaluator, const ExpressionNode& call) {
  return end_of_group(evaluator, call, true);
}

// 1 is the smallest; ties share the mean of their ranks.
Value apply_rank(const Evaluator& evaluator, const ExpressionNode& call) {
  const Value x = evaluator.numeric(*call.children[0], user_of(call));
  const RowGroups groups = groups_of(evaluator, call, rows_as_they_are(evaluator.rows()));
  std::vector<double> result(evaluator.rows(), missing_value);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    std::vector<std::size_t> rows;
    for (std::size_t i = groups.begin[group]; i < groups.begin[group + 1]; ++i) {
      if (!x.is_missing(groups.rows[i])) rows.push_back(groups.rows[i]);
    }
    std::sort(rows.begin(), rows.end(), [&](auto a, auto b) { return x.number(a) < x.number(b); });
    for (std::size_t i = 0, j = 0; i < rows.size(); i = j) {
      while (j < rows.size() && x.number(rows[j]) == x.number(rows[i])) ++j;
      for (std::size_t k = i; k < j; ++k) result[rows[k]] = static_cast<double>(i + j + 1) / 2;
    }
  }
  return Value::numbers(std::move(result));
}

Value apply_winsor(const Evaluator& evaluator, const ExpressionNode& call) {
  return treat_tails(evaluator, call, winsorise);
}
Value apply_trim(const Evaluator& evaluator, const ExpressionNode& call) {
  return treat_tails(evaluator, call, trim_tails);
}

}  // namespace panelist
