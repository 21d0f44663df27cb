// SPDX-License-Identifier: Apache-2.0
// Weights u >= 0 on standardised indicators that make the smallest correlation of an indicator with the index as large as
// can be: minimise u'Ru/2 - sum u over u >= 0. Where R^-1 1 is positive all correlations are the same. On the cells:
// w = u/sd.
#include "index/weight/weight.h"

namespace panelist {
namespace {

// Non-negative minimum of u'Ru/2 - sum u by active sets (Lawson and Hanson 1974).
class NonNegativeMinimum {
 public:
  explicit NonNegativeMinimum(const Matrix& r) : r_(r), u_(Vector::Zero(r.rows())), free_(r.rows(), false) {}

  Vector solve() {
    for (Index step = 0; step < 30 * r_.rows(); ++step) {
      const Index entering = steepest();
      if (entering < 0) break;
      free_[static_cast<std::size_t>(entering)] = true;
      descend();
    }
    return u_;
  }

 private:
  [[nodiscard]] Index steepest() const {
    const Vector slope = Vector::Ones(u_.size()) - r_ * u_;
    Index best = -1;
    for (Index j = 0; j < u_.size(); ++j)
      if (!free_[static_cast<std::size_t>(j)] && slope(j) > 1e-12 && (best < 0 || slope(j) > slope(best)))
        best = j;
    return best;
  }

  [[nodiscard]] std::vector<Index> free_columns() const {
    std::vector<Index> columns;
    for (Index j = 0; j < u_.size(); ++j)
      if (free_[static_cast<std::size_t>(j)]) columns.push_back(j);
    return columns;
  }

  // To the minimum over the free columns, stopping where one of them reaches zero.
  void descend() {
    for (;;) {
      const std::vector<Index> columns = free_columns();
      const Matrix inside = r_(columns, columns);
      const Vector goal =
          inside.completeOrthogonalDecomposition().solve(Vector::Ones(static_cast<Index>(columns.size())));
      if (goal.minCoeff() > 0) {
        u_.setZero();
        u_(columns) = goal;
        return;
      }
      step_towards(columns, goal);
    }
  }

  void step_towards(const std::vector<Index>& columns, const Vector& goal) {
    double share = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const double from = u_(columns[i]), to = goal(static_cast<Index>(i));
      if (to <= 0) share = std::min(share, from > to ? from / (from - to) : 0.0);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      double& value = u_(columns[i]);
      value += share * (goal(static_cast<Index>(i)) - value);
      if (goal(static_cast<Index>(i)) <= 0 && value <= 1e-15) {
        value = 0;
        free_[static_cast<std::size_t>(columns[i])] = false;
      }
    }
  }

  const Matrix& r_;
  Vector u_;
  std::vector<bool> free_;
};

}  // namespace

WeightingOutput correlation_weights(const WeightingInput& input) {
  const Matrix r = correlations(input.z);
  const Vector u = NonNegativeMinimum(r).solve();
  const Matrix centred = input.z.rowwise() - input.z.colwise().mean();
  return {shares_of(u.array() / centred.colwise().norm().transpose().array())};
}

}  // namespace panelist
