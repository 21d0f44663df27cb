// SPDX-License-Identifier: Apache-2.0
// Tables of policies. Cells point at /event_study, /bacon and /placebo of the table's object in results.json
// (report/policy_json.h).
#pragma once
#include "policy/bacon.h"
#include "policy/event_study.h"
#include "policy/placebo.h"
#include "report/build_table.h"

namespace panelist {

struct PolicyTableSpec {
  std::string id, title;
  int number = 0;
  TableStyle style;
  Labels labels;
};
// A column an estimator, a row a relative time; then the ATT, the test of the leads, controls and counts.
PublicationTable event_study_table(const PolicyTableSpec& spec, const EventStudy& study);
// A row a type of comparison, then one a comparison.
PublicationTable bacon_table(const PolicyTableSpec& spec, const BaconDecomposition& bacon);
// The effect, those of earlier starts, and where the effect stands among the draws.
PublicationTable placebo_table(const PolicyTableSpec& spec, const Placebo& placebo);

}  // namespace panelist
