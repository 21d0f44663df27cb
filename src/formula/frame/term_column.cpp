// SPDX-License-Identifier: Apache-2.0
#include "formula/frame/term_column.h"

#include "formula/expression/evaluator.h"

namespace panelist {

TermFactor number_factor(const Value& value, int degree) {
  TermFactor factor;
  factor.numbers = value.shared_numbers();
  factor.constant = value.is_constant();
  factor.degree = degree;
  return factor;
}

const double* TermColumn::load(Index first, Index count, double* buffer) const {
  std::fill_n(buffer, count, 1.0);
  for (const TermFactor& factor : factors_) multiply(factor, first, count, buffer);
  return buffer;
}

void TermColumn::multiply(const TermFactor& factor, Index first, Index count, double* product) const {
  if (factor.shown >= 0) {
    const Level* const level = factor.level.data() + first;
    for (Index i = 0; i < count; ++i)
      if (level[i] != factor.shown) product[i] = 0;
    return;
  }
  const double* const numbers = factor.numbers.get();
  for (Index i = 0; i < count; ++i) {
    const double x = numbers[factor.constant ? 0 : rows_[static_cast<std::size_t>(first + i)]];
    product[i] *= factor.degree == 1 ? x : power(x, factor.degree);
  }
}

}  // namespace panelist
