// SPDX-License-Identifier: Apache-2.0
// Marginal effects of a table or of a figure that names its own model.
#pragma once
#include "shape/marginal_effect.h"
#include "study/run/regressions.h"

namespace panelist::study {

struct MarginalResult {
  Regression regression;
  Estimation estimation;
  MarginalEffects effects;
};
MarginalResult marginal_result(Workspace& work, const TableEntry& entry, const ShapeEntry& asked);

}  // namespace panelist::study
