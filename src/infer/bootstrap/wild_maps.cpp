// SPDX-License-Identifier: Apache-2.0
#include "infer/bootstrap/wild_maps.h"

#include <fmt/format.h>

#include <cmath>

#include "infer/bootstrap/jackknife_scores.h"
#include "infer/bootstrap/refusals.h"

namespace panelist {
namespace {

constexpr Index pieces_per_batch = 64;

// What the parts of one bootstrap share.
struct Pieces {
  const Fit* fit = nullptr;
  const WildSpec* spec = nullptr;
  ClusterDesign design;
  Matrix restrictions;             // q x p
  std::vector<Matrix> products;    // A_c; empty for type 11
  std::vector<Matrix> directions;  // D_c, one for all or one a cluster
  Matrix left;                     // D_c A_c

  [[nodiscard]] Index q() const { return restrictions.rows(); }
  [[nodiscard]] const Matrix& direction(Index c) const {
    return directions.size() == 1 ? directions.front() : directions[static_cast<std::size_t>(c)];
  }
  [[nodiscard]] const Grouping& draws() const { return *spec->draws; }
  [[nodiscard]] bool own_draws() const { return spec->draws == spec->cluster; }
};

Matrix direction_without(const Pieces& pieces, Index c) {
  const Matrix rest = pieces.design.products - pieces.products[static_cast<std::size_t>(c)];
  Matrix direction = pieces.restrictions * scaled_inverse(rest);
  // R b is a function of the data left when R (A - A_c)^- (A - A_c) = R.
  const Matrix missed = direction * rest - pieces.restrictions;
  if (missed.norm() <= 1e-6 * pieces.restrictions.norm()) return direction;
  throw Error(
      "infer.cluster_decides",
      fmt::format("without the cluster `{}` of `{}` the restriction cannot be estimated: its jackknife "
                  "variance does not exist",
                  pieces.design.cluster->names[static_cast<std::size_t>(c)], pieces.design.cluster->name),
      "take type=11 or type=31, whose variance leaves no cluster out");
}

void set_jackknife_directions(const Context& context, Pieces& pieces) {
  const Level clusters = pieces.design.clusters();
  pieces.directions.resize(static_cast<std::size_t>(clusters));
  pieces.left.resize(pieces.q() * clusters, pieces.design.p());
  for_each_block(context, clusters, [&](std::int64_t c) {
    const auto at = static_cast<std::size_t>(c);
    pieces.directions[at] = direction_without(pieces, c);
    pieces.left.middleRows(c * pieces.q(), pieces.q()) = pieces.directions[at] * pieces.products[at];
  });
}

// x B R' of each row: what a score is multiplied with.
Matrix regressor_directions(const Pieces& pieces) {
  return pieces.design.columns * pieces.directions.front().transpose();
}

void set_plain_directions(const Context& context, Pieces& pieces) {
  pieces.directions = {pieces.restrictions * pieces.design.bread};
  const Matrix a = regressor_directions(pieces);
  pieces.left.resize(pieces.q() * pieces.design.clusters(), pieces.design.p());
  for (Index r = 0; r < pieces.q(); ++r) {
    const Matrix sums = score_sums(context, pieces.design, a.col(r), *pieces.design.cluster);
    for (Index c = 0; c < sums.cols(); ++c) pieces.left.row(c * pieces.q() + r) = sums.col(c).transpose();
  }
}

Pieces make_pieces(const Context& context, const Fit& fit, const WildSpec& spec) {
  const bool leaves_out = spec.jackknife_scores || spec.jackknife_variance;
  Pieces pieces;
  pieces.fit = &fit;
  pieces.spec = &spec;
  pieces.design =
      leaves_out ? design_with_dummies(context, fit, *spec.cluster) : plain_design(fit, *spec.cluster);
  pieces.restrictions = pieces.design.widened(spec.restrictions);
  if (leaves_out) pieces.products = cluster_products(context, pieces.design);
  if (spec.jackknife_variance) {
    set_jackknife_directions(context, pieces);
  } else {
    set_plain_directions(context, pieces);
  }
  return pieces;
}

// Scores D_c s_c of the fit itself, q x G.
Matrix scores_of_fit(const Context& context, const Pieces& pieces) {
  const Matrix sums = score_sums(context, pieces.design, pieces.fit->residuals, *pieces.design.cluster);
  Matrix scores(pieces.q(), sums.cols());
  for (Index c = 0; c < sums.cols(); ++c) scores.col(c) = pieces.direction(c) * sums.col(c);
  return scores;
}

// Residuals by part: those of the fit, or of the fit under R b = r.
std::vector<Vector> residual_parts(const Pieces& pieces, const Vector& difference, double std_error) {
  const Fit& fit = *pieces.fit;
  if (!pieces.spec->restricted) return {fit.residuals};
  const Matrix& R = pieces.spec->restrictions;
  const Matrix towards = fit.bread * R.transpose() * (R * fit.bread * R.transpose()).inverse();
  const auto moved = [&](const Vector& by) { return Vector(fit.x * (towards * by)); };
  if (pieces.q() > 1) return {fit.residuals + moved(difference)};
  return {fit.residuals, moved(Vector::Constant(1, std_error))};
}

Vector diagonal_scores(const Pieces& pieces, const Matrix& sums) {
  Vector diagonal(pieces.q() * sums.cols());
  for (Index c = 0; c < sums.cols(); ++c)
    diagonal.segment(c * pieces.q(), pieces.q()) = pieces.direction(c) * sums.col(c);
  return diagonal;
}

// Draws by other groups than the variance: the sums over each pair of groups.
Matrix paired_scores(const Pieces& pieces, const Vector& u) {
  Matrix dense = Matrix::Zero(pieces.q() * pieces.design.clusters(), pieces.draws().size());
  const Levels& cluster = pieces.design.cluster->level;
  const Levels& draw = pieces.draws().level;
  const Vector& w = pieces.fit->weights;
  for (std::size_t i = 0; i < cluster.size(); ++i) {
    const auto row = static_cast<Index>(i);
    const double weighted = w.size() > 0 ? w(row) * u(row) : u(row);
    dense.col(draw[i]).segment(cluster[i] * pieces.q(), pieces.q()) +=
        weighted * (pieces.direction(cluster[i]) * pieces.design.columns.row(row).transpose());
  }
  return dense;
}

// 1_c x B R' for a run of clusters, less what the effects explain of it.
Matrix absorbed_pieces(const Context& context, const Pieces& pieces, const Matrix& a, Index first,
                       Index count) {
  Matrix columns = Matrix::Zero(a.rows(), count * pieces.q());
  const Levels& cluster = pieces.design.cluster->level;
  for (Index i = 0; i < a.rows(); ++i) {
    const Index c = cluster[static_cast<std::size_t>(i)] - first;
    if (c >= 0 && c < count) columns.row(i).segment(c * pieces.q(), pieces.q()) = a.row(i);
  }
  pieces.fit->absorber->absorb_or_throw(context, columns, 1e-12);
  return columns;
}

// Effects that cross the clusters: M is its own adjoint under W, so a'W M (1_g u) = (M 1_c a)'W 1_g u.
std::vector<Matrix> crossing_scores(const Context& context, const Pieces& pieces,
                                    const std::vector<Vector>& parts) {
  const Index clusters = pieces.design.clusters(), q = pieces.q();
  std::vector<Matrix> dense(parts.size(), Matrix(q * clusters, pieces.draws().size()));
  const Matrix a = regressor_directions(pieces);
  for (Index first = 0; first < clusters; first += pieces_per_batch) {
    context.stop_if_asked();
    const Index count = std::min(pieces_per_batch, clusters - first);
    ClusterDesign batch = plain_design(*pieces.fit, *pieces.design.cluster);
    batch.columns = SharedMatrix(absorbed_pieces(context, pieces, a, first, count));
    for (std::size_t j = 0; j < parts.size(); ++j)
      dense[j].middleRows(first * q, count * q) = score_sums(context, batch, parts[j], pieces.draws());
  }
  return dense;
}

bool absorbs_pieces(const Pieces& pieces) {
  return pieces.products.empty() && !crossing_effects(*pieces.fit, *pieces.design.cluster).empty();
}

void set_parts(const Context& context, const Pieces& pieces, const std::vector<Vector>& parts,
               WildMaps& maps) {
  std::vector<Matrix> crossing;
  if (absorbs_pieces(pieces)) crossing = crossing_scores(context, pieces, parts);
  for (std::size_t j = 0; j < parts.size(); ++j) {
    Matrix sums = score_sums(context, pieces.design, parts[j], pieces.draws());
    if (pieces.spec->jackknife_scores)
      sums = jackknifed_scores(context, pieces.design, pieces.products,
                               pieces.spec->restricted ? pieces.restrictions : Matrix(), sums);
    ScoreMap map;
    map.q = pieces.q();
    map.left = pieces.left;
    map.right = pieces.design.bread * sums;
    if (!crossing.empty()) {
      map.dense = crossing[j];
    } else if (pieces.own_draws()) {
      map.diagonal = diagonal_scores(pieces, sums);
    } else {
      map.dense = paired_scores(pieces, parts[j]);
    }
    maps.numerators.push_back(pieces.restrictions * map.right);
    maps.scores.push_back(std::move(map));
  }
}

double variance_factor(const Context& context, const Fit& fit, const SmallSample& rules,
                       const WildSpec& spec) {
  const double groups = spec.cluster->size();
  if (spec.jackknife_variance) return (groups - 1) / groups;
  return clustered_vcov(context, fit, rules, *spec.cluster).factor;
}

}  // namespace

void join_where_cheaper(ScoreMap& map) {
  const bool thin = map.dense.size() == 0 && 2 * map.left.cols() < map.right.cols();
  if (thin) return;
  Matrix joined = -map.left * map.right;
  if (map.dense.size() > 0) joined += map.dense;
  for (Index row = 0; row < map.diagonal.size(); ++row) joined(row, row / map.q) += map.diagonal(row);
  map.dense = std::move(joined);
  map.diagonal.resize(0);
  map.left.resize(0, 0);
}

Matrix ScoreMap::of(const Matrix& weights) const {
  Matrix scores = dense.size() > 0 ? Matrix(dense * weights) : Matrix(-left * (right * weights));
  for (Index row = 0; row < diagonal.size(); ++row) scores.row(row) += diagonal(row) * weights.row(row / q);
  return scores;
}

WildMaps wild_maps(const Context& context, const Fit& fit, const SmallSample& rules, const WildSpec& spec) {
  const Pieces pieces = make_pieces(context, fit, spec);
  WildMaps maps;
  maps.factor = variance_factor(context, fit, rules, spec);
  maps.difference = spec.restrictions * fit.coefficients - spec.values;
  const Matrix scores = scores_of_fit(context, pieces);
  maps.variance = maps.factor * (scores * scores.transpose());
  set_parts(context, pieces, residual_parts(pieces, maps.difference, std::sqrt(maps.variance(0, 0))), maps);
  for (ScoreMap& map : maps.scores) join_where_cheaper(map);
  return maps;
}

}  // namespace panelist
