// SPDX-License-Identifier: Apache-2.0
#include "infer/bootstrap/efficient_maps.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "infer/bootstrap/refusals.h"
#include "linalg/gram.h"
#include "linalg/least_squares.h"
#include "linalg/orthonormal.h"

namespace panelist {
namespace {

constexpr double most_numbers = 1e8;
constexpr Index pieces_per_batch = 64;

// The model as the hypothesis sees it: included regressors in it, and those to be taken out.
struct Parted {
  Vector contrast;     // of the endogenous and the included regressors in it
  Matrix in_question;  // n x p: [Y2 X1c]
  Matrix taken_out;    // n x k_o, orthonormal
};

double weight_of(const Fit& fit, const WildSpec& spec, const std::string& name) {
  const auto at = std::find(fit.names.begin(), fit.names.end(), name);
  return at == fit.names.end() ? 0 : spec.restrictions(0, at - fit.names.begin());
}

Parted part(const Fit& fit, const WildSpec& spec) {
  const IvParts& iv = *fit.iv;
  std::vector<double> contrast;
  for (const std::string& name : iv.endogenous_names) contrast.push_back(weight_of(fit, spec, name));
  std::vector<Index> kept, rest;
  for (std::size_t j = 0; j < iv.included_names.size(); ++j) {
    const double weight = weight_of(fit, spec, iv.included_names[j]);
    (weight != 0 ? kept : rest).push_back(static_cast<Index>(j));
    if (weight != 0) contrast.push_back(weight);
  }
  Parted parted;
  parted.contrast = Eigen::Map<const Vector>(contrast.data(), static_cast<Index>(contrast.size()));
  parted.in_question.resize(iv.endogenous.rows(), parted.contrast.size());
  parted.in_question << iv.endogenous, iv.included(Eigen::all, kept);
  parted.taken_out = orthonormal(iv.included(Eigen::all, rest), fit.weights);
  return parted;
}

Matrix without(const Context& context, const Matrix& taken_out, const Matrix& columns,
               const Vector& weights) {
  if (taken_out.cols() == 0) return columns;
  return columns - taken_out * cross(context, taken_out, columns, weights);
}

// Twice, so that what rounding leaves is gone too.
Matrix cleared(const Context& context, const Matrix& taken_out, const Matrix& columns,
               const Vector& weights) {
  return without(context, taken_out, without(context, taken_out, columns, weights), weights);
}

struct Builder {
  const Context& context;
  const Fit& fit;
  const WildSpec& spec;
  Matrix taken_out, instruments;
  Matrix left;                 // G L x k_o: Q_g'W_g O_g
  std::vector<Matrix> pieces;  // n x (clusters L) by batch, of effects that cross the clusters; else empty

  [[nodiscard]] Index clusters() const { return spec.cluster->size(); }
  [[nodiscard]] Index instrument_count() const { return instruments.cols(); }
  [[nodiscard]] ClusterDesign design_of(const Matrix& columns) const {
    ClusterDesign design = plain_design(fit, *spec.cluster);
    design.columns = SharedMatrix(Matrix(columns));
    return design;
  }
};

void refuse_what_is_too_large(const Builder& builder) {
  const double numbers =
      static_cast<double>(builder.clusters()) * static_cast<double>(builder.instrument_count()) *
      static_cast<double>(builder.spec.draws->size()) * static_cast<double>(builder.instrument_count() + 2);
  const bool dense = builder.spec.draws != builder.spec.cluster ||
                     !crossing_effects(builder.fit, *builder.spec.cluster).empty();
  if (!dense || numbers <= most_numbers) return;
  throw Error("infer.crossing_effects",
              fmt::format("{} clusters with {} instruments and effects, or draws, that cross them are too "
                          "large a sum for the bootstrap",
                          builder.clusters(), builder.instrument_count()),
              "with so many clusters the test of the vcov needs no bootstrap");
}

// Sums of W a u over pairs of a cluster (rows, by column of a) and a group of the draws.
Matrix paired_sums(const Builder& builder, const Vector& u) {
  const Levels &cluster = builder.spec.cluster->level, &draw = builder.spec.draws->level;
  const Vector& w = builder.fit.weights;
  Matrix sums = Matrix::Zero(builder.clusters() * builder.instrument_count(), builder.spec.draws->size());
  for (std::size_t i = 0; i < cluster.size(); ++i) {
    const auto row = static_cast<Index>(i);
    const double weighted = w.size() > 0 ? w(row) * u(row) : u(row);
    sums.col(draw[i]).segment(cluster[i] * builder.instrument_count(), builder.instrument_count()) +=
        weighted * builder.instruments.row(row).transpose();
  }
  return sums;
}

// 1_c Q for a run of clusters, less what the effects explain of it.
Matrix absorbed_pieces(const Builder& builder, Index first, Index count) {
  Matrix columns = Matrix::Zero(builder.instruments.rows(), count * builder.instrument_count());
  const Levels& cluster = builder.spec.cluster->level;
  for (Index i = 0; i < columns.rows(); ++i) {
    const Index c = cluster[static_cast<std::size_t>(i)] - first;
    if (c >= 0 && c < count)
      columns.row(i).segment(c * builder.instrument_count(), builder.instrument_count()) =
          builder.instruments.row(i);
  }
  builder.fit.absorber->absorb_or_throw(builder.context, columns, 1e-12);
  return columns;
}

// Effects that cross the clusters: their projection is its own adjoint under W, as in wild_maps.cpp.
std::vector<Matrix> crossing_sums(const Builder& builder, const Matrix& columns) {
  const Index L = builder.instrument_count();
  std::vector<Matrix> sums(static_cast<std::size_t>(columns.cols()),
                           Matrix(builder.clusters() * L, builder.spec.draws->size()));
  const Index per_batch = std::max<Index>(1, pieces_per_batch / L);
  for (Index first = 0; first < builder.clusters(); first += per_batch) {
    builder.context.stop_if_asked();
    const Index count = std::min(per_batch, builder.clusters() - first);
    const ClusterDesign batch = builder.design_of(absorbed_pieces(builder, first, count));
    for (Index j = 0; j < columns.cols(); ++j)
      sums[static_cast<std::size_t>(j)].middleRows(first * L, count * L) =
          score_sums(builder.context, batch, columns.col(j), *builder.spec.draws);
  }
  return sums;
}

std::vector<DrawnColumn> drawn_columns(const Builder& builder, const Matrix& columns) {
  const bool crossing = !crossing_effects(builder.fit, *builder.spec.cluster).empty();
  const std::vector<Matrix> dense = crossing ? crossing_sums(builder, columns) : std::vector<Matrix>();
  const ClusterDesign by_instrument = builder.design_of(builder.instruments);
  const ClusterDesign by_taken_out = builder.design_of(builder.taken_out);
  std::vector<DrawnColumn> drawn(static_cast<std::size_t>(columns.cols()));
  for (Index j = 0; j < columns.cols(); ++j) {
    DrawnColumn& one = drawn[static_cast<std::size_t>(j)];
    const Vector u = columns.col(j);
    one.sums = score_sums(builder.context, by_instrument, u, *builder.spec.draws);
    one.scores.q = builder.instrument_count();
    one.scores.left = builder.left;
    one.scores.right = score_sums(builder.context, by_taken_out, u, *builder.spec.draws);
    if (crossing) {
      one.scores.dense = dense[static_cast<std::size_t>(j)];
    } else if (builder.spec.draws == builder.spec.cluster) {
      one.scores.diagonal = one.sums.reshaped();
    } else {
      one.scores.dense = paired_sums(builder, u);
    }
  }
  return drawn;
}

// Blocks Q_g'W_g A_g one below the other.
Matrix stacked_products(const Builder& builder, const Matrix& A) {
  const ClusterDesign by_instrument = builder.design_of(builder.instruments);
  Matrix stacked(builder.clusters() * builder.instrument_count(), A.cols());
  for (Index j = 0; j < A.cols(); ++j)
    stacked.col(j) = score_sums(builder.context, by_instrument, A.col(j), *builder.spec.cluster).reshaped();
  return stacked;
}

}  // namespace

InstrumentColumns instrument_columns(const Context& context, const Fit& fit, const SmallSample& rules,
                                     const WildSpec& spec) {
  const Parted parted = part(fit, spec);
  const Vector& w = fit.weights;
  Matrix variables(fit.x.rows(), 1 + parted.contrast.size());
  variables << fit.outcome, parted.in_question;
  variables = cleared(context, parted.taken_out, variables, w);
  const Vector lengths = gram(context, variables, w).diagonal().cwiseSqrt();
  for (Index j = 1; j < variables.cols(); ++j) variables.col(j) /= lengths(j);
  const Index K1 = fit.iv->endogenous.cols(), included = parted.contrast.size() - K1;
  Matrix instruments(variables.rows(), fit.iv->instruments.cols() + included);
  instruments << cleared(context, parted.taken_out, fit.iv->instruments, w), variables.rightCols(included);
  Builder builder{context, fit, spec, parted.taken_out, orthonormal(instruments, w), {}, {}};
  refuse_what_is_too_large(builder);
  builder.left = stacked_products(builder, builder.taken_out);
  InstrumentColumns result;
  result.endogenous = K1;
  result.contrast = parted.contrast.cwiseQuotient(lengths.tail(parted.contrast.size()));
  result.reached = cross(context, builder.instruments, variables, w);
  Matrix left_over = cleared(context, builder.instruments, variables, w);
  left_over.rightCols(included).setZero();
  result.rest = gram(context, left_over, w);
  result.products = stacked_products(builder, builder.instruments);
  Matrix columns(variables.rows(), 1 + K1 + builder.instrument_count());
  columns << variables.leftCols(1 + K1), builder.instruments;
  result.columns = drawn_columns(builder, columns);
  result.factor = clustered_vcov(context, fit, rules, *spec.cluster).factor;
  return result;
}

}  // namespace panelist
