// SPDX-License-Identifier: Apache-2.0
// The factors of a regression under weights as one linear system, as the engine sees it: what is eliminated is passed
// over with the rows, what is small solved densely, what is left iterated on.
#pragma once
#include <memory>

#include "absorb/engine/block_conjugate_gradients.h"
#include "absorb/engine/passes.h"
#include "absorb/engine/small_block.h"

namespace panelist::engine {

class System {
 public:
  System() = default;
  System(const System&) = delete;
  System& operator=(const System&) = delete;
  virtual ~System() = default;

  [[nodiscard]] virtual const Layout& layout() const = 0;
  [[nodiscard]] virtual const SmallBlock& small() const = 0;
  // Null when nothing is iterated. Solutions may change what it keeps: one at a time.
  [[nodiscard]] virtual Solver* solver() const = 0;
  // Cells, where there are no slopes.
  [[nodiscard]] virtual const Cells* cells() const { return nullptr; }

  virtual void reweight(const Context& context, const Vector& w) = 0;
  [[nodiscard]] virtual Passes::Sides right_hand_sides(const Context& context,
                                                       const Columns& columns) const = 0;
  virtual Passes::Rest subtract(const Context& context, const Columns& columns, const RowBlock& a,
                                Passes::Sides& sides) const = 0;
  // Coefficients of every factor, levels x components in the units given, when those of the reduced system are the
  // first lane of a.
  [[nodiscard]] virtual std::vector<Matrix> effects(const Vector& column, const RowBlock& a) const = 0;
};

// Levels without slopes. Factors and weights must outlive the system and stay where they are.
std::unique_ptr<System> plain_system(const Context& context, const std::vector<AbsorbFactor>& factors,
                                     const Vector& w, Index dense_levels);
// With slopes.
std::unique_ptr<System> sloped_system(const Context& context, const std::vector<AbsorbFactor>& factors,
                                      const Vector& w, Index dense_levels);

}  // namespace panelist::engine
