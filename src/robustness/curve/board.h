// SPDX-License-Identifier: Apache-2.0
// The specifications of a curve that share rows and effects, and what they share: frame, absorbed columns, coordinates.
#pragma once
#include <map>
#include <memory>

#include "estimate/together.h"
#include "robustness/curve/basis.h"
#include "robustness/curve/plan.h"

namespace panelist {

// The data of a curve.
struct CurveData {
  const SpecificationCurveSpec& spec;  // with its own choices
  const Table& table;
  const Panel* panel = nullptr;
};

// Positions of specifications that use the same rows.
using SameRows = std::vector<std::size_t>;
std::vector<SameRows> boards_of(const CurveData& data, const SpecificationCurve& curve);

// The frame with every variable of these specifications and the groups of their vcovs.
std::shared_ptr<const ModelFrame> frame_of_board(const Context& context, const CurveData& data,
                                                 const SpecificationCurve& curve, const SameRows& rows,
                                                 Diagnostics& notes);

// Least squares whose terms are coded the same whatever stands beside them.
bool shares_columns(const CurveData& data, const SpecificationCurve& curve, const SameRows& rows);

struct Board {
  AbsorbedColumns columns;
  Basis basis;
  Vector rounding;                                       // by column of the basis' R
  std::map<std::string, std::vector<Index>> of_term;     // columns in R by the term's text
  std::map<std::string, std::vector<std::string>> gone;  // those of a term that are constant or absorbed
  std::map<std::string, Index> of_outcome;               // columns of the basis' outcomes
  std::vector<std::string> names;                        // of the columns
};
Board make_board(const Context& context, const CurveData& data, std::shared_ptr<const ModelFrame> frame);

}  // namespace panelist
