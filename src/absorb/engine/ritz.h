// SPDX-License-Identifier: Apache-2.0
// Smallest eigenvalue of the Lanczos matrix that conjugate gradients build along the way.
//
//   T_jj = 1/alpha_j + beta_{j-1}/alpha_{j-1},   T_{j,j+1} = sqrt(beta_j)/alpha_j
#pragma once
#include <vector>

namespace panelist::engine {

class Lanczos {
 public:
  void clear() {
    alpha_.clear();
    beta_.clear();
  }
  // Step lengths and directions of one step; beta belongs to the direction that follows.
  void add(double alpha, double beta) {
    alpha_.push_back(alpha);
    beta_.push_back(beta);
  }
  [[nodiscard]] double smallest_ritz() const;

 private:
  std::vector<double> alpha_, beta_;
};

}  // namespace panelist::engine
