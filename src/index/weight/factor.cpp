// SPDX-License-Identifier: Apache-2.0
// Factors: components of the correlation matrix with eigenvalues above one (at least one), loadings a = v sqrt(lambda),
// rotated by varimax on rows scaled to length one (Kaiser). Weight of an indicator: its squared loading on the factor it
// loads most on, over the sum of these; each is that share of the factor's variance.
#include "index/weight/weight.h"

namespace panelist {
namespace {

constexpr int most_sweeps = 1000;

Matrix kept_loadings(const Matrix& r) {
  const Eigen::SelfAdjointEigenSolver<Matrix> solved(r);
  const Index kept = std::max<Index>(1, (solved.eigenvalues().array() > 1.0).count());
  const Vector values = solved.eigenvalues().reverse().head(kept);
  const Matrix vectors = solved.eigenvectors().rowwise().reverse().leftCols(kept);
  return vectors * values.cwiseSqrt().asDiagonal();
}

// The angle that makes the variance of the squared loadings of two factors largest (Kaiser 1958).
double varimax_angle(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y) {
  const double p = static_cast<double>(x.size());
  const Eigen::ArrayXd u = x.square() - y.square(), v = 2 * x * y;
  const double a = u.sum(), b = v.sum();
  const double c = (u.square() - v.square()).sum() - (a * a - b * b) / p;
  const double d = 2 * ((u * v).sum() - a * b / p);
  return 0.25 * std::atan2(d, c);
}

double rotate_pair(Matrix& loadings, Index k, Index l) {
  const Vector x = loadings.col(k), y = loadings.col(l);
  const double angle = varimax_angle(x, y);
  loadings.col(k) = std::cos(angle) * x + std::sin(angle) * y;
  loadings.col(l) = std::cos(angle) * y - std::sin(angle) * x;
  return std::abs(angle);
}

Matrix varimax(const Matrix& loadings) {
  const Vector length = loadings.rowwise().norm();
  Matrix rotated = length.cwiseInverse().asDiagonal() * loadings;
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    double largest = 0;
    for (Index k = 0; k < rotated.cols(); ++k)
      for (Index l = k + 1; l < rotated.cols(); ++l) largest = std::max(largest, rotate_pair(rotated, k, l));
    if (largest < 1e-14) break;
  }
  return length.asDiagonal() * rotated;
}

}  // namespace

WeightingOutput factor_weights(const WeightingInput& input) {
  if (input.z.rows() <= input.z.cols())
    throw Error("index.more_indicators_than_rows",
                std::to_string(input.z.cols()) + " indicators on " + std::to_string(input.z.rows()) +
                    " rows: their correlations have no factors of their own",
                "use fewer indicators, or equal or entropy weights", "method factor");
  const Matrix rotated = varimax(kept_loadings(correlations(input.z)));
  return {shares_of(rotated.array().square().rowwise().maxCoeff())};
}

}  // namespace panelist
