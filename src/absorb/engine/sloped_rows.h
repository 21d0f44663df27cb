// SPDX-License-Identifier: Apache-2.0
// Factors with slopes: rows in the order of e, and the columns of every factor made orthogonal within each level.
//
//   component 0       the level itself, where it counts: 1
//   component 1 ..    z = what the components before it leave of the slope variable x in the level under the weights,
//                     scaled to  sum w z^2 = sum w;  0 where nothing is left
//
// Column of level l and component c: l * components + c. Each factor's own block of D'WD is then diagonal, and its
// elimination as cheap as that of levels.
// Nothing is left: of x, when its variance in the level is at most 1e-18 of its mean square; of a further slope, when
// 1e-12 of its variance is left by those before it. That is decided once, with weights of one: the rank does not depend
// on positive weights.
#pragma once
#include "absorb/engine/layout.h"

namespace panelist::engine {

// A place is the position of a row in the order of e.
struct SlopedPart {
  Part part;
  const Level* level = nullptr;    // per place
  std::vector<double> z;           // per place: its slopes side by side
  std::vector<double> inverse_d;   // per column: 1 / sum w z^2; 0 where nothing is left
  const Matrix* slopes = nullptr;  // as given, by row
  LevelOrder order;                // places by level
  std::vector<std::uint8_t> kept;  // per column
  std::vector<Level> own_level;    // where places are not rows

  [[nodiscard]] Index slope_count() const { return part.slopes(); }
  // First coefficient of a place, and the values of its slopes.
  [[nodiscard]] Index first(Index place) const { return part.offset + part.components * level[place]; }
  [[nodiscard]] const double* slopes_at(Index place) const { return z.data() + place * part.slopes(); }
};

class SlopedRows {
 public:
  // Under weights of one, whatever the layout says.
  SlopedRows(const Context& context, const std::vector<AbsorbFactor>& factors, const Layout& layout);
  void reweight(const Context& context, const double* w);

  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Index row(Index place) const {
    return order_.sorted ? place : static_cast<Index>(order_.rows[static_cast<std::size_t>(place)]);
  }
  [[nodiscard]] bool sorted() const { return order_.sorted; }
  [[nodiscard]] const double* weights() const { return w_; }  // per place; null: ones
  [[nodiscard]] double weight(Index place) const { return weight_of(w_, static_cast<std::size_t>(place)); }
  // Places of each level of e.
  [[nodiscard]] const Offset* starts() const { return order_.starts.data(); }
  [[nodiscard]] const SlopedPart& eliminated() const { return eliminated_; }
  [[nodiscard]] const std::vector<SlopedPart>& reduced() const { return reduced_; }
  // Coefficients of orthogonal components, columns of the part, in the units of the slopes given: levels x components.
  [[nodiscard]] Matrix in_given_units(const SlopedPart& part, const Vector& a) const;

 private:
  [[nodiscard]] SlopedPart laid_out(const Context& context, const AbsorbFactor& factor,
                                    const Part& part) const;
  void orthogonalise(const Context& context, SlopedPart& part, bool decide) const;
  void gather(const SlopedPart& part, Index level, std::vector<double>& x, std::vector<double>& w) const;

  Index rows_ = 0;
  LevelOrder order_;
  const double* w_ = nullptr;
  std::vector<double> own_w_;
  SlopedPart eliminated_;
  std::vector<SlopedPart> reduced_;
};

}  // namespace panelist::engine
