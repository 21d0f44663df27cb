// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/information.h"

#include "estimate/glm/dispersion.h"
#include "linalg/gram.h"

namespace panelist::glm {
namespace {

void observed_weights(const Context& context, const Family& family, const Sample& sample, IrlsState& state) {
  for_each_block(context, blocks_of(sample.rows()), [&](std::int64_t block) {
    const Index first = block * block_rows, rows = rows_of(block, sample.rows());
    const FamilyRows own{sample.outcome.data() + first, state.eta.data() + first, sample.weights_from(first),
                         rows, state.dispersion};
    family.observed(own, state.weights.data() + first, state.residuals.data() + first);
  });
}

// The first column becomes z; without alpha zero.
Vector put_alpha_first(const DispersionScores* alpha, IrlsState& state) {
  Vector z = Vector::Zero(state.eta.size());
  if (alpha != nullptr) z = -alpha->cross.cwiseQuotient(state.weights);
  state.columns.col(0) = z;
  return z;
}

void absorb_again(const Context& context, const IrlsOptions& options, Absorber* absorber, IrlsState& state) {
  if (absorber != nullptr) {
    absorber->reweight(context, state.weights);
    const AbsorbReport report = absorber->absorb(context, state.columns, options.tight);
    if (!report.converged) state.absorption = report;
  }
  state.products = gram(context, state.columns, state.weights);
}

DispersionInScores in_scores(const DispersionScores& alpha, const Vector& z, const IrlsState& state) {
  DispersionInScores in;
  const Vector& w = state.weights;
  in.on_effects = z - state.columns.col(0);
  in.score = alpha.score - in.on_effects.cwiseProduct(w).cwiseProduct(state.residuals);
  const double explained = (z.cwiseAbs2() - state.columns.col(0).cwiseAbs2()).dot(w);
  in.information = alpha.information - explained;
  in.share = state.products.col(0).tail(state.coefficients.size()) / in.information;
  return in;
}

}  // namespace

bool wants_observed(const Family& family, Information information) {
  if (family.observed == nullptr) return false;
  return information == Information::observed || (information == Information::of_family && family.observes);
}

std::optional<DispersionInScores> observe(const Context& context, const Family& family, const Sample& sample,
                                          const IrlsOptions& options, Absorber* absorber, IrlsState& state) {
  observed_weights(context, family, sample, state);
  // At the least dispersion the model is Poisson and alpha no parameter.
  const bool free = family.disperses && state.dispersion > least_dispersion;
  std::optional<DispersionScores> alpha;
  if (free) alpha = dispersion_scores(context, sample, state.eta, state.dispersion);
  const Vector z = put_alpha_first(alpha ? &*alpha : nullptr, state);
  absorb_again(context, options, absorber, state);
  if (!alpha) return std::nullopt;
  return in_scores(*alpha, z, state);
}

Matrix bread_beside(const Matrix& bread, const DispersionInScores& dispersion) {
  const Vector moved = bread * dispersion.share;
  const double left = 1.0 / dispersion.information - dispersion.share.dot(moved);
  return bread + moved * moved.transpose() / left;
}

}  // namespace panelist::glm
