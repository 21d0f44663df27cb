// SPDX-License-Identifier: Apache-2.0
#include "absorb/system/generalised_inverse.h"

namespace panelist {
namespace {

// Largest number of multiply-adds spent on it.
constexpr double most_work = 1e10;

FactorSpaces spaces_of(const std::vector<AbsorbFactor>& factors, const Vector& w) {
  FactorSpaces spaces;
  spaces.reserve(factors.size());
  for (const AbsorbFactor& factor : factors) spaces.emplace_back(factor, w);
  return spaces;
}

// The rank is that of weights of one: positive weights do not change it.
std::vector<Index> independent_columns_of(const std::vector<AbsorbFactor>& factors, std::size_t eliminated) {
  const Vector ones;
  return independent_in_order(spaces_of(factors, ones), eliminated, factors.size());
}

Matrix inverse_on(const Matrix& S, const std::vector<Index>& kept) {
  Matrix P = Matrix::Zero(S.rows(), S.cols());
  if (kept.empty()) return P;
  const auto rank = static_cast<Index>(kept.size());
  const Matrix inverse = Matrix(S(kept, kept)).llt().solve(Matrix::Identity(rank, rank));
  P(kept, kept) = inverse;
  return P;
}

}  // namespace

std::unique_ptr<TakenApart> TakenApart::of(const std::vector<AbsorbFactor>& factors, const Vector& w,
                                           Index most_levels) {
  std::unique_ptr<TakenApart> system(new TakenApart(w));
  system->spaces_ = spaces_of(factors, w);
  const FactorSpaces& spaces = system->spaces_;
  system->eliminated_ = largest_of(spaces, spaces.size());
  system->offsets_ = reduced_offsets(spaces, system->eliminated_, spaces.size());
  const Index columns = system->offsets_.back();
  if (columns > most_levels || reduced_cost(spaces, system->eliminated_) > most_work) return nullptr;
  if (columns == 0) return system;
  const std::vector<Index> kept = independent_columns_of(factors, system->eliminated_);
  system->independent_ = static_cast<Index>(kept.size());
  system->P_ = inverse_on(reduced_matrix(spaces, system->eliminated_, spaces.size(), w).S, kept);
  return system;
}

Matrix TakenApart::scratch() const { return Matrix::Zero(eliminated().components(), offsets_.back()); }

TakenApart::OfLevel TakenApart::level(Index level, Matrix& scratch) const {
  const FactorSpace& e = eliminated();
  OfLevel own;
  std::vector<RowEntry> entries;
  double total = 0.0;
  for (std::int32_t at = e.starts()[static_cast<std::size_t>(level)];
       at < e.starts()[static_cast<std::size_t>(level) + 1]; ++at) {
    const Index row = e.rows()[static_cast<std::size_t>(at)];
    total += weight(row);
    entries_of(spaces_, offsets_, row, entries);
    for (const RowEntry& entry : entries) {
      own.touched.push_back(entry.column);
      for (Index c = 0; c < e.components(); ++c)
        scratch(c, entry.column) += weight(row) * entry.value * e.value(row, c);
    }
  }
  std::sort(own.touched.begin(), own.touched.end());
  own.touched.erase(std::unique(own.touched.begin(), own.touched.end()), own.touched.end());
  own.inverse = inverse_of_level(e, level, total);
  own.K = own.inverse * scratch(Eigen::all, own.touched);
  for (const Index column : own.touched) scratch.col(column).setZero();
  return own;
}

}  // namespace panelist
