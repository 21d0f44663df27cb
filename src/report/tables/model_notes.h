// SPDX-License-Identifier: Apache-2.0
// Notes of tables that show one model in other ways than a column of coefficients.
#pragma once
#include <string>
#include <vector>

#include "report/shape_tables.h"

namespace panelist {

// A table of regressions under a head; its columns are still to come.
RegressionTableSpec regression_spec(const TableHead& head);
// Its errors and stars, as a regression table says them, less the brackets: standard errors have a column or row of
// their own in such a table. `source` is the model's place in the table's object.
std::vector<std::string> notes_of_model(const Estimation& estimation, const TableHead& head,
                                        const std::string& source = "/columns/0");

}  // namespace panelist
