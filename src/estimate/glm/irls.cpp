// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/irls.h"

#include <cmath>

#include "linalg/gram.h"

namespace panelist::glm {
namespace {

constexpr int most_halvings = 40;
// Squared share of the deviance that the last step may move eta by.
constexpr double settled_share = 1e-17;
// A coefficient stands still when it moves by less than this share of its standard error, or eta by less than this.
constexpr double settled_step = 1e-8;
constexpr double settled_eta = 1e-12;
// The deviance stands still.
constexpr double still_share = 1e-9;
// Yet a row moves by this much: it may be on its way to infinity.
constexpr double runaway_step = 0.02;
// Deviances below these shares of the first sum of weights are compared as if they were that: when they are judged to
// stand still, and when a step is judged small.
constexpr double still_deviance = 1e-2;
constexpr double least_deviance = 1e-9;

}  // namespace

Irls::Irls(const Context& context, const Family& family, const Sample& sample, const IrlsOptions& options)
    : context_(context), family_(&family), sample_(sample), options_(options) {}

void Irls::start(const MatrixView& x, double dispersion) {
  const Index n = sample_.rows();
  state_ = {};
  state_.dispersion = dispersion;
  for (Vector* rows : {&state_.eta, &state_.weights, &state_.residuals}) rows->resize(n);
  for (Vector* rows : {&eta_before_, &weights_before_, &residuals_before_}) rows->resize(n);
  state_.columns.resize(n, 1 + x.cols());
  state_.columns.rightCols(x.cols()) = x;
  state_.coefficients = Vector::Zero(x.cols());
  fresh_ = true;
  tolerance_ = options_.loose;
  first_eta();
  work();
  mass_ = state_.weights.sum();
}

void Irls::restart(const Family& family, double dispersion) {
  family_ = &family;
  state_.dispersion = dispersion;
  state_.converged = false;
  tolerance_ = options_.tight;
  work();
  best_ = state_.deviance;
}

void Irls::first_eta() {
  double weight = 0.0, sum = 0.0;
  for (Index i = 0; i < sample_.rows(); ++i) {
    const double w = sample_.weights.size() > 0 ? sample_.weights(i) : 1.0;
    weight += w;
    sum += w * sample_.outcome(i);
  }
  const double mean = sum / weight;
  sum_over_blocks(context_, sample_.rows(), [&](Index first, Index rows) {
    for (Index i = first; i < first + rows; ++i) state_.eta(i) = family_->start(sample_.outcome(i), mean);
    return 0.0;
  });
}

double Irls::work_block(Index first, Index rows) {
  const FamilyRows own{sample_.outcome.data() + first, state_.eta.data() + first, sample_.weights_from(first),
                       rows, state_.dispersion};
  return family_->work(own, state_.weights.data() + first, state_.residuals.data() + first);
}

// Weights, residuals and deviance at eta; the residual is also the first column.
void Irls::work() {
  state_.deviance = sum_over_blocks(context_, sample_.rows(), [&](Index first, Index rows) {
    const double deviance = work_block(first, rows);
    auto column = state_.columns.col(0).segment(first, rows);
    column = state_.residuals.segment(first, rows);
    if (fresh_) {
      column += state_.eta.segment(first, rows);
      if (sample_.offset.size() > 0) column -= sample_.offset.segment(first, rows);
    }
    return deviance;
  });
}

void Irls::absorb(Absorber* absorber) {
  if (absorber != nullptr) {
    absorber->reweight(context_, state_.weights);
    state_.absorption = absorber->absorb(context_, state_.columns, tolerance_);
  }
  state_.products = gram(context_, state_.columns, state_.weights);
  if (!state_.products.allFinite())
    throw Error(
        "estimate.not_finite",
        "the numbers are too large to compute with: squares of a regressor leave the range of numbers",
        "measure the variables in other units, so that they lie between 1e-100 and 1e100");
}

Vector Irls::solve() const {
  const Index k = state_.coefficients.size();
  if (k == 0) return {};
  const Matrix x = state_.products.bottomRightCorner(k, k);
  Vector scale = x.diagonal().cwiseSqrt();
  for (double& size : scale) size = size > 0.0 ? 1.0 / size : 0.0;
  const Matrix scaled = scale.asDiagonal() * x * scale.asDiagonal();
  const Vector right = scale.cwiseProduct(Vector(state_.products.col(0).tail(k)));
  Vector change = scale.cwiseProduct(Vector(scaled.ldlt().solve(right)));
  if (!change.allFinite()) change.setZero();
  return change;
}

double Irls::step_block(const Vector& change, Index first, Progress& progress) {
  const Index rows = rows_of(first / block_rows, sample_.rows());
  auto column = state_.columns.col(0).segment(first, rows);
  auto eta = state_.eta.segment(first, rows);
  const auto before = eta_before_.segment(first, rows);
  eta = before + residuals_before_.segment(first, rows) - column;
  for (Index j = 0; j < change.size(); ++j) eta += change(j) * state_.columns.col(j + 1).segment(first, rows);
  for (Index i = 0; i < rows; ++i) {
    const double move = eta(i) - before(i), y = sample_.outcome(first + i);
    progress.moved += weights_before_(first + i) * move * move;
    if (y == 0.0 || y == family_->highest) progress.farthest = std::max(progress.farthest, std::abs(move));
  }
  const double deviance = work_block(first, rows);
  column = state_.residuals.segment(first, rows);
  return deviance;
}

// Moves eta and works at the new one, in one pass over the rows.
Irls::Progress Irls::step(const Vector& change) {
  std::vector<Progress> parts(static_cast<std::size_t>(blocks_of(sample_.rows())));
  state_.eta.swap(eta_before_);
  state_.weights.swap(weights_before_);
  state_.residuals.swap(residuals_before_);
  state_.deviance = sum_over_blocks(context_, sample_.rows(), [&](Index first, Index) {
    return step_block(change, first, parts[static_cast<std::size_t>(first / block_rows)]);
  });
  state_.coefficients += change;
  Progress progress;
  for (const Progress& part : parts) {
    progress.moved += part.moved;
    progress.farthest = std::max(progress.farthest, part.farthest);
  }
  return progress;
}

// Halves the step while the deviance rises. The first step has no deviance to compare with.
bool Irls::shorten(const Vector& change) {
  double share = 1.0;
  // A deviance may rise by rounding.
  const double most = best_ + 1e-10 * std::max(best_, least_deviance * mass_);
  for (int times = 0; !(state_.deviance <= most) && times < most_halvings; ++times) {
    share *= 0.5;
    state_.eta = 0.5 * (state_.eta + eta_before_);
    work();
  }
  state_.coefficients -= (1.0 - share) * change;
  return share < 1.0;
}

bool Irls::settled(const Progress& progress) const {
  if (tolerance_ > options_.tight || progress.deviance > still_share) return false;
  if (progress.moved > settled_share * std::max(state_.deviance, least_deviance * mass_)) return false;
  const double most = std::max(settled_step, settled_eta * std::sqrt(mass_));
  return state_.last_step <= most;
}

void Irls::judge(const Progress& progress, const Vector& change) {
  state_.last_step = 0.0;
  for (Index j = 0; j < change.size(); ++j)
    state_.last_step =
        std::max(state_.last_step, std::abs(change(j)) * std::sqrt(state_.products(j + 1, j + 1)));
  if (settled(progress)) {
    state_.converged = true;
    state_.weights.swap(weights_before_);  // those of the absorbed columns
    state_.residuals.swap(residuals_before_);
    return;
  }
  const bool runs = progress.deviance <= still_share && progress.farthest > runaway_step;
  runaways_ = runs ? runaways_ + 1 : 0;
  state_.suspect = runaways_ > 1 && options_.suspects;
}

void Irls::run(Absorber* absorber) {
  const int last = state_.steps + options_.max_steps;
  while (state_.steps < last && !state_.converged && !state_.suspect) {
    context_.stop_if_asked();
    ++state_.steps;
    absorb(absorber);
    const Vector change = solve();
    Progress progress = step(change);
    const bool first = fresh_;
    fresh_ = false;
    const bool shortened = !first && shorten(change);
    if (!std::isfinite(state_.deviance)) return;
    progress.deviance = first ? std::numeric_limits<double>::infinity()
                              : std::abs(best_ - state_.deviance) /
                                    std::max(std::min(best_, state_.deviance), still_deviance * mass_);
    best_ = state_.deviance;
    if (!first && !shortened) judge(progress, change);
    tolerance_ = std::clamp(0.1 * progress.deviance, options_.tight, tolerance_);
  }
}

}  // namespace panelist::glm
