// SPDX-License-Identifier: Apache-2.0
// D'WD taken apart around its largest factor e, with an explicit generalised inverse of what is left.
//
//   S = G_RR - G_Re G_ee^+ G_eR,   P = S^-: the inverse on the independent columns, zero elsewhere
#pragma once
#include "absorb/system/reduced_system.h"

namespace panelist {

class TakenApart {
 public:
  // Nothing when R is larger than `most_levels` or costs too much. Factors and weights must outlive it.
  static std::unique_ptr<TakenApart> of(const std::vector<AbsorbFactor>& factors, const Vector& w,
                                        Index most_levels);

  [[nodiscard]] const FactorSpaces& spaces() const { return spaces_; }
  [[nodiscard]] const FactorSpace& eliminated() const { return spaces_[eliminated_]; }
  [[nodiscard]] std::size_t eliminated_factor() const { return eliminated_; }
  [[nodiscard]] const std::vector<Index>& offsets() const { return offsets_; }  // of reduced_offsets
  [[nodiscard]] const Matrix& reduced_inverse() const { return P_; }
  // Of D, without slopes.
  [[nodiscard]] Index rank() const { return eliminated().columns() + independent_; }
  [[nodiscard]] double weight(Index row) const { return w_.size() > 0 ? w_(row) : 1.0; }

  // A level of e: its G_ee^+ and the columns of K = G_ee^+ G_eR it meets.
  struct OfLevel {
    Matrix inverse;              // components x components
    std::vector<Index> touched;  // columns of R, ascending
    Matrix K;                    // components x touched
  };
  // `scratch` is components x columns of R, zero before and after.
  [[nodiscard]] OfLevel level(Index level, Matrix& scratch) const;
  [[nodiscard]] Matrix scratch() const;

 private:
  explicit TakenApart(const Vector& w) : w_(w) {}

  const Vector& w_;
  FactorSpaces spaces_;
  std::size_t eliminated_ = 0;
  std::vector<Index> offsets_;
  Index independent_ = 0;
  Matrix P_;
};

}  // namespace panelist
