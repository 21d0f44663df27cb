// SPDX-License-Identifier: Apache-2.0
#include "absorb/system/conjugate_gradients.h"

#include <Eigen/Eigenvalues>

#include "base/random.h"

namespace panelist {
namespace {

// Enough for the Ritz values of a random column to settle.
constexpr double probe_tolerance = 1e-6;
constexpr int probe_iterations = 1000;
// Of the squared residual: 1e-12 of the residual itself.
constexpr double rounding_share = 1e-24;

// The Lanczos matrix that conjugate gradients build as they go.
class RitzValues {
 public:
  void add(double alpha, double beta_before, double alpha_before) {
    diagonal_.push_back(1.0 / alpha + (alpha_before > 0.0 ? beta_before / alpha_before : 0.0));
    if (alpha_before > 0.0) off_diagonal_.push_back(std::sqrt(beta_before) / alpha_before);
  }
  // Recomputed at steps that grow by a quarter.
  double smallest() {
    const std::size_t steps = diagonal_.size();
    if (steps < next_) return smallest_;
    next_ = std::max(steps + 1, steps + steps / 4);
    const Vector diagonal = Eigen::Map<const Vector>(diagonal_.data(), static_cast<Index>(steps));
    const Vector off = Eigen::Map<const Vector>(off_diagonal_.data(), static_cast<Index>(steps) - 1);
    Eigen::SelfAdjointEigenSolver<Matrix> eigen;
    eigen.computeFromTridiagonal(diagonal, off, Eigen::EigenvaluesOnly);
    smallest_ = std::max(eigen.eigenvalues()(0), 0.0);
    return smallest_;
  }

 private:
  std::vector<double> diagonal_, off_diagonal_;
  std::size_t next_ = 1;
  double smallest_ = 0.0;
};

}  // namespace

IterativeSystem::IterativeSystem(const Context& context, const FactorSpaces& spaces, std::size_t eliminated,
                                 const Vector& w)
    : spaces_(&spaces),
      eliminated_(eliminated),
      offsets_(reduced_offsets(spaces, eliminated, spaces.size())) {
  const FactorSpace& e = spaces[eliminated];
  bool slopes = false;
  for (std::size_t q = 0; q < spaces.size(); ++q) {
    if (q == eliminated) continue;
    per_row_ += spaces[q].components();
    slopes = slopes || spaces[q].has_slopes();
  }
  weight_ = Vector::Ones(static_cast<Index>(e.rows().size()));
  for (std::size_t at = 0; at < e.rows().size(); ++at) {
    const Index row = e.rows()[at];
    if (w.size() > 0) weight_(static_cast<Index>(at)) = w(row);
    for (std::size_t q = 0; q < spaces.size(); ++q) {
      if (q == eliminated) continue;
      const Index first =
          offsets_[q] + spaces[q].components() * spaces[q].level()[static_cast<std::size_t>(row)];
      for (Index c = 0; c < spaces[q].components(); ++c) {
        column_.push_back(static_cast<std::int32_t>(first + c));
        if (slopes) value_.push_back(spaces[q].value(row, c));
      }
    }
  }
  for (std::size_t l = 0; l + 1 < e.starts().size(); ++l) {
    longest_level_ = std::max<Index>(longest_level_, e.starts()[l + 1] - e.starts()[l]);
  }
  probe(context);
}

void IterativeSystem::probe(const Context& context) {
  Random random(20260101, "probe", 0);
  Vector u(offsets_.back()), h(offsets_.back());
  for (double& value : u) value = random.normal();
  apply(u, h);
  probed_ritz_ = solve(context, h, {u.dot(h), 0.0, probe_tolerance * std::sqrt(u.dot(h)), probe_iterations})
                     .smallest_ritz;
}

void IterativeSystem::apply(const Vector& a, Vector& image) const {
  const FactorSpace& e = (*spaces_)[eliminated_];
  const auto width = static_cast<std::size_t>(per_row_);
  std::vector<double> fitted(static_cast<std::size_t>(longest_level_));
  image.setZero();
  for (Index level = 0; level < e.levels(); ++level) {
    const auto first = static_cast<std::size_t>(e.starts()[static_cast<std::size_t>(level)]);
    const auto last = static_cast<std::size_t>(e.starts()[static_cast<std::size_t>(level) + 1]);
    Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 8, 1> sums = Vector::Zero(e.components());
    double level_weight = 0.0;
    for (std::size_t at = first; at < last; ++at) {
      double sum = 0.0;
      for (std::size_t c = at * width; c < (at + 1) * width; ++c) {
        sum += a(column_[c]) * (value_.empty() ? 1.0 : value_[c]);
      }
      fitted[at - first] = sum;
      const double weight = weight_(static_cast<Index>(at));
      level_weight += weight;
      for (Index c = 0; c < e.components(); ++c) sums(c) += weight * sum * e.value(e.rows()[at], c);
    }
    if (e.has_slopes()) {
      sums = (e.inverse().middleRows(level * e.components(), e.components()) * sums).eval();
    } else {
      sums(0) /= level_weight;
    }
    for (std::size_t at = first; at < last; ++at) {
      double left = fitted[at - first];
      for (Index c = 0; c < e.components(); ++c) left -= sums(c) * e.value(e.rows()[at], c);
      left *= weight_(static_cast<Index>(at));
      for (std::size_t c = at * width; c < (at + 1) * width; ++c) {
        image(column_[c]) += left * (value_.empty() ? 1.0 : value_[c]);
      }
    }
  }
}

Vector IterativeSystem::preconditioned(const Vector& r) const {
  Vector z(r.size());
  for (std::size_t q = 0; q < spaces_->size(); ++q) {
    if (q == eliminated_) continue;
    Vector part = r.segment(offsets_[q], (*spaces_)[q].columns());
    (*spaces_)[q].solve(part);
    z.segment(offsets_[q], part.size()) = part;
  }
  return z;
}

double IterativeSystem::residual_size(const Vector& r) const {
  return std::sqrt(std::max(0.0, r.dot(preconditioned(r))));
}

IterationOutcome IterativeSystem::solve(const Context& context, Vector& h, const IterationGoal& goal) const {
  IterationOutcome outcome;
  RitzValues ritz;
  Vector r = h;
  Vector a = Vector::Zero(h.size());
  Vector z = preconditioned(r);
  Vector p = z;
  Vector image(h.size());
  double rho = r.dot(z);
  double left = goal.squared_norm;  // squared norm of the column as it is now
  double alpha_before = 0.0;
  double beta = 0.0;
  // What is left below this is rounding, and the Ritz values of more steps would be those of rounding.
  const double negligible = rounding_share * rho;
  while (rho > negligible && outcome.iterations < goal.max_iterations) {
    context.stop_if_asked();
    apply(p, image);
    const double curvature = p.dot(image);
    if (!(curvature > 0.0)) break;
    const double alpha = rho / curvature;
    a += alpha * p;
    r -= alpha * image;
    left = std::max(0.0, left - alpha * rho);
    ritz.add(alpha, beta, alpha_before);
    z = preconditioned(r);
    const double next = r.dot(z);
    ++outcome.iterations;
    outcome.smallest_ritz = ritz.smallest();
    if (probed_ritz_ > 0.0) outcome.smallest_ritz = std::min(outcome.smallest_ritz, probed_ritz_);
    beta = next / rho;
    rho = next;
    alpha_before = alpha;
    outcome.bound = std::sqrt(std::max(0.0, rho) / (0.5 * outcome.smallest_ritz));
    if (outcome.bound <= std::max(goal.tolerance * std::sqrt(left), goal.floor)) {
      outcome.converged = true;
      break;
    }
    p = z + beta * p;
  }
  if (rho <= negligible) outcome.converged = true;
  h = a;
  return outcome;
}

}  // namespace panelist
