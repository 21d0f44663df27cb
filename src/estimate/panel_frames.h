// SPDX-License-Identifier: Apache-2.0
// Frames made from a panel's frame: what the estimators of panels, and tests that compare them, regress on.
//
//   differences   y_it - y_i,t-1 on x_it - x_i,t-1 over rows whose unit has the step before; no constant; effects of
//                 units vanish, those of periods stay
//   unit means    by row, mean of a column over the rows of its unit
//
// Errors  usage.missing_option without a declared panel; infer.unweighted_only with weights;
//         estimate.not_for_panels where instruments, a family's offset, slopes or other effects stand in the way;
//         infer.too_few_periods when no unit has two neighbouring periods
#pragma once
#include <memory>
#include <string_view>

#include "estimate/panel_rows.h"

namespace panelist {

// Throws what the header says; `what` names the caller: "the method `fd`".
void require_panel(const ModelFrame& frame, std::string_view what);
void require_unweighted(const ModelFrame& frame, std::string_view what);

// Without effects, with the constant: effects of the units go; others are refused, or become dummies (`expand`).
std::shared_ptr<const ModelFrame> frame_in_levels(const ModelFrame& frame, std::string_view what,
                                                  bool expand);
// Of a frame in levels: the units' effect absorbed, no constant.
std::shared_ptr<const ModelFrame> within_frame(const ModelFrame& frame);
// Of a frame in levels: a row a unit, means of its rows; `weighted`: by their number. Clusters must hold whole units.
std::shared_ptr<const ModelFrame> between_frame(const ModelFrame& frame, std::string_view what,
                                                bool weighted);
std::shared_ptr<const ModelFrame> differenced_frame(const ModelFrame& frame, std::string_view what);

// Mean over the unit's rows (weighted when w is not empty), by unit and by row.
Vector unit_means(const Grouping& unit, const Vector& column, const Vector& w = {});
Vector by_row(const Grouping& unit, const Vector& of_units);
// The effect is that of the units themselves, or coarser: constant within every unit.
bool constant_within_units(const ModelFrame& frame, const Grouping& group);

}  // namespace panelist
