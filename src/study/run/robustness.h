// SPDX-License-Identifier: Apache-2.0
// What robustness tables and figures ask for, on the study's data.
#pragma once
#include "report/robustness.h"
#include "study/run/build_tables.h"

namespace panelist::study {

// The model of an entry as a table of one column, and its regression.
struct RobustnessModel {
  TableEntry table;
  Regression regression;
  EstimationSpec spec;
};
RobustnessModel model_of(Workspace& work, const RobustnessEntry& entry, const TableEntry* table = nullptr);

SpecificationCurve curve_of(Workspace& work, const RobustnessEntry& entry, const TableEntry* table = nullptr);

LeaveOut leave_out_of(Workspace& work, const RobustnessEntry& entry, const TableEntry* table = nullptr);
Permutation permutation_of(Workspace& work, const RobustnessEntry& entry, const TableEntry* table = nullptr);

// Tables of the kinds spec_curve, leave_out, oster and permutation.
std::vector<BuiltTable> build_robustness_table(Workspace& work, const TableEntry& entry);

}  // namespace panelist::study
