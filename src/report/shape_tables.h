// SPDX-License-Identifier: Apache-2.0
// Tables and JSON of marginal effects, U-shapes and thresholds. Cells point into /marginal_effects, /u_shape, /threshold and
// the /columns of the table's object in results.json.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "infer/u_shape.h"
#include "report/build_table.h"
#include "shape/marginal_effect.h"
#include "shape/threshold.h"

namespace panelist {

struct TableHead {
  std::string id, title;
  int number = 0;
  TableStyle style;
  Labels labels;
};

PublicationTable marginal_effects_table(const MarginalEffects& effects, const Estimation& estimation,
                                        const TableHead& head);
// `ends_given`: over an interval of the user's, not over the data.
PublicationTable u_shape_table(const UShape& shape, const Estimation& estimation, const TableHead& head,
                               bool ends_given = false);
// The regression by regimes, then the thresholds, their intervals and tests.
PublicationTable threshold_table(const ThresholdModel& model, const TableHead& head);

nlohmann::ordered_json to_json(const MarginalEffects& effects);
nlohmann::ordered_json to_json(const UShape& shape);
nlohmann::ordered_json to_json(const ThresholdModel& model);

}  // namespace panelist
