// SPDX-License-Identifier: Apache-2.0
#include "report/tables/difference_rows.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

void add_once(std::vector<std::string>& labels, const std::string& label) {
  if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
}

class DifferenceRows {
 public:
  explicit DifferenceRows(const RegressionTableSpec& spec) : spec_(spec), lang_(spec.style.lang) {}

  std::vector<TableRow> build() {
    for (const std::string& label : pair_labels()) add_pair(label);
    for (const std::string& method : methods()) add_equality(method);
    return std::move(rows_);
  }

 private:
  std::vector<std::string> pair_labels() const {
    std::vector<std::string> labels;
    for (const SplitComparison& comparison : spec_.comparisons)
      for (const DifferenceRow& pair : comparison.pairs) add_once(labels, pair.label);
    return labels;
  }

  std::vector<std::string> methods() const {
    std::vector<std::string> labels;
    for (const SplitComparison& comparison : spec_.comparisons)
      for (const EqualityRow& row : comparison.equality) add_once(labels, row.method);
    return labels;
  }

  // A cell under the columns of each split, empty ones elsewhere.
  void add_row(const std::string& label, const std::function<Cell(const SplitComparison&)>& cell_of) {
    TableRow row;
    row.cells.push_back(Cell::of_text(label));
    std::size_t column = 0;
    for (const SplitComparison& comparison : spec_.comparisons) {
      for (; column < comparison.begin; ++column) row.cells.emplace_back();
      Cell cell = cell_of(comparison);
      cell.span = static_cast<int>(comparison.end - comparison.begin);
      cell.align = Alignment::center;
      row.cells.push_back(std::move(cell));
      column = comparison.end;
    }
    for (; column < spec_.columns.size(); ++column) row.cells.emplace_back();
    const bool says_something =
        !label.empty() || std::any_of(row.cells.begin() + 1, row.cells.end(),
                                      [](const Cell& cell) { return cell.kind != CellKind::empty; });
    if (says_something) rows_.push_back(std::move(row));
  }

  static const DifferenceRow* pair_of(const SplitComparison& comparison, const std::string& label) {
    for (const DifferenceRow& pair : comparison.pairs)
      if (pair.label == label) return &pair;
    return nullptr;
  }

  // `make` for the splits that have the pair.
  void add_pair_row(const std::string& label, const std::string& pair_label,
                    Cell (DifferenceRows::*make)(const DifferenceRow&) const) {
    add_row(label, [&](const SplitComparison& comparison) {
      const DifferenceRow* pair = pair_of(comparison, pair_label);
      return pair == nullptr ? Cell{} : (this->*make)(*pair);
    });
  }

  void add_pair(const std::string& label) {
    add_pair_row(table_words("difference_row", lang_, {label}), label, &DifferenceRows::estimate_cell);
    for (below_ = 0; below_ < spec_.style.below.size(); ++below_)
      add_pair_row("", label, &DifferenceRows::below_cell);
    const bool corrected = std::any_of(spec_.comparisons.begin(), spec_.comparisons.end(),
                                       [&](const SplitComparison& comparison) {
                                         const DifferenceRow* pair = pair_of(comparison, label);
                                         return pair != nullptr && !std::isnan(pair->p_corrected);
                                       });
    if (corrected) add_pair_row("", label, &DifferenceRows::corrected_cell);
  }

  static std::string below_pointer(const DifferenceRow& pair, const char* field) {
    return pair.test_source.empty() ? "" : pair.test_source + field;
  }

  Cell estimate_cell(const DifferenceRow& pair) const {
    Cell cell = Cell::of_number(CellKind::estimate, pair.estimate, -1, pair.estimate_source);
    cell.stars = stars_of(std::isnan(pair.p_corrected) ? pair.p_value : pair.p_corrected, spec_.style.stars);
    return cell;
  }

  Cell p_cell(const DifferenceRow& pair) const {
    if (std::isnan(pair.p_value)) return {};
    Cell cell = Cell::of_number(CellKind::p_value, pair.p_value, -1, below_pointer(pair, "/p_value"));
    const bool asked = spec_.style.below[below_] == "p";
    cell.bracket = asked ? bracket_of(spec_.style, below_) : Bracket::square;
    return cell;
  }

  // As under the coefficients; p where the method has no standard error.
  Cell below_cell(const DifferenceRow& pair) const {
    const std::string& below = spec_.style.below[below_];
    if (below == "p") return p_cell(pair);
    if (std::isnan(pair.std_error))
      return std::isnan(pair.p_corrected) && spec_.style.below.size() == 1 ? p_cell(pair) : Cell{};
    Cell cell;
    if (below == "ci") {
      cell = Cell::of_number(CellKind::interval, pair.conf_low, -1, below_pointer(pair, "/conf_low"));
      cell.value2 = pair.conf_high;
      cell.source2 = below_pointer(pair, "/conf_high");
      cell.bracket = Bracket::square;
      return cell;
    }
    cell = below == "t"
               ? Cell::of_number(CellKind::statistic, pair.statistic, -1, below_pointer(pair, "/t"))
               : Cell::of_number(CellKind::std_error, pair.std_error, -1, below_pointer(pair, "/std_error"));
    cell.bracket = bracket_of(spec_.style, below_);
    return cell;
  }

  Cell corrected_cell(const DifferenceRow& pair) const {
    if (std::isnan(pair.p_corrected)) return {};
    Cell cell = Cell::of_number(CellKind::p_value, pair.p_corrected, -1, below_pointer(pair, "/p_adjusted"));
    cell.bracket = Bracket::square;
    return cell;
  }

  void add_equality(const std::string& method) {
    const std::string label =
        method.empty() ? std::string(word("equality", lang_)) : table_words("equality_by", lang_, {method});
    add_row(label, [&](const SplitComparison& comparison) {
      for (const EqualityRow& row : comparison.equality)
        if (row.method == method && !std::isnan(row.p_value))
          return Cell::of_number(CellKind::p_value, row.p_value, -1, row.source);
      return Cell{};
    });
  }

  const RegressionTableSpec& spec_;
  const std::string lang_;
  std::size_t below_ = 0;  // which of the rows under an estimate is written
  std::vector<TableRow> rows_;
};

}  // namespace

std::vector<TableRow> difference_rows(const RegressionTableSpec& spec) {
  return DifferenceRows(spec).build();
}

}  // namespace panelist
