// SPDX-License-Identifier: Apache-2.0
#include "absorb/system/reduced_system.h"

#include "absorb/engine/independent_columns.h"

namespace panelist {
namespace {

// The part of G_eR of one level: its rows' columns in R, gathered once.
class LevelPart {
 public:
  LevelPart(Index columns, Index components)
      : values_(Matrix::Zero(components, columns)), seen_(static_cast<std::size_t>(columns), false) {}

  void add(Index column, Index component, double value) {
    if (!seen_[static_cast<std::size_t>(column)]) {
      seen_[static_cast<std::size_t>(column)] = true;
      touched_.push_back(column);
    }
    values_(component, column) += value;
  }

  // S -= T' inverse T on the lower triangle; the part is empty afterwards.
  void subtract_from(Matrix& S, const Matrix& inverse) {
    std::sort(touched_.begin(), touched_.end());
    for (std::size_t b = 0; b < touched_.size(); ++b) {
      const Vector image = inverse * values_.col(touched_[b]);
      for (std::size_t a = b; a < touched_.size(); ++a) {
        S(touched_[a], touched_[b]) -= values_.col(touched_[a]).dot(image);
      }
    }
    for (const Index column : touched_) {
      values_.col(column).setZero();
      seen_[static_cast<std::size_t>(column)] = false;
    }
    touched_.clear();
  }

 private:
  Matrix values_;
  std::vector<bool> seen_;
  std::vector<Index> touched_;
};

// The columns of R, taken row by row.
struct ReducedColumns {
  const FactorSpaces& spaces;
  std::size_t eliminated;
  const std::vector<Index>& offsets;
};

std::size_t factor_of(const ReducedColumns& columns, Index j) {
  std::size_t q = 0;
  while (columns.offsets[q] < 0 || columns.offsets[q] + columns.spaces[q].columns() <= j) ++q;
  return q;
}

Vector column_of(const ReducedColumns& columns, Index j) {
  const std::size_t q = factor_of(columns, j);
  const FactorSpace& space = columns.spaces[q];
  Vector unit = Vector::Zero(space.columns());
  unit(j - columns.offsets[q]) = 1.0;
  Vector column = Vector::Zero(static_cast<Index>(space.level().size()));
  space.add(unit, 1.0, column);
  return column;
}

void reduce_by_kept(const ReducedColumns& columns, const engine::KeptColumns& kept, Vector& v) {
  Vector sums;
  columns.spaces[columns.eliminated].project_out(v, sums);
  Vector h = Vector::Zero(columns.offsets.back());
  for (std::size_t q = 0; q + 1 < columns.offsets.size(); ++q) {
    if (columns.offsets[q] < 0) continue;
    columns.spaces[q].sums(v, sums);
    h.segment(columns.offsets[q], sums.size()) = sums;
  }
  kept.solve(h);
  for (std::size_t q = 0; q + 1 < columns.offsets.size(); ++q) {
    if (columns.offsets[q] < 0) continue;
    columns.spaces[q].add(h.segment(columns.offsets[q], columns.spaces[q].columns()), -1.0, v);
  }
  columns.spaces[columns.eliminated].project_out(v, sums);
}

// Twice, so that what is left is not the rounding of the first projection.
double share_left_on_rows(const ReducedColumns& columns, Index j, const engine::KeptColumns& kept) {
  Vector v = column_of(columns, j);
  const double before = v.squaredNorm();
  for (int pass = 0; pass < 2; ++pass) reduce_by_kept(columns, kept, v);
  return v.squaredNorm() / before;
}

}  // namespace

void entries_of(const FactorSpaces& spaces, const std::vector<Index>& offsets, Index row,
                std::vector<RowEntry>& entries) {
  entries.clear();
  for (std::size_t q = 0; q + 1 < offsets.size(); ++q) {
    if (offsets[q] < 0) continue;
    const Index components = spaces[q].components();
    const Index first = offsets[q] + components * spaces[q].level()[static_cast<std::size_t>(row)];
    for (Index c = 0; c < components; ++c) entries.push_back({first + c, spaces[q].value(row, c)});
  }
}

Matrix inverse_of_level(const FactorSpace& space, Index level, double weight) {
  if (!space.has_slopes()) return Matrix::Constant(1, 1, 1.0 / weight);
  return space.inverse().middleRows(level * space.components(), space.components());
}

std::size_t largest_of(const FactorSpaces& spaces, std::size_t count) {
  std::size_t largest = 0;
  for (std::size_t q = 1; q < count; ++q) {
    if (spaces[q].columns() > spaces[largest].columns()) largest = q;
  }
  return largest;
}

std::vector<Index> reduced_offsets(const FactorSpaces& spaces, std::size_t eliminated, std::size_t count) {
  std::vector<Index> offsets;
  Index next = 0;
  for (std::size_t q = 0; q < count; ++q) {
    offsets.push_back(q == eliminated ? -1 : next);
    if (q != eliminated) next += spaces[q].columns();
  }
  offsets.push_back(next);
  return offsets;
}

double reduced_cost(const FactorSpaces& spaces, std::size_t eliminated) {
  const FactorSpace& e = spaces[eliminated];
  const double columns = static_cast<double>(reduced_offsets(spaces, eliminated, spaces.size()).back());
  double per_row = 0.0;
  for (std::size_t q = 0; q < spaces.size(); ++q) {
    if (q != eliminated) per_row += static_cast<double>(spaces[q].components());
  }
  double cost = columns * columns * columns / 3.0;
  for (std::size_t l = 0; l + 1 < e.starts().size(); ++l) {
    const auto rows = static_cast<double>(e.starts()[l + 1] - e.starts()[l]);
    const double touched = std::min(columns, rows * per_row);
    cost += rows * per_row * per_row + touched * touched;
  }
  return cost;
}

ReducedMatrix reduced_matrix(const FactorSpaces& spaces, std::size_t eliminated, std::size_t count,
                             const Vector& w) {
  const FactorSpace& e = spaces[eliminated];
  const std::vector<Index> offsets = reduced_offsets(spaces, eliminated, count);
  ReducedMatrix reduced{Matrix::Zero(offsets.back(), offsets.back()), {}};
  Matrix explained = reduced.S;
  LevelPart part(offsets.back(), e.components());
  std::vector<RowEntry> entries;
  for (Index level = 0; level < e.levels(); ++level) {
    double level_weight = 0.0;
    for (std::int32_t at = e.starts()[static_cast<std::size_t>(level)];
         at < e.starts()[static_cast<std::size_t>(level) + 1]; ++at) {
      const Index row = e.rows()[static_cast<std::size_t>(at)];
      const double weight = w.size() > 0 ? w(row) : 1.0;
      level_weight += weight;
      entries_of(spaces, offsets, row, entries);
      for (std::size_t b = 0; b < entries.size(); ++b) {
        const double value = weight * entries[b].value;
        for (Index c = 0; c < e.components(); ++c) part.add(entries[b].column, c, value * e.value(row, c));
        for (std::size_t a = b; a < entries.size(); ++a) {
          reduced.S(entries[a].column, entries[b].column) += value * entries[a].value;
        }
      }
    }
    part.subtract_from(explained, inverse_of_level(e, level, level_weight));
  }
  reduced.diagonal = reduced.S.diagonal();
  reduced.S += explained;
  reduced.S.triangularView<Eigen::StrictlyUpper>() = reduced.S.transpose();
  return reduced;
}

std::vector<Index> independent_in_order(const FactorSpaces& spaces, std::size_t eliminated,
                                        std::size_t count) {
  const ReducedMatrix reduced = reduced_matrix(spaces, eliminated, count, Vector());
  const std::vector<Index> offsets = reduced_offsets(spaces, eliminated, count);
  const ReducedColumns columns{spaces, eliminated, offsets};
  return engine::independent_columns(
      reduced.S, reduced.diagonal,
      [&](Index j, const engine::KeptColumns& kept) { return share_left_on_rows(columns, j, kept); });
}

DenseSystem::DenseSystem(const Matrix& S, std::vector<Index> kept) : kept_(std::move(kept)) {
  if (!kept_.empty()) factor_.compute(Matrix(S(kept_, kept_)));
}

void DenseSystem::solve(Vector& h) const {
  Vector right = h(kept_);  // NOLINT(misc-const-correctness): solved in place
  if (!kept_.empty()) factor_.solveInPlace(right);
  h.setZero();
  h(kept_) = right;
}

}  // namespace panelist
