// SPDX-License-Identifier: Apache-2.0
// Cholesky of a dense positive semidefinite matrix, columns in order; those that depend on earlier ones are left out.
//
//   S^- h = solution with zeros on the dependent columns;  S S^- h = h for every h in the range of S
//
// A pivot below `tolerance` times the scale of its column counts as zero. Cost p^3/3 once, p^2 a solution.
#pragma once
#include <vector>

#include "linalg/matrix.h"

namespace panelist::engine {

class SemidefiniteSolver {
 public:
  SemidefiniteSolver() = default;
  SemidefiniteSolver(const Matrix& S, const Vector& scale, double tolerance = 1e-10);
  // Columns other than `candidates` (ascending) are known to be dependent.
  SemidefiniteSolver(const Matrix& S, const Vector& scale, double tolerance,
                     const std::vector<Index>& candidates);
  [[nodiscard]] Index size() const { return size_; }
  [[nodiscard]] Index rank() const { return static_cast<Index>(kept_.size()); }
  [[nodiscard]] const std::vector<Index>& kept() const { return kept_; }
  // h (p x K) becomes S^- h.
  void solve(Matrix& h) const;

 private:
  Index size_ = 0;
  std::vector<Index> kept_;
  Matrix L_;  // of the kept columns
};

}  // namespace panelist::engine
