// SPDX-License-Identifier: Apache-2.0
// Expressions whose value in a row depends on other rows, as w - mean(w), winsor(w, 0.01), L.w: what they are at a
// value of their variable cannot be computed from that value alone.
#pragma once
#include <optional>

#include "shape/marginal_effect.h"

namespace panelist {

// L.x, L2.x, F.x of a column: a variable of its own, that x of the same period does not move.
bool is_lag_or_lead(const std::string& label, const Table& table);

// The rows used give other values where they stand alone.
bool looks_at_other_rows(const Expression& expression, const Fit& fit, const Table& table);

// The expression as a line in its only variable; throws shape.whole_column where it is none on the rows used.
struct Line {
  double constant = 0, slope = 0;
};
Line line_in(const std::string& variable, const Expression& expression, const Fit& fit, const Table& table,
             const Panel* panel);

}  // namespace panelist
