// SPDX-License-Identifier: Apache-2.0
// fit --save: the data as read plus residual, fitted, effect_NAME for each effect and in_sample (1 or 0);
// with `intervals` fitted_se, fitted_low and fitted_high, of the fitted mean under equal variances.
// Rows off the sample have missing values. A name that is taken gets a trailing underscore.
#pragma once
#include "cli/arguments.h"
#include "cli/session.h"
#include "infer/estimation.h"

namespace panelist::cli {

// Before any work: one formula, a format that can be written, another file than the data.
void check_save(const Arguments& arguments, std::size_t formulas);
void save_rows(const Session& session, const Table& table, const Estimation& estimation,
               const std::string& path, bool intervals);

}  // namespace panelist::cli
