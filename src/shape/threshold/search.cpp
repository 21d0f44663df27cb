// SPDX-License-Identifier: Apache-2.0
#include "shape/threshold/search.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace panelist {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
// Share of a column's squares below which effects, controls and other regimes span it.
constexpr double rank_tolerance = 1e-10;

}  // namespace

Candidates candidates_of(const Vector& q, double trim, int grid) {
  std::vector<double> sorted(q.data(), q.data() + q.size());
  std::sort(sorted.begin(), sorted.end());
  Candidates all;
  all.rows = q.size();
  all.least = std::max<Index>(1, static_cast<Index>(std::ceil(trim * static_cast<double>(q.size()) - 1e-9)));
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    if (sorted[i] == sorted[i + 1]) continue;
    const auto below = static_cast<Index>(i + 1);
    if (below < all.least || all.rows - below < all.least) continue;
    all.value.push_back(sorted[i]);
    all.rows_to.push_back(below);
  }
  const std::size_t size = all.value.size(), wanted = static_cast<std::size_t>(grid);
  if (size <= wanted) return all;
  Candidates some{{}, {}, all.rows, all.least};
  for (std::size_t k = 0; k < wanted; ++k) {
    const std::size_t at = wanted == 1 ? size / 2 : k * (size - 1) / (wanted - 1);
    some.value.push_back(all.value[at]);
    some.rows_to.push_back(all.rows_to[at]);
  }
  return some;
}

Residualiser::Residualiser(const Fit& fit) : absorber_(fit.absorber.get()) {
  const Eigen::HouseholderQR<Matrix> qr{Matrix(fit.x)};
  basis_ = qr.householderQ() * Matrix::Identity(fit.x.rows(), fit.x.cols());
}

void Residualiser::operator()(const Context& context, Eigen::Ref<Matrix> columns) const {
  if (absorber_ != nullptr) absorber_->absorb_or_throw(context, columns);
  for (int pass = 0; pass < 2; ++pass) columns -= basis_ * (basis_.transpose() * columns);
}

ThresholdSearch::ThresholdSearch(const Context& context, const Residualiser& residual, const Vector& x,
                                 const Vector& q, Candidates candidates)
    : candidates_(std::move(candidates)) {
  const auto count = static_cast<Index>(candidates_.value.size());
  w_.resize(x.size(), count);
  for (Index j = 0; j < count; ++j)
    w_.col(j) = (q.array() <= candidates_.value[static_cast<std::size_t>(j)]).select(x, 0.0);
  norms_ = w_.colwise().squaredNorm().transpose();
  residual(context, w_);
  gram_ = w_.transpose() * w_;
}

ThresholdSearch::Outcome ThresholdSearch::outcome(const Vector& y) const {
  return {w_.transpose() * y, y.squaredNorm()};
}

bool ThresholdSearch::leaves_room(Index candidate, const std::vector<Index>& chosen) const {
  const auto rows_to = [&](Index j) { return candidates_.rows_to[static_cast<std::size_t>(j)]; };
  return std::all_of(chosen.begin(), chosen.end(), [&](Index other) {
    return std::abs(rows_to(candidate) - rows_to(other)) >= candidates_.least;
  });
}

Vector ThresholdSearch::profile(const Outcome& outcome, const std::vector<Index>& chosen) const {
  const auto fixed = static_cast<Index>(chosen.size());
  const Matrix between = gram_(Eigen::all, chosen);
  const Matrix own = gram_(chosen, chosen);
  const Vector products = outcome.products(chosen);
  Matrix shares = Matrix::Zero(fixed, gram_.cols());  // own^-1 between'
  double ssr = outcome.ssr;
  if (fixed > 0) {
    const Eigen::LDLT<Matrix> factor(own);
    shares = factor.solve(between.transpose());
    ssr -= products.dot(factor.solve(products));
  }
  Vector sums = Vector::Constant(gram_.cols(), infinity);
  for (Index j = 0; j < sums.size(); ++j) {
    if (!leaves_room(j, chosen)) continue;
    const double left = gram_(j, j) - between.row(j).dot(shares.col(j));
    if (!(left > rank_tolerance * norms_(j))) continue;
    const double product = outcome.products(j) - shares.col(j).dot(products);
    sums(j) = ssr - product * product / left;
  }
  return sums;
}

std::optional<ThresholdSearch::Found> ThresholdSearch::find(const Outcome& outcome, int count) const {
  Found found;
  found.ssr = outcome.ssr;
  const auto add_best = [&](std::vector<Index>& chosen) {
    Index best = 0;
    found.ssr = profile(outcome, chosen).minCoeff(&best);
    if (std::isfinite(found.ssr)) chosen.push_back(best);
    return std::isfinite(found.ssr);
  };
  for (int step = 1; step <= count; ++step) {
    if (gram_.cols() == 0 || !add_best(found.chosen)) return std::nullopt;
    if (step != 2) continue;
    std::vector<Index> refined = {found.chosen[1]};
    add_best(refined);  // the first one fits beside the second: it was there before
    found.chosen = refined;
  }
  std::sort(found.chosen.begin(), found.chosen.end());
  return found;
}

Vector ThresholdSearch::coefficients(const Outcome& outcome, const std::vector<Index>& chosen) const {
  if (chosen.empty()) return Vector();
  return Eigen::LDLT<Matrix>(Matrix(gram_(chosen, chosen))).solve(Vector(outcome.products(chosen)));
}

}  // namespace panelist
