// SPDX-License-Identifier: Apache-2.0
// AHP: weights are the principal eigenvector of the reciprocal matrix of comparisons, CI = (lambda - m)/(m - 1), CR = CI/RI
// with the random indices of Saaty (1980).
#include <array>

#include "index/weight/weight.h"

namespace panelist {
namespace {

constexpr std::array<double, 16> random_index = {0,    0,    0,    0.58, 0.90, 1.12, 1.24, 1.32,
                                                 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};

Index place_of(const std::string& code, const IndexSystem& system) {
  for (std::size_t j = 0; j < system.indicators.size(); ++j)
    if (system.indicators[j].code == code) return static_cast<Index>(j);
  return -1;
}

void set_pair(const PairComparison& pair, Index j, Index k, Matrix& ratios) {
  const bool contradicts =
      std::isfinite(ratios(j, k)) && std::abs(ratios(j, k) - pair.value) > 1e-9 * std::abs(pair.value);
  if (!(pair.value > 0) || contradicts)
    throw Error("index.comparison",
                "`" + pair.first + "` over `" + pair.second + "` is " +
                    (contradicts ? "said twice, differently" : "not above zero"),
                "a comparison is a ratio such as 3 or 1/3; its reverse is its inverse", "method ahp");
  ratios(j, k) = pair.value;
  ratios(k, j) = 1 / pair.value;
}

Matrix ratios_of(const IndexSystem& system) {
  const Index m = static_cast<Index>(system.indicators.size());
  Matrix ratios = Matrix::Constant(m, m, missing_value);
  ratios.diagonal().setOnes();
  for (const PairComparison& pair : system.comparisons) {
    const Index j = place_of(pair.first, system), k = place_of(pair.second, system);
    if (j >= 0 && k >= 0 && j != k) set_pair(pair, j, k, ratios);
  }
  for (Index j = 0; j < m; ++j)
    for (Index k = j + 1; k < m; ++k)
      if (!std::isfinite(ratios(j, k)))
        throw Error("index.comparison",
                    "`" + system.indicators[static_cast<std::size_t>(j)].code + "` and `" +
                        system.indicators[static_cast<std::size_t>(k)].code + "` are not compared",
                    "method ahp needs every pair under one parent, once", "method ahp");
  return ratios;
}

// The principal eigenvector of a positive matrix, by powers; sums to one.
Vector principal_vector(const Matrix& ratios) {
  Vector w = Vector::Constant(ratios.rows(), 1.0 / static_cast<double>(ratios.rows()));
  for (int round = 0; round < 10000; ++round) {
    Vector next = ratios * w;
    next /= next.sum();
    const double change = (next - w).cwiseAbs().maxCoeff();
    w = next;
    if (change < 1e-16) break;
  }
  return w;
}

}  // namespace

WeightingOutput comparison_weights(const WeightingInput& input) {
  const Matrix ratios = ratios_of(input.system);
  const Vector w = principal_vector(ratios);
  const double m = static_cast<double>(w.size()), lambda = (ratios * w).sum();
  WeightingOutput output{w};
  const double random =
      random_index[std::min<std::size_t>(static_cast<std::size_t>(m), random_index.size() - 1)];
  output.consistency = random > 0 ? (lambda - m) / (m - 1) / random : 0;
  return output;
}

}  // namespace panelist
