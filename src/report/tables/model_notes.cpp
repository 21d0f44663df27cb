// SPDX-License-Identifier: Apache-2.0
#include "report/tables/model_notes.h"

namespace panelist {

std::vector<std::string> notes_of_model(const Estimation& estimation, const TableHead& head,
                                        const std::string& source) {
  RegressionTableSpec spec;
  spec.style = head.style;
  spec.style.below = {"se"};
  spec.style.stats = {"n"};
  spec.labels = head.labels;
  RegressionColumn column;
  column.estimation = &estimation;
  column.source = source;
  spec.columns.push_back(column);
  return regression_table(spec).notes;
}

}  // namespace panelist
