// SPDX-License-Identifier: Apache-2.0
// How the factors of a regression are taken: one eliminated level by level (e), those with few levels solved densely
// (small), the others iterated on. Coefficients of the reduced system stand in one vector: iterated first, then small.
#pragma once
#include <vector>

#include "absorb/absorber.h"
#include "absorb/engine/incidence.h"

namespace panelist::engine {

struct Part {
  std::size_t factor = 0;        // position in the order given
  const Level* level = nullptr;  // per row
  Index levels = 0;
  Index offset = 0;      // of its first coefficient
  Index components = 1;  // coefficients of a level: the level itself, where it counts, and its slopes
  bool intercept = true;

  [[nodiscard]] Index columns() const { return levels * components; }
  [[nodiscard]] Index slopes() const { return components - (intercept ? 1 : 0); }
};

struct Layout {
  Index n = 0;
  const double* w = nullptr;  // null: ones
  Part eliminated;
  std::vector<Part> iterated, small;
  Index iterated_levels = 0;  // coefficients: sum over iterated
  Index small_levels = 0;     // sum over small

  [[nodiscard]] Index reduced_levels() const { return iterated_levels + small_levels; }
  // All reduced parts in order of their coefficients.
  [[nodiscard]] std::vector<Part> reduced() const;
};

// `dense_levels`: a reduced system up to this size is solved without iterating, when its cost allows.
Layout make_layout(const std::vector<AbsorbFactor>& factors, const Vector& w, Index dense_levels);

// Incidence of e with each reduced part, and the weight of each level of e.
struct Cells {
  LevelOrder order;
  std::vector<Incidence> parts;   // parallel to Layout::reduced()
  std::vector<double> inverse_d;  // per level of e: 1 / sum of weights
};
Cells make_cells(const Context& context, const Layout& layout);
// The cells under the weights the layout has now.
void reweight(const Context& context, const Layout& layout, Cells& cells);

}  // namespace panelist::engine
