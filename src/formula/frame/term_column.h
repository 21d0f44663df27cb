// SPDX-License-Identifier: Apache-2.0
// A column of a term on the rows used, computed block by block: the product of its factors, each a variable, a power of
// it or a dummy. Nothing of n rows is made for it.
#pragma once
#include <memory>
#include <vector>

#include "formula/expression/value.h"
#include "formula/used_rows.h"
#include "linalg/column_source.h"
#include "linalg/levels.h"

namespace panelist {

// One factor in one column of its term.
struct TermFactor {
  std::shared_ptr<const double[]> numbers;  // by row of the table, or one for all rows
  bool constant = false;
  int degree = 1;
  Levels level;      // of a dummy, by row used; then there are no numbers
  Level shown = -1;  // the level it is one for
};
TermFactor number_factor(const Value& value, int degree);

class TermColumn : public ColumnSource {
 public:
  // No factors: ones.
  TermColumn(UsedRows rows, std::vector<TermFactor> factors)
      : rows_(std::move(rows)), factors_(std::move(factors)) {}
  [[nodiscard]] Index rows() const override { return static_cast<Index>(rows_.size()); }
  [[nodiscard]] const double* load(Index first, Index count, double* buffer) const override;

 private:
  void multiply(const TermFactor& factor, Index first, Index count, double* product) const;
  UsedRows rows_;
  std::vector<TermFactor> factors_;
};

}  // namespace panelist
