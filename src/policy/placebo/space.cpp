// SPDX-License-Identifier: Apache-2.0
#include "policy/placebo/space.h"

#include "infer/randomisation.h"

namespace panelist {

namespace {

constexpr int batch = 32;
constexpr double explained = 1e-9;  // of a column's variation: nothing of it is left

// What all draws share: the outcome and the controls less effects, and how controls are taken out.
struct CommonParts {
  Matrix controls, projection;  // n x k; k x n: coefficients of a column on the controls
  Vector outcome;               // less effects and controls
  Vector weights;
};

CommonParts common_parts(const Fit& fit) {
  CommonParts parts;
  parts.weights = fit.weights.size() > 0 ? fit.weights : Vector::Ones(fit.residuals.size());
  parts.controls = Matrix(fit.x).rightCols(fit.k() - 1);
  const Matrix weighted = parts.weights.asDiagonal() * parts.controls;
  const Matrix products = parts.controls.transpose() * weighted;
  parts.projection = products.ldlt().solve(weighted.transpose());
  parts.outcome = fit.outcome;
  if (parts.controls.cols() > 0) parts.outcome -= parts.controls * (parts.projection * parts.outcome);
  return parts;
}

Matrix drawn_treatments(const Context& context, const EventDesign& design,
                        const std::vector<std::int64_t>& first, std::pair<int, int> draws) {
  const ModelFrame& frame = *design.frame;
  const std::vector<Level> one_stratum(first.size(), 0);
  Matrix columns(frame.n(), draws.second - draws.first);
  for (int draw = draws.first; draw < draws.second; ++draw) {
    const std::vector<Level> from = permuted_groups(context, one_stratum, draw);
    for (std::size_t i = 0; i < frame.time.size(); ++i) {
      const auto unit = static_cast<std::size_t>(frame.unit.level[i]);
      const bool treated = frame.time[i] >= first[static_cast<std::size_t>(from[unit])];
      columns(static_cast<Index>(i), draw - draws.first) = treated ? 1.0 : 0.0;
    }
  }
  return columns;
}

std::vector<std::int64_t> starts(const EventDesign& design) {
  std::vector<std::int64_t> first(static_cast<std::size_t>(design.frame->unit.size()), never_treated);
  for (std::size_t i = 0; i < design.row_first.size(); ++i)
    first[static_cast<std::size_t>(design.frame->unit.level[i])] = design.row_first[i];
  return first;
}

double variation(const Eigen::Ref<const Vector>& column, const Vector& weights) {
  return column.cwiseAbs2().dot(weights);
}

}  // namespace

std::vector<double> drawn_effects(const Context& context, const EventDesign& design, const Estimation& actual,
                                  int draws) {
  const Fit& fit = *actual.fit;
  const CommonParts parts = common_parts(fit);
  const std::vector<std::int64_t> first = starts(design);
  std::vector<double> out(static_cast<std::size_t>(draws), missing_value);
  const Context alone{1, context.seed, context.stop};
  const auto one_batch = [&](std::int64_t block) {
    const int from = static_cast<int>(block) * batch, to = std::min(draws, from + batch);
    Matrix z = drawn_treatments(context, design, first, {from, to});
    Vector before(z.cols());
    for (Index j = 0; j < z.cols(); ++j) before[j] = variation(z.col(j), parts.weights);
    if (fit.absorber != nullptr) fit.absorber->absorb_or_throw(alone, z);
    if (parts.controls.cols() > 0) z -= parts.controls * (parts.projection * z);
    for (Index j = 0; j < z.cols(); ++j) {
      const double left = variation(z.col(j), parts.weights);
      if (left > explained * before[j])
        out[static_cast<std::size_t>(from + j)] =
            z.col(j).cwiseProduct(parts.weights).dot(parts.outcome) / left;
    }
  };
  for_each_block(context, (draws + batch - 1) / batch, one_batch);
  return out;
}

}  // namespace panelist
