// SPDX-License-Identifier: Apache-2.0
// From the rows of the panel to those a regression is estimated on, step by step, as JSON:
//   [{"step": "panel", "rows": 930}, {"step": "where", "condition": "...", "left_out": 720},
//    {"step": "column", ...}, {"step": "missing", "variable": "L.x", "left_out": 30}, {"step": "weight", ...},
//    {"step": "singleton", ...}, {"step": "separated", ...}, {"step": "estimated", "rows": 180}]
// Steps that leave out nothing are not there. A row missing in several variables counts for the first, in the order of the
// formula: outcome, regressors, endogenous, instruments, effects, clusters, weights. The rows add up.
// `beside`: a variable that the model needs and its formula does not hold; then the formula is the one asked for, whose
// terms are of the data, and not the one estimated.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "study/run/regressions.h"

namespace panelist::study {

nlohmann::ordered_json sample_steps(Workspace& work, const TableEntry& entry, const Regression& regression,
                                    const Estimation& estimation, const std::string& beside = "");

}  // namespace panelist::study
