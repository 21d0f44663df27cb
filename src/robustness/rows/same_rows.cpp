// SPDX-License-Identifier: Apache-2.0
#include "robustness/rows/same_rows.h"

namespace panelist {

MarkedRows rows_of(const Table& table, const ModelFrame& frame) {
  constexpr std::string_view mark = "(rows of the model)";
  std::vector<double> used(table.rows(), 0.0);
  for (const std::size_t row : frame.rows) used[row] = 1;
  MarkedRows marked{table, {}};
  marked.table.set(std::string(mark), Column::numbers(std::move(used)));
  Diagnostics unsaid;
  marked.where = parse_expression("`" + std::string(mark) + "` == 1", {}, unsaid);
  return marked;
}

Expression both(const Expression& a, const Expression& b) {
  if (a.empty() || b.empty()) return a.empty() ? b : a;
  Diagnostics problems;
  Expression joint = parse_expression("(" + a.text() + ") and (" + b.text() + ")", {}, problems);
  problems.throw_first_error();
  return joint;
}

}  // namespace panelist
