// SPDX-License-Identifier: Apache-2.0
// Robustness results as tables and JSON. Cells point at /curve, /leave_out, /oster and /permutation of the table's object.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "report/build_table.h"
#include "robustness/leave_out.h"
#include "robustness/oster.h"
#include "robustness/permutation.h"
#include "robustness/specification_curve.h"

namespace panelist {

struct RobustnessTableSpec {
  std::string id, title;
  int number = 0;
  TableStyle style;
  Labels labels;
};

// A row for the whole curve and one for each choice: count, median, range, shares.
PublicationTable spec_curve_table(const SpecificationCurve& curve, const RobustnessTableSpec& spec);
nlohmann::ordered_json to_json(const SpecificationCurve& curve);
// "vcov: hc1; controls: LP; controls: UL": the choices of a specification that differ from others', for figures.
std::string choices_in_words(const SpecificationCurve& curve, const Specification& one,
                             const std::string& lang, const Labels& labels);

// A row a level, the most influential ones where there are many; the model above.
PublicationTable leave_out_table(const LeaveOut& result, const RobustnessTableSpec& spec);
nlohmann::ordered_json to_json(const LeaveOut& result);

// One result a row: several terms or models stand under one another.
PublicationTable oster_table(const std::vector<Oster>& results, const RobustnessTableSpec& spec);
nlohmann::ordered_json to_json(const Oster& result);

PublicationTable permutation_table(const Permutation& result, const RobustnessTableSpec& spec);
nlohmann::ordered_json to_json(const Permutation& result);

}  // namespace panelist
